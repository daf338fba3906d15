//===- Main.cpp - The command `weft`, all but main() ----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Main.h"
#include "Driver/Transform.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace weft;

int weft::runTool(int Argc, const char **Argv) {
  FrontendOptions Options;
  Options.Command = {getenv("CXX") ? getenv("CXX") : "clang++"};
  TransformOptions Wanted;
  std::string Output = "-";
  bool Compiler = false, Check = false;
  for (int I = 1; I < Argc; ++I) {
    llvm::StringRef Word = Argv[I];
    if (Compiler)
      Options.Command.push_back(Argv[I]);
    else if (Word == "--")
      Compiler = true;
    else if (Word == "-o")
      Output = Argv[++I];
    else if (Word == "--check")
      Check = true;
    else if (Word == "--emit=json")
      Wanted.Emit = EmitKind::Json;
    else if (Word == "--no-line-directives")
      Wanted.LineDirectives = false;
    else
      Options.MainFile = Argv[I];
  }
  Options.Command.push_back(Options.MainFile);
  bool Ok = false;
  readTranslationUnit(Options, [&](TranslationUnit &Unit) {
    TransformResult Result = transform(Unit, Wanted);
    Ok = Result.Ok;
    if (!Ok || Check)
      return;
    std::error_code Error;
    llvm::raw_fd_ostream Out(Output, Error);
    Out << Result.Text;
  });
  return Ok ? 0 : 1;
}
