# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds the benchmarks with both compilers, runs them and prints one table after
# the other: times of generators, of fibers and of locks, requests to echo and HTTP servers, bytes of
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
import shutil
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
PARTS = ["generators", "fibers", "sync", "echo", "http", "frames", "tool"]
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
SYNC = [
    ("ns for a lock and an unlock",
     [("lock/hand", "a flag", []), ("lock/standard", "std::mutex", ["lock/hand"]), ("lock/boost", "Boost.Fiber", ["lock/hand"]),
      ("lock/weft", "Weft", ["lock/hand", "lock/standard", "lock/boost"])]),
    ("ns for a lock that another fiber holds",
     [("contended_lock/boost", "Boost.Fiber, contended", []), ("contended_lock/weft", "Weft, contended", ["contended_lock/boost"])]),
    ("ns for a promise",
     [("promise/hand", "hand-written block", []), ("promise/boost", "Boost.Fiber's promise", ["promise/hand"]),
      ("promise/weft", "Weft's promise", ["promise/hand", "promise/boost"])]),
    ("ns for a timer, armed and cancelled, of 100,000",
     [("timer/hand", "a wheel of lists", []), ("timer/standard", "std::multimap", ["timer/hand"]),
      ("timer/weft", "Weft's timers", ["timer/hand", "timer/standard"])]),
    ("ns for a prime of a sieve, of 500",
     [("sieve/boost", "Boost.Fiber's channels", []), ("sieve/weft", "Weft's channels", ["sieve/boost"])]),
]
NAMES = {entry: what for entries in [GENERATORS] + [each for _, each in FIBERS + SYNC] for entry, what, _ in entries}


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


def runtime_sources(standard):
    folder = os.path.join(RUNTIME, "src")
    return [(os.path.join(folder, name), standard) for name in sorted(os.listdir(folder)) if name.endswith(".cpp")]


def go_program(work, name):
    out = os.path.join(work, name + "-go")
    run(["go", "build", "-o", out, os.path.join(HERE, name + ".go")],
        env=dict(os.environ, GOFLAGS="-mod=mod", GOCACHE=os.path.join(work, "go-cache"), GO111MODULE="off"))
    return out


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
               (os.path.join(RUNTIME, "src", "coroutine.cpp"), "17"),
               (os.path.join(RUNTIME, "src", "kept_storage.cpp"), "17")]
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
    sources += runtime_sources("17")
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


# ---- Locks, promises, timers.

def show_sync(options, work):
    sources = [("sync_hand.cpp", "17"), ("sync_boost.cpp", "17"), (transform(options, work, "sync"), "17")] + runtime_sources("17")
    programs = {each: build(options, each, work, "sync_main.cpp", sources, ["-lbenchmark", "-lboost_fiber", "-lboost_context"])
                for each in (options.gxx, options.clangxx)}
    times = measure(options, programs, [entry for _, entries in SYNC for entry in entries])
    for what, entries in SYNC:
        show_times(what, entries, times)
    for compiler, own in times.items():
        name = os.path.basename(compiler)
        floor("promise, Weft to hand-written, " + name, ratio(own, "promise/weft", "promise/hand"), 2.0)
        for what, entry, most in (("lock", "lock", 3), ("timer", "timer", 50)):
            more = statistics.median(a - b for a, b in zip(own[entry + "/weft"], own[entry + "/hand"]))
            floor("%s, Weft above hand-written, %s" % (what, name), float("%.1f" % more), most, " ns")
    if shutil.which("go"):
        program = go_program(work, "sieve")
        found = [run([program, "500"], preexec_fn=on_one_processor).split() for _ in range(options.rounds)]
        assert all(prime == "3571" for prime, _ in found)
        print("Go's goroutines and channels, on one thread: %s ns for a prime\n" % statistics.median(int(time) for _, time in found))
    else:
        print("the sieve in Go: Go is not installed\n")


# ---- Requests over loopback sockets.

CONNECTIONS = (64, 1024)


def processor(wanted):
    return ["taskset", "-c", str(wanted)]


def rate_of(server, port, load):
    """What the load prints of the server: this has one processor and that another, where there are two."""
    processors = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(processor(processors[0]) + [server, str(port)], stderr=subprocess.DEVNULL) as running:
        try:
            for _ in range(500): # Until it listens.
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.01)
            return run(processor(processors[-1]) + load)
        finally:
            running.kill()


def request_rates(options, work, kind, servers, load):
    """(server, connections) -> requests a second, a list with one for each round. `load(port, connections)` is a command and what
    reads its output."""
    rates = {(name, n): [] for name, _ in servers for n in CONNECTIONS}
    port = 20000 + os.getpid() % 10000
    for each in range(options.rounds + 1):
        for connections in CONNECTIONS:
            for name, _ in random.sample(servers, len(servers)):
                port += 1
                command, read = load(port, connections)
                rate = read(rate_of(os.path.join(work, kind + "_" + name), port, command))
                if each: # The first round only warms up.
                    rates[name, connections].append(rate)
    return rates


