# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds the benchmarks with both compilers, runs them and prints one table after
# the other: times of generators and of fibers, requests to echo servers, bytes of
# frames, the tool's own time, and whether the floors are met. Take it from `./bootstrap bench`, or directly:
#
#   run.py --weft=build/bin/weft --clangxx=/usr/lib/llvm-22/bin/clang++
#
# Times: in each round every entry runs once, in random order and on one
# processor; a ratio is the median over the rounds of the ratios to the named
# peer in the same round, so that phases in which the machine is slow cancel
# out. The tool's time is processor time, measured in the same way. Bytes of
# fibers asleep are what a process of their own grows by.
#
# Exit status: 0, also when floors are missed; with --strict then 1.

import argparse
import json
import os
import random
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RUNTIME = os.path.join(ROOT, "runtime")
INCLUDE = ["-I" + os.path.join(RUNTIME, "include"), "-I" + HERE]
PARTS = ["generators", "fibers", "echo", "frames", "tool"]
verdicts = []


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode:
        sys.exit("failed: %s\n%s%s" % (" ".join(command), done.stdout, done.stderr))
    return done.stdout


def floor(what, value, limit, unit=""):
    met = value <= limit
    verdicts.append((met, "%s: %s, floor %s%s" % (what, format(value, ".2f") if not unit else value, limit, unit)))


def at_least(what, value, limit):
    verdicts.append((value >= limit, "%s: %.2f, floor at least %s" % (what, value, limit)))


def table(head, rows):
    rows = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for number, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)


# ---- Times.

# Entry, what it is, its peers: the hand-written state machine of its kind first.
GENERATORS = [
    ("count/hand_inlined", "counter, hand-written, inlined", []),
    ("count/native_local", "counter, C++20, visible", ["count/hand_inlined"]),
    ("count/weft_local", "counter, Weft, in place", ["count/hand_inlined", "count/native_local"]),
    ("count/hand_out_of_line", "counter, hand-written, out of line", []),
    ("count/hand_pointer", "counter, hand-written, by pointer, heap", ["count/hand_out_of_line"]),
    ("count/native_opaque", "counter, C++20, opaque, heap", ["count/hand_pointer"]),
    ("count/weft_opaque", "counter, Weft, opaque, heap", ["count/hand_pointer", "count/native_opaque"]),
    ("walk/hand_stack", "tree, hand-written iterator with a stack", []),
    ("walk/hand_heap", "tree, hand-written frames on the heap", []),
    ("walk/native_nested", "tree, C++20, nested loops", ["walk/hand_heap"]),
    ("walk/native_handing_over", "tree, C++20, symmetric hand-over", ["walk/hand_heap"]),
    ("walk/weft", "tree, Weft, yield_from", ["walk/hand_heap", "walk/native_handing_over"]),
]


def fiber_entries(operation, suffix="", what="", base="hand", ways=("hand", "native", "boost", "weft")):
    names = {"plain": "plain function, not inlined", "hand": "hand-written", "native": "C++20 task",
             "boost": "Boost.Fiber", "weft": "Weft"}
    entries = []
    for way in ways:
        peers = [] if way == base else [base]
        if way == "weft":
            peers += [peer for peer in ways if peer not in (base, way, "hand")]
        entries.append(("%s/%s%s" % (operation, way, suffix), names[way] + what,
                        ["%s/%s%s" % (operation, peer, suffix) for peer in peers]))
    return entries


