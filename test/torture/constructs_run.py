# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Runs the table of constructs (constructs.py) against the plain program. A
# combination is a body and a way to end it: to its end, closed, destroyed, raised
# into, thrown through or cancelled, at each place and pause. Each passes, is
# rejected by a diagnostic, or is wrong.

import collections
import difflib
import os
import re

import check
import constructs

# How many bodies are compiled together, at most.
BATCH = 24
LIMIT = 900  # Seconds, for each step.


def sections(trace):
    """body -> way -> the lines of all runs in that way."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    lines = None
    for line in trace.splitlines():
        head = re.match(r"body_(\d+): (\w+( the end)?)", line)
        if head:
            lines = found[int(head.group(1))][head.group(2)]
        if lines is not None:
            lines.append(line)
    return found


class Batch:
    """Bodies of one kind in one program; those that fail are taken out until the rest agrees."""

    def __init__(self, bodies, name, tools, work):
        self.bodies, self.name, self.tools = list(bodies), name, tools
        self.folder = os.path.join(work, name)
        self.passed = self.ways = 0
        self.rejected = collections.defaultdict(list)  # Diagnostic -> bodies' names.
        self.wrong = []  # Messages.

    def run(self):
        while self.bodies and not self.agrees():
            pass
        return self

    def agrees(self):
        """Whether all agree; when not, some have been taken out."""
        os.makedirs(self.folder, exist_ok=True)
        source = os.path.join(self.folder, self.name + ".cpp")
        text, self.places = constructs.program(self.bodies)
        with open(source, "w") as out:
            out.write(text)
        test = check.Test(source, self.folder, self.tools, LIMIT)
        try:
            expected = sections(test.expected())
            test.transform()
            for way in test.ways():
                name = test.compile(*way)
                for pauses in test.pauses():
                    got, code, errors = check.trace_of(test.path(name), pauses, limit=LIMIT)
                    if not self.compare(expected, sections(got), "%s, pauses: %s" % (name, pauses), code, errors):
                        return False
                os.remove(test.path(name))
        except check.Failed as failed:
            self.take_out_failed(failed)
            return False
        self.passed = sum(len(expected[number]) for number in range(len(self.bodies)))
        return True

    def compare(self, expected, got, name, code, errors):
        differ = [n for n in range(len(self.bodies)) if expected[n] != got[n]]
        if code != 0 and not differ:
            raise check.Failed("running", "%s: exit status %d\n%s" % (name, code, errors[-3000:]))
        if code != 0:
            differ = differ[:1]  # The rest did not run.
        for number in differ:
            self.blame(number, name, self.difference(expected[number], got[number]) + errors[-3000:])
        self.remove(differ)
        return not differ

    @staticmethod
    def difference(expected, got):
        for way, lines in expected.items():
            if got.get(way) != lines:
                shown = difflib.unified_diff(lines, got.get(way, []), "plain", "weft", lineterm="", n=8)
                return "%s:\n%s\n" % (way, "\n".join(list(shown)[:40]))
        return "more than in the plain program"

    def blame(self, number, what, message):
        function, _ = self.bodies[number].text("body")
        self.wrong.append("%s: %s\n%s\n%s" % (self.bodies[number].name, what, function, message))

    def take_out_failed(self, failed):
        """Of those that the messages are about; when no line tells, of one half after the other."""
        found = {}
        for line, message in re.findall(r"%s\.cpp:(\d+):\d+: error: (.*)" % re.escape(self.name), str(failed)):
            for number, lines in enumerate(self.places):
                if int(line) in lines:
                    found.setdefault(number, message)
        if not found:
            self.halve(failed)
            return
        for number, message in found.items():
            diagnostic = re.search(r"\[(weft-[a-z-]+)\]$", message)
            if diagnostic and failed.step == "weft":
                self.rejected[diagnostic.group(1)].append(self.bodies[number].name)
            else:
                self.blame(number, failed.step, message)
        self.remove(found)

    def halve(self, failed):
        if len(self.bodies) == 1:
            self.blame(0, failed.step, str(failed)[:3000])
            self.bodies = []
            return
        middle = len(self.bodies) // 2
        for half, bodies in enumerate((self.bodies[:middle], self.bodies[middle:])):
            part = Batch(bodies, "%s-%d" % (self.name, half), self.tools, self.folder).run()
            self.passed += part.passed
            self.wrong += part.wrong
            for diagnostic, names in part.rejected.items():
                self.rejected[diagnostic] += names
        self.bodies = []

    def remove(self, numbers):
        self.bodies = [body for number, body in enumerate(self.bodies) if number not in numbers]


def batches(thorough):
    """All bodies, named: each batch is of one oracle and standard, and a sample of all such bodies."""
    groups = collections.defaultdict(list)
    for kind in ("coroutine", "fiber"):
        for body in constructs.bodies(kind, thorough):
            groups[body.oracle, body.standard].append(body)
    found = []
    for (oracle, standard), bodies in sorted(groups.items()):
        count = -(-len(bodies) // BATCH)
        for number in range(count):
            found.append((number, "%s-%d-%d" % (oracle, standard, number), bodies[number::count]))
    found.sort(key=lambda each: each[0])  # The first of each group first.
    return [(name, bodies) for _, name, bodies in found]
