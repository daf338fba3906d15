# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Writes a behaviour test with random fibers, for test/run/Inputs/check.py:
#
#   random_fibers.py SEED [COUNT] > test.cpp
#
# The same seed gives the same text: COUNT fibers that are run in every way, and
# the fiber functions that these call. Each program is valid in C++17, ends, and
# leaves nothing to the order of evaluation: where one operand or argument acts,
# its siblings only read what it cannot change.

import random
import re
import sys

import random_coroutines

# What a fiber function takes and gives back.
PARAMETERS = ["int"] * 4 + ["tracer"] * 3 + ["const tracer&"] * 3 + ["tracer&", "tracer&&", "trace::movable", "trace::pinned",
              "std::string", "const std::string&", "int&", "const int&", "weft::function<int(int)>"]
RESULTS = ["int"] * 5 + ["void"] * 3 + ["tracer"] * 4 + ["bool", "trace::movable", "trace::pinned", "std::string", "tracer&",
           "const tracer&", "tracer&&", "int&", "point", "std::vector<tracer>"]
# A result that refers to a parameter.
REFERS = {"tracer&": "tracer&", "const tracer&": "const tracer&", "tracer&&": "tracer&", "int&": "int&"}
OBJECTS = ("tracer", "trace::movable", "trace::pinned")
# The most that one function does, in calls.
LIMIT = 60


class Callable:
    """What can be called: as what, with what, and what it costs and changes."""

    def __init__(self, name, parameters, result, cost=1, mutates=False):
        self.name, self.parameters, self.result = name, parameters, result
        self.cost, self.mutates = cost, mutates
        self.names = ["p%d" % i for i in range(len(parameters))]
        self.first = None  # An argument in front of these.

    def signature(self, name, after=""):
        return "%s %s(%s)%s" % (self.result, name, self.list(), after)

    def list(self):
        return ", ".join("%s %s" % pair for pair in zip(self.parameters, self.names))


CEDE = Callable("cede", ["int"], "int")


class Scope(random_coroutines.Scope):
    def __init__(self, callables):
        super().__init__()
        self.callables = list(callables)
        self.bindings, self.strings, self.movables, self.returnable = [], [], [], []
        self.times = 1  # how often this place is reached
        self.this = None  # "const" or "" in a member function

    def declare(self, kind, name):
        if kind in ("int", "int&"):
            self.ints.append(name)
            self.assignable.append(name)
        elif kind == "const int&":
            self.ints.append(name)
        elif kind in ("std::string", "const std::string&"):
            self.strings.append(name)
        elif kind.startswith("weft::function"):
            self.callables.append(Callable(name, ["int"], "int", 4, True))
        else:
            self.objects.append(name)
            if kind in ("tracer", "tracer&", "tracer&&"):
                self.copyable.append(name)
            if kind == "tracer":
                self.returnable.append(name)
            if kind == "trace::movable":
                self.movables.append(name)

    def with_this(self, this, prefix):
        """The data members, in a member function of a holder."""
        self.this = this
        if this:
            self.ints.append(prefix + "n")
            self.objects.append(prefix + "t")
        else:
            self.declare("int", prefix + "n")
            self.declare("tracer&", prefix + "t")


class Call:
    """The text of an expression that acts; whether it changes what its siblings may read."""

    def __init__(self, text, mutates):
        self.text, self.mutates = text, mutates


