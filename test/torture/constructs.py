# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The table of constructs: expressions that pause, the positions where one may
# stand, and the functions around them. A body is one of each; a program has a
# batch of bodies and ends each in every way. constructs_run.py compares them with
# the plain program.
#
# In the table, `P(1)` is a pause whose value is an int, and `$` in a position is
# the expression. What the standard leaves unordered is written so that every
# order gives the same trace: beside a pause, operands that act stand to the right.

import itertools
import os
import re

# An entry of the table: what it is called, its text, and the kinds of functions
# and the standard that it is for.
class Entry:
    def __init__(self, name, text, kinds=("coroutine", "fiber"), standard=17, closes=True, carriers=()):
        self.name, self.text, self.kinds, self.standard = name, text, kinds, standard
        self.closes = closes  # Whether the oracle's way of closing is not seen by a handler.
        self.carriers = carriers  # Where it may stand; nothing: everywhere.


def entries(text, **how):
    """One entry a line, `name: text`; what is indented goes on."""
    found = []
    for line in text.strip("\n").split("\n"):
        if line.startswith(" "):
            found[-1].text += "\n" + line[2:]
        else:
            name, _, rest = line.partition(": ")
            found.append(Entry(name, rest, **how))
    return found


EXPRESSIONS = entries("""
the pause: P(1)
parentheses: ((P(1)))
unary minus: -P(1)
complement: ~P(1)
not: !P(1)
sum: P(1) + P(2)
sum with a local: v + P(1)
sum and a temporary: P(2) + tracer("right", 1).number
products: P(1) * 2 + P(2) * 3
shift: (P(1) & 3) << (P(2) & 3)
comparison: P(1) < P(2)
equality: (P(1) == 1) != (P(2) == 3)
bits: (P(1) | 4) ^ (P(2) & 7)
comma left: (P(1), tracer("right", 2).number)
comma right: (tracer("left", 1).number, P(2))
comma twice: (tracer("a", 1).number, P(1), tracer("b", 2).number, P(2))
and left: P(1) && look(tracer("right", 1))
and right: look(tracer("left", 1)) && P(1)
and both: P(1) && P(2) && look(tracer("right", 2))
and skipped: P(0) * 0 && P(2)
or left: P(0) * 0 || look(tracer("right", 1))
or right: look(tracer("left", 0)) || P(1)
or skipped: look(tracer("left", 1)) || P(1)
and inside or: (look(tracer("a", 1)) && P(1) * 0) || (P(2) && look(tracer("b", 1)))
condition of a conditional: P(1) ? look(tracer("yes", 1)) : look(tracer("no", 2))
second operand: look(tracer("condition", 1)) ? P(1) : v
third operand: look(tracer("condition", 0)) ? v : P(1)
both operands: (v & 1) ? P(1) : P(2)
conditional of conditionals: P(1) ? (P(0) * 0 ? P(3) : P(4)) : P(5)
conditional as lvalue: ((P(1) ? v : w) = 5)
conditional of objects: (P(1) ? tracer("yes", 1) : tracer("no", P(2))).number
conditional of an object and an lvalue: look(v ? tracer("yes", P(1)) : everywhere)
conditional of references: look(P(0) * 0 ? everywhere : t)
conditional that throws: P(1) || v ? P(2) : throw 5
conditional whose arm makes: look(v ? made("made", P(1)) : made("other", 2))
assignment: (v = P(1))
assignment in a chain: (v = w = P(1))
compound assignment: (v += P(1))
shift assignment: (v <<= (P(1) & 1))
assignment to an element: (numbers[index_of(1)] = P(1) & 7)
assignment of objects: (t = tracer("assigned", P(1))).number
assignment from a pause inside: (v = P(1) + (w = P(2)))
static_cast: static_cast<int>(P(1) * 1.5)
functional cast: int(P(1) * 2L)
C cast: (int)(char)P(1)
const_cast: const_cast<const int&>(v = P(1))
reinterpret_cast: *reinterpret_cast<int*>(pointer_to(P(1)))
dynamic_cast: dynamic_cast<derived*>(std::unique_ptr<base>(new_derived(P(1))).get())->get()
cast to void in a comma: (static_cast<void>(P(1)), v)
conversion function: int(boxed{P(1)})
implicit conversion: by_reference(boxed{P(1)})
local read before a shift: v << (v = 3, P(1) & 3)
reference read before a shift: (w = alias << (alias = 3, P(1) & 3), w + alias)
result read before a shift: same(w) << (w = 3, P(1) & 3)
element read before a shift: numbers[1] << (numbers[1] = 3, P(1) & 3)
subscript of a pointer that moves: pointer[(pointer = numbers + 1, P(1) & 1)]
pointee read before a shift: (w = *pointer << (*pointer = 3, ++pointer, P(1) & 3), w + *pointer)
list in order: std::array<int, 3>{v, (v = 3, int(P(1))), v}[0]
list of a reference: std::array<int, 2>{alias, (alias = 5, int(P(1)))}[0]
callee that changes: callee((callee = thrice, int(P(1))))
subscript: numbers[P(1) & 1]
subscript on the left: pointer_to(P(1))[1]
subscript of two: grid[P(1) & 1][P(2) & 1]
subscript overloaded: holder("held")[P(1)]
subscript reversed: (P(1) & 1)[numbers]
dereference: *pointer_to(P(1))
address and dereference: *&numbers[P(1) & 1]
pointer arithmetic: *(numbers + (P(1) & 1))
increment of an element: ++numbers[P(1) & 1] - numbers[0]
member of a temporary: point{P(1), 2}.x
member of an object: tracer("object", P(1)).number
member of a member: nest{{tracer("a", 1), P(1)}, tracer("b", 2)}.inner.second
member through a pointer: owned(P(1))->object.number
overloaded arrow: holder("held", P(1))->number
member call: holder("held", P(1)).add(1)
member call with a pause: holder("held", 1).add(P(1))
member call chain: holder("held", 1).self().self().add(P(1))
member call with two: holder("held", 1).with(made("other", P(1)), 3)
static member: holder::twice(P(1))
static member of an object: t.number + holder("held").twice(P(1))
pointer to member: (holder("held", 1).*&holder::add)(P(1))
pointer to data: (point{P(1), 2}.*&point::x)
call: add(P(1), 2)
call with two: add(P(1), P(2))
call in a call: add(add(P(1), 1), 3)
call of calls: add(add(P(1), P(2)), P(3))
pause in a pause: P(P(P(1)))
call by reference: by_reference(P(1))
call with a temporary: look(tracer("argument", P(1)))
call with a temporary beside: look(P(1), tracer("beside", 2))
call with a made object: look(made("made", P(1)))
call with a moved object: take(tracer("moved", P(1)))
call by value: sink(tracer("by value", P(1)))
call of what only moves: sink_movable(trace::movable("movable", P(1)))
call of what does not move: sink_pinned(trace::pinned("pinned", P(1)))
call with a default argument: with_default(P(1))
call with C arguments: c_variadic(P(1), 2, 3)
call with a pack: sum_of(P(1), 2, 3L)
call of a pointer: function(P(1))
call of a function object: holder("called", 1)(P(1))
call of a lambda: [](int n) { return n + 1; }(P(1))
call of a capturing lambda: [&v](int n) { return n + v; }(P(1))
lambda with a pause: [k = P(1)] { return k; }()
lambda with a pause and an object: [k = P(1), o = tracer("captured", 2)] { return k + o.number; }()
lambda with an object of a pause: [o = tracer("captured", P(1))] { return o.number; }()
braces: int{P(1)}
aggregate: couple{tracer("first", 1), P(2)}.second
aggregate of pauses: couple{tracer("first", P(1)), P(2)}.second
aggregate of aggregates: nest{{tracer("a", P(1)), P(2)}, tracer("b", P(3))}.outer.number
aggregate half made: look(three{tracer("a"), tracer("b", P(1)), tracer("c")}.second)
aggregate with defaults: with_defaults{P(1)}.member.number
aggregate with a base: based{tracer("base", 1), P(2)}.more
aggregate of few: couple{tracer("first", P(1)), {}}.second
initializer_list: sum_list({1, P(1), 3})
initializer_list of objects: sum_objects({tracer("a", 1), tracer("b", P(1)), tracer("c", P(2))})
vector: std::vector<int>{P(1), 2, P(3)}[0]
std array: std::array<int, 2>{P(1), 2}[0]
algorithm: std::max({P(1), 2, P(3)})
new: *std::unique_ptr<int>(new int(P(1)))
new of an object: std::unique_ptr<tracer>(new tracer("new", P(1)))->number
new of an array: std::unique_ptr<int[]>(new int[2]{P(1), 2})[0]
new of an array of objects: std::unique_ptr<tracer[]>(new tracer[2]{tracer("a", P(1)), tracer("b", 2)})[0].number
new of this size: std::unique_ptr<int[]>(new int[(P(1) & 3) + 1]())[0]
delete: (delete new_derived(P(1)), v)
placement new: (*::new (static_cast<void*>(&w)) int(P(1)))
overloaded shift: (stream() << P(1) << tracer("right", 2) << P(2)).sum
overloaded shift of three: (stream() << 1 << tracer("between", P(1)) << 3).sum
overloaded plus: (boxed{P(1)} + boxed{2}).value
overloaded minus: (-boxed{P(1)}).value
overloaded increment: (++boxed{P(1)}).value
overloaded comma: (boxed{P(1)}, boxed{P(2)}).value
overloaded less: boxed{P(1)} < boxed{2}
overloaded assignment: (boxed{1} += boxed{P(1)}).value
std string: (std::string("a") + std::to_string(P(1))).size()
tuple: std::get<0>(std::make_tuple(P(1), 2))
pair: std::pair<int, tracer>(P(1), tracer("second", 2)).second.number
sizeof beside: static_cast<int>(sizeof(int)) + P(1)
noexcept beside: noexcept(add(1, 2)) + P(1)
typeid beside: (typeid(int) == typeid(v)) + P(1)
literal: 1_n + P(1)
macro argument: SAME(P(1) + 1)
macro with two: PLUS(P(1), P(2) * 2)
macro that repeats: TWICE(P(1))
macro in a macro: SAME(PLUS(SAME(P(1)), look(tracer("inside", 2))))
decltype beside: decltype(v)(P(1))
sequence of temporaries: (look(tracer("a", 1)), look(tracer("b", P(1))), look(tracer("c", P(2))))
nested temporaries: look(made("outer", look(made("inner", P(1)))))
""") + entries("""
parenthesised aggregate: couple(tracer("first", 1), P(2)).second
designated: couple{.first = tracer("first", 1), .second = P(2)}.second
designated with defaults: with_defaults{.number = P(1)}.member.number
three-way: (P(1) <=> P(2)) < 0
template lambda: []<class U>(U n) { return n + 1; }(P(1))
rewritten operator: !(boxed{P(1)} < boxed{P(2)})
""", standard=20) + entries("""
object of a fiber: look(fetch("fetched", 1))
object of a fiber of a fiber: look(fetch("outer", fetch("inner", 1).number))
object of a fiber by value: sink(fetch("fetched", 1))
object of a fiber that does not move: look(fetch_pinned("pinned", 1))
object of a fiber as an argument: look(pass(fetch("fetched", 1)))
reference of a fiber: refer_later(t).number
reference of a fiber assigned: (refer_later(t) = tracer("assigned", P(1))).number
reference of a fiber on both sides: (number_of(v) += P(1))
member of a fiber's result: fetch("fetched", 1).number + 1
member fiber: fetcher("fetcher", 1).get(2)
member fiber of a result: make_fetcher(1).get(P(2))
member fibers in a chain: fetcher("fetcher", 1).next().next().get(1)
virtual member fiber: as_base(remote).get(P(1))
operator that pauses: (fetcher("a", 1) + P(2))
operator that pauses twice: (fetcher("a", 1) << 1 << P(2)).number
subscript that pauses: fetcher("fetcher", 1)[P(2)]
call operator that pauses: fetcher("fetcher", 1)(P(2))
conversion that pauses: static_cast<int>(fetcher("fetcher", 3))
static member fiber: fetcher::at_once(1)
template fiber: same_later(P(1))
template fiber of an object: look(same_later(tracer("same", 1)))
function object: (weft::function<int(int)>(&P_function))(P(1))
lambda that pauses: [&](int n) { return P(n) + v; }(P(1))
lambda that pauses in a local: SAME([k = P(1)](int n) { return P(n) + k; })(2)
pack that pauses: sum_later(1, P(2), 3)
""", kinds=("fiber",))