CALLS = ("plain", "hand", "native", "boost", "weft")
FIBERS = [
    ("ns for a yield", fiber_entries("yield")),
    ("ns for a call, 8 deep, nothing suspends",
     fiber_entries("call", "", ", 8 functions", "plain", CALLS) +
     fiber_entries("call", "_recursive", ", recursive", "plain", CALLS)),
    ("ns for a call, 8 deep, the innermost suspends",
     fiber_entries("suspending_call", "", ", 8 functions") +
     fiber_entries("suspending_call", "_recursive", ", recursive")),
    ("ns for a round of a loop",
     [("round/plain", "plain function", []), ("round/weft", "fiber function", ["round/plain"]),
      ("round/weft_green", "green function", ["round/plain", "round/weft"])]),
    ("ns for a resumption",
     fiber_entries("resume", "_1", ", depth 1") + fiber_entries("resume", "_8", ", depth 8") +
     fiber_entries("resume", "_64", ", depth 64")),
    ("ns for a round trip through two channels", fiber_entries("round_trip")),
    ("ns for a fiber, made and joined",
     fiber_entries("spawn", "", ", 1000 alive") +
     [("spawn/hand_pooled", "hand-written, free list, 1000 alive", ["spawn/hand"])] +
     fiber_entries("spawn", "_million", ", 1M alive", ways=("hand", "native", "weft")) +
     [("spawn/hand_pooled_million", "hand-written, free list, 1M alive", ["spawn/hand_million"])]),
]
NAMES = {entry: what for entries in [GENERATORS] + [each for _, each in FIBERS] for entry, what, _ in entries}


def build(options, compiler, work, main, sources, libraries):
    name = os.path.basename(compiler)
    objects = []
    for source, standard in [(main, "17")] + sources:
        out = os.path.join(work, name + "-" + os.path.basename(source) + ".o")
        run([compiler, "-std=c++" + standard, "-O2", "-DNDEBUG"] + INCLUDE + ["-c", os.path.join(HERE, source), "-o", out])
        objects.append(out)
    program = os.path.join(work, "%s-%s" % (os.path.splitext(main)[0], name))
    run([compiler] + objects + libraries + ["-pthread", "-o", program])
    return program


def transform(options, work, name):
    out = os.path.join(work, name + ".weft.cpp")
    run([options.weft, os.path.join(HERE, name + ".cpp"), "-o", out, "--", "-std=c++17"] + INCLUDE)
    return out


def on_one_processor():
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])


def measure(options, programs, entries):
    times = {compiler: {entry: [] for entry, _, _ in entries} for compiler in programs}
    for number in range(options.rounds + 1):
        for compiler, program in programs.items():
            found = json.loads(run([program, "--benchmark_format=json", "--benchmark_min_time=0.05",
                                    "--benchmark_enable_random_interleaving=true"], preexec_fn=on_one_processor))
            for each in found["benchmarks"]:
                if "error_message" in each:
                    sys.exit("%s: %s" % (each["name"], each["error_message"]))
                if number: # The first round only warms up.
                    times[compiler][each["name"]].append(1e9 / each["items_per_second"])
    return times


def ratio(times, entry, peer):
    return statistics.median(a / b for a, b in zip(times[entry], times[peer]))


def show_times(what, entries, times):
    compilers = list(times)
    rows = []
    for entry, name, peers in entries:
        for peer in peers or [None]:
            row = [name]
            for compiler in compilers:
                row.append("%.2f" % statistics.median(times[compiler][entry]))
                row.append("%.2f" % ratio(times[compiler], entry, peer) if peer else "")
            rows.append(row + [NAMES[peer] if peer else ""])
    head = [what]
    for compiler in compilers:
        head += [os.path.basename(compiler), "ratio"]
    table(head + ["to"], rows)


def show_generators(options, work):
    sources = [("hand.cpp", "17"), ("native.cpp", "20"), (transform(options, work, "generators"), "17"),
               (os.path.join(RUNTIME, "src", "coroutine.cpp"), "17")]
    programs = {compiler: build(options, compiler, work, "main.cpp", sources, ["-lbenchmark"])
                for compiler in (options.gxx, options.clangxx)}
    times = measure(options, programs, GENERATORS)
    show_times("ns for a value", GENERATORS, times)
    for compiler, own in times.items():
        name = os.path.basename(compiler)
        floor("local generator to hand-written, " + name, ratio(own, "count/weft_local", "count/hand_inlined"), 1.2)
        for weft, native in [("count/weft_local", "count/native_local"), ("count/weft_opaque", "count/native_opaque"),
                             ("walk/weft", "walk/native_handing_over")]:
            # Not slower; two runs differ by so much.
            floor("%s to %s, %s" % (NAMES[weft], NAMES[native], name), ratio(own, weft, native), 1.05)


