# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Whether the tests exercise every row of the table of node kinds that this version of
# Clang has a class for:
#
#   Split      a function that is transformed in test/run has one that holds a suspension
#   Verbatim   a function that is transformed in test/run has one, or one is the reason
#              why a function in test/diagnose is rejected
#   Rejected   one is the reason why a function in test/diagnose is rejected; of the
#              classes of one extension, which have the same words, one suffices
#   Absent, Foreign   none is met
#
#   exercised.py --weft=W --runtime=DIR --library=LIB --gxx=G --classes=StmtNodes.inc
#                --work=DIR [--jobs=N]
#
# Runs the tool over all these tests, and prints the rows that are not exercised; last
# "passed N, rejected 0, wrong N". Exit status 0: all are.

import argparse
import concurrent.futures
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
TABLE = os.path.join(os.path.dirname(TESTS), "lib", "Analysis", "NodeKinds.def")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TESTS, "run", "Inputs"))
import check


def rows(classes):
    """class -> (support, words), of those that this Clang has."""
    with open(classes) as file:
        known = set(re.findall(r"^[A-Z0-9]+\((\w+), \w+\)", file.read(), re.M))
    with open(TABLE) as file:
        found = re.findall(r'^NODE\((\w+), (\w+), "(.*)"\)', file.read(), re.M)
    return {name: (support, words) for name, support, words in found if name in known}


def settings_of(options, path):
    return check.Test(path, os.path.join(options.work, os.path.basename(path)), options)


def command_of(options, path):
    """How the tool reads the test, or None: it is not such a test."""
    with open(path) as file:
        text = file.read()
    if re.search("RUN: %check %s", text):
        return settings_of(options, path).transformation()
    found = re.search(r"RUN: (?:not )?(%weft .*%s.*?)(?: *\\$| [|&2]| *$)", text, re.M)
    if not found:
        return None
    words = {"%weft": options.weft, "%s": path, "%S": os.path.dirname(path),
             "%runtime": options.runtime}
    return re.sub(r"%\w+", lambda word: words.get(word.group(), word.group()), found.group(1)).split()


def record(options, path):
    """What the functions of a test have, as far as it shows that it is right: pairs (class, how)."""
    command = command_of(options, path)
    if not command:
        return set()
    name = os.path.join(options.work, re.sub(r"\W", "-", os.path.relpath(path, TESTS)))
    subprocess.run(command, env=dict(os.environ, WEFT_NODE_RECORD=name), capture_output=True, cwd=options.work)
    if not os.path.exists(name):  # It is about what comes before.
        return set()
    with open(name) as file:
        found = {tuple(line.split()) for line in file if line.strip()}
    is_run = os.path.relpath(path, TESTS).startswith("run")
    return {(name, how) for name, how in found if is_run == (how != "rejected")}


def missing(table, met):
    """The rows that nothing exercises."""
    rejected_words = {table[name][1] for name, how in met if how == "rejected" and name in table}
    for name, (support, words) in sorted(table.items()):
        exercised = {
            "Split": (name, "suspends") in met,
            "Verbatim": (name, "occurs") in met or (name, "rejected") in met,
            "Rejected": words in rejected_words,
            "Absent": not any(name == each for each, _ in met),
            "Foreign": not any(name == each for each, _ in met),
        }
        if not exercised[support]:
            yield name, support


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "gxx", "classes", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    table = rows(options.classes)
    if len(table) < 200:
        sys.exit("cannot read the table and Clang's classes: %d rows" % len(table))
    tests = [path for suite in ("diagnose", "run") for path in sorted(glob.glob(os.path.join(TESTS, suite, "**", "*.cpp"), recursive=True))
             if "/Inputs/" not in path]
    met = set()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for each in pool.map(lambda path: record(options, path), tests):
            met |= each
    lacking = list(missing(table, met))
    for name, support in lacking:
        print("%s, %s: %s" % (name, support, "a test has it" if support in ("Absent", "Foreign") else "no test exercises it"))
    print("passed %d, rejected 0, wrong %d" % (len(table) - len(lacking), len(lacking)))
    sys.exit(bool(lacking))


if __name__ == "__main__":
    main()
