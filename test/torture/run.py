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
# With --kind=constructs the numbers are those of batches of the table of constructs; see
# constructs_run.py. [--thorough: each expression in each position]
#
# A failing seed's program and messages stay in the work folder. The last line is
# "passed N, rejected N, wrong N". Exit status: 0 when nothing is wrong, and no more
# rejected than --most-rejected says, if it is given.

import argparse
import collections
import concurrent.futures
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
INPUTS = os.path.join(os.path.dirname(HERE), "run", "Inputs")
CHECK = os.path.join(INPUTS, "check.py")
sys.path[:0] = [HERE, INPUTS]
sys.dont_write_bytecode = True
import constructs_run
import csmith
import random_coroutines
import random_fibers

# Which programs, and how many functions in each.
GENERATORS = {"coroutines": (random_coroutines.program, 3), "fibers": (random_fibers.program, 2),
              "templates": (random_fibers.templates, 2)}


def try_seed(options, seed):
    source = os.path.join(options.work, "seed-%d.cpp" % seed)
    with open(source, "w") as out:
        program, count = GENERATORS[options.kind]
        out.write(program(seed, count))
    command = [sys.executable, CHECK] + ["--%s=%s" % (name, getattr(options, name))
                                         for name in ("weft", "runtime", "library", "clangxx", "gxx")]
    done = subprocess.run(command + [source, source + ".dir"], capture_output=True, text=True)
    messages = done.stdout + done.stderr
    if done.returncode == 0:
        os.remove(source)
        return seed, "passed", [], ""
    # All that weft says is that it does not do this.
    errors = re.findall(r": error: .*", messages)
    diagnostics = [re.search(r"\[(weft-[a-z-]+)\]$", error) for error in errors]
    if errors and all(diagnostics):
        return seed, "rejected", sorted({found.group(1) for found in diagnostics}), ""
    return seed, "wrong", [], messages


def run_random(options, seeds):
    """Prints what is wrong; returns how many have which outcome, and which diagnostics reject how many."""
    outcomes, reasons = collections.Counter(), collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, outcome, diagnostics, messages in pool.map(lambda seed: try_seed(options, seed), seeds):
            outcomes[outcome] += 1
            reasons.update(diagnostics)
            if outcome == "wrong":
                print("seed %d differs:\n%s" % (seed, messages[:4000]), flush=True)
    return outcomes, reasons


def run_constructs(options, numbers):
    """The same for the table of constructs; a combination is a body and a way to end it."""
    outcomes, reasons = collections.Counter(), collections.Counter()
    chosen = constructs_run.batches(options.thorough)[numbers.start - 1 : numbers.stop - 1]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for batch in pool.map(lambda each: constructs_run.Batch(each[1], each[0], options, options.work).run(), chosen):
            outcomes["passed"] += batch.passed
            outcomes["wrong"] += len(batch.wrong)
            for diagnostic, names in sorted(batch.rejected.items()):
                outcomes["rejected"] += len(names)
                reasons[diagnostic] += len(names)
                print("\n".join("%s: %s" % (diagnostic, name) for name in names))
            print("".join("wrong: %s\n" % message for message in batch.wrong), end="", flush=True)
    return outcomes, reasons


def run_csmith(options, seeds):
    """The same for csmith's programs; the reasons are those for what was left out."""
    outcomes, left = collections.Counter(), collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for seed, (outcome, reasons, message) in zip(seeds, pool.map(lambda seed: csmith.check(options, seed, options.work), seeds)):
            outcomes[outcome] += 1
            left.update(reasons)
            if message:
                print("seed %d is %s:\n%s" % (seed, outcome, message), flush=True)
    # Programs that do not end say nothing; most have to.
    if outcomes["passed"] < len(seeds) / 2:
        outcomes["wrong"] += outcomes["endless"]
    return outcomes, left


RUNS = dict.fromkeys(GENERATORS, run_random)
RUNS.update(csmith=run_csmith, constructs=run_constructs)


def main():
    parser = argparse.ArgumentParser()
    for name in ("weft", "runtime", "library", "clangxx", "gxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--work", default="torture")
    parser.add_argument("--kind", choices=sorted(RUNS), default="coroutines")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--thorough", action="store_true", help="larger csmith programs, in all ways; all combinations of constructs")
    parser.add_argument("--most-rejected", type=int, metavar="N", help="fail when more are rejected")
    parser.add_argument("seeds", help="FIRST-LAST")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    first, _, last = options.seeds.partition("-")
    outcomes, reasons = RUNS[options.kind](options, range(int(first), int(last or first) + 1))
    for reason, count in reasons.most_common():
        print("%6d  %s" % (count, reason))
    print("passed %d, rejected %d, wrong %d" % tuple(outcomes[each] for each in ("passed", "rejected", "wrong"))
          + (", endless %d" % outcomes["endless"] if outcomes["endless"] else ""))
    most = options.most_rejected
    # Only these hold what is known not to be there yet.
    if most is None and options.kind not in ("constructs", "templates"):
        most = 0
    sys.exit(outcomes["wrong"] > 0 or outcomes["passed"] == 0 or (most is not None and outcomes["rejected"] > most))


if __name__ == "__main__":
    main()