class Body(random_coroutines.Body):
    """The body of one fiber function."""

    def __init__(self, rng, program, function, budget):
        super().__init__(rng, False, False, True)
        self.program = program
        self.function = function
        self.budget = budget
        self.cost = 1

    # --- Expressions ---

    def value(self, scope):
        if scope.bindings and self.rng.random() < 0.15:
            return self.rng.choice(scope.bindings)
        return super().value(scope)

    def affordable(self, scope, results):
        found = [c for c in scope.callables if c.result in results and self.cost + c.cost * scope.times <= LIMIT]
        # What takes a reference to change needs something to refer to.
        return [c for c in found if all(self.is_available(kind, scope) for kind in c.parameters)]

    def is_available(self, kind, scope):
        return {"tracer&": scope.copyable, "tracer&&": True, "int&": [i for i in scope.assignable if i.isidentifier()]}.get(kind, True)

    def call(self, scope, results, named=False, depth=0):
        """A call with one of these results, or None; all its arguments named where the result may refer to one."""
        found = self.affordable(scope, results)
        if "int" in results and (not found or self.rng.random() < 0.25):
            found = [CEDE]
        if not found:
            return None
        return self.call_of(self.rng.choice(found), scope, named, depth)

    def call_of(self, callee, scope, named=False, depth=0):
        self.cost += callee.cost * scope.times
        mutates = callee.mutates
        # At most one argument acts.
        acting = self.rng.randrange(len(callee.parameters)) if callee.parameters else -1
        acts = [kind in OBJECTS or kind.startswith(("std::string", "weft::")) for kind in callee.parameters]
        if any(acts):
            acting = acts.index(True)
        arguments = {}
        if acting >= 0:
            made = self.argument(callee.parameters[acting], scope, named, depth)
            mutates = mutates or made.mutates
            arguments[acting] = made.text
        for i, kind in enumerate(callee.parameters):
            if i != acting:
                arguments[i] = self.plain_argument(kind, scope, mutates)
        mutates = mutates or any(kind in ("tracer&", "tracer&&", "int&") for kind in callee.parameters)
        if mutates:  # The values of ints may change.
            for i, kind in enumerate(callee.parameters):
                if i != acting and kind == "int":
                    arguments[i] = str(self.rng.randint(0, 5))
        given = [callee.first] if callee.first else []
        text = "%s(%s)" % (callee.name, ", ".join(given + [arguments[i] for i in range(len(callee.parameters))]))
        return Call(text, mutates)

    def plain_argument(self, kind, scope, mutates):
        """One that does not act."""
        if kind == "int":
            return str(self.rng.randint(0, 5)) if mutates else self.value(scope)
        if kind == "const int&":
            return self.rng.choice([i for i in scope.ints if i.isidentifier()] or ["forty_two"])
        if kind == "const tracer&":
            return self.rng.choice(scope.objects or ["everywhere"])
        if kind == "int&":
            return self.rng.choice([i for i in scope.assignable if i.isidentifier()])
        if kind == "tracer&&":
            return "std::move(%s)" % self.rng.choice(scope.copyable or ["everywhere"])
        if kind == "tracer&":
            return self.rng.choice(scope.copyable)
        return self.own_argument(kind, scope)

    def own_argument(self, kind, scope):
        """One that acts only in its own way: an object that is made."""
        value = str(self.rng.randint(0, 5))
        if kind in OBJECTS:
            return '%s("argument", %s)' % (kind, value)
        if kind == "F":
            return self.rng.choice(["[](int n) { return cede(n) + %s; }", "[](int n) { return n + %s; }", "[](auto n) { return cede(n) + %s; }"]) % value
        if kind.startswith("weft::"):
            return self.rng.choice(["twice", "[](int n) { return cede(n) + %s; }" % value])
        return self.rng.choice(['"text"', 'std::string("string")'] + scope.strings)

    def argument(self, kind, scope, named, depth):
        pick = self.rng.random()
        nest = depth < 2 and not named
        if kind == "int" and nest and pick < 0.4:
            return self.int_call(scope, depth + 1)
        if kind == "const int&" and nest and pick < 0.5:
            return self.int_call(scope, depth + 1)
        if kind == "const tracer&" and nest:
            made = self.object_call(scope, ["tracer", "const tracer&", "tracer&", "trace::pinned"], depth) if pick < 0.5 else None
            if made:
                return made
            if pick < 0.8:
                return Call('tracer("bound", %s)' % self.value(scope), False)
        if kind == "tracer&&" and nest:
            made = self.object_call(scope, ["tracer", "tracer&&"], depth) if pick < 0.5 else None
            return made or Call('tracer("moved", %s)' % self.value(scope), False)
        if kind in OBJECTS:
            made = self.object_call(scope, [kind], depth) if nest and pick < 0.4 else None
            if made:
                return made
            if kind == "tracer" and scope.copyable and pick < 0.7:
                name = self.rng.choice(scope.copyable)
                return Call("std::move(%s)" % name, True) if pick < 0.5 else Call(name, False)
            if kind == "tracer" and nest and pick < 0.8:
                made = self.int_call(scope, depth + 1)
                return Call('tracer("made", %s)' % made.text, made.mutates)
            if kind == "trace::movable" and scope.movables and pick < 0.7:
                return Call("std::move(%s)" % self.rng.choice(scope.movables), True)
        if kind.endswith("std::string") or kind == "const std::string&":
            made = self.object_call(scope, ["std::string"], depth) if nest and pick < 0.4 else None
            if made:
                return made
        if kind.startswith("weft::") and pick < 0.5 and scope.assignable:
            return Call("[&](int n) { return %s += cede(n); }" % self.rng.choice(scope.assignable), True)
        return Call(self.plain_argument(kind, scope, False), False)

    def object_call(self, scope, results, depth=0, named=False):
        if depth < 2 and not named and self.rng.random() < 0.2:
            made = self.conditional_object(scope, results, depth)
            if made:
                return made
        return self.call(scope, results, named, depth + 1)

    def conditional_object(self, scope, results, depth):
        """One of two objects, of which at least one comes from a fiber function."""
        kind = self.rng.choice([r for r in results if r in OBJECTS + ("std::string",)] or [None])
        one = kind and self.call(scope, [kind], False, depth + 1)
        if not one:
            return None
        other = self.call(scope, [kind], False, depth + 1) if self.rng.random() < 0.4 else None
        if not other:
            other = Call('%s("other"%s)' % (kind, "" if kind == "std::string" else ", " + self.acting_int(scope, depth).text), True)
        return self.choose(scope, one, other)

    def choose(self, scope, one, other):
        """`?:`, one way or the other; its operands are evaluated one after the other."""
        if self.rng.random() < 0.5:
            one, other = other, one
        return Call("(%s ? %s : %s)" % (self.test(scope), one.text, other.text), True)

    def test(self, scope):
        pick = self.rng.random()
        if pick < 0.4:
            return "%s > %d" % (self.value(scope), self.rng.randint(0, 3))
        if pick < 0.6:
            return 'look(tracer("test", %s)) > %d' % (self.value(scope), self.rng.randint(0, 3))
        self.cost += scope.times
        test = "cede(%s) %% 2" % self.value(scope)
        if pick < 0.8:
            return test
        return "(%s > %d %s %s)" % (self.value(scope), self.rng.randint(0, 3), self.rng.choice(["&&", "||"]), test)

    def acting_int(self, scope, depth):
        """An int whose temporaries outlive it."""
        pick = self.rng.random()
        if pick < 0.3:
            return Call(self.value(scope), False)
        if pick < 0.6:
            self.cost += scope.times
            return Call('look(tracer("arm", cede(%s)))' % self.value(scope), False)
        return self.call(scope, ["int", "bool", "int&"], depth=depth + 1)

    def int_call(self, scope, depth=0):
        """An int that comes from a fiber function."""
        pick = self.rng.random()
        if pick < 0.25 and depth < 2:
            made = self.object_call(scope, ["tracer", "tracer&", "const tracer&", "tracer&&", "trace::movable", "trace::pinned"], depth)
            if made:
                return Call(made.text + ".number", made.mutates)
        if pick < 0.35 and depth < 2:
            made = self.object_call(scope, ["tracer", "const tracer&", "tracer&", "trace::pinned"], depth)
            if made:
                return Call("look(%s)" % made.text, made.mutates)
        if pick < 0.4:
            made = self.object_call(scope, ["point"], depth)
            if made:
                return Call(made.text + ".y", made.mutates)
        if pick < 0.5 and depth < 2:
            return self.choose(scope, self.int_call(scope, depth + 1), self.acting_int(scope, depth))
        if pick < 0.54 and depth < 2:
            return Call("(%s %s %s)" % (self.test(scope), self.rng.choice(["&&", "||"]), self.acting_int(scope, depth).text), True)
        if pick < 0.57 and depth < 2:
            return Call("look(pair_of{%s, %s}.first)" % (self.element(scope, depth), self.acting_int(scope, depth).text), True)
        made = self.call(scope, ["int", "bool", "int&"], depth=depth)
        if pick > 0.9:
            return Call("%s(%s)" % (self.rng.choice(["-", "+", "!", "bool"]), made.text), made.mutates)
        return made

    def element(self, scope, depth=0):
        """What initialises a tracer in a braced list."""
        made = self.call(scope, ["tracer"], depth=depth + 1) if self.rng.random() < 0.6 else None
        if made:
            return made.text
        return 'tracer("element", %s)' % self.acting_int(scope, depth + 1).text

    def operand(self, scope):
        """A fiber function's result with an operator around it."""
        made = self.int_call(scope)
        other = str(self.rng.randint(1, 5)) if made.mutates else self.value(scope)
        how = self.rng.choice(["{0}", "{0}", "({0} + {1})", "({1} - {0})", "({0} * {1})", "({0} < {1})", "({1} == {0})"])
        return how.format(made.text, other)

    def condition(self, scope):
        pick = self.rng.random()
        if pick < 0.55:
            return super().condition(scope)
        last = "%s %s %d" % (self.int_call(scope).text, self.rng.choice(["<", ">", "!=", "=="]), self.rng.randint(0, 5))
        if pick < 0.8:
            return last
        if pick < 0.9:
            last = "%s && %s" % (super().condition(scope), last)
        else:
            last = "%s || %s" % (super().condition(scope), last)
        return last

    def bound(self, name, count, scope):
        """A loop's condition."""
        pick = self.rng.random()
        inner = scope.inside()
        inner.times *= 4
        if pick < 0.5:
            return "%s < %d" % (name, count)
        if pick < 0.7:
            self.cost += inner.times
            return "cede(%s) < %d" % (name, count)
        made = self.int_call(inner)
        if pick < 0.85:
            return "%s < %d && %s < 7" % (name, count, made.text)
        return "%s > -100 && %s < %d" % (made.text, name, count)

    # --- Statements ---

    def statement(self, depth, scope):
        self.budget -= 1
        kinds = ["call"] * 5 + ["init"] * 5 + ["int_init"] * 3 + ["assign_call"] * 3 + ["at_call"] * 3 + ["cede"]
        kinds += ["int", "object", "assign", "at", "temporary", "reference", "extended", "closure", "binding", "static_name",
                  "array", "sized", "local_type", "keeps_object", "string", "made_from", "holder", "holder", "indexed", "read", "list", "list", "dropped"]
        if depth < 5:
            kinds += ["if"] * 3 + ["block", "while", "for", "do", "switch", "switch", "range", "range_objects", "range_call",
                      "try", "try", "if_init", "while_declares", "again", "if_declares"]
        if depth < 4:
            kinds += ["lambda"] * 2
        if scope.loops:
            kinds += ["break", "continue"]
        kinds += ["throw_if", "return_if"]
        if self.labels:
            kinds += ["goto"]
        if scope.in_handler:
            kinds += ["rethrow_if"]
        getattr(self, "do_" + self.rng.choice(kinds))(depth, scope)

    def do_cede(self, depth, scope):
        self.cost += scope.times
        self.put(depth, "cede();")

    def do_call(self, depth, scope):
        made = self.call(scope, RESULTS)
        self.put(depth, made.text + ";")

    def do_at_call(self, depth, scope):
        if self.rng.random() < 0.15:
            made = self.call(scope, ["std::string"])
            if made:
                self.put(depth, 'trace::print("string", %s);' % made.text)
                return
        self.put(depth, 'at("called", %s);' % self.operand(scope))

    def do_int_init(self, depth, scope):
        name = self.name("v")
        how = self.rng.choice(["int {0} = {1};", "int {0}({1});", "auto {0} = static_cast<int>({1});", "const int {0} = {1};",
                               "const int& {0} = {1};", "long {0} = {1};", "int {0} = 1 + {1}, more_{0} = {0};"])
        operand = self.operand(scope)
        if operand.endswith((".number", ".y")):
            how = how.replace("int&", "int")
        self.put(depth, how.format(name, operand))
        scope.ints.append("static_cast<int>(%s)" % name if how.startswith("long") else name)
        if how.startswith("int "):
            scope.assignable.append(name)

    def do_init(self, depth, scope):
        kind = self.rng.choice(["tracer"] * 4 + ["trace::movable", "trace::pinned", "std::string", "tracer&", "const tracer&",
                                "tracer&&", "int&", "point"])
        made = self.call(scope, [kind], named=kind in REFERS)
        if not made:
            return self.do_call(depth, scope)
        name = self.name("m")
        if kind in OBJECTS:
            how = self.rng.choice(["{0} {1} = {2};", "{0} {1} = {2};", "{0} {1}({2});", "auto {1} = {2};", "const {0}& {1} = {2};",
                                   "auto&& {1} = {2};", "{0}&& {1} = {2};", "const {0} {1} = {2};"])
            scope.declare(kind if how.startswith(("{0} ", "auto ")) else "const tracer&", name)
        elif kind == "std::string":
            how = self.rng.choice(["{0} {1} = {2};", "const {0}& {1} = {2};", "{0} {1} = {2} + \"+\";"])
            scope.declare(kind, name)
        elif kind == "point":
            if self.rng.random() < 0.5:
                self.put(depth, "%s [%s, %s_] = %s;" % (self.rng.choice(["auto", "const auto&", "auto&&"]), name, name, made.text))
                scope.bindings += [name, name + "_"]
                return
            how = self.rng.choice(["{0} {1} = {2};", "const {0}& {1} = {2};"])
            scope.ints += [name + ".x", name + ".y"]
        elif kind == "int&":
            how = "{0} {1} = {2};"
            scope.declare(kind, name)
        else:
            how = self.rng.choice(["{0} {1} = {2};", "tracer {1} = {2};", "const auto& {1} = {2};", "auto&& {1} = {2};"])
            scope.declare("tracer" if how.startswith("tracer") else "const tracer&", name)
        self.put(depth, how.format(kind, name, made.text))

    def do_assign_call(self, depth, scope):
        pick = self.rng.random()
        if pick < 0.3 and scope.copyable:
            made = self.call(scope, ["tracer", "tracer&&", "tracer&", "const tracer&"])
            if made:
                self.put(depth, "%s = %s;" % (self.rng.choice(scope.copyable), made.text))
                return
        if pick < 0.4:
            names = [s for s in scope.strings if s.startswith("s")]
            made = self.call(scope, ["std::string"]) if names else None
            if made:
                self.put(depth, "%s %s %s;" % (self.rng.choice(names), self.rng.choice(["=", "+="]), made.text))
                return
        if pick < 0.5:
            made = self.call(scope, ["int&"], named=True)
            if made:
                self.put(depth, made.text + self.rng.choice([" = 3;", "++;", " += 2;"]))
                return
        if not scope.assignable:
            return self.do_call(depth, scope)
        self.put(depth, "%s %s %s;" % (self.rng.choice(scope.assignable), self.rng.choice(["=", "=", "+=", "-="]), self.operand(scope)))

    def do_string(self, depth, scope):
        name = self.name("s")
        self.put(depth, 'std::string %s = "%s";' % (name, name))
        scope.strings.append(name)

    def do_made_from(self, depth, scope):
        name = self.name("o")
        kind = self.rng.choice(["tracer", "tracer", "trace::pinned"])
        self.put(depth, '%s %s("%s", %s);' % (kind, name, name, self.int_call(scope).text))
        scope.declare(kind, name)

    def do_list(self, depth, scope):
        """Objects made from braced lists."""
        name = self.name("l")
        pick = self.rng.random()
        if pick < 0.4:
            how = self.rng.choice(["pair_of {0}{{{1}, {2}}};", "pair_of {0} = {{{1}, {2}}};", "const pair_of& {0} = pair_of{{{1}, {2}}};",
                                   "auto {0} = pair_of{{{1}, {2}}};"])
            self.put(depth, how.format(name, self.element(scope), self.acting_int(scope, 1).text))
            scope.objects.append(name + ".first")
            scope.ints.append(name + ".second")
        elif pick < 0.6:
            # Compilers differ in when an exception ends the temporaries of elements.
            self.put(depth, 'tracer %s[] = {tracer("first"), %s};' % (name, self.element(scope)))
            scope.objects += [name + "[0]", name + "[1]"]
        elif pick < 0.8:
            self.put(depth, "nest_of %s{{%s, %s}, %s};" % (name, self.element(scope), self.acting_int(scope, 1).text, self.element(scope)))
            scope.objects += [name + ".first.first", name + ".second"]
        else:
            made = self.call(scope, ["std::string"])
            self.put(depth, 'std::vector<std::string> %s{"a", %s, std::string("b") + "c"};' % (name, made.text if made else '"d"'))
            self.put(depth, 'trace::print("list", %s[0] + %s[1] + %s[2]);' % (name, name, name))

    def do_dropped(self, depth, scope):
        one = self.call(scope, ["void"])
        one = one.text if one else "(void)" + self.int_call(scope).text
        other = self.rng.choice(["(void)%s" % self.int_call(scope).text, 'at("other")'])
        self.put(depth, self.rng.choice(["%s ? %s : %s;", "%s ? %s : %s, cede(1);"]) % (self.test(scope), one, other))

    def do_indexed(self, depth, scope):
        name = self.name("n")
        self.put(depth, "int %s[3] = {1, %s, 2};" % (name, self.int_call(scope).text))
        scope.ints += ["%s[%d]" % (name, i) for i in range(3)]
        self.cost += scope.times
        self.put(depth, "%s[cede(%d)] %s %s;" % (name, self.rng.randint(0, 2), self.rng.choice(["=", "+="]),
                                                self.rng.choice(["4", "cede(5)"])))

    def do_read(self, depth, scope):
        """Operands that are read before a pause that changes them."""
        if not scope.assignable:
            return self.do_call(depth, scope)
        name, read = self.rng.choice(scope.assignable), self.name("r")
        change = "(%s = %s, %s)" % (name, self.value(scope), self.int_call(scope, 1).text)
        how = self.rng.choice(["int {0}[] = {{{1}, int({2}), {1}}};", "std::array<int, 3> {0}{{{{{1}, int({2}), {1}}}}};",
                               "std::vector<int> {0}{{{1}, int({2}), {1}}};"])
        self.put(depth, how.format(read, name, change))
        scope.ints += ["%s[%d]" % (read, i) for i in range(3)]
        self.put(depth, 'at("read", %s[0] - %s[2]);' % (read, read))

    def do_object(self, depth, scope):
        name = self.name("o")
        kind = self.rng.choice(["tracer", "tracer", "trace::pinned", "trace::movable"])
        self.put(depth, self.rng.choice(['{0} {1}("{1}", {2});', '{0} {1} = {0}("{1}", {2});']).format(kind, name, self.value(scope)))
        scope.declare(kind, name)

    def do_binding(self, depth, scope):
        inner = scope.inside()
        super().do_binding(depth, inner)
        scope.bindings += inner.ints[-2:]

    def do_closure(self, depth, scope):
        # Without what cannot be captured by copy.
        inner = scope.inside()
        inner.bindings, inner.objects = [], []
        inner.ints = [i for i in scope.ints if "." not in i]
        super().do_closure(depth, inner)
        scope.ints.append(inner.ints[-1])

    def do_local_type(self, depth, scope):
        inner = scope.inside()
        super().do_local_type(depth, inner)
        scope.ints.append(inner.objects[-1] + ".number")
        scope.objects.append(inner.objects[-1] + ".t")

    def do_keeps_object(self, depth, scope):
        inner = scope.inside()
        inner.copyable = [o for o in scope.copyable if o.isidentifier() and o != "t"]
        super().do_keeps_object(depth, inner)
        scope.ints = inner.ints

    def do_holder(self, depth, scope):
        """An object with member functions that are fibers."""
        if not self.program.holders:
            return self.do_object(depth, scope)
        holder = self.rng.choice(self.program.holders)
        name = self.name("h")
        self.put(depth, "%s %s(\"%s\", %s);" % (holder.name, name, name, self.value(scope)))
        called = name
        if self.rng.random() < 0.4:
            called = self.name("base")
            self.put(depth, "%s& %s = %s;" % (holder.base, called, name))
        for member in holder.members:
            scope.callables.append(Callable("%s.%s" % (called, member.name), member.parameters, member.result, member.cost, member.mutates))

    def do_lambda(self, depth, scope):
        program = self.program
        result = self.rng.choice([r for r in RESULTS if r not in REFERS])
        function = Callable(self.name("lambda"), [self.rng.choice(PARAMETERS) for _ in range(self.rng.randint(0, 2))], result, 1, True)
        function.names = [self.name("k") for _ in function.parameters]
        inner = scope.inside()
        inner.bindings = []
        inner.loops = inner.switches = 0
        inner.in_handler = False
        inner.times = 1
        inner.returnable = []
        if self.rng.random() < 0.5:
            captures, after = "&", ""
        else:
            inner = Scope(program.callables)
            captured = []
            ints = [i for i in scope.assignable if i.isidentifier() and i != "n"]
            if ints:
                captured.append(self.rng.choice(ints))
                inner.ints.append(captured[0])
            after = self.rng.choice([" mutable", ""])
            if after:
                inner.assignable += inner.ints
            if scope.this is not None and self.rng.random() < 0.6:
                captured.append("this")
                inner.with_this(scope.this, "this->")
            objects = [o for o in scope.copyable if o.isidentifier() and o != "t"]
            if objects and self.rng.random() < 0.6:
                name = self.rng.choice(objects)
                by_reference = self.rng.random() < 0.5
                captured.append(("&" if by_reference else "") + name)
                inner.objects.append(name)
                if by_reference or after:
                    inner.copyable.append(name)
            else:
                captured.append('init = tracer("init", %s)' % self.value(scope))
                inner.objects.append("init")
                if after:
                    inner.copyable.append("init")
            captures = ", ".join(captured)
        for kind, name in zip(function.parameters, function.names):
            inner.declare(kind, name)
        body = Body(self.rng, program, function, self.rng.randint(1, 6))
        body.count = self.count + 100
        body.whole(depth + 1, inner)
        self.count = body.count
        self.put(depth, "auto %s = [%s](%s)%s -> %s {" % (function.name, captures, function.list(), after, result))
        self.lines += body.lines
        self.put(depth, "};")
        function.cost = body.cost
        scope.callables.append(function)
        if program.templates:
            self.generalise(function)
            program.hand_over(function, scope)

    def generalise(self, function):
        """Some of the last lambda's parameters become `auto`."""
        head = max(i for i, line in enumerate(self.lines) if line.strip().startswith("auto %s = [" % function.name))
        for kind, name in zip(function.parameters, function.names):
            if kind in ("tracer", "const tracer&", "tracer&", "trace::movable") and self.rng.random() < 0.4:
                general = kind.replace("trace::movable", "auto").replace("tracer", "auto")
                self.lines[head] = self.lines[head].replace("%s %s" % (kind, name), "%s %s" % (general, name))

    # --- Control flow ---

    def loop(self, depth, scope, head, bump=None):
        scope = scope.inside()
        scope.times *= 3
        super().loop(depth, scope, head, bump)

    def do_while(self, depth, scope):
        name = self.name("w")
        self.put(depth, "int %s = 0;" % name)
        self.loop(depth, scope, "while (%s) {" % self.bound(name, self.rng.randint(1, 3), scope), "++%s;" % name)

    def do_do(self, depth, scope):
        name = self.name("w")
        self.put(depth, "int %s = 0;" % name)
        self.loop(depth, scope, "do {", "++%s;" % name)
        self.lines[-1] += " while (%s);" % self.bound(name, self.rng.randint(1, 3), scope)

    def do_for(self, depth, scope):
        name = self.name("i")
        inner = scope.inside()
        inner.ints.append(name)
        start = self.rng.choice(["int %s = 0", "int %s = 0, before = 7", "int %s = cede(0)"]) % name
        bound = self.bound(name, self.rng.randint(1, 3), inner)
        step = self.rng.choice(["++%s", "++%s", "%s += cede(1)", "cede(++%s)"]) % name
        self.loop(depth, inner, "for (%s; %s; %s) {" % (start, bound, step))

    def do_again(self, depth, scope):
        label, name = self.name("again"), self.name("g")
        self.put(depth, "int %s = 0;" % name)
        self.put(depth, label + ":")
        inner = scope.inside()
        inner.times *= 3
        self.put(depth, "{")
        self.braces(depth, inner)
        self.put(depth, "if (%s++ < %d)" % (name, self.rng.randint(1, 2)))
        self.put(depth + 1, "goto %s;" % label)

    def do_if_declares(self, depth, scope):
        name = self.name("i")
        inner = scope.inside()
        made = self.call(scope, ["tracer"])
        if made and self.rng.random() < 0.5:
            inner.declare("tracer", name)
            self.put(depth, "if (tracer %s = %s; %s) {" % (name, made.text, self.condition(inner)))
        else:
            inner.declare("int", name)
            self.put(depth, "if (int %s = %s) {" % (name, self.operand(scope)))
        self.braces(depth, inner)
        if self.rng.random() < 0.5:
            self.lines[-1] += " else {"
            self.braces(depth, inner)

    def do_range_call(self, depth, scope):
        made = self.call(scope, ["std::vector<tracer>"])
        if not made:
            return self.do_range_objects(depth, scope)
        name = self.name("x")
        inner = scope.inside()
        inner.objects.append(name)
        self.loop(depth, inner, "for (%s %s : %s) {" % (self.rng.choice(["tracer", "const tracer&", "auto&&", "auto&"]), name, made.text), "cede();")

    def do_switch(self, depth, scope):
        first = len(self.lines)
        super().do_switch(depth, scope)
        of = self.operand(scope) if self.rng.random() < 0.6 else "numbers[0] + " + self.value(scope)
        self.lines[first] = "  " * depth + "switch (int(%s) %% 4) {" % of

    def do_try(self, depth, scope):
        self.put(depth, "try {")
        self.braces(depth, scope)
        for kind in self.rng.sample(["const trace::failure&", "int", "const tracer&", "const std::exception&"], self.rng.randint(0, 2)):
            self.handler(depth, scope, kind)
        if self.lines[-1].strip() == "}" or self.rng.random() < 0.3:
            self.handler(depth, scope, "...")

    def handler(self, depth, scope, kind):
        inner = scope.inside()
        inner.returnable = []
        super().handler(depth, inner, kind)

    # --- Ways out ---

    def do_throw_if(self, depth, scope):
        if self.rng.random() < 0.6:
            return super().do_throw_if(depth, scope)
        self.put(depth, "if (%s)" % self.condition(scope))
        self.put(depth + 1, "throw static_cast<int>(%s);" % self.int_call(scope).text)

    def do_return_if(self, depth, scope):
        self.put(depth, "if (%s) {" % self.condition(scope))
        self.do_return(depth + 1, scope)
        self.put(depth, "}")

    def do_return(self, depth, scope):
        result = self.function.result
        pick = self.rng.random()
        if result in REFERS:
            kind = REFERS[result]
            name = next(n for k, n in zip(self.function.parameters, self.function.names) if k == kind)
            self.put(depth, "return %s;" % ("std::move(%s)" % name if result == "tracer&&" else name))
            return
        made = self.call(scope, [result]) if pick < 0.4 else None
        if made:
            self.put(depth, "return %s;" % made.text)
        elif result == "void":
            self.put(depth, "return;")
        elif result == "int":
            self.put(depth, "return %s;" % (self.value(scope) if pick < 0.7 else self.operand(scope)))
        elif result == "bool":
            self.put(depth, "return %s;" % random_coroutines.Body.condition(self, scope))
        elif result == "tracer" and scope.returnable and pick < 0.7:
            self.put(depth, "return %s;" % self.rng.choice(scope.returnable))
        elif result in OBJECTS:
            self.put(depth, 'return %s("returned", %s);' % (result, self.value(scope) if pick < 0.8 else self.int_call(scope).text))
        elif result == "std::string":
            self.put(depth, "return %s;" % self.rng.choice(['"returned"', 'std::string("a") + "b"'] + scope.strings))
        elif result == "point":
            self.put(depth, "return {%s, %d};" % (self.value(scope), self.rng.randint(0, 9)))
        else:
            self.put(depth, "return objects(%d);" % self.rng.randint(1, 2))

    def whole(self, depth, scope, recursive=None):
        """The body from its first statement to its return."""
        self.do_cede(depth, scope)
        at = self.rng.randint(0, self.budget - 1)
        while self.budget > 0:
            if recursive and self.budget <= at:
                self.recurse(depth, scope, recursive)
                recursive = None
            self.statement(depth, scope)
        if recursive:
            self.recurse(depth, scope, recursive)
        self.do_return(depth, scope)

    def recurse(self, depth, scope, callee):
        others = "".join(", " + self.plain_argument(kind, scope, True) for kind in callee.parameters[1:])
        text = "%s(p0 - 1%s)" % (callee.name, others)
        self.put(depth, "if (p0 > 0)")
        self.put(depth + 1, self.rng.choice(["%s;", 'at("rest", %s);']) % text if callee.result == "int" else text + ";")


