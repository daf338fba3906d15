# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What a run of the tests has covered of lib/ and tool/: a table of the files, then the
# functions that were never called, and the parts of the others that were not.
#
#   coverage.py --llvm=BIN --profiles=DIR --root=DIR PROGRAM...
#
# The programs are built with WEFT_COVERAGE. A template counts as covered where one
# instantiation is. The last line has the share of covered lines.

import argparse
import collections
import glob
import json
import os
import subprocess
import sys


def run(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def merged(options):
    """The profile that all runs together have made."""
    profiles = sorted(glob.glob(os.path.join(options.profiles, "*.profraw")))
    if not profiles:
        sys.exit("no profile in %s: no test ran a program that was built for it" % options.profiles)
    path = os.path.join(options.profiles, "all.profdata")
    run([os.path.join(options.llvm, "llvm-profdata"), "merge", "-sparse", "-o", path] + profiles)
    return path


def llvm_cov(options, action, profile, *more):
    objects = [word for program in options.programs[1:] for word in ("-object", program)]
    sources = [os.path.join(options.root, "lib"), os.path.join(options.root, "tool")]
    return run([os.path.join(options.llvm, "llvm-cov"), action, options.programs[0]] + objects
               + ["-instr-profile=" + profile, *more] + sources)


def uncovered_lines(segments):
    """First and last lines of what never ran; a segment is (line, column, count, has count, ...)."""
    found = []
    for (line, _, count, counted, *rest), (end, end_column, *_) in zip(segments, segments[1:]):
        is_gap = rest[1] if len(rest) > 1 else False
        if not counted or count or is_gap:
            continue
        end -= end_column == 1 and end > line
        if found and line <= found[-1][1] + 1:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([line, end])
    return found


def uncovered_functions(functions, root):
    """file -> [(line, name)], of functions none of whose instantiations was called."""
    called, named = collections.Counter(), {}
    for each in functions:
        place = (os.path.relpath(each["filenames"][0], root), each["regions"][0][0])
        called[place] += each["count"]
        named[place] = each["name"].split(":", 1)[-1]
    never = sorted(place for place in called if not called[place])
    names = run(["c++filt"] + [named[place] for place in never]).splitlines() if never else []
    found = collections.defaultdict(list)
    for (path, line), name in zip(never, names):
        found[path].append((line, name))
    return found


def main():
    parser = argparse.ArgumentParser()
    for name in ("llvm", "profiles", "root"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    profile = merged(options)
    print(llvm_cov(options, "report", profile))
    data = json.loads(llvm_cov(options, "export", profile))["data"][0]
    functions = uncovered_functions(data["functions"], options.root)
    print("Functions that were never called, and lines of others that did not run:")
    for each in data["files"]:
        path = os.path.relpath(each["filename"], options.root)
        with open(each["filename"]) as file:
            text = file.read().splitlines()
        for line, name in functions[path]:
            print("%s:%d: %s" % (path, line, name))
        for first, last in uncovered_lines(each["segments"]):
            print("%s:%d-%d: %s" % (path, first, last, text[first - 1].strip()))
    lines = data["totals"]["lines"]
    print("covered %d of %d lines, %.1f %%" % (lines["covered"], lines["count"], lines["percent"]))


if __name__ == "__main__":
    main()
