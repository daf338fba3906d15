# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Turns a run test into a program that behaves the same without Weft, the oracle.
#
#   coroutines  C++20's own, on Inputs/twin:
#                 weft::yield(v)       (co_yield v)
#                 weft::yield<S>(v)    (co_yield ::weft::twin::receiving<S>(v))
#                 weft::yield_from(c)  (co_await ::weft::twin::from(c))
#                 return v;            co_return v;   in a coroutine's own body
#   threads     a thread for each coroutine, on Inputs/threads, for what C++20
#               forbids; parameters must be pointers, generators or values whose
#               copies do not matter:
#                 { body }             { return ::weft::twin::start<C>([=]() mutable
#                                        -> ::weft::twin::outcome<C> { body return {}; }); }
#
# Works on tokens; needs no more of C++ than the tests use.

import re
import sys

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<text>(?:u8|[uUL])?R"(?P<delimiter>[^()\s\\]*)\(.*?\)(?P=delimiter)"
               | (?:u8|[uUL])?"(?:\\.|[^"\\])*"
               | (?:u8|[uUL])?'(?:\\.|[^'\\])*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[eEpP][+-]|[\w.]|'(?=\w))*)
      | (?P<mark>\[\[|\]\]|::|->|&&|\|\||<<=|<=>|<=|>=|==|!=|\+\+|--|.)""",
    re.S | re.X,
)
OPENERS = {"(": ")", "[": "]", "{": "}", "[[": "]]"}


class Source:
    def __init__(self, text):
        self.tokens = [m.group() for m in TOKEN.finditer(text)]
        self.kinds = [m.lastgroup if m.lastgroup != "delimiter" else "text" for m in TOKEN.finditer(text)]
        self.split_brackets()
        self.before = {}  # what to write in front of a token
        self.end_of = {}
        stack = []
        for i, token in enumerate(self.tokens):
            if token in OPENERS:
                stack.append(i)
            elif stack and token == OPENERS[self.tokens[stack[-1]]]:
                self.end_of[stack.pop()] = i
        self.start_of = {end: start for start, end in self.end_of.items()}

    def split_brackets(self):
        """`a[b[0]]` ends in two brackets, an attribute in one `]]`."""
        tokens, kinds, stack = [], [], []
        for token, kind in zip(self.tokens, self.kinds):
            if token in ("[", "[["):
                stack.append(token)
            if token == "]" and stack:
                stack.pop()
            if token == "]]" and stack and stack[-1] == "[":
                tokens += ["]", "]"]
                kinds += ["mark", "mark"]
                del stack[-2:]
                continue
            if token == "]]" and stack:
                stack.pop()
            tokens.append(token)
            kinds.append(kind)
        self.tokens, self.kinds = tokens, kinds

    def next(self, i):
        i += 1
        while i < len(self.tokens) and self.kinds[i] == "space":
            i += 1
        return i

    def previous(self, i):
        i -= 1
        while i >= 0 and self.kinds[i] == "space":
            i -= 1
        return i

    def at(self, i):
        return self.tokens[i] if 0 <= i < len(self.tokens) else ""

    def after_angles(self, i):
        """The token after the template arguments that begin at `i`."""
        depth = 0
        while i < len(self.tokens):
            if self.at(i) == "<":
                depth += 1
            elif self.at(i) == ">":
                depth -= 1
                if depth == 0:
                    return self.next(i)
            elif i in self.end_of:
                i = self.end_of[i]
            i += 1
        raise SystemExit("twin.py: '<' without '>'")


def coroutine_type(source, at):
    """The type of the coroutine whose declaration goes on at `at`, or '', and where its body may begin."""
    type_ = ""
    while at < len(source.tokens) and source.at(at) not in ("{", ";"):
        if source.at(at) in ("generator", "coroutine", "async_generator") and not type_:
            angles = source.next(at)
            if source.at(angles) == "<":
                after = source.after_angles(angles)
                type_ = "::weft::" + "".join(source.tokens[at:after]).strip()
                at = after
                continue
        at = source.end_of.get(at, at) + 1
    return type_, at


def coroutine_bodies(source):
    """The `{` of each annotated body and of each lambda that yields, with its coroutine's type or ''."""
    found = {}
    for i, token in enumerate(source.tokens):
        if token == "->" and source.at(source.next(i)) == "weft" and source.at(source.previous(i)) == ")":
            type_, at = coroutine_type(source, i)
            if source.at(at) == "{" and {"yield", "yield_from"} & set(source.tokens[at : source.end_of[at]]):
                found[at] = type_
        if token != "[[" or source.at(source.next(i)) != "weft":
            continue
        end = source.end_of[i]
        words = "".join(source.tokens[i + 1 : end]).split("::")
        if words[-1].strip() != "coroutine":
            continue
        for k in range(i, end + 1):
            source.tokens[k] = ""
        type_, at = coroutine_type(source, end)
        if source.at(at) == "{":
            found[at] = type_
    return found