class Holder:
    """A class with fiber functions, and its base that has the same."""

    def __init__(self, name, base, members):
        self.name, self.base, self.members = name, base, members


class Program:
    def __init__(self, rng, templates=False):
        self.rng = rng
        self.templates = templates
        self.out = []
        self.callables = [CEDE, Callable("twice", ["int"], "int", 2)]
        self.holders = []
        self.count = 0

    def parameters(self, result):
        kinds = [self.rng.choice(PARAMETERS) for _ in range(self.rng.randint(0, 3))]
        if result in REFERS:
            # One that it can only be: nothing else is of this kind.
            kinds = [k for k in kinds if k != REFERS[result]] + [REFERS[result]]
        return kinds

    def scope(self, function):
        scope = Scope(self.callables)
        for kind, name in zip(function.parameters, function.names):
            scope.declare(kind, name)
        return scope

    def body(self, function, budget, scope, recursive=None, depth=1):
        body = Body(self.rng, self, function, budget)
        body.whole(depth, scope, recursive)
        function.cost = body.cost
        return "\n".join(body.lines)

    def free(self):
        self.count += 1
        result = self.rng.choice(RESULTS)
        function = Callable("free_%d" % self.count, self.parameters(result), result)
        annotated = self.rng.choice(["[[weft::fiber]] ", "[[weft::fiber]] ", "static ", "[[weft::fiber]] static "])
        text = self.body(function, self.rng.randint(1, 12), self.scope(function))
        self.out.append("%s%s {\n%s\n}\n\n" % (annotated, function.signature(function.name), text))
        if self.templates and self.rng.random() < 0.7:
            self.generic(function)
        self.callables.append(function)

    def generic(self, function):
        """Makes a template of the function that was written last: `tracer` becomes a parameter."""
        text = self.out.pop()
        callables = [n for k, n in zip(function.parameters, function.names) if k.startswith("weft::function")]
        header = []
        if "tracer" in function.parameters or "tracer&" in function.parameters:
            header.append("class T")
            share = self.rng.choice([0.3, 1])
            # What is taken by reference to const may be of another class.
            text = re.sub(r"(?<!const )(?<![\w:])tracer\b", lambda found: "T" if self.rng.random() < share else "tracer", text)
            # Something has to tell it.
            if not re.search(r"[(,] *T&? p\d", text[:text.index("{")]):
                function.name += "<tracer>"
        if callables and self.rng.random() < 0.7:
            header.append("class F")
            text = text.replace("weft::function<int(int)> " + callables[0], "F " + callables[0], 1)
            function.parameters[function.names.index(callables[0])] = "F"
        if not header:
            self.out.append(text)
            return
        if self.rng.random() < 0.3 and "F" not in function.parameters and not function.name.endswith(">"):
            function.name += "<tracer>"
        self.out.append("template <%s> %s" % (", ".join(header), text))

    def hand_over(self, function, scope):
        """A template that calls the lambda."""
        if self.rng.random() < 0.4 or "trace::pinned" in function.parameters:
            return
        self.count += 1
        kind = self.rng.choice(["F&", "F", "F&&", "const F&"] if self.rng.random() < 0.2 else ["F&", "F&&"])
        through = Callable("through_%d" % self.count, function.parameters, function.result, function.cost + 1, True)
        passed = ["std::move(%s)" % n if k in ("tracer", "trace::movable", "tracer&&") and (k != "tracer" or self.rng.random() < 0.5) else n
                  for k, n in zip(through.parameters, through.names)]
        call = "f(%s)" % ", ".join(passed)
        ends = {"void": "%s;\n  cede();", "int": "int last = %s;\n  return cede(last) + 1;"}.get(function.result, "return %s;")
        if kind == "const F&":
            kind = "F&"
        self.out.append("template <class F> [[weft::fiber]] %s %s(%s) {\n  cede();\n  %s\n}\n\n"
                        % (through.result, through.name, ", ".join([kind + " f"] + ([through.list()] if through.list() else [])), ends % call))
        through.first = function.name
        scope.callables.append(through)

    def limited(self, name):
        """One whose first parameter counts down."""
        result = self.rng.choice(["int", "void", "tracer", "bool"])
        kinds = ["int"] + [self.rng.choice(["int", "const tracer&", "tracer"]) for _ in range(self.rng.randint(0, 1))]
        return Callable(name, kinds, result)

    def recursive(self):
        self.count += 1
        functions = [self.limited("recursive_%d" % self.count)]
        if self.rng.random() < 0.5:
            functions.append(self.limited("mutual_%d" % self.count))
            self.out.append("[[weft::fiber]] %s;\n" % functions[1].signature(functions[1].name))
        for i, function in enumerate(functions):
            scope = self.scope(function)
            scope.assignable = [n for n in scope.assignable if n != "p0"]
            text = self.body(function, self.rng.randint(1, 6), scope, functions[(i + 1) % len(functions)])
            annotated = "[[weft::fiber]] " if i == 0 and len(functions) > 1 else self.rng.choice(["[[weft::fiber]] ", "static "]) if i == 0 else ""
            self.out.append("%s%s {\n%s\n}\n\n" % (annotated, function.signature(function.name), text))
        cost = 3 * sum(function.cost for function in functions)
        name = "limited_%d" % self.count
        first = functions[0]
        starts = Callable(name, first.parameters[1:], first.result, cost)
        starts.names = first.names[1:]
        passed = "".join(", std::move(%s)" % n if k == "tracer" else ", " + n for k, n in zip(starts.parameters, starts.names))
        self.out.append("[[weft::fiber]] %s { return %s(%d%s); }\n\n" % (starts.signature(name), first.name, self.rng.randint(1, 2), passed))
        self.callables.append(starts)

    def holder(self):
        self.count += 1
        base, name = "base_%d" % self.count, "holder_%d" % self.count
        members, virtuals = [], []
        out = ["struct %s {\n  tracer t;\n  int n;\n  %s(const char* name, int n) : t(name, n), n(n) {}\n  virtual ~%s() = default;\n"
               % (base, base, base)]
        for number in range(self.rng.randint(1, 3)):
            result = self.rng.choice(RESULTS)
            how = self.rng.choice(["const", "const", "", "", "static", "virtual", "virtual const"])
            member = Callable("member_%d" % number, self.parameters(result), result, 1, "const" not in how)
            text = self.member(member, how)
            before = how.replace("const", "").strip()
            after = " const" if "const" in how else ""
            annotation = "[[weft::fiber]] "
            out.append("  %s%s%s {\n%s\n  }\n" % (annotation, before + " " if before else "", member.signature(member.name, after), text))
            members.append(member)
            if before == "virtual":
                virtuals.append((member, after, how))
        out.append("};\n")
        of = base
        if self.templates and self.rng.random() < 0.7:
            # A class template, of which the holder's base is an instance.
            of += "<tracer>"
            share = self.rng.choice([0.3, 1])
            text = re.sub(r"(?<![\w:])tracer\b", lambda found: "T" if self.rng.random() < share else "tracer", "".join(out))
            out = ["template <class T> " + text]
        out.append("struct %s : %s {\n  using %s::%s;\n" % (name, of, of, base))
        for member, after, how in virtuals:
            cost = member.cost
            text = self.member(member, how)
            member.cost = max(cost, member.cost)
            out.append("  [[weft::fiber]] %s override {\n%s\n  }\n" % (member.signature(member.name, after), text))
        out.append("};\n\n")
        self.out.append("".join(out))
        self.holders.append(Holder(name, of, members))

    def member(self, member, how):
        scope = self.scope(member)
        if how != "static":
            scope.with_this("const" if "const" in how else "", self.rng.choice(["", "this->"]))
        return self.body(member, self.rng.randint(1, 8), scope, depth=2)

    def top(self, number):
        function = Callable("random_%d" % number, [], "void")
        text = self.body(function, self.rng.randint(6, 25), self.scope(function))
        self.out.append("[[weft::fiber]] void random_%d() {\n%s\n}\n\n" % (number, text))


