//===- CompilerArgs.h - What a compiler's command line would do -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which C++ sources would this command compile, up to which stage,
// into which object, with which dependency file and include directories?
// Covers the command lines of GCC and Clang.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_COMPILERARGS_H
#define WEFT_LAUNCHER_COMPILERARGS_H

#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// A word of the command that names a file to compile or link.
struct CompilerInput {
  enum class Kind { CxxSource, CxxHeader, Other };
  size_t Word; ///< Its index in CompilerArgs::Words.
  Kind What;
  std::string Language; ///< As the last `-x` before it said; may be empty.
};

/// A command line, understood as far as a launcher needs.
struct CompilerArgs {
  enum class Stage {
    Nothing,    ///< Preprocesses, lists dependencies or only prints.
    SyntaxOnly, ///< `-fsyntax-only`
    Assembly,   ///< `-S`
    Object,     ///< `-c`
    Link
  };

  std::vector<std::string> Words; ///< The command, response files expanded.
  bool HadResponseFile = false;
  size_t Compiler = 0; ///< Index of the compiler, behind ccache etc.
  Stage Until = Stage::Link;
  std::vector<CompilerInput> Inputs;
  std::string Output; ///< `-o`; empty when not given.

  bool Depfile = false;          ///< `-MD` or `-MMD`.
  bool DepfileHasSystem = false; ///< `-MD`.
  std::string DepfileName;       ///< `-MF`; empty when not given.
  bool DepfileTarget = false;    ///< `-MT` or `-MQ` was given.

  std::vector<std::string> QuoteDirs;  ///< For `"..."` only, in search order.
  std::vector<std::string> SearchDirs; ///< `-I`, in search order.
  std::vector<std::string> SystemDirs; ///< `-isystem` and the like.
  std::vector<std::string> Forced;     ///< `-include` and precompiled headers.
  std::vector<std::string> Defines;    ///< `-D`, as written behind it.

  std::vector<size_t> cxxSources() const; ///< Indices into Inputs.
};

/// \p Words starts with the compiler, or with launchers in front of it.
CompilerArgs understandCompiler(const std::vector<std::string> &Words);

} // namespace weft

#endif // WEFT_LAUNCHER_COMPILERARGS_H
