# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Runs one behaviour test: transforms the source, compiles what comes out with
# both compilers at -O0 and -O2 in C++17 and C++20 and once with sanitizers, runs
# all of these, and compares each trace with the oracle's.
#
#   check.py --weft=W --runtime=DIR --library=LIB --clangxx=C --gxx=G SOURCE WORK
#
# In the source:
#   // ORACLE: coroutines   the same source on C++20 coroutines (the default)
#   // ORACLE: threads      the same source with a thread for each coroutine
#   // ORACLE: plain        the same source where no pause does anything: for
#                           fibers, with all, no and every second pause pausing;
#                           async generators have a thread each
#   // ORACLE: expected     the comment that begins with /* EXPECTED
#   // STANDARD: 20         C++20 only
#   // FLAGS: ...           more compiler flags, for everything
#   // TOOL: ...            options of weft
#   // MODE: bare           with -fno-exceptions -fno-rtti, except for the oracle

import argparse
import os
import re
import subprocess
import sys
import difflib

INPUTS = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, INPUTS)
import precompiled
import twin

WARNINGS = ["-Wall", "-Wextra", "-Werror"]
SANITIZERS = ["-O1", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


class Failed(Exception):
    """What the message says; `step` is what it happened to, of STEPS."""

    def __init__(self, step, message):
        super().__init__(message)
        self.step = step


STEPS = ("oracle", "weft", "compiling", "running", "trace")


def call(command, step, limit=60, **options):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=limit, **options)
    except subprocess.TimeoutExpired:
        raise Failed(step, "%s took longer than %s seconds: %s" % (step, limit, " ".join(command)))


def succeed(command, step, what, limit=60):
    done = call(command, step, limit)
    if done.returncode != 0:
        raise Failed(step, "%s failed (%d): %s\n%s%s" % (what, done.returncode, " ".join(command), done.stdout, done.stderr))
    return done


def trace_of(program, pauses="all", step="running", limit=60):
    environment = dict(os.environ, ASAN_OPTIONS="detect_stack_use_after_return=1", UBSAN_OPTIONS="print_stacktrace=1", WEFT_TEST_PAUSES=pauses)
    # At which checkpoints green functions are switched.
    environment["WEFT_PREEMPT"] = {"all": "always", "alternating": "2"}.get(pauses, "never")
    done = call([program], step, limit, env=environment, errors="replace")
    return done.stdout, done.returncode, done.stderr


def compare(expected, got, name, code, errors):
    if got != expected:
        lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), "oracle", name, lineterm="", n=12)
        shown = list(lines)
        raise Failed("trace", "%s: other trace than the oracle's\n%s%s\n%s" % (name, "\n".join(shown[:100]), "\n..." if len(shown) > 100 else "", errors[-4000:]))
    if code != 0:
        raise Failed("running", "%s: exit status %d\n%s" % (name, code, errors[-4000:]))