# ---- Fibers.

# Way, how many, and for how many milliseconds they sleep: longer than making all of them takes. Of native stacks
# a million would take gigabytes.
SLEEPERS = [("hand", 1000000, 2000), ("native", 1000000, 2000), ("boost", 100000, 4000), ("weft", 1000000, 2000)]


def show_sleepers(programs, rounds):
    names = {"hand": "hand-written", "native": "C++20 coroutine", "boost": "Boost.Fiber, stacks of 8 KB", "weft": "Weft"}
    found = {}
    for _ in range(rounds):
        for program in programs.values():
            for way, number, time in SLEEPERS:
                found.setdefault((program, way), []).append(float(run([program, way, str(number), str(time)])))
    median = {key: statistics.median(values) for key, values in found.items()}
    rows = []
    for way, number, _ in SLEEPERS:
        row = [names[way], format(number, ",")]
        for program in programs.values():
            row += ["%.1f" % median[program, way], "%.2f" % (median[program, way] / median[program, "hand"])]
        rows.append(row + ["" if way == "hand" else names["hand"]])
    head = ["bytes for a fiber asleep", "of"]
    for compiler in programs:
        head += [os.path.basename(compiler), "ratio"]
    table(head + ["to"], rows)
    for compiler, program in programs.items():
        # Whole bytes: fractions are what the process itself and each 64 KB of memory need.
        floor("bytes of a Weft fiber asleep, " + os.path.basename(compiler), round(median[program, "weft"]), 128, " bytes")


def show_fibers(options, work):
    sources = [("fibers_hand.cpp", "17"), ("fibers_plain.cpp", "17"), ("fibers_native.cpp", "20"), ("fibers_boost.cpp", "17"),
               (transform(options, work, "fibers"), "17")]
    folder = os.path.join(RUNTIME, "src")
    sources += [(os.path.join(folder, name), "17") for name in sorted(os.listdir(folder)) if name.endswith(".cpp")]
    boost = ["-lboost_fiber", "-lboost_context"]
    compilers = (options.gxx, options.clangxx)
    programs = {each: build(options, each, work, "fibers_main.cpp", sources, ["-lbenchmark"] + boost) for each in compilers}
    asleep = {each: build(options, each, work, "fibers_asleep.cpp", sources, boost) for each in compilers}
    times = measure(options, programs, [entry for _, entries in FIBERS for entry in entries])
    for what, entries in FIBERS:
        show_times(what, entries, times)
    for compiler, own in times.items():
        name = os.path.basename(compiler)
        floor("yield, Weft to hand-written, " + name, ratio(own, "yield/weft", "yield/hand"), 3.0)
        at_least("yield, Boost.Fiber to Weft, " + name, ratio(own, "yield/boost", "yield/weft"), 8)
        # Of functions that the tool sees. Recursive calls are in the table only: docs/performance.md says why.
        floor("call that does not suspend, Weft to plain, " + name, ratio(own, "call/weft", "call/plain"), 2.0)
        at_least("call that does not suspend, C++20 task to Weft, " + name, ratio(own, "call/native", "call/weft"), 5)
        floor("resumption, Weft, depth 64 to depth 1, " + name, ratio(own, "resume/weft_64", "resume/weft_1"), 1.1)
    show_sleepers(asleep, min(options.rounds, 3))


# ---- Echo over loopback sockets.

CONNECTIONS = (64, 1024)


def processor(wanted):
    return ["taskset", "-c", str(wanted)]