POSITIONS = entries("""
statement: $;
statement in a block: { tracer inner("inner", 1); $; }
initialiser: int x = $; at("x", x);
parentheses: int x($); at("x", x);
braces: int x{static_cast<int>($)}; at("x", x);
auto: auto x = $; at("x", x);
const: const int x = $; at("x", x);
const reference: const int& x = $; at("x", x);
rvalue reference: long&& x = $; at("x", x);
several declarators: int x = $, *p = &x, &r = *p; at("x", x + *p + r);
volatile: volatile int x = $; at("x", x);
bit-field: bits x{}; x.high = ($) & 7; at("x", x.high);
union: either x; x.number = $; at("x", x.number);
array: int x[] = {1, int($), 3}; at("x", x[1] + x[2]);
array of objects: tracer x[] = {tracer("a", 1), tracer("b", $), tracer("c", 3)}; at("x", x[1].number);
array with a rest: int x[4] = {int($)}; at("x", x[0] + x[3]);
object: tracer x("x", $); at("x", x.number);
object from a temporary: tracer x = tracer("x", $); at("x", x.number);
pinned object: trace::pinned x("x", $); at("x", x.number);
aligned object: alignas(64) tracer x("x", $); at("x", x.number);
extended temporary: const tracer& x = tracer("x", $); at("x", x.check().number);
extended member: const int& x = couple{tracer("x", 1), int($)}.second; at("x", x);
aggregate: couple x{tracer("x", 1), int($)}; at("x", x.second);
aggregate in an aggregate: nest x{{tracer("x", 1), int($)}, tracer("y", 2)}; at("x", x.inner.second);
aggregate with defaults: with_defaults x{int($)}; at("x", x.member.number);
vector: std::vector<int> x{1, int($), 3}; at("x", x[1]);
unique_ptr: auto x = std::make_unique<tracer>("x", $); at("x", x->number);
binding: auto [a, b] = couple{tracer("bound", 1), int($)}; at("x", a.number + b);
binding by reference: const auto& [a, b] = couple{tracer("bound", 1), int($)}; at("x", a.number + b);
binding of a pair: auto [a, b] = std::pair<int, int>($, 2); at("x", a + b);
binding of an array: int x[2] = {int($), 2}; auto [a, b] = x; at("x", a + b);
local class: struct local { int a; tracer b; }; local x{int($), tracer("local", 1)}; at("x", x.a);
local enumeration: enum local { none, some }; local x = $ ? some : none; at("x", x);
local constant: constexpr int size = 2; int x[size] = {int($)}; at("x", x[size - 1]);
decltype: decltype(v) x = $; at("x", x);
lambda by value: auto f = [k = $, &w] { return k + w; }; at("x", f());
lambda with an object: auto f = [o = tracer("captured", $)] { return o.number; }; at("x", f());
lambda before: auto f = [&v](int k) { return k + v; }; at("x", f($));
assignment: v = $; at("v", v);
compound assignment: v += $; at("v", v);
assignment of an object: t = tracer("assigned", $);
element: numbers[index_of(1)] = ($) & 7; at("x", numbers[1]);
if: if ($) at("then"); else at("else");
if with a block: if ($) { tracer inner("inner", 1); at("then"); P(5); } else { at("else"); P(6); }
if with init: if (tracer i("init", 1); $) at("then", i.number); else at("else", i.number);
if with a declaration: if (int k = $) { at("then", k); } else { at("else", k); }
if with both: if (int i = $; int k = i - 1) { at("then", k); } else { at("else", i); }
init of if: if (int i = $; i > 1) at("then", i);
else: if (v > 100) at("then"); else $;
else if: if (v > 100) at("then"); else if ($) at("second"); else at("third");
if constexpr: if constexpr (sizeof(int) > 1) { $; } else { at("never"); }
while: int n = 0; while (n++ < 2 && ($, true)) { tracer inner("inner", n); at("round", n); }
while alone: int n = 2; while (($, n--)) at("round", n);
while with a declaration: int n = 2; while (int k = ($, n--)) { tracer inner("inner", k); at("round", k); }
body of while: int n = 2; while (n--) { tracer inner("inner", n); $; }
do: int n = 2; do { tracer inner("inner", n); at("round", n); } while (($, --n));
body of do: int n = 2; do { tracer inner("inner", n); $; } while (--n);
init of for: for (int k = $, n = 0; n < 2; ++n) at("round", k);
condition of for: for (int k = 0; ($, k < 2); ++k) at("round", k);
increment of for: for (int k = 0; k < 2; $, ++k) { tracer inner("inner", k); at("round", k); }
declaration in for: int n = 2; for (; int k = ($, n--);) { tracer inner("inner", k); at("round", k); }
body of for: for (int k = 0; k < 2; ++k) { tracer inner("inner", k); $; }
break: for (int k = 0; k < 3; ++k) { tracer inner("inner", k); if (($) || k) break; at("on"); }
continue: for (int k = 0; k < 3; ++k) { tracer inner("inner", k); if (k == 1) continue; $; }
nested loops: for (int k = 0; k < 2; ++k) for (int n = 0; n < 2; ++n) { if (n > k) continue; $; }
range of range-for: for (const tracer& each : objects(($) & 1)) at("each", each.check().number);
range-for over braces: for (int each : {1, int($), 3}) at("each", each);
body of range-for: for (tracer& each : objects(2)) { $; at("each", each.check().number); }
copy in range-for: for (tracer each : objects(2)) { $; at("each", each.check().number); }
binding in range-for: std::pair<int, int> all[] = {{1, 2}, {3, 4}}; for (auto [a, b] : all) { $; at("each", a + b); }
switch: switch (($) & 3) { case 0: at("0"); break; case 1: at("1"); [[fallthrough]]; case 2: at("2"); break; default: at("default"); }
switch with init: switch (tracer i("init", 1); ($) & 1) { case 0: at("0"); break; default: at("default", i.number); }
switch with a declaration: switch (int k = ($) & 1) { case 0: at("0"); break; default: at("default", k); }
body of switch: switch (v & 3) { case 0: at("0"); break; case 1: { tracer inner("inner", 1); $; } [[fallthrough]]; case 2: $; break; default: at("default"); }
switch into a loop: int n = 3; switch (n & 1) { case 0: do { at("even", n); case 1: $; } while (--n > 0); }
goto back: int n = 0; again: { tracer inner("inner", n); $; if (++n < 2) goto again; }
goto forward: { tracer inner("inner", 1); if (($) >= -1000) goto out; at("not left"); } out: at("out");
goto over: if (v > 100) goto after; { tracer inner("inner", 1); $; } after: at("after");
throw: try { throw int($); } catch (int caught) { at("caught", caught); }
throw of an object: try { throw tracer("thrown", $); } catch (const tracer& caught) { at("caught", caught.number); }
try: try { tracer inner("inner", 1); $; at("passed"); } catch (int caught) { at("caught", caught); }
try with failures: try { tracer inner("inner", 1); $; } catch (const trace::failure& caught) { at(caught.where); }
handler: try { throw 3; } catch (int caught) { tracer inner("inner", caught); $; at("caught", caught); }
handler of an object: try { throw tracer("thrown", 1); } catch (const tracer& caught) { $; at("caught", caught.check().number); }
handler by value: try { throw boxed{1}; } catch (boxed caught) { $; at("caught", caught.value); }
handler in a handler: try { throw 3; } catch (int outer) { try { throw 4L; } catch (long inner) { $; at("both", outer + inner); } at("outer", outer); }
rethrow: try { try { throw 3; } catch (int) { $; throw; } } catch (int caught) { at("caught", caught); }
second handler: try { throw 3L; } catch (int) { at("not this"); } catch (long caught) { $; at("caught", caught); }
handler in a loop: for (int k = 0; k < 2; ++k) try { if (k) throw k; } catch (int caught) { $; continue; }
return: return $;
return from a loop: for (int k = 0;; ++k) { tracer inner("inner", k); if (k == 1) return $; }
return from try: try { tracer inner("inner", 1); return $; } catch (int) { at("not this"); }
return from a handler: try { throw 1; } catch (int) { tracer inner("inner", 1); return $; }
same names: { int x = $; at("x", x); } { int x = 5; at("x", x); P(1); at("x", x); { tracer x("hides", 1); P(2); } at("x", x); }
shadowed parameter: { int given = $; at("given", given); }
label: start: $; if (v < 0) goto start;
attribute: [[maybe_unused]] int x = $;
macro statement: STATEMENT($);
macro around: SAME(int x = $; at("x", x);)
static: static int x = 5; x = 5; $; at("x", x);
typedef: using number = int; number x = $; at("x", x);
address: int x = 1; int* p = &x; $; *p = 2; at("x", x);
large array: char x[5000]; x[4999] = 7; $; at("x", x[4999]);
empty: ; { } $; {{ ; }}
conditional text: ;
  #if 1
  $;
  #else
  nothing ( at all
  #endif
  at("after");
comments: $ /* with ( this */ ; // and "that
  at("after");
raw string: at(R"x(a"b}{)x"); $;
line: const int line = __LINE__; $; at("line", __LINE__ - line);
""") + entries("""
catch all: try { tracer inner("inner", 1); $; } catch (...) { at("caught"); }
handler of all: try { throw 3; } catch (...) { $; at("caught"); }
rethrow of all: try { try { throw tracer("thrown", 1); } catch (...) { $; throw; } } catch (const tracer& caught) { at("caught", caught.check().number); }
current exception: try { throw 3; } catch (...) { $; try { std::rethrow_exception(std::current_exception()); } catch (int caught) { at("caught", caught); } }
""", closes=False) + entries("""
range-for with init: for (int n = $; int each : {1, 2}) at("each", n + each);
""", standard=20) + entries("""
using enum: { enum class local { none, some }; using enum local; local x = $ ? some : none; at("x", int(x)); }
""", standard=20, carriers=("free", "member", "lambda")) + entries("""
local class that pauses: struct local { tracer inner{"inner", 1}; [[weft::fiber]] int get(int n) { return P(n) + inner.number; } }; at("x", local().get($));
lambda that pauses: auto f = [&](int n) { tracer inner("inner", n); return P(n) + v; }; at("x", f($));
lambda that keeps: auto f = [o = tracer("captured", $)] { P(1); return o.check().number; }; at("x", f());
recursive: auto f = [&](auto& self, int n) -> int { return n ? P(n) + self(self, n - 1) : 0; }; at("x", f(f, 2) + int($));
delegated object: tracer x = fetch("x", $); at("x", x.number);
extended result: const tracer& x = fetch("x", $); at("x", x.check().number);
pinned result: trace::pinned x = fetch_pinned("x", $); at("x", x.number);
range of a fiber: for (const tracer& each : objects_later(($) & 1)) at("each", each.check().number);
""", kinds=("fiber",))

