# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Everything that shows that the transformation is right, one after the other, and a
# table of what came out:
#
#   proof.py --weft=W --runtime=DIR --library=LIB --clangxx=C --gxx=G --classes=StmtNodes.inc
#            --work=DIR [--jobs=N] [--csmith=FIRST-LAST] [--random=FIRST-LAST] [NAME...]
#
# What each run prints goes to WORK/NAME.log. Exit status: 0 when nothing is wrong.

import argparse
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OUTCOMES = ("passed", "rejected", "wrong")


def runs(options):
    """name -> the command, whose last line says how many have which outcome."""
    def of_run(kind, seeds, *more):
        return ["run.py", "--clangxx=" + options.clangxx, "--jobs=%d" % options.jobs, "--kind=" + kind, *more, seeds]

    return {
        "constructs": of_run("constructs", "1-9999"),
        "csmith": of_run("csmith", options.csmith),
        "csmith-large": of_run("csmith", options.csmith, "--thorough"),
        "own-coroutines": of_run("coroutines", options.random),
        "own-fibers": of_run("fibers", options.random),
        "own-templates": of_run("templates", options.random),
        "real-programs": ["programs.py"],
        "node-kinds": ["../nodes/Inputs/exercised.py", "--classes=" + options.classes, "--jobs=%d" % options.jobs],
    }


def run(name, command, options):
    """Runs it to its end, and returns the outcomes, or None when it did not come to one."""
    work = os.path.join(options.work, name)
    os.makedirs(work, exist_ok=True)
    tools = ["--%s=%s" % (each, getattr(options, each)) for each in ("weft", "runtime", "library", "gxx")]
    with open(work + ".log", "w") as log:
        subprocess.run([sys.executable, os.path.join(HERE, command[0])] + tools + ["--work=" + work] + command[1:],
                       stdout=log, stderr=subprocess.STDOUT)
    with open(work + ".log") as log:
        last = re.findall(r"^passed (\d+), rejected (\d+), wrong (\d+)", log.read(), re.M)
    return [int(each) for each in last[-1]] if last else None


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "clangxx", "gxx", "classes", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--csmith", default="1-40", help="FIRST-LAST")
    parser.add_argument("--random", default="1-40", help="FIRST-LAST")
    parser.add_argument("names", nargs="*", help="only these runs")
    options = parser.parse_args()
    for name in ("weft", "runtime", "library", "work"):
        setattr(options, name, os.path.abspath(getattr(options, name)))
    every = runs(options)
    unknown = set(options.names) - set(every)
    if unknown:
        parser.error("no run is called %s; there are %s" % (", ".join(sorted(unknown)), ", ".join(every)))
    print(("%-16s" + "%10s" * 3 + "%10s") % (("run",) + OUTCOMES + ("minutes",)), flush=True)
    wrong = False
    for name in options.names or every:
        began = time.time()
        outcomes = run(name, every[name], options)
        wrong |= outcomes is None or outcomes[2] > 0 or outcomes[0] == 0
        shown = outcomes or ("failed", "", "")
        print(("%-16s" + "%10s" * 3 + "%10.1f") % (name, *shown, (time.time() - began) / 60), flush=True)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