class Test:
    """A source with its settings, and a folder for what is made of it. `tools` has the attributes
    weft, runtime, library, clangxx and gxx. All of these raise `Failed`."""

    def __init__(self, source, work, tools, limit=60):
        self.source, self.work, self.tools, self.limit = source, work, tools, limit
        os.makedirs(work, exist_ok=True)
        with open(source) as file:
            self.text = file.read()
        self.kind = self.setting("ORACLE", "coroutines")
        self.standard = self.setting("STANDARD", "")
        # Relative names of headers are relative to the source's folder.
        beside = ["-iquote", os.path.dirname(os.path.abspath(source))]
        self.own = self.setting("FLAGS", "").split()
        self.flags = self.own + ["-I" + INPUTS] + beside
        self.bare = ["-fno-exceptions", "-fno-rtti"] if self.setting("MODE", "") == "bare" else []
        self.include = ["-I" + tools.runtime]
        self.generated = self.path("weft.cpp")
        self.precompiled = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(tools.library))), "test", "precompiled")

    def setting(self, name, default):
        found = re.search(r"^// %s: *(.*)$" % name, self.text, re.M)
        return found.group(1).strip() if found else default

    def path(self, name):
        return os.path.join(self.work, name)

    def expected(self):
        """What the oracle prints."""
        if self.kind == "expected":
            found = re.search(r"/\* EXPECTED\n(.*?)\*/", self.text, re.S)
            if not found:
                raise Failed("oracle", "no /* EXPECTED comment")
            trace = found.group(1)
        else:
            program = self.plain() if self.kind == "plain" else self.twin()
            trace, code, errors = trace_of(program, step="oracle", limit=self.limit)
            if code != 0:
                raise Failed("oracle", "the oracle: exit status %d\n%s%s" % (code, trace, errors))
        with open(self.path("expected.txt"), "w") as out:
            out.write(trace)
        if "BROKEN" in trace:
            raise Failed("oracle", "the oracle is broken\n" + trace)
        return trace

    def write_twin(self, name, how):
        with open(self.path(name), "w") as out:
            out.write('#line 1 "%s"\n' % self.source + twin.twin(self.text, how))
        return self.path(name)

    def plain(self):
        # Like the frames, without eliding what need not be.
        source = self.write_twin("plain.cpp", "threads") if "async_generator" in self.text else self.source
        succeed(
            [self.tools.clangxx, "-std=c++" + (self.standard or "17"), "-O0", "-w", "-fno-elide-constructors", "-I" + os.path.join(INPUTS, "plain")]
            + self.flags + [source, "-pthread", "-o", self.path("plain")],
            "oracle", "compiling the oracle", self.limit,
        )
        return self.path("plain")

    def twin(self):
        headers = os.path.join(INPUTS, "twin" if self.kind == "coroutines" else self.kind)
        succeed(
            [self.tools.clangxx, "-std=c++20", "-O0", "-w", "-fcoro-aligned-allocation", "-I" + headers] + self.flags
            + (["-DTWIN_RANGES"] if "<ranges>" in self.text else [])
            + [self.write_twin("twin.cpp", self.kind), "-pthread", "-o", self.path("twin")],
            "oracle", "compiling the oracle", self.limit,
        )
        return self.path("twin")

    def transformation(self):
        """The command; in C++20 only where the source needs it."""
        transforming = "-std=c++" + (self.standard or "17")
        return ([self.tools.weft] + self.setting("TOOL", "").split() + [self.source, "-o", self.generated, "--", transforming]
                + self.flags + self.bare + self.include)

    def transform(self):
        succeed(self.transformation(), "weft", "weft", self.limit)

    def ways(self, every_standard=False):
        """How it is compiled: compiler, level and standard."""
        # Which compiler gets which standard first differs between tests, so that all
        # combinations occur.
        turn = sum(os.path.basename(self.source).encode()) % 2
        standards = [self.standard, self.standard] if self.standard else (["17", "20"] if turn else ["20", "17"])
        clang, gcc = self.tools.clangxx, self.tools.gxx
        ways = [
            (gcc, ["-O0"], standards[0]),
            (gcc, ["-O2"], standards[1]),
            (clang, ["-O0"], standards[1]),
            (clang, ["-O2"], standards[0]),
            (clang, SANITIZERS, standards[1]),
        ]
        if every_standard and not self.standard:
            ways += [(compiler, level, "17" if std == "20" else "20") for compiler, level, std in ways[:4]]
        return ways

    def compile(self, compiler, level, standard):
        """Compiles what weft wrote, and returns the program's name."""
        name = "%s-%s-%s" % (os.path.basename(compiler), "sanitized" if level is SANITIZERS else level[0][1:], standard)
        command = [compiler, "-std=c++" + standard] + level + WARNINGS + self.own + self.bare + self.include
        # Once without, for what the source and weft do not include.
        if level != ["-O0"] or compiler != self.tools.gxx:
            command += precompiled.flags(command, self.tools.runtime, self.precompiled)
        succeed(
            command + self.flags + [self.generated, self.tools.library, "-o", self.path(name)],
            "compiling", "compiling what weft wrote", self.limit,
        )
        return name

    def pauses(self):
        """Which pauses really pause, in one run each."""
        return ("all", "none", "alternating") if self.kind == "plain" else ("all",)


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "clangxx", "gxx"):
        parser.add_argument("--" + name)
    parser.add_argument("--oracle-only", action="store_true")
    parser.add_argument("--all", action="store_true", help="every standard with every compiler")
    parser.add_argument("source")
    parser.add_argument("work")
    options = parser.parse_args()
    test = Test(options.source, options.work, options)
    expected = test.expected()
    if options.oracle_only:
        print(expected, end="")
        return
    test.transform()
    for way in test.ways(options.all):
        name = test.compile(*way)
        for pauses in test.pauses():
            got, code, errors = trace_of(test.path(name), pauses)
            compare(expected, got, name + ", pauses: " + pauses, code, errors)
        os.remove(test.path(name))


if __name__ == "__main__":
    try:
        main()
    except Failed as failed:
        print(failed)
        sys.exit(1)