FIBERS = """\
[[weft::fiber]] int P_function(int value) { return cede(value); }
[[weft::fiber]] tracer fetch(const char* name, int number) {
  tracer made(name, number);
  cede();
  return made;
}
[[weft::fiber]] trace::pinned fetch_pinned(const char* name, int number) {
  cede();
  return trace::pinned(name, number);
}
[[weft::fiber]] tracer pass(tracer object) {
  cede();
  return object;
}
[[weft::fiber]] tracer& refer_later(tracer& object) {
  cede();
  return object;
}
[[weft::fiber]] int& number_of(int& number) {
  cede();
  return number;
}
[[weft::fiber]] std::vector<tracer> objects_later(int count) {
  cede();
  return objects(count);
}
template <class T> [[weft::fiber]] T same_later(T value) {
  cede();
  return value;
}
template <class... T> [[weft::fiber]] int sum_later(T... values) {
  const int sum = sum_of(values...);
  return cede(sum);
}
struct fetcher {
  tracer object;
  int number;
  fetcher(const char* name, int number) : object(name, number), number(number) {}
  virtual ~fetcher() = default;
  [[weft::fiber]] virtual int get(int more) const {
    cede();
    return object.check().number + more;
  }
  [[weft::fiber]] fetcher& next() {
    cede();
    ++number;
    return *this;
  }
  [[weft::fiber]] int operator+(int more) const { return cede(object.check().number) + more; }
  [[weft::fiber]] fetcher& operator<<(int more) {
    number += cede(more);
    return *this;
  }
  [[weft::fiber]] int operator[](int more) const { return cede(number) + more; }
  [[weft::fiber]] int operator()(int more) const { return cede(number) + more; }
  [[weft::fiber]] operator int() const { return cede(number); }
  [[weft::fiber]] static int at_once(int more) { return cede(more); }
};
struct remote_fetcher : fetcher {
  using fetcher::fetcher;
  [[weft::fiber]] int get(int more) const override { return 100 + cede(more); }
};
static remote_fetcher remote("remote", 8);
static const fetcher& as_base(const fetcher& object) { return object; }
[[weft::fiber]] fetcher make_fetcher(int number) {
  cede();
  return fetcher("made", number);
}

"""

