# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Writes a behaviour test with random coroutines, for test/run/Inputs/check.py:
#
#   random_coroutines.py SEED [COUNT] > test.cpp
#
# The same seed gives the same text. Each program is valid, ends, and leaves
# nothing to the order of evaluation: what differs from the oracle is a defect.
# Bodies nest all control flow; they declare objects that print their lives,
# references, temporaries, closures and bindings, throw and catch, and pause in
# every position that is supported. Each is a free function, a member, a lambda
# or a template, whose variables then have dependent types.

import copy
import random
import sys


class Body:
    """One coroutine's body."""

    def __init__(self, rng, receives, dependent, in_handlers):
        self.rng = rng
        self.receives = receives
        self.dependent = dependent
        self.in_handlers = in_handlers  # whether handlers may pause
        self.may_return = True
        self.lines = []
        self.count = 0
        self.budget = rng.randint(12, 40)
        self.labels = []

    def name(self, prefix):
        self.count += 1
        return "%s%d" % (prefix, self.count)

    def put(self, depth, text):
        self.lines.append("  " * depth + text)

    @property
    def int(self):
        return "T" if self.dependent else "int"

    def value(self, scope):
        """An int expression without effects."""
        pick = self.rng.random()
        if pick < 0.35 or not scope.ints:
            return str(self.rng.randint(0, 9))
        if pick < 0.7:
            return self.rng.choice(scope.ints)
        if pick < 0.8 and scope.objects:
            return self.rng.choice(scope.objects) + ".number"
        return "(%s %s %s)" % (self.value(scope), self.rng.choice(["+", "-", "*"]), self.rng.randint(1, 3))

    def condition(self, scope):
        return "%s %s %d" % (self.value(scope), self.rng.choice(["<", ">", "!=", "=="]), self.rng.randint(0, 5))

    def pause(self, scope):
        """A pausing expression of type int, or a statement's."""
        if self.receives:
            return "weft::yield<int>(%s)" % self.value(scope)
        return "weft::yield(%s)" % self.value(scope)

    def block(self, depth, scope, least=1):
        inner = scope.inside()
        for _ in range(self.rng.randint(least, 4)):
            if self.budget <= 0:
                break
            self.statement(depth, inner)
        return inner

    def statement(self, depth, scope):
        self.budget -= 1
        kinds = ["yield"] * 6 + ["int"] * 3 + ["object"] * 3 + ["assign", "at", "temporary", "reference", "extended",
                 "closure", "binding", "static_name", "array", "sized", "local_type", "keeps_object"]
        if depth < 6:
            kinds += ["if"] * 3 + ["block", "while", "for", "do", "switch", "switch", "range", "range_objects", "try", "try",
                      "if_init", "while_declares"]
        if scope.loops:
            kinds += ["break", "continue"]
        kinds += ["throw_if", "return_if"]
        if self.labels:
            kinds += ["goto"]
        if self.receives:
            kinds += ["receive"] * 4
        if scope.in_handler:
            kinds += ["rethrow_if"]
            if not self.in_handlers:
                kinds = [k for k in kinds if k in ("int", "assign", "at", "temporary", "break", "continue", "rethrow_if",
                                                   "object", "closure")]
        getattr(self, "do_" + self.rng.choice(kinds))(depth, scope)

    # --- What pauses ---

    def do_yield(self, depth, scope):
        self.put(depth, self.pause(scope) + ";")

    def do_receive(self, depth, scope):
        pick = self.rng.randint(0, 6)
        pause = self.pause(scope)
        if pick == 0:
            name = self.name("got")
            self.put(depth, "int %s = %s;" % (name, pause))
            scope.ints.append(name)
        elif pick == 1 and scope.assignable:
            self.put(depth, "%s += %s;" % (self.rng.choice(scope.assignable), pause))
        elif pick == 2:
            self.put(depth, "if (%s > %d)" % (pause, self.rng.randint(0, 4)))
            self.put(depth + 1, 'at("received");')
        elif pick == 3:
            self.put(depth, 'at("sum", %s + %s);' % (self.value(scope), pause))
        elif pick == 6:
            name = self.name("w")
            self.put(depth, "int %s = 0;" % name)
            self.put(depth, "while (%s++ < 2 && %s != 3) {" % (name, self.value(scope)))
            self.put(depth + 1, "at(\"twice\", %s);" % pause)
            self.put(depth, "}")
        elif pick == 4:
            name = self.name("made")
            self.put(depth, 'tracer %s("%s", %s);' % (name, name, pause))
            scope.objects.append(name)
        else:
            self.put(depth, "both(%s, %s);" % (pause, self.value(scope)))

    # --- What does not ---

    def do_int(self, depth, scope):
        name = self.name("v")
        how = self.rng.choice(["%s %s = %s;", "%s %s{%s};", "auto %s = %s;", "const %s %s = %s;", "%s %s(%s);"])
        value = self.value(scope)
        if how.startswith("auto"):
            # The type of what it is made from is int.
            self.put(depth, how % (name, value if not self.dependent else "%s(%s)" % (self.int, value)))
        elif "{" in how:
            self.put(depth, how % (self.int, name, "%s(%s)" % (self.int, value)))
        else:
            self.put(depth, how % (self.int, name, value))
        scope.ints.append(name)
        if not how.startswith("const"):
            scope.assignable.append(name)

    def do_assign(self, depth, scope):
        if scope.assignable:
            self.put(depth, "%s %s %s;" % (self.rng.choice(scope.assignable), self.rng.choice(["=", "+=", "-="]), self.value(scope)))
        else:
            self.do_at(depth, scope)

    def do_at(self, depth, scope):
        self.put(depth, 'at("place", %s);' % self.value(scope))

    def do_object(self, depth, scope):
        name = self.name("o")
        kind = self.rng.choice(["tracer", "tracer", "trace::pinned", "trace::movable", "trace::aligned"])
        value = self.value(scope)
        if kind == "tracer" and self.rng.random() < 0.5:
            self.put(depth, 'tracer %s = tracer("%s", %s);' % (name, name, value))
        elif kind == "tracer" and self.dependent:
            self.put(depth, 'auto %s = made("%s", %s);' % (name, name, self.int + "(" + value + ")"))
        else:
            self.put(depth, '%s %s("%s", %s);' % (kind, name, name, value))
        scope.objects.append(name)
        if kind == "tracer":
            scope.copyable.append(name)

    def do_temporary(self, depth, scope):
        self.put(depth, 'at("temporary", tracer("t", %s).number);' % self.value(scope))

    def do_reference(self, depth, scope):
        if not scope.assignable:
            return self.do_int(depth, scope)
        name = self.name("r")
        to = self.rng.choice(scope.assignable)
        how = self.rng.choice(["auto& %s = %s;", "const auto& %s = %s;", "auto&& %s = %s;", self.int + "& %s = %s;"])
        self.put(depth, how % (name, to))
        scope.ints.append(name)
        if "const" not in how:
            scope.assignable.append(name)

    def do_extended(self, depth, scope):
        name = self.name("e")
        how = self.rng.choice(['const tracer& %s = tracer("%s", %s);', 'tracer&& %s = tracer("%s", %s);',
                               'auto&& %s = tracer("%s", %s);', 'const auto& %s = made("%s", %s);'])
        self.put(depth, how % (name, name, self.value(scope)))
        scope.objects.append(name)

    def do_closure(self, depth, scope):
        name = self.name("f")
        value = self.value(scope)
        capture = self.rng.choice(["&", "="])
        self.put(depth, "auto %s = [%s](int k) { return %s + k; };" % (name, capture if value[0] not in "0123456789" else "", value))
        scope.ints.append("static_cast<int>(%s(%d))" % (name, self.rng.randint(0, 3)))

    def do_binding(self, depth, scope):
        a, b = self.name("a"), self.name("b")
        how = self.rng.choice(["auto [%s, %s] = std::pair<%s, int>(%s, %s);", "const auto& [%s, %s] = std::pair<%s, int>(%s, %s);",
                               "auto [%s, %s] = two<%s>{%s, %s};"])
        self.put(depth, how % (a, b, self.int, self.value(scope), self.value(scope)))
        scope.ints += [a, b]

    def do_static_name(self, depth, scope):
        name = self.name("c")
        self.put(depth, "%s int %s = %d;" % (self.rng.choice(["constexpr", "const", "static constexpr"]), name, self.rng.randint(1, 9)))
        scope.ints.append(name)

    def do_array(self, depth, scope):
        name = self.name("n")
        self.put(depth, "%s %s[3] = {%s, %s};" % (self.int, name, "%s(%s)" % (self.int, self.value(scope)), self.rng.randint(0, 5)))
        scope.ints += ["%s[%d]" % (name, i) for i in range(3)]
        scope.assignable.append(name + "[1]")

    def do_sized(self, depth, scope):
        size, name = self.name("c"), self.name("z")
        self.put(depth, "%s int %s = %d;" % (self.rng.choice(["constexpr", "const"]), size, self.rng.randint(2, 3)))
        self.put(depth, "std::array<%s, %s> %s{{%s(%s)}};" % (self.int, size, name, self.int, self.value(scope)))
        scope.ints += [size, name + "[0]", name + "[1]"]
        scope.assignable.append(name + "[1]")

    def do_local_type(self, depth, scope):
        type_, name = self.name("type"), self.name("l")
        member = self.rng.choice(["tracer t{\"inside\"};", "tracer t{\"member\", 3};"])
        self.put(depth, "struct %s { int number = %d; %s };" % (type_, self.rng.randint(0, 9), member))
        self.put(depth, self.rng.choice(["%s %s;", "%s %s{};"]) % (type_, name))
        scope.objects.append(name)

    def do_keeps_object(self, depth, scope):
        if not scope.copyable:
            return self.do_closure(depth, scope)
        name = self.name("g")
        of = self.rng.choice(scope.copyable)
        self.put(depth, "auto %s = [%s, k = %s](int n) { return n + %s.number + k; };" % (name, of, self.value(scope), of))
        scope.ints.append("static_cast<int>(%s(%d))" % (name, self.rng.randint(0, 3)))

    # --- Control flow ---

    def braces(self, depth, scope, **change):
        inner = scope.inside()
        for key, to in change.items():
            setattr(inner, key, to)
        self.block(depth + 1, inner)
        self.put(depth, "}")

    def do_block(self, depth, scope):
        label = None
        if self.rng.random() < 0.3 and not scope.in_handler:
            label = self.name("out")
            self.labels.append(label)
        self.put(depth, "{")
        self.braces(depth, scope)
        if label:
            self.labels.remove(label)
            self.put(depth, label + ":;")

    def do_if(self, depth, scope):
        self.put(depth, "if (%s) {" % self.condition(scope))
        self.braces(depth, scope)
        if self.rng.random() < 0.5:
            self.lines[-1] += " else {"
            self.braces(depth, scope)

    def do_if_init(self, depth, scope):
        name = self.name("i")
        self.put(depth, "if (tracer %s(\"%s\", %s); %s.number < 5) {" % (name, name, self.value(scope), name))
        inner = scope.inside()
        inner.objects.append(name)
        self.braces(depth, inner)
        if self.rng.random() < 0.5:
            self.lines[-1] += " else {"
            self.braces(depth, inner)

    def loop(self, depth, scope, head, bump=None):
        self.put(depth, head)
        inner = scope.inside()
        inner.loops += 1
        inner.switches = 0
        if bump:
            self.put(depth + 1, bump)
        self.braces(depth, inner)

    def do_while(self, depth, scope):
        name = self.name("w")
        self.put(depth, "int %s = 0;" % name)
        self.loop(depth, scope, "while (%s < %d) {" % (name, self.rng.randint(1, 3)), "++%s;" % name)

    def do_while_declares(self, depth, scope):
        name, left = self.name("d"), self.name("left")
        self.put(depth, "int %s = %d;" % (left, self.rng.randint(1, 3)))
        self.loop(depth, scope, "while (int %s = %s--) {" % (name, left), 'at("left", %s);' % name)

    def do_do(self, depth, scope):
        name = self.name("w")
        self.put(depth, "int %s = 0;" % name)
        self.loop(depth, scope, "do {", "++%s;" % name)
        self.lines[-1] += " while (%s < %d);" % (name, self.rng.randint(1, 3))

    def do_for(self, depth, scope):
        name = self.name("i")
        inner = scope.inside()
        inner.ints.append(name)
        declares = self.rng.choice(["int %s = 0", "%s = 0, before = 7" % ("int %s")]) if self.rng.random() < 0.8 else "int %s = 0"
        self.loop(depth, inner, "for (%s; %s < %d; ++%s) {" % (declares % name, name, self.rng.randint(1, 3), name))

    def do_range(self, depth, scope):
        name = self.name("x")
        inner = scope.inside()
        inner.ints.append(name)
        range_ = self.rng.choice(["{3, 1, 2}", "std::vector<int>{4, 5}", "numbers"])
        how = self.rng.choice(["int", "auto", "const auto&", "auto&&"])
        if range_ == "{3, 1, 2}" and how == "auto&&":
            how = "auto"
        self.loop(depth, inner, "for (%s %s : %s) {" % (how, name, range_))

    def do_range_objects(self, depth, scope):
        name = self.name("x")
        inner = scope.inside()
        inner.objects.append(name)
        how = self.rng.choice(["tracer", "auto", "const tracer&", "auto&&"])
        self.loop(depth, inner, "for (%s %s : objects(%d)) {" % (how, name, self.rng.randint(1, 2)))

    def do_switch(self, depth, scope):
        self.put(depth, "switch (int(%s) %% 4) {" % self.value(scope))
        inner = scope.inside()
        inner.switches += 1
        for case in self.rng.sample(["case 0:", "case 1:", "case 2:", "case 3:", "default:"], self.rng.randint(1, 4)):
            self.put(depth, case + " {")
            self.braces(depth, inner)
            self.put(depth + 1, self.rng.choice(["break;", "[[fallthrough]];", "break;"]))
        if self.lines[-1].strip() == "[[fallthrough]];":
            self.lines[-1] = self.lines[-1].replace("[[fallthrough]]", "break")
        self.put(depth, "}")

    def do_try(self, depth, scope):
        self.put(depth, "try {")
        self.braces(depth, scope)
        for kind in self.rng.sample(["const trace::failure&", "int", "const tracer&", "const std::exception&"], self.rng.randint(1, 2)):
            self.handler(depth, scope, kind)
        # The oracle on threads closes by an exception, which that would catch.
        if not self.in_handlers and self.rng.random() < 0.5:
            self.handler(depth, scope, "...")

    def handler(self, depth, scope, kind):
        inner = scope.inside()
        inner.in_handler = True
        name = self.name("caught")
        if kind == "int" or kind == "const tracer&":
            self.lines[-1] += " catch (%s %s) {" % (kind, name)
            (inner.ints if kind == "int" else inner.objects).append(name)
        else:
            self.lines[-1] += " catch (%s) {" % kind
        self.put(depth + 1, 'at("handler");')
        self.braces(depth, inner)

    # --- Ways out ---

    def do_break(self, depth, scope):
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "break;")

    def do_continue(self, depth, scope):
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "continue;")

    def do_goto(self, depth, scope):
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "goto %s;" % self.rng.choice(self.labels))

    def do_throw_if(self, depth, scope):
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, self.rng.choice(["throw %d;" % self.rng.randint(1, 9), 'throw tracer("thrown", %s);' % self.value(scope)]))

    def do_rethrow_if(self, depth, scope):
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "throw;")

    def do_return_if(self, depth, scope):
        if not self.may_return or (scope.in_handler and not self.in_handlers):
            return self.do_at(depth, scope)
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "return %s;" % ("{}" if not self.receives else "static_cast<int>(%s)" % self.value(scope)))


