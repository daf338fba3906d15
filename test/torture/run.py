# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Random coroutines and fibers against the oracle: each seed's program is transformed,
# compiled in five ways and compared as test/run/Inputs/check.py does.
#
#   run.py --weft=build/bin/weft --runtime=runtime/include --library=build/lib/libweft.a
#          --clangxx=clang++ --gxx=g++ [--work=DIR] [--jobs=N] [--kind=fibers|templates] 1-100
#
# With --kind=csmith the programs are csmith's, all functions are green, and the plain
# program is the oracle; see csmith.py. [--thorough]
#
# A failing seed's program and messages stay in the work folder.
# Exit status: 0 when all agree.

import argparse
import collections
import concurrent.futures
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CHECK = os.path.join(os.path.dirname(HERE), "run", "Inputs", "check.py")
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import csmith
import random_coroutines
import random_fibers

# Which programs, and how many functions in each.
GENERATORS = {"coroutines": (random_coroutines.program, 3), "fibers": (random_fibers.program, 2),
              "templates": (random_fibers.templates, 2)}
# What templates may not do in this version: such a program says nothing.
LIMITS = ("result-moved", "fiber-argument", "evaluated-before", "temporary", "unsupported-position", "instantiations-differ",
          "value-crosses", "dependent-auto", "unnameable-temporary")


def try_seed(options, seed):
    source = os.path.join(options.work, "seed-%d.cpp" % seed)
    with open(source, "w") as out:
        program, count = GENERATORS[options.kind]
        out.write(program(seed, count))
    command = [sys.executable, CHECK] + ["--%s=%s" % (name, getattr(options, name))
                                         for name in ("weft", "runtime", "library", "clangxx", "gxx")]
    done = subprocess.run(command + [source, source + ".dir"], capture_output=True, text=True)
    if done.returncode == 0:
        os.remove(source)
    messages = done.stdout + done.stderr
    errors = re.findall(r"^.*?: error: .*", messages, re.M)
    limited = options.kind == "templates" and errors and all(
        re.search(r"\[weft-(%s)\]$" % "|".join(LIMITS), error) for error in errors)
    if limited:
        os.remove(source)
    return seed, done.returncode == 0, limited, messages


def run_csmith(options, seeds):
    """Prints what failed, and how often something was left out and why."""
    outcomes, left = collections.Counter(), collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, (outcome, reasons, message) in zip(seeds, pool.map(lambda seed: csmith.check(options, seed, options.work), seeds)):
            outcomes[outcome] += 1
            left.update(reasons)
            if message:
                print("seed %d is %s:\n%s" % (seed, outcome, message), flush=True)
    print("passed %(passed)d, rejected %(rejected)d, wrong %(wrong)d, endless %(endless)d" % collections.defaultdict(int, outcomes))
    for reason, count in left.most_common():
        print("%6d  %s" % (count, reason))
    # Programs that do not end say nothing; most have to.
    return outcomes["rejected"] + outcomes["wrong"] > 0 or outcomes["passed"] < len(seeds) / 2


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "clangxx", "gxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--work", default="torture")
    parser.add_argument("--kind", choices=sorted(GENERATORS) + ["csmith"], default="coroutines")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--thorough", action="store_true", help="larger csmith programs, in all ways")
    parser.add_argument("seeds", help="FIRST-LAST")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    first, _, last = options.seeds.partition("-")
    if options.kind == "csmith":
        sys.exit(run_csmith(options, range(int(first), int(last or first) + 1)))
    failed = rejected = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, fine, limited, messages in pool.map(lambda seed: try_seed(options, seed), range(int(first), int(last or first) + 1)):
            if limited:
                rejected += 1
            elif not fine:
                failed += 1
                print("seed %d differs:\n%s" % (seed, messages[:4000]), flush=True)
    count = int(last or first) - int(first) + 1
    print("%d of %d agree" % (count - failed - rejected, count) + (", %d were rejected" % rejected if rejected else ""))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
