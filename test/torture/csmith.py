# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# A program of csmith's, all of whose functions are green, with a switch at every
# checkpoint: it has to print what the plain program prints.
#
# Each seed is compiled by both compilers, by one at -O0 and by the other at -O2;
# which is which differs from seed to seed. `--thorough` does all four, makes larger
# programs, and in every other one csmith's own arithmetic functions are green, too.

import os
import re
import subprocess

# Programs that compile in a second or two.
SMALL = ["--max-funcs", "5", "--max-block-depth", "3", "--max-block-size", "3", "--max-array-dim", "2",
         "--max-array-len-per-dim", "4", "--max-expr-complexity", "6"]
HEADERS = "/usr/include/csmith"


class Wrong(Exception):
    """The program means something else now, or the tool or a compiler failed."""


def call(command, limit, **options):
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=limit, **options)
    except subprocess.TimeoutExpired:
        return None, "took longer than %d s" % limit, ""
    return done.returncode, done.stdout, done.stderr


def write(path, seed, thorough):
    command = ["csmith", "--seed", str(seed), "--lang-cpp", "--cpp11", "--output", path]
    # It leaves a file where it runs.
    code, _, errors = call(command + ([] if thorough else SMALL), 60, cwd=os.path.dirname(path))
    if code != 0:
        raise Wrong("csmith: " + errors)


def reasons(messages):
    """Why functions and calls were left out, each once for every time."""
    found = []
    for what, flag in re.findall(r"warning: '--green-all' (.*) \[-W(weft-green-[a-z-]+)\]", messages):
        words = what.split(": ", 1)[1]
        found.append(flag[len("weft-green-"):] + ": " + re.sub(r"'[^']*'", "'...'", words, count=0))
    return found


def check(options, seed, work):
    """Returns (outcome, reasons, message); the outcome is passed, rejected, wrong or endless."""
    source = os.path.abspath(os.path.join(work, "csmith-%d.cpp" % seed))
    thorough = options.thorough
    made = []

    def path(name):
        made.append(os.path.join(work, "csmith-%d.%s" % (seed, name)))
        return made[-1]

    headers = ["-I" if thorough and seed % 2 else "-isystem", HEADERS]
    flags = ["-std=c++17", "-w", "-Wno-narrowing"] + headers
    builds = [(options.gxx, "-O0"), (options.clangxx, "-O2"), (options.gxx, "-O2"), (options.clangxx, "-O0")]
    if not thorough:
        builds = builds[2:] if seed % 2 else builds[:2]
    try:
        write(source, seed, thorough)
        expected = None
        for compiler, level in builds:
            program = path("plain")
            code, _, errors = call([compiler, level] + flags + [source, "-o", program], 300)
            if code != 0:
                raise Wrong("the plain program: " + errors[:2000])
            code, printed, errors = call([program], 5)
            if code is None:
                return "endless", [], ""  # csmith does not promise that programs end.
            if expected is not None and expected != (code, printed):
                raise Wrong("the plain program depends on the compiler")
            expected = (code, printed)
        green = path("weft.cpp")
        code, printed, messages = call(
            [options.weft, "--green-all", "-Wweft-green-left-out", "-Wweft-green-driven", source, "-o", green, "--",
             options.gxx] + flags, 300)
        if code != 0:
            if code == 1:
                return "rejected", re.findall(r"error: (.*)", messages)[:1], messages[:2000]
            raise Wrong("weft ended with %s: %s%s" % (code, printed, messages[:2000]))
        left = reasons(messages)
        for compiler, level in builds:
            program = path("green")
            code, _, errors = call(
                [compiler, level] + flags + ["-I" + options.runtime, green, options.library, "-pthread", "-o", program], 600)
            if code != 0:
                raise Wrong("%s %s cannot compile what weft wrote:\n%s" % (compiler, level, errors[:2000]))
            code, printed, errors = call([program], 300, env=dict(os.environ, WEFT_PREEMPT="always"))
            if (code, printed) != expected:
                raise Wrong("%s %s: %s instead of %s %s" % (compiler, level, (code, printed), expected, errors[:1000]))
        for name in made + [source]:
            if os.path.exists(name):
                os.remove(name)
        return "passed", left, ""
    except Wrong as wrong:
        return "wrong", [], "%s\n" % wrong
