# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Headers that most tests include, compiled once for each way to compile: half of
# the time of a small test goes into them.

import fcntl
import glob
import hashlib
import os
import subprocess

HEADERS = ("cstdio", "functional", "memory", "string", "vector", "weft/callable.h", "weft/coroutine.h", "weft/fiber.h")


def _hash(parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _state(runtime):
    """Of the headers, as they are now."""
    headers = sorted(glob.glob(os.path.join(runtime, "weft", "**", "*.h"), recursive=True))
    return _hash("%s %d" % (header, os.stat(header).st_mtime_ns) for header in headers)


def flags(command, runtime, folder):
    """More flags for `command`, a compiler with all of its flags, that make it read the headers
    of `runtime` from `folder`, where they are put unless they are there. Several processes may
    ask at once."""
    place = os.path.join(folder, _hash(command))
    os.makedirs(place, exist_ok=True)
    header = os.path.join(place, "before.h")
    defined = "-DWEFT_TRANSFORMED=1"  # As the transformed source says first.
    suffix = ".pch" if "clang" in os.path.basename(command[0]) else ".gch"
    state = _state(runtime)
    with open(os.path.join(place, "state"), "a+") as known:
        fcntl.flock(known, fcntl.LOCK_EX)
        known.seek(0)
        if known.read() != state:
            with open(header, "w") as out:
                out.write("".join("#include <%s>\n" % name for name in HEADERS))
            subprocess.run(list(command) + [defined, "-x", "c++-header", header, "-o", header + suffix], check=True)
            known.truncate(0)
            known.write(state)
    # GCC forgets the pragma by which they allow Weft's attributes, and which file is the main one.
    forgotten = [] if suffix == ".pch" else ["-Wno-attributes=weft::", "-Wno-subobject-linkage"]
    return [defined, "-include", header] + forgotten