class Scope:
    def __init__(self):
        self.ints, self.assignable, self.objects, self.copyable = [], [], [], []
        self.loops = self.switches = 0
        self.in_handler = False

    def inside(self):
        inner = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, list):
                setattr(inner, name, list(value))
        return inner


HEAD = """\
// Random coroutines, seed %d.
// RUN: %%check %%s %%t
// FLAGS: -fwrapv -w
%s
#include "trace.h"

#include <array>
#include <utility>
#include <vector>

template <class T> struct two {
  T first;
  int second;
};
template <class T> tracer made(const char* name, T number) {
  return tracer(name, static_cast<int>(number));
}
void both(int a, int b) { at("both", 100 * a + b); }
std::vector<tracer> objects(int count) {
  std::vector<tracer> all;
  all.reserve(4);
  for (int i = 0; i < count; ++i)
    all.emplace_back("element", i);
  return all;
}
int numbers[] = {6, 7};

"""


def program(seed, count):
    rng = random.Random(seed)
    in_handlers = rng.random() < 0.4
    out = [HEAD % (seed, "// ORACLE: threads" if in_handlers else "")]
    calls = []
    for number in range(count):
        kind = rng.choice(["free", "free", "member", "template", "template", "free" if in_handlers else "lambda"])
        receives = kind != "lambda" and rng.random() < 0.5
        body = Body(rng, receives, kind == "template", in_handlers)
        body.may_return = kind != "lambda"  # the oracle does not see these
        scope = Scope()
        scope.ints += ["p"]
        scope.assignable += ["p"]
        scope.objects += ["q"]
        body.put(1, body.pause(scope) + ";")
        while body.budget > 0:
            body.statement(1, scope)
        if receives:
            body.put(1, "return static_cast<int>(%s);" % body.value(scope))
        text = "\n".join(body.lines)
        returns = "weft::coroutine<int, int, int>" if receives else "weft::generator<int>"
        name = "random_%d" % number
        # The oracle on threads copies arguments more often.
        object_ = "" if in_handlers else ", tracer q"
        if in_handlers:
            text = "  tracer q(\"q\", 4);\n" + text
        parameters = "(int p%s)" % object_
        call = "%s(%d%s)" % (name, rng.randint(0, 5), "" if in_handlers else ", tracer(\"argument\", %d)" % rng.randint(0, 5))
        if kind == "free":
            out.append("[[weft::coroutine]] %s %s%s {\n%s\n}\n\n" % (returns, name, parameters, text))
        elif kind == "template":
            out.append("template <class T> [[weft::coroutine]] %s %s(T p%s) {\n%s\n}\n\n" % (returns, name, object_, text))
        elif kind == "member":
            out.append("struct holder_%d {\n[[weft::coroutine]] %s %s%s {\n%s\n}\n} here_%d;\n\n" % (number, returns, name, parameters, text, number))
            call = "here_%d.%s" % (number, call)
        else:
            out.append("auto %s = []%s -> %s {\n%s\n};\n\n" % (name, parameters, returns, text))
        calls.append("  trace::exercise(\"%s\", [] { return %s; });\n" % (name, call))
    out.append("int main() {\n%s}\n" % "".join(calls))
    return "".join(out)


if __name__ == "__main__":
    sys.stdout.write(program(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3))