def returns_void(type_):
    if not type_.startswith("::weft::coroutine"):
        return True
    arguments, depth, current = [], 0, ""
    for char in type_[type_.index("<") + 1 : type_.rindex(">")]:
        depth += char in "<([{"
        depth -= char in ">)]}"
        if char == "," and depth == 0:
            arguments.append(current.strip())
            current = ""
        else:
            current += char
    arguments.append(current.strip())
    return len(arguments) < 3 or arguments[2] == "void"


def plain_bodies(source):
    """The `{` of lambdas and of local types: their `return`s are their own."""
    found = set()
    for i, token in enumerate(source.tokens):
        if token in ("struct", "class", "union") and source.at(source.previous(i)) not in ("enum", "<", ","):
            at = source.next(i)
            while source.at(at) not in ("{", ";", "(", ")", "=", ">", ","):
                at = source.next(at)
            if source.at(at) == "{":
                found.add(at)
        if token != "[" or i not in source.end_of:
            continue
        before = source.previous(i)
        if source.at(before) in (")", "]", "auto") or (
            source.kinds[before] == "name" and source.at(before) not in ("return", "co_return", "co_yield", "case")
        ):
            continue
        if source.at(before) in ("&", "&&") and source.at(source.previous(before)) == "auto":
            continue
        at = source.next(source.end_of[i])
        while source.at(at) in ("[[", "", "<", "("):
            at = source.after_angles(at) if source.at(at) == "<" else source.next(source.end_of.get(at, at))
        while source.at(at) not in ("{", ";", ")", ",") and at < len(source.tokens):
            at = source.next(source.end_of.get(at, at))
        if source.at(at) == "{":
            found.add(at)
    return found


def suspension_points(source, on_yield, on_delegation):
    """Calls the two for `yield` and `yield_from`, with the tokens' places."""
    unqualified = "using namespace weft" in "".join(source.tokens) or "using weft::yield" in "".join(source.tokens)
    for i, token in enumerate(source.tokens):
        if token not in ("yield", "yield_from"):
            continue
        first = i
        before = source.previous(i)
        if source.at(before) == "::":
            scope = source.previous(before)
            if source.at(scope) != "weft":
                continue
            first = scope
            if source.at(source.previous(scope)) == "::":
                first = source.previous(scope)
        elif not unqualified or source.at(before) in (".", "->"):
            continue
        opening = source.next(i)
        if source.at(opening) == "<":
            opening = source.after_angles(opening)
        if source.at(opening) != "(":
            continue
        (on_yield if token == "yield" else on_delegation)(first, i, opening)


