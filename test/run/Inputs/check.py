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

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import twin

WARNINGS = ["-Wall", "-Wextra", "-Werror"]
SANITIZERS = ["-O1", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


def fail(message):
    print(message)
    sys.exit(1)


def call(command, what, limit=60, **options):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=limit, **options)
    except subprocess.TimeoutExpired:
        fail("%s took longer than %s seconds: %s" % (what, limit, " ".join(command)))


def succeed(command, what):
    done = call(command, what)
    if done.returncode != 0:
        fail("%s failed (%d): %s\n%s%s" % (what, done.returncode, " ".join(command), done.stdout, done.stderr))
    return done


def trace_of(program, pauses="all"):
    environment = dict(os.environ, ASAN_OPTIONS="detect_stack_use_after_return=1", UBSAN_OPTIONS="print_stacktrace=1", WEFT_TEST_PAUSES=pauses)
    # At which checkpoints green functions are switched.
    environment["WEFT_PREEMPT"] = {"all": "always", "alternating": "2"}.get(pauses, "never")
    done = call([program], "running", env=environment, errors="replace")
    return done.stdout, done.returncode, done.stderr


def compare(expected, got, name, code, errors):
    if got != expected:
        lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), "oracle", name, lineterm="", n=12)
        shown = list(lines)
        fail("%s: other trace than the oracle's\n%s%s\n%s" % (name, "\n".join(shown[:100]), "\n..." if len(shown) > 100 else "", errors[-4000:]))
    if code != 0:
        fail("%s: exit status %d\n%s" % (name, code, errors[-4000:]))


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "clangxx", "gxx"):
        parser.add_argument("--" + name)
    parser.add_argument("--oracle-only", action="store_true")
    parser.add_argument("--all", action="store_true", help="every standard with every compiler")
    parser.add_argument("source")
    parser.add_argument("work")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    text = open(options.source).read()
    inputs = os.path.dirname(os.path.abspath(__file__))

    def setting(name, default):
        found = re.search(r"^// %s: *(.*)$" % name, text, re.M)
        return found.group(1).strip() if found else default

    oracle = setting("ORACLE", "coroutines")
    standard = setting("STANDARD", "")
    # Relative names of headers are relative to the source's folder.
    beside = ["-iquote", os.path.dirname(os.path.abspath(options.source))]
    flags = setting("FLAGS", "").split() + ["-I" + inputs] + beside
    bare = ["-fno-exceptions", "-fno-rtti"] if setting("MODE", "") == "bare" else []

    def path(name):
        return os.path.join(options.work, name)

    # The oracle.
    if oracle == "expected":
        found = re.search(r"/\* EXPECTED\n(.*?)\*/", text, re.S)
        if not found:
            fail("no /* EXPECTED comment")
        expected = found.group(1)
    elif oracle == "plain":
        # Like the frames, without eliding what need not be.
        source = options.source
        if "async_generator" in text:
            source = path("plain.cpp")
            with open(source, "w") as out:
                out.write('#line 1 "%s"\n' % options.source + twin.twin(text, "threads"))
        succeed(
            [options.clangxx, "-std=c++" + (standard or "17"), "-O0", "-w", "-fno-elide-constructors", "-I" + os.path.join(inputs, "plain")]
            + flags + [source, "-pthread", "-o", path("plain")],
            "compiling the oracle",
        )
        expected, code, errors = trace_of(path("plain"))
        if code != 0:
            fail("the oracle: exit status %d\n%s%s" % (code, expected, errors))
    else:
        with open(path("twin.cpp"), "w") as out:
            out.write('#line 1 "%s"\n' % options.source + twin.twin(text, oracle))
        headers = os.path.join(inputs, "twin" if oracle == "coroutines" else oracle)
        succeed(
            [options.clangxx, "-std=c++20", "-O0", "-w", "-fcoro-aligned-allocation", "-I" + headers] + flags
            + (["-DTWIN_RANGES"] if "<ranges>" in text else [])
            + [path("twin.cpp"), "-pthread", "-o", path("twin")],
            "compiling the oracle",
        )
        expected, code, errors = trace_of(path("twin"))
        if code != 0:
            fail("the oracle: exit status %d\n%s%s" % (code, expected, errors))
    with open(path("expected.txt"), "w") as out:
        out.write(expected)
    if "BROKEN" in expected:
        fail("the oracle is broken\n" + expected)
    if options.oracle_only:
        print(expected, end="")
        return

    # Weft's output, once. C++20 only where the source needs it.
    runtime = ["-I" + options.runtime]
    generated = path("weft.cpp")
    transforming = "-std=c++" + (standard or "17")
    succeed([options.weft] + setting("TOOL", "").split() + [options.source, "-o", generated, "--", transforming] + flags + bare + runtime, "weft")

    # Which compiler gets which standard first differs between tests, so that all
    # combinations occur.
    turn = sum(os.path.basename(options.source).encode()) % 2
    standards = [standard, standard] if standard else (["17", "20"] if turn else ["20", "17"])
    clang, gcc = options.clangxx, options.gxx
    runs = [
        (gcc, ["-O0"], standards[0]),
        (gcc, ["-O2"], standards[1]),
        (clang, ["-O0"], standards[1]),
        (clang, ["-O2"], standards[0]),
        (clang, SANITIZERS, standards[1]),
    ]
    if options.all and not standard:
        runs += [(compiler, level, "17" if std == "20" else "20") for compiler, level, std in runs[:4]]
    for compiler, level, std in runs:
        name = "%s-%s-%s" % (os.path.basename(compiler), "sanitized" if level is SANITIZERS else level[0][1:], std)
        succeed(
            [compiler, "-std=c++" + std] + level + WARNINGS + flags + bare + runtime
            + [generated, options.library, "-o", path(name)],
            "compiling what weft wrote",
        )
        for pauses in ("all", "none", "alternating") if oracle == "plain" else ("all",):
            got, code, errors = trace_of(path(name), pauses)
            compare(expected, got, name + ", pauses: " + pauses, code, errors)
        os.remove(path(name))


main()
