//===- Request.h - What a command line asks the tool to do ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: from which source, with which compile command, is which file to be
// made? Options that contradict each other end here, as usage errors.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_REQUEST_H
#define WEFT_DRIVER_REQUEST_H

#include "Driver/Transform.h"
#include "Frontend/TranslationUnit.h"
#include "Launcher/Options.h"
#include "llvm/Support/Error.h"

namespace weft {

/// One source to read and the file to make of it.
struct Job {
  FrontendOptions Frontend;
  std::string Output;                  ///< `-` is standard output; empty: none.
  std::string Depfile;                 ///< Empty: none.
  std::vector<std::string> DepTargets; ///< Quoted for Make already.
};

/// Everything that a command line asks for.
struct Request {
  std::vector<Job> Jobs;
  TransformOptions Transform;
  bool DepfileHasSystem = false; ///< `-MD`.
  bool DepfilePhony = false;     ///< `-MP`.
  int InputsFd = -1;
  bool Fix = false;        ///< Edit the sources, write nothing else.
  std::string ExportFixes; ///< Where fix-its go; `-` is standard output.
};

/// A mistake in \p Line is returned as the error.
llvm::Expected<Request> understandRequest(const CommandLine &Line);

/// True when diagnostics on standard error are to be coloured.
bool wantsColor(const CommandLine &Line);

} // namespace weft

#endif // WEFT_DRIVER_REQUEST_H