CARRIERS = ("free", "member", "lambda", "template")
LOCALS = '  int v = 1, w = 2;\n  tracer t("local", 7);\n  given += v;\n  int &alias = w, *pointer = numbers, (*callee)(int) = twice;\n'
END = '  at("end", v + w + t.number);\n  return v;\n'


def balanced(text, at):
    """The index behind the parenthesis that closes the one at `at`."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i + 1
    raise ValueError(text)


def with_pauses(text, kind, carrier):
    """Writes the pauses for this kind of function."""
    found = re.search(r"\bP\(", text)
    if not found:
        return text
    end = balanced(text, found.end() - 1)
    value = with_pauses(text[found.end() : end - 1], kind, carrier)
    if carrier == "template":
        value = "T(%s)" % value
    call = {"fiber": "cede(%s)", "coroutine": "weft::yield<int>(%s)"}[kind] % value
    return text[: found.start()] + call + with_pauses(text[end:], kind, carrier)


class Body:
    """One expression in one position in one function."""

    def __init__(self, expression, position, kind, carrier):
        self.expression, self.position, self.kind, self.carrier = expression, position, kind, carrier
        self.name = "%s, %s, %s, %s" % (kind, carrier, position.name, expression.name)
        self.standard = max(expression.standard, position.standard)
        self.closes = expression.closes and position.closes
        # C++20's coroutines cannot pause in handlers.
        self.oracle = "plain" if kind == "fiber" else "threads" if "catch" in position.text else "coroutines"

    @staticmethod
    def lines(text):
        return "".join("%s%s\n" % ("" if line.startswith("#") else "  ", line) for line in text.split("\n"))

    def text(self, identifier):
        """The function and the call that makes it run."""
        placed = self.position.text.replace("$", self.expression.text)
        body = LOCALS + self.lines(with_pauses(placed, self.kind, self.carrier)) + END
        body = "{\n%s}" % body
        fiber = self.kind == "fiber"
        result = "int" if fiber else "weft::coroutine<int, int, int>"
        attribute = "[[weft::fiber]] " if fiber else "[[weft::coroutine]] "
        call = identifier + "(3)"
        if self.carrier == "free":
            function = "%s%s %s(int given) %s\n" % (attribute, result, identifier, body)
        elif self.carrier == "template":
            function = "template <class T> %s%s %s(T given) %s\n" % (attribute, result, identifier, body)
        elif self.carrier == "member":
            function = "struct of_%s {\n  int m = 4;\n  %s%s get(int given) %s\n} here_%s;\n" % (
                identifier, attribute, result, body.replace("given += v;", "given += v + m;"), identifier)
            call = "here_%s.get(3)" % identifier
        else:
            function = "static auto %s = [](int given) -> %s %s;\n" % (identifier, result, body)
        if fiber:
            ways = 'trace::exercise("%s", [] { trace::print("gives", %s); });' % (identifier, call)
        else:
            ways = 'trace::exercise("%s", [] { return %s; }, %s);' % (
                identifier, call, "trace::all" if self.closes else "trace::raising | trace::throwing")
        return function, ways


HEAD = """\
// Constructs that pause.
// ORACLE: %s
// FLAGS: -w -fwrapv -fpermissive -I%s
%s
#include "%s"