def to_coroutines(source):
    bodies, plain = coroutine_bodies(source), plain_bodies(source)

    def on_yield(first, name, opening):
        empty = source.next(opening) == source.end_of[opening]
        sent = "".join(t for t, kind in zip(source.tokens[name + 1 : opening], source.kinds[name + 1 : opening]) if kind != "space")
        for k in range(first, opening):
            source.tokens[k] = ""
        if sent:
            source.before[opening] = "(co_yield ::weft::twin::receiving" + sent
        else:
            source.before[opening] = "(co_yield " + ("::weft::twin::nothing" if empty else "")
        source.tokens[source.end_of[opening]] = "))"

    def on_delegation(first, _, opening):
        for k in range(first, opening):
            source.tokens[k] = ""
        source.before[opening] = "(co_await ::weft::twin::from"
        source.tokens[source.end_of[opening]] = "))"

    suspension_points(source, on_yield, on_delegation)

    contexts = []
    for i, token in enumerate(source.tokens):
        if token == "{":
            if i in bodies:
                contexts.append("void" if returns_void(bodies[i]) else "value")
            elif i in plain:
                contexts.append("plain")
            else:
                contexts.append(contexts[-1] if contexts else "plain")
        elif token == "}" and contexts:
            contexts.pop()
        elif token == "return" and contexts and contexts[-1] != "plain":
            source.tokens[i] = "co_return"
            operand = source.next(i)
            if source.at(operand) == "{" and source.next(operand) == source.end_of.get(operand):
                source.tokens[operand] = "" if contexts[-1] == "void" else "::weft::twin::nothing"
                source.tokens[source.end_of[operand]] = "" if contexts[-1] == "void" else "()"


def given_generators(source, opening):
    """The names of the parameters that are generators, for the body at `opening`."""
    end = source.previous(opening)
    if source.at(end) != ")":
        return []
    first, names, depth = source.start_of[end], [], 0
    types = last = ""
    for i in range(first + 1, end + 1):
        token = source.at(i)
        depth += (token == "<") - (token == ">")
        if i == end or (token == "," and depth == 0):
            if "async_generator" in types and "&" not in types and "*" not in types:
                names.append(last)
            types = last = ""
            continue
        if depth == 0 and source.kinds[i] == "name":
            types, last = types + last, token
        elif depth == 0:
            types += token
    return names


def function_try_block(source, opening):
    """The first and the last token of the body, with its `try` and handlers where it has them."""
    first, last = source.previous(opening), source.end_of[opening]
    if source.at(first) != "try":
        return opening, last
    while source.at(source.next(last)) == "catch":
        last = source.end_of[source.next(source.end_of[source.next(source.next(last))])]
    return first, last


def to_threads(source):
    bodies = coroutine_bodies(source)
    for opening, type_ in bodies.items():
        moved = "".join(", %s = std::move(%s)" % (name, name) for name in given_generators(source, opening))
        first, last = function_try_block(source, opening)
        start = "{ return ::weft::twin::start<%s>([=%s]() mutable -> ::weft::twin::outcome<%s> {" % (type_, moved, type_)
        if first == opening:
            source.tokens[first], source.tokens[last] = start, " return {}; }); }"
        else:
            source.tokens[first], source.tokens[last] = start + " try", "} return {}; }); }"
        for i in range(opening, last):
            if source.tokens[i] == "return" and source.at(source.next(i)) == ";":
                source.tokens[i] = "return {}"

    suspension_points(source, lambda *_: None, lambda *_: None)


def twin(text, how):
    # Braces in a branch that is never taken need not match.
    text = re.sub(r"(?m)(?<=^#if 1\n)(.*?)^#else\n.*?(?=^#endif)", r"\1", text, flags=re.S)
    source = Source(text)
    {"coroutines": to_coroutines, "threads": to_threads}[how](source)
    out = []
    for i, token in enumerate(source.tokens):
        out.append(source.before.get(i, "") + token)
    return "".join(out)


if __name__ == "__main__":
    sys.stdout.write(twin(open(sys.argv[2]).read(), sys.argv[1]))
