# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Finds the LLVM and Clang to build with, and says which and why.
#
# Input:  WEFT_LLVM, a major version, as CMake or environment variable; empty
#         for the newest that is installed. Clang_DIR is honoured when given.
# Output: the interface target WeftLLVM, and these variables:
#           WEFT_LLVM_VERSION     major version
#           WEFT_LLVM_BINARY_DIR  where clang++, FileCheck and lit are
#           WEFT_LLVM_RESOURCES   Clang's resource directory
#           WEFT_CLANG_INCLUDE    where clang/AST/StmtNodes.inc is

set(WEFT_LLVM_SUPPORTED 22 21 20 19)
set(WEFT_LLVM "$ENV{WEFT_LLVM}" CACHE STRING
  "LLVM major version to build with (19 to 22); empty: the newest found")

if(WEFT_LLVM AND NOT WEFT_LLVM IN_LIST WEFT_LLVM_SUPPORTED)
  message(FATAL_ERROR "WEFT_LLVM=${WEFT_LLVM}: only ${WEFT_LLVM_SUPPORTED} are supported")
endif()

# What an earlier run found must not outlive a change of WEFT_LLVM.
if(DEFINED WEFT_LLVM_BEFORE AND NOT WEFT_LLVM_BEFORE STREQUAL "x${WEFT_LLVM}")
  unset(Clang_DIR CACHE)
  unset(LLVM_DIR CACHE)
endif()
set(WEFT_LLVM_BEFORE "x${WEFT_LLVM}" CACHE INTERNAL "WEFT_LLVM of the last run")

if(Clang_DIR)
  find_package(Clang CONFIG REQUIRED)
  set(why "in Clang_DIR")
else()
  set(candidates ${WEFT_LLVM_SUPPORTED})
  set(why "the newest found; WEFT_LLVM chooses another")
  if(WEFT_LLVM)
    set(candidates ${WEFT_LLVM})
    set(why "chosen by WEFT_LLVM")
  endif()
  foreach(version IN LISTS candidates)
    # Debian and Ubuntu install each version to a prefix of its own.
    find_package(Clang CONFIG QUIET NO_DEFAULT_PATH PATHS /usr/lib/llvm-${version})
    if(Clang_FOUND)
      break()
    endif()
  endforeach()
  set(WEFT_LLVM_WHY "${why}" CACHE INTERNAL "Why this LLVM")
endif()
if(WEFT_LLVM_WHY)
  set(why ${WEFT_LLVM_WHY}) # Of the run that looked for it.
endif()

if(NOT Clang_FOUND)
  message(FATAL_ERROR
    "No LLVM with Clang's libraries found; looked for: ${candidates}. On Debian, "
    "'./bootstrap build' installs it, or: apt install llvm-N-dev libclang-N-dev clang-N. "
    "Elsewhere, set Clang_DIR to the folder of ClangConfig.cmake.")
endif()

set(WEFT_LLVM_VERSION ${LLVM_VERSION_MAJOR})
if(NOT WEFT_LLVM_VERSION IN_LIST WEFT_LLVM_SUPPORTED)
  message(FATAL_ERROR "LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR}: only "
    "${WEFT_LLVM_SUPPORTED} are supported")
endif()
set(WEFT_LLVM_BINARY_DIR ${LLVM_TOOLS_BINARY_DIR})
find_path(WEFT_CLANG_INCLUDE clang/AST/StmtNodes.inc REQUIRED NO_CACHE NO_DEFAULT_PATH
  PATHS ${CLANG_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
cmake_path(SET WEFT_LLVM_RESOURCES NORMALIZE
  ${LLVM_LIBRARY_DIR}/clang/${WEFT_LLVM_VERSION})
if(NOT EXISTS ${WEFT_LLVM_RESOURCES}/include/stddef.h)
  message(FATAL_ERROR "Clang's resource headers are not in ${WEFT_LLVM_RESOURCES}")
endif()
message(STATUS "Weft: LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_INSTALL_PREFIX} (${why})")

# For everything that includes Clang's headers. The distribution's shared
# libraries, so that a link takes a second.
add_library(WeftLLVM INTERFACE)
target_include_directories(WeftLLVM SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
separate_arguments(definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_definitions(WeftLLVM INTERFACE ${definitions})
target_link_libraries(WeftLLVM INTERFACE clang-cpp LLVM)
