# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Builds a program that does I/O with both compilers, with GCC under sanitizers,
# and runs it: it checks itself.
#
#   io.py --weft=W --runtime=DIR --library=LIB --clangxx=C --gxx=G SOURCE WORK [LIBRARY...]

import argparse
import os
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Werror"]
WAYS = {
    "gxx": ["-std=c++17", "-O1", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    "clangxx": ["-std=c++20", "-O2"],
}


def call(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        sys.exit("takes too long: " + " ".join(command))
    if done.returncode:
        sys.exit("%s\n%s\nexit status %d" % (" ".join(command), done.stdout, done.returncode))


parser = argparse.ArgumentParser()
for name in ("weft", "runtime", "library", "clangxx", "gxx"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("source")
parser.add_argument("work")
parser.add_argument("libraries", nargs="*")
options = parser.parse_args()
os.makedirs(options.work, exist_ok=True)
include = ["-I" + options.runtime, "-I" + os.path.dirname(os.path.abspath(__file__))]
for name, flags in WAYS.items():
    program = os.path.join(options.work, name)
    call([options.weft, getattr(options, name)] + flags + WARNINGS + include +
         [options.source, options.library, "-pthread", "-o", program] + ["-l" + each for each in options.libraries])
    call([program])
