# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Real programs, with test suites of their own, out of Debian's source packages: built with
# `weft --green-all` in front of the compiler and run with a switch at every checkpoint, they
# have to print what they print when they are built without.
#
#   programs.py --weft=W --runtime=DIR --library=LIB --gxx=G --work=DIR [NAME...]
#
# Prints a line for each, with the number of functions that are green and of those that stay as they
# are, and why; and last "passed N, rejected N, wrong N"; exit status 0: all passed. Sources are fetched by
# apt, with lists of its own in the work folder, and what is there already is not fetched again.

import argparse
import collections
import glob
import os
import re
import subprocess
import sys
import time

# How to build and run one: sources and include folders relative to the package's folder, and
# more arguments of the compiler, which settle what the sources let one choose. Lines of the
# output that match `varies` are not compared.
Program = collections.namedtuple("Program", "package sources includes flags varies")
PROGRAMS = {
    "tinyxml2": Program("tinyxml2", ["tinyxml2.cpp", "xmltest.cpp"], ["."], [], "milli-seconds"),
    "double-conversion": Program(
        "double-conversion", ["double-conversion/*.cc", "test/cctest/*.cc"], [".", "test/cctest"], [], None),
    "jsoncpp": Program(
        "libjsoncpp", ["src/lib_json/*.cpp", "src/test_lib_json/*.cpp"], ["include"], [], None),
    "muparser": Program("muparser", ["src/*.cpp", "test/t_ParserTest.cpp"], ["include"], [], None),
}
COMPILE = ["-std=c++17", "-O1", "-w"]


class Failed(Exception):
    def __init__(self, outcome, message):
        super().__init__(message)
        self.outcome = outcome


def run(command, limit=900, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=limit, **options)


def apt(work):
    """apt-get, with source packages, and nothing of the system's changed."""
    base = os.path.join(work, "apt")
    parts, lists = os.path.join(base, "parts"), os.path.join(base, "lists")
    os.makedirs(os.path.join(lists, "partial"), exist_ok=True)
    os.makedirs(parts, exist_ok=True)
    for path in ["/etc/apt/sources.list"] + glob.glob("/etc/apt/sources.list.d/*.list") + glob.glob("/etc/apt/sources.list.d/*.sources"):
        if not os.path.exists(path):
            continue
        with open(path) as file:
            text = file.read()
        text = re.sub(r"^Types:.*$", "Types: deb-src", text, flags=re.M)
        text = re.sub(r"^deb ", "deb-src ", text, flags=re.M)
        name = os.path.basename(path)
        with open(os.path.join(parts, "main.list" if name == "sources.list" else name), "w") as out:
            out.write(text)
    options = {"Dir::Etc::SourceList": "/dev/null", "Dir::Etc::SourceParts": parts, "Dir::State::Lists": lists}
    if os.getuid() == 0:
        options["APT::Sandbox::User"] = "root"
    return ["apt-get", "-q"] + [word for name, value in options.items() for word in ("-o", name + "=" + value)]


def fetch(package, work):
    found = [path for path in glob.glob(os.path.join(work, "sources", package + "-*")) if os.path.isdir(path)]
    if found:
        return found[0]
    os.makedirs(os.path.join(work, "sources"), exist_ok=True)
    command = apt(work)
    for words in (["update"], ["source", package]):
        done = run(command + words, cwd=os.path.join(work, "sources"))
        if done.returncode != 0:
            raise Failed("not fetched", done.stderr)
    return fetch(package, work)


