# Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Do the tests bite? Puts the faults of faults.py into a copy of the tree, one
# at a time, rebuilds the tool there and runs the behaviour tests (test/run):
# first those that the fault names, then all others, up to the first failure. A
# test counts only when it passes without a fault, which is tried too.
#
#   run.py                  all faults; takes some minutes
#   run.py --only 'goto'    those whose name contains the text
#   run.py --without NAME   leaves a test out, one that fails anyway
#   run.py --check          only whether each fault still fits the sources
#
# Input: the working tree. Output: a line for each fault, `caught` with the test
# that failed or `missed`. The copy is in a temporary folder, with a build of
# its own: neither the sources nor `build` are touched. `--work` names a folder
# to keep for the next run, which then rebuilds only what has changed.
#
# Exit status: 0 when each is caught; 1 when one is missed or does not fit any
# more; 2 when the tool does not build or the tests fail without a fault.

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from faults import FAULTS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPIED = ["CMakeLists.txt", "cmake", "lib", "runtime", "test", "tool"]


def misfits(root):
    """The faults whose text is not in its file exactly once."""
    found = []
    for fault in FAULTS:
        path = os.path.join(root, fault.file)
        count = open(path).read().count(fault.old) if os.path.exists(path) else 0
        if count != 1:
            found.append("%s: its text occurs %d times in %s" % (fault.name, count, fault.file))
        for test in fault.tests:
            if not os.path.exists(os.path.join(root, "test", "run", test)):
                found.append("%s: there is no test/run/%s" % (fault.name, test))
    return found


def copy_changed(source, target):
    """Makes `target` equal to `source`; times of equal files stay."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
        names = [n for n in os.listdir(source) if n != "__pycache__"]
        for name in set(os.listdir(target)) - set(names):
            path = os.path.join(target, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
        for name in names:
            copy_changed(os.path.join(source, name), os.path.join(target, name))
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if not os.path.exists(target) or open(source, "rb").read() != open(target, "rb").read():
        shutil.copyfile(source, target)


def write(path, text):
    with open(path, "w") as out:
        out.write(text)


class Copy:
    def __init__(self, work, options):
        self.tree = os.path.join(work, "tree")
        self.build_folder = os.path.join(work, "build")
        self.jobs = str(options.jobs)
        self.without = options.without
        for name in COPIED:
            copy_changed(os.path.join(ROOT, name), os.path.join(self.tree, name))
        if not os.path.exists(os.path.join(self.build_folder, "build.ninja")):
            # Debug, and with nothing for a debugger: quick to compile.
            self.call(["cmake", "-S", self.tree, "-B", self.build_folder, "-G", "Ninja",
                       "-DWEFT_LLVM=" + options.llvm, "-DCMAKE_BUILD_TYPE=Debug",
                       "-DCMAKE_CXX_FLAGS_DEBUG=-O0"])
        self.lit = re.search(r"^WEFT_LIT:\w+=(.*)$",
                             open(os.path.join(self.build_folder, "CMakeCache.txt")).read(), re.M).group(1)

    @staticmethod
    def call(command):
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")

    def build(self):
        """What went wrong, or nothing."""
        done = self.call(["cmake", "--build", self.build_folder, "-j", self.jobs,
                          "--target", "weft", "weft-core", "weft_runtime"])
        return done.stdout if done.returncode else ""

    def first_failure(self, tests):
        """The first of the tests that fails, or nothing."""
        run = os.path.join(self.build_folder, "test", "run")
        os.makedirs(run, exist_ok=True)
        command = [sys.executable, self.lit, "-q", "--max-failures=1", "--order=lexical", "-j" + self.jobs]
        if self.without:
            command.append("--filter-out=" + "|".join(re.escape(t) for t in self.without))
        done = self.call(command + [os.path.join(run, t) for t in tests])
        failed = re.search(r"^(?:FAIL|TIMEOUT|UNRESOLVED): \S+ :: (\S+)", done.stdout, re.M)
        if failed:
            return failed.group(1)
        return done.stdout if done.returncode else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="only whether each fault fits")
    parser.add_argument("--only", default="", help="faults whose name contains this")
    parser.add_argument("--without", action="append", default=[], help="a test to leave out: locals/x.cpp")
    parser.add_argument("--work", help="a folder to keep")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--llvm", default=os.environ.get("WEFT_LLVM", ""))
    options = parser.parse_args()

    wrong = misfits(ROOT)
    for line in wrong:
        print("does not fit: " + line)
    if wrong or options.check:
        return 1 if wrong else 0

    faults = [f for f in FAULTS if options.only in f.name]
    work = os.path.abspath(options.work) if options.work else tempfile.mkdtemp(prefix="weft-mutation-")
    try:
        copy = Copy(work, options)
        error = copy.build()
        if error:
            print(error + "the tool does not build")
            return 2
        failed = copy.first_failure(sorted({t for f in faults for t in f.tests}))
        if failed:
            print("fails without a fault: " + failed)
            return 2

        missed = 0
        others = {} # Tests that no fault names, and the faults that they caught.
        for fault in faults:
            start = time.time()
            path = os.path.join(copy.tree, fault.file)
            sound = open(path).read()
            write(path, sound.replace(fault.old, fault.new))
            error = copy.build()
            if error:
                print(error + "does not build: " + fault.name)
                return 2
            failed = copy.first_failure(fault.tests)
            if not failed:
                failed = copy.first_failure(["."])
                if failed:
                    others.setdefault(re.sub("^run/", "", failed), []).append(fault.name)
            write(path, sound) # Rebuilt with the next fault.
            missed += not failed
            print("%-6s  %-55s %s (%d s)" % ("caught" if failed else "MISSED", fault.name, failed,
                                            time.time() - start), flush=True)
        if others and copy.build():
            return 2
        for test, names in sorted(others.items()):
            if copy.first_failure([test]):
                missed += len(names)
                print("MISSED  %s: %s fails without a fault too" % (", ".join(names), test))
        print("%d of %d caught" % (len(faults) - missed, len(faults)))
        return 1 if missed else 0
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


sys.exit(main())