def echo_rate(server, load, connections, number):
    """Requests a second: the server has one processor and the load another, where there are two."""
    processors = sorted(os.sched_getaffinity(0))
    port = str(20000 + number % 10000)
    with subprocess.Popen(processor(processors[0]) + [server, port], stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(500): # Until it listens.
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                        break
                time.sleep(0.01)
            return float(run(processor(processors[-1]) + [load, port, str(connections), "1.2"]))
        finally:
            running.kill()


def show_echo(options, work):
    if not os.path.exists("/usr/include/asio.hpp"):
        print("echo: standalone Asio is not installed\n")
        return
    weft = transform(options, work, "echo_weft")
    folder = os.path.join(RUNTIME, "src")
    runtime = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".cpp")]
    servers = [("epoll", "bare epoll loop, g++", [options.gxx, "-std=c++17", os.path.join(HERE, "echo_epoll.cpp")]),
               # Asio 1.22 does not know that Clang has coroutines.
               ("asio", "Asio's C++20 coroutines, clang++",
                [options.clangxx, "-std=c++20", "-DASIO_HAS_CO_AWAIT", os.path.join(HERE, "echo_asio.cpp")]),
               ("weft_gxx", "Weft, g++", [options.gxx, "-std=c++17", weft] + runtime),
               ("weft_clangxx", "Weft, clang++", [options.clangxx, "-std=c++17", weft] + runtime)]
    load = os.path.join(work, "echo_load")
    run([options.gxx, "-std=c++17", "-O2", os.path.join(HERE, "echo_load.cpp"), "-o", load])
    for name, _, command in servers:
        run(command[:2] + ["-O2", "-DNDEBUG"] + INCLUDE + command[2:] + ["-pthread", "-o", os.path.join(work, "echo_" + name)])
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files[1], files[1]))
    rates = {(name, n): [] for name, _, _ in servers for n in CONNECTIONS}
    number = os.getpid()
    for each in range(options.rounds + 1):
        for connections in CONNECTIONS:
            for name, _, _ in random.sample(servers, len(servers)):
                number += 1
                rate = echo_rate(os.path.join(work, "echo_" + name), load, connections, number)
                if each: # The first round only warms up.
                    rates[name, connections].append(rate)
    rows = []
    for name, what, _ in servers:
        for peer in [] if name == "epoll" else ["epoll"] if name == "asio" else ["epoll", "asio"]:
            row = [what]
            for n in CONNECTIONS:
                row += ["%.0f" % statistics.median(rates[name, n]), "%.3f" % ratio(rates, (name, n), (peer, n))]
            rows.append(row + [dict((a, b) for a, b, _ in servers)[peer]])
    rows.insert(0, [servers[0][1]] + sum([["%.0f" % statistics.median(rates["epoll", n]), ""] for n in CONNECTIONS], []) + [""])
    table(["echo requests/s"] + sum([["%d connections" % n, "ratio"] for n in CONNECTIONS], []) + ["to"], rows)
    for name, what, _ in servers[2:]:
        at_least("echo, 64 connections, %s to bare epoll" % what, ratio(rates, (name, 64), ("epoll", 64)), 0.92)
        for n in CONNECTIONS:
            # Not slower; two runs differ by so much.
            at_least("echo, %d connections, %s to Asio's coroutines" % (n, what), ratio(rates, (name, n), ("asio", n)), 0.97)


# ---- Bytes of frames.