#include "constructs.h"

"""


def program(bodies):
    """The text of a program with these bodies, all of one kind and oracle, and for each body its lines."""
    kind = bodies[0].kind
    standard = max(body.standard for body in bodies)
    text = HEAD % (bodies[0].oracle, os.path.dirname(os.path.abspath(__file__)),
                   "// STANDARD: %d" % standard if standard > 17 else "", "fibers.h" if kind == "fiber" else "trace.h")
    if kind == "fiber":
        text += FIBERS
    places, calls = [], []
    for number, body in enumerate(bodies):
        function, call = body.text("body_%d" % number)
        first = text.count("\n") + 1
        text += "// %s\n%s\n" % (body.name, function)
        places.append(range(first, text.count("\n") + 1))
        calls.append("  %s\n" % call)
    # By lines, so that the last one tells where a program ends too early.
    main = "int main() {\n  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);\n%s}\n" % "".join(calls)
    return text + main, places


def fits(entry, kind):
    return kind in entry.kinds


def bodies(kind, thorough=False):
    """Each expression in some positions and each position with some expressions; thorough: all in all."""
    expressions = [e for e in EXPRESSIONS if fits(e, kind)]
    positions = [p for p in POSITIONS if fits(p, kind)]
    if thorough:
        pairs = list(itertools.product(range(len(positions)), range(len(expressions))))
    else:
        # The pause alone in each position, each expression as a variable's value, and a third
        # that meets both in another order.
        pairs = [(p, 0) for p in range(len(positions))] + [(2, e) for e in range(len(expressions))]
        pairs += [((7 * e + 3) % len(positions), e) for e in range(len(expressions))]
        pairs = sorted(set(pairs))

    def carrier(p, e):
        fitting = [c for c in CARRIERS if c in (positions[p].carriers or CARRIERS)]
        return fitting[(e + p) % len(fitting)]

    return [Body(expressions[e], positions[p], kind, carrier(p, e)) for p, e in pairs]
