# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# How lit runs the tests: what they may write in RUN lines, and where it goes.
# RUN lines are run by bash; the first that fails ends the test.

import glob
import os
import shutil

import lit.formats

config.name = "weft"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs", "bench", "unit"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.weft_binary_root, "test")

binaries = config.weft_binary_root
config.substitutions += [
    ("%weft", os.path.join(binaries, "bin", "weft")),
    ("%libweft", os.path.join(binaries, "lib", "libweft.a")),
    ("%runtime", os.path.join(config.weft_source_root, "runtime", "include")),
    ("%source_root", config.weft_source_root),
    ("%binary_root", binaries),
    ("%clang_include", config.clang_include),
    ("%clangxx", os.path.join(config.llvm_bin, "clang++")),
    ("%clang", os.path.join(config.llvm_bin, "clang")),
    ("%gxx", config.gxx),
    ("%cmake", config.cmake),
    ("%python", config.python),
]

# Clang's own tool for what --export-fixes writes, of any version.
apply = shutil.which("clang-apply-replacements", path=os.pathsep.join([config.llvm_bin, os.environ["PATH"]]))
if apply:
    config.substitutions.append(("%apply_replacements", apply))
    config.available_features.add("apply-replacements")

# FileCheck, not, split-file and count, then weft itself, then the system.
config.environment["PATH"] = os.pathsep.join(
    [
        os.path.join(config.test_exec_root, "bin"),
        os.path.join(binaries, "bin"),
        os.environ["PATH"],
    ]
)
# Nothing that a user's shell sets may change a result.
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["CCACHE_DIR"] = os.path.join(config.test_exec_root, "ccache")
# What the compilers say of themselves is asked for once; not every lit passes HOME.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")
for name in ("CXX", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "CPATH", "CPLUS_INCLUDE_PATH"):
    config.environment.pop(name, None)

# For `REQUIRES:` lines.
config.available_features.add("llvm-" + config.llvm_version)
for tool in ("ccache", "curl", "gdb", "make", "ninja"):
    if shutil.which(tool):
        config.available_features.add(tool)
# The generator, and the headers of its programs.
if shutil.which("csmith") and os.path.exists("/usr/include/csmith/csmith.h"):
    config.available_features.add("csmith")
# Standalone Asio, as Debian installs it.
if os.path.exists("/usr/include/asio.hpp"):
    config.available_features.add("asio")
if os.path.exists("/usr/include/hiredis/hiredis.h"):
    config.available_features.add("hiredis")
if shutil.which("redis-server"):
    config.available_features.add("redis")
# The parser of Node.js, as Debian ships its sources.
if os.path.exists("/usr/share/llhttp/llhttp.c"):
    config.available_features.add("llhttp")
if os.path.exists("/usr/include/openssl/ssl.h") and shutil.which("openssl"):
    config.available_features.add("openssl")
# A library of C++20 coroutines, as Debian installs it.
if glob.glob("/usr/lib/*/cmake/QCoro6/QCoro6Config.cmake"):
    config.available_features.add("qcoro")
