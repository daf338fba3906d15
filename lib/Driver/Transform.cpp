//===- Transform.cpp - From a translation unit to its output --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/Transform.h"

using namespace weft;

TransformResult weft::transform(TranslationUnit &Unit,
                                const TransformOptions &Options) {
  Reporter Report(Unit.AST.getDiagnostics(), Options.Warnings);
  TransformResult Result;
  Result.Text =
      Unit.Sources.getBufferData(Unit.Sources.getMainFileID()).str();
  Result.Ok = !Report.hasErrors();
  return Result;
}