def show_frames(options, work):
    source = open(os.path.join(HERE, "frames.cpp")).read()
    body = source[source.index("[[weft::"):]
    for promise in ("lean", "linked"):
        native = re.sub(r"weft::yield\(", "co_yield (", body)
        native = native.replace("[[weft::coroutine]] weft::generator", "static " + promise)
        with open(os.path.join(work, "frames_%s.inc" % promise), "w") as out:
            out.write(native)
    sizes = {}
    program = os.path.join(work, "frames")
    for compiler, level in [(options.clangxx, "-O2"), (options.clangxx, "-O0"), (options.gxx, "-O2")]:
        run([compiler, "-std=c++20", level, "-I" + work] + INCLUDE + [
            os.path.join(HERE, "frames_native.cpp"), os.path.join(HERE, "frames_unknown.cpp"), "-o", program])
        for line in run([program]).splitlines():
            name, lean, linked = line.split()
            sizes.setdefault(name, []).append((int(lean), int(linked)))

    arguments = ["--", "-std=c++17"] + INCLUDE
    report = json.loads(run([options.weft, "--emit=json", os.path.join(HERE, "frames.cpp")] + arguments))
    frames = {each["name"]: (each["frame"], each["size"]) for each in report["functions"]}
    # What the compilers make of it must be what the tool says.
    transformed = os.path.join(work, "frames.weft.cpp")
    run([options.weft, os.path.join(HERE, "frames.cpp"), "-o", transformed] + arguments)
    with open(transformed, "a") as out:
        for name, (frame, size) in frames.items():
            out.write("\nstatic_assert(sizeof(%s) == %d);" % (frame, size))
    for compiler in (options.gxx, options.clangxx):
        for level in ("-O0", "-O2"):
            run([compiler, "-std=c++17", level, "-fsyntax-only", transformed] + INCLUDE)

    rows = []
    for name, found in sizes.items():
        own = frames[name][1]
        rows.append([name, own] + [linked for _, linked in found] + [found[0][0]])
        floor("frame of " + name, own, found[0][1], " bytes")
    table(["bytes of a frame", "Weft, any compiler", "clang -O2", "clang -O0", "g++ -O2", "clang -O2, no link"], rows)


# ---- The tool's time.

def processor_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show_tool(options, work):
    files = [os.path.join(HERE, name) for name in ("generators.cpp", "frames.cpp", "standard_headers.cpp")]
    files += [os.path.join(ROOT, "examples", name + ".cpp") for name in ("appointments", "tree", "word_count")]
    rows = []
    for path in files:
        if not os.path.exists(path):
            continue
        out = os.path.join(work, "tool.weft.cpp")
        arguments = ["-std=c++17"] + INCLUDE
        tool = [options.weft, path, "-o", out, "--"] + arguments
        peer = [options.clangxx, "-fsyntax-only", "-DWEFT_ANALYSIS", path] + arguments
        pairs = []
        for number in range(options.rounds + 1):
            if os.path.exists(out):
                os.remove(out)
            pair = processor_time(tool), processor_time(peer)
            if number:
                pairs.append(pair)
        factor = statistics.median(a / b for a, b in pairs)
        name = os.path.relpath(path, ROOT)
        rows.append([name] + ["%.0f" % (1000 * statistics.median(p[i] for p in pairs)) for i in (0, 1)] + ["%.2f" % factor])
        floor("the tool's time on " + name, factor, 2.0)
    table(["ms of processor time", "weft", "clang++ -fsyntax-only", "ratio"], rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", default=os.path.join(ROOT, "build", "bin", "weft"))
    parser.add_argument("--clangxx", default="clang++")
    parser.add_argument("--gxx", default="g++")
    parser.add_argument("--work", help="a folder for what is built; default: a temporary one")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--strict", action="store_true", help="exit status 1 when a floor is missed")
    parser.add_argument("--part", choices=PARTS, action="append")
    options = parser.parse_args()
    parts = options.part or PARTS
    with tempfile.TemporaryDirectory() as temporary:
        work = os.path.abspath(options.work) if options.work else temporary
        os.makedirs(work, exist_ok=True)
        for compiler in (options.gxx, options.clangxx):
            print(run([compiler, "--version"]).splitlines()[0])
        print(flush=True)
        if "generators" in parts:
            show_generators(options, work)
        if "fibers" in parts:
            show_fibers(options, work)
        if "echo" in parts:
            show_echo(options, work)
        if "frames" in parts:
            show_frames(options, work)
        if "tool" in parts:
            show_tool(options, work)
        for met, text in verdicts:
            print(("met     " if met else "MISSED  ") + text)
    return 1 if options.strict and not all(met for met, _ in verdicts) else 0


sys.exit(main())
