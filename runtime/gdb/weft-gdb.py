# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fibers in gdb: load it by `source .../weft-gdb.py`.

    info fibers           every fiber of every thread: state, place, wait
    fiber N               one of them
    fiber N bt [full]     its logical call chain, innermost first; full: with
                          the variables that are alive in each function

Works on a running process and on a core file: memory is read, nothing in the
program is called. The fibers are those of the list that begins at
`weft::detail::first_scheduler`. A paused frame tells by its step function what
it is: the function's variable `self` has the frame's type, and its constant
`facts` says the function, its file, the line of each suspension point and where
the variables are (weft/function_facts.h).
"""

import re

import gdb

# The end of the name of the member function that a fiber function's body becomes.
BODY = re.compile(r"::weft_(run|body)(\(.*\))?( const)?$")


class Pool:
    """The blocks of a weft::detail::pool."""

    def __init__(self, value):
        self.value = value

    def blocks(self):
        page_type = gdb.lookup_type("weft::detail::pool::page")
        page = self.value["pages"]
        while page:
            index = int(page["index"])
            size = self.class_bytes(index)
            at = int(page) + page_type.sizeof
            newest = self.value["newest"][index] == page
            end = int(self.value["fresh"][index] if newest else page["end"])
            while at + size <= end:
                yield at
                at += size
            page = page["next"]

    @staticmethod
    def class_bytes(index):
        """weft::detail::class_bytes"""
        if index <= 32:
            return index * 16
        octave = 512 << ((index - 33) // 4)
        return octave + octave // 4 * ((index - 33) % 4 + 1)


class Facts:
    """A weft::function_facts."""

    def __init__(self, value):
        self.name = text(value["name"])
        self.file = text(value["file"])
        self.lines = [int(value["lines"][i]) for i in range(int(value["count"]))]
        self.variables = [Variable(each) for each in text(value["variables"]).split()]


class Variable:
    """One of the user's in a frame: NAME[=PLACE][@STATE,...]."""

    def __init__(self, entry):
        entry, _, states = entry.partition("@")
        self.states = {int(each) for each in states.split(",") if each}
        self.name, _, place = entry.partition("=")
        self.place = place or self.name

    def is_alive(self, state):
        return not self.states or state in self.states

    def value(self, frame):
        for member in self.place.lstrip("*").split("."):
            frame = frame[member]
        if self.place.startswith("*"):
            frame = frame.dereference()
        if frame.type.code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
            frame = frame.referenced_value()
        return frame


class Activation:
    """A paused frame."""

    def __init__(self, value):
        self.value = value
        self.state = int(value["weft_state"])
        self.step = int(value["weft_step"])
        block = gdb.block_for_pc(self.step)
        facts = block and gdb.lookup_symbol("facts", block)[0]
        self.facts = facts and Facts(facts.value())
        this = block and gdb.lookup_symbol("self", block)[0]
        self.frame = this and value.address.cast(this.type).dereference()

    @property
    def caller(self):
        return self.value["weft_caller"]

    def place(self):
        if not self.facts or not self.facts.name:
            known = gdb.execute("info symbol %#x" % self.step, to_string=True)
            return known.partition(" in section")[0].strip()
        lines = self.facts.lines
        line = lines[self.state] if self.state < len(lines) else 0
        return "%s () at %s:%d" % (self.facts.name, self.facts.file, line)

    def variables(self):
        """Pairs of name and value, for those that are alive."""
        for variable in self.facts.variables if self.facts else []:
            if variable.is_alive(self.state):
                yield variable.name, variable.value(self.frame)


class NativeCall:
    """A frame of a fiber function on the native stack of its thread."""

    def __init__(self, frame):
        self.native = frame
        self.frame = frame.read_var("this").dereference()

    def place(self):
        at = self.native.find_sal()
        return "%s () at %s:%d" % (self.function(), at.symtab.filename, at.line)

    def function(self):
        """Of `shop::add_frame::weft_run()`, or of
        `shop::add_fiber(int)::add_frame::weft_run()`: `shop::add`."""
        name = self.native.name().replace("(anonymous namespace)::", "")
        frame = BODY.sub("", name)
        scope, _, inner = frame.rpartition("::")
        function = inner.partition("<")[0].rpartition("_frame")[0]
        entry = scope.find(function + "_fiber(")
        if entry >= 0:
            scope = scope[:entry].rpartition("::")[0]
        return (scope + "::" if scope else "") + function

    def variables(self):
        return []  # gdb's own `frame` and `info locals` show them.