HEAD = """\
// Random fibers, seed %d.
// ORACLE: plain
// RUN: %%check %%s %%t
// FLAGS: -fwrapv %s
#include "fibers.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

struct point {
  int x, y;
};
struct pair_of {
  tracer first;
  int second;
};
struct nest_of {
  pair_of first;
  tracer second;
};
template <class T> struct two {
  T first;
  int second;
};
static int look(const tracer& object) {
  at("look", object.check().number);
  return object.number;
}
static tracer made(const char* name, int number) { return tracer(name, number); }
static std::vector<tracer> objects(int count) {
  std::vector<tracer> all;
  all.reserve(4);
  for (int i = 0; i < count; ++i)
    all.emplace_back("element", i);
  return all;
}
static int numbers[] = {6, 7};
static const int forty_two = 42;
static tracer everywhere("everywhere");
[[weft::fiber]] int twice(int n) {
  cede();
  return cede(n) * 2;
}

"""
# What a person would not write, and is not looked for.
WARNINGS = ["unknown-warning-option", "unused", "unused-parameter", "implicit-fallthrough", "int-in-bool-context", "bool-compare", "parentheses", "bool-operation",
            "range-loop-construct", "logical-not-parentheses", "dangling-else", "tautological-compare", "self-assign",
            "tautological-constant-out-of-range-compare", "constant-logical-operand"]


def templates(seed, count):
    """A program where a share of the functions are templates."""
    return program(seed, count, True)


def program(seed, count, templates=False):
    rng = random.Random(seed)
    made = Program(rng, templates)
    kinds = ["free"] * rng.randint(2, 5) + ["recursive"] * rng.randint(0, 1) + ["holder"] * rng.randint(0, 2)
    rng.shuffle(kinds)
    for kind in kinds:
        getattr(made, kind)()
    for number in range(count):
        made.top(number)
    calls = "".join('  trace::exercise("random_%d", random_%d);\n' % (i, i) for i in range(count))
    head = HEAD % (seed, " ".join("-Wno-" + name for name in WARNINGS))
    return head + "".join(made.out) + "int main() {\n%s}\n" % calls


if __name__ == "__main__":
    sys.stdout.write(program(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2))