def show_rates(kind, servers, rates, peers_of):
    names = dict(servers)
    rows = []
    for name, what in servers:
        for peer in peers_of(name) or [None]:
            row = [what]
            for n in CONNECTIONS:
                row += ["%.0f" % statistics.median(rates[name, n]), "%.3f" % ratio(rates, (name, n), (peer, n)) if peer else ""]
            rows.append(row + [names.get(peer, "")])
    table([kind + " requests/s"] + sum([["%d connections" % n, "ratio"] for n in CONNECTIONS], []) + ["to"], rows)


def build_servers(options, work, kind, commands):
    for name, command in commands.items():
        run(command[:2] + ["-O2", "-DNDEBUG"] + INCLUDE + command[2:] + ["-pthread", "-o", os.path.join(work, kind + "_" + name)])
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files[1], files[1]))


def weft_servers(options, work, name):
    weft = [transform(options, work, name)] + [source for source, _ in runtime_sources("17")]
    return {"weft_gxx": [options.gxx, "-std=c++17"] + weft, "weft_clangxx": [options.clangxx, "-std=c++17"] + weft}


def show_echo(options, work):
    if not os.path.exists("/usr/include/asio.hpp"):
        print("echo: standalone Asio is not installed\n")
        return
    commands = {"epoll": [options.gxx, "-std=c++17", os.path.join(HERE, "echo_epoll.cpp")],
                # Asio 1.22 does not know that Clang has coroutines.
                "asio": [options.clangxx, "-std=c++20", "-DASIO_HAS_CO_AWAIT", os.path.join(HERE, "echo_asio.cpp")],
                "load": [options.gxx, "-std=c++17", os.path.join(HERE, "echo_load.cpp")]}
    commands.update(weft_servers(options, work, "echo_weft"))
    servers = [("epoll", "bare epoll loop, g++"), ("asio", "Asio's C++20 coroutines, clang++")]
    if os.path.exists("/usr/include/uv.h"):
        commands["uv"] = [options.gxx, "-std=c++17", os.path.join(HERE, "echo_uv.cpp"), "-luv"]
        servers.append(("uv", "libuv, g++"))
    if shutil.which("go"):
        os.replace(go_program(work, "echo"), os.path.join(work, "echo_go"))
        servers.append(("go", "Go, one thread"))
    servers += [("weft_gxx", "Weft, g++"), ("weft_clangxx", "Weft, clang++")]
    build_servers(options, work, "echo", commands)
    rates = request_rates(options, work, "echo", servers, lambda port, n: (
        [os.path.join(work, "echo_load"), str(port), str(n), "1.2"], float))
    show_rates("echo", servers, rates, lambda name: (
        [] if name == "epoll" else ["epoll", "asio"] if name.startswith("weft") else ["epoll"]))
    for name, what in (("uv", "libuv"), ("go", "Go")):
        if name not in dict(servers):
            print("echo with %s: not installed\n" % what)
    for name, what in servers[-2:]:
        at_least("echo, 64 connections, %s to bare epoll" % what, ratio(rates, (name, 64), ("epoll", 64)), 0.92)
        for n in CONNECTIONS:
            # Not slower; two runs differ by so much.
            at_least("echo, %d connections, %s to Asio's coroutines" % (n, what), ratio(rates, (name, n), ("asio", n)), 0.97)


def show_http(options, work):
    if not os.path.exists("/usr/include/asio.hpp") or not shutil.which("wrk"):
        print("HTTP: standalone Asio or wrk is not installed\n")
        return
    commands = {"epoll": [options.gxx, "-std=c++17", os.path.join(HERE, "http_epoll.cpp")]}
    commands.update(weft_servers(options, work, "http_weft"))
    servers = [("epoll", "bare epoll loop, g++"), ("weft_gxx", "Weft, g++"), ("weft_clangxx", "Weft, clang++")]
    build_servers(options, work, "http", commands)
    rates = request_rates(options, work, "http", servers, lambda port, n: (
        ["wrk", "-t1", "-c%d" % n, "-d2s", "http://127.0.0.1:%d/" % port],
        lambda output: float(re.search(r"Requests/sec: *([0-9.]+)", output).group(1))))
    show_rates("HTTP", servers, rates, lambda name: [] if name == "epoll" else ["epoll"])


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
        if "sync" in parts:
            show_sync(options, work)
        if "echo" in parts:
            show_echo(options, work)
        if "http" in parts:
            show_http(options, work)
        if "frames" in parts:
            show_frames(options, work)
        if "tool" in parts:
            show_tool(options, work)
        for met, text in verdicts:
            print(("met     " if met else "MISSED  ") + text)
    return 1 if options.strict and not all(met for met, _ in verdicts) else 0


sys.exit(main())