class Fiber:
    """A weft::fiber, which has not ended."""

    def __init__(self, scheduler, value):
        self.scheduler = scheduler
        self.value = value
        self.id = int(value["id"])
        thread = scheduler["thread"]
        running = thread and thread["running"] == value.address
        kind = value["waiting"]
        if running:
            self.state = "running"
        elif not kind or not kind["unlink"]:
            self.state = "ready"
        else:
            self.state = "waiting"

    def waits_for(self):
        """What it waits on, as in "receive on a channel"."""
        return text(self.value["waiting"]["what"]) if self.state == "waiting" else ""

    def spawned(self):
        if not self.value["body"]:
            return "drives '%s'" % text(self.value["place"])
        if not self.value["place"]:
            return "spawned at an unknown place"
        return "spawned at %s:%d" % (text(self.value["place"]), int(self.value["line"]))

    def chain(self):
        """Its activations, the innermost first."""
        if self.state == "running":
            outermost = None
            for outermost in self.native_calls():
                yield outermost
            caller = outermost and self.caller_of(outermost)
        else:
            caller = self.value["leaf"]
        while caller:
            activation = Activation(caller.dereference())
            yield activation
            caller = activation.caller

    def native_calls(self):
        if not select_thread_of(self.scheduler):
            return
        frame = gdb.newest_frame()
        while frame is not None:
            name = frame.name() or ""
            if "weft::detail::scheduler::" in name:
                return
            if BODY.search(name):
                yield NativeCall(frame)
            frame = frame.older()

    @staticmethod
    def caller_of(call):
        """The paused caller of the outermost native call: there is one when the
        scheduler, not a caller, has entered it."""
        older = call.native.older()
        entered = older and re.search("weft::detail::(step_|resume_body)", older.name() or "")
        return call.frame["weft_caller"] if entered else None


def text(pointer):
    return pointer.string() if pointer else ""


def select_thread_of(scheduler):
    """Makes the thread of a scheduler gdb's current one; whether it is found."""
    threads = gdb.selected_inferior().threads()
    for thread in threads:
        thread.switch()
        try:
            here = gdb.parse_and_eval("&weft::detail::here")
        except gdb.error:  # No thread-local storage: of a core file, perhaps.
            return len(threads) == 1
        if int(here) == int(scheduler["thread"]):
            return True
    return False


def schedulers():
    first = gdb.lookup_global_symbol("weft::detail::first_scheduler")
    if first is None:
        raise gdb.GdbError("The program does not use Weft's runtime.")
    at = first.value()
    while at:
        yield at.dereference()
        at = at["next"]


def fibers():
    """All that have not ended, by their numbers."""
    block_type = gdb.lookup_type("weft::fiber")
    found = []
    for scheduler in schedulers():
        blocks = [
            gdb.Value(at).cast(block_type.pointer()).dereference()
            for at in Pool(scheduler["fibers"]).blocks()
        ]
        call = scheduler["calls"]
        while call:
            if call["own"]:
                blocks.append(call["own"].dereference())
            call = call["outer"]
        ended = 1  # fiber::ended
        found += [
            Fiber(scheduler, block)
            for block in blocks
            if int(block["id"]) and not int(block["flags"]) & ended
        ]
    return sorted(found, key=lambda fiber: fiber.id)


class KeepSelection:
    """Restores gdb's current thread and frame."""

    def __enter__(self):
        self.thread = gdb.selected_thread()
        self.frame = self.thread and gdb.selected_frame()

    def __exit__(self, *_):
        if self.thread:
            self.thread.switch()
            self.frame.select()


def describe(fiber):
    innermost = next(fiber.chain(), None)
    words = "%-7s" % fiber.state
    if innermost:
        words += " in " + innermost.place()
    if fiber.state == "waiting":
        words += ", waits for " + fiber.waits_for()
    return words + "; " + fiber.spawned()


class InfoFibers(gdb.Command):
    """The fibers of all threads: number, state, innermost function, what it waits
for, and where it was spawned."""

    def __init__(self):
        super().__init__("info fibers", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        with KeepSelection():
            for fiber in fibers():
                mark = "*" if fiber.state == "running" else " "
                gdb.write("%s %-3d %s\n" % (mark, fiber.id, describe(fiber)))


class FiberCommand(gdb.Command):
    """fiber N: what fiber N does.
fiber N bt [full]: its functions, the innermost first, and with `full` the
variables that are alive in those that are paused."""

    def __init__(self):
        super().__init__("fiber", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if not words or not words[0].isdigit() or words[1:] not in (
            [], ["bt"], ["bt", "full"], ["bt", "-full"]
        ):
            raise gdb.GdbError("Usage: fiber N [bt [full]]")
        with KeepSelection():
            for fiber in fibers():
                if fiber.id == int(words[0]):
                    return self.show(fiber, words[1:])
        raise gdb.GdbError("There is no fiber %s." % words[0])

    @staticmethod
    def show(fiber, words):
        if not words:
            gdb.write(describe(fiber) + "\n")
            return
        for number, activation in enumerate(fiber.chain()):
            gdb.write("#%-2d %s\n" % (number, activation.place()))
            for name, value in activation.variables() if words[1:] else []:
                gdb.write("        %s = %s\n" % (name, value.format_string()))


InfoFibers()
FiberCommand()