def build(launcher, options, program, folder, name):
    """Compiles and links; returns the program's path and what the tool has told."""
    sources = [path for pattern in program.sources for path in sorted(glob.glob(os.path.join(folder, pattern)))]
    target = os.path.join(folder, "weft-" + name)
    os.makedirs(target, exist_ok=True)
    includes = ["-I" + os.path.join(folder, each) for each in program.includes]
    objects, told = [], ""
    for source in sources:
        objects.append(os.path.join(target, os.path.basename(source) + ".o"))
        extra = ["-I" + options.runtime] if launcher else []
        done = run(launcher + [options.gxx] + COMPILE + program.flags + includes + extra + ["-c", source, "-o", objects[-1]])
        told += done.stderr
        if done.returncode != 0:
            errors = "\n".join(re.findall(r"^.*error: .*$", done.stderr, re.M)) or done.stderr
            rejected = re.search(r"error: .* \[weft-[a-z-]+\]", errors)
            raise Failed("rejected" if rejected else "wrong", errors[:3000])
    binary = os.path.join(target, "program")
    done = run([options.gxx] + objects + [options.library, "-pthread", "-o", binary])
    if done.returncode != 0:
        raise Failed("wrong", done.stderr[:3000])
    return binary, told


def green_functions(binary):
    """By place: a template, or a function of a header, is one."""
    found = set()
    for path in glob.glob(os.path.join(os.path.dirname(binary), "*.weft", "*.cpp")):
        with open(path, errors="replace") as file:
            found.update(re.findall(r'weft_facts\(\) { return {("[^"]*", "[^"]*", weft::lines<\d+)', file.read()))
    return len(found)


def reasons(told, what):
    """Those of the warnings that begin so, with the number of places that each is told of."""
    found = set(re.findall(r"^(\S+): warning: '--green-all' %s .*?: (.*) \[-W" % what, told, re.M))
    return collections.Counter(re.sub(r"'[A-Za-z_:]{2,}'", "'...'", why) for _, why in found)


def output(binary, program, folder, **environment):
    done = run([binary], cwd=folder, env=dict(os.environ, **environment))
    lines = [line for line in done.stdout.splitlines() if not (program.varies and re.search(program.varies, line))]
    return done.returncode, lines


def try_program(name, options):
    program = PROGRAMS[name]
    folder = fetch(program.package, options.work)
    plain, _ = build([], options, program, folder, "plain")
    expected = output(plain, program, folder)
    asked = ["--green-all", "-Wweft-green-left-out", "-Wweft-green-driven"]
    green, told = build([options.weft] + asked, options, program, folder, "green")
    began = time.time()
    got = output(green, program, folder, WEFT_PREEMPT="always")
    if got != expected:
        differ = [(a, b) for a, b in zip(expected[1], got[1]) if a != b][:3]
        raise Failed("wrong", "status %s instead of %s, %d lines instead of %d: %s"
                     % (got[0], expected[0], len(got[1]), len(expected[1]), differ))
    seconds = time.time() - began
    plain, driven = reasons(told, "leaves"), reasons(told, "lets this call of")
    version = os.path.basename(folder)[len(program.package) + 1:]
    summary = "version %s: %d functions green, %d as they are, %d calls drive; %d lines of output, %.1f s" % (
        version, green_functions(green), sum(plain.values()), sum(driven.values()), len(expected[1]), seconds)
    return summary, plain + driven


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "gxx", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("names", nargs="*", help="of " + ", ".join(PROGRAMS))
    options = parser.parse_args()
    for name in ("weft", "runtime", "library", "work"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    outcomes = collections.Counter()
    print("%-20s %-12s %s" % ("program", "outcome", "notes"))
    for name in options.names or PROGRAMS:
        try:
            summary, why = try_program(name, options)
            outcomes["passed"] += 1
            print("%-20s %-12s %s" % (name, "passed", summary))
            for reason, count in why.most_common():
                print("%33s %5d not green: %s" % ("", count, reason))
        except Failed as how:
            outcomes[how.outcome] += 1
            print("%-20s %-12s %s" % (name, how.outcome, how))
        sys.stdout.flush()
    failed = sum(outcomes.values()) - outcomes["passed"]
    print("passed %d, rejected %d, wrong %d" % (outcomes["passed"], outcomes["rejected"], failed - outcomes["rejected"]))
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
