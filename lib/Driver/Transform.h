//===- Transform.h - From a translation unit to its output ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pipeline: Analysis, Lowering, Layout, Emit and Rewrite in their order.
// Input: a parsed translation unit. Output: the text that `--emit` asked for.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_TRANSFORM_H
#define WEFT_DRIVER_TRANSFORM_H

#include "Analysis/NodeRecord.h"
#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"
#include <string>

namespace weft {

enum class EmitKind { Cpp, Json };

struct TransformOptions {
  EmitKind Emit = EmitKind::Cpp;
  bool LineDirectives = true;
  WarningOptions Warnings;
  /// All functions are to be green, as far as possible.
  bool GreenAll = false;
  /// When set, the text is why the functions of this name suspend.
  std::string Explain;
  /// When set, gets which classes of nodes were there.
  NodeRecord *Nodes = nullptr;
};

struct TransformResult {
  std::string Text;     ///< Empty when there were errors.
  bool Ok = false;      ///< False when an error was reported.
};

/// Transforms \p Unit. User mistakes are reported through its diagnostics
/// engine; the text is complete or absent, never partial.
TransformResult transform(TranslationUnit &Unit, const TransformOptions &Options);

} // namespace weft

#endif // WEFT_DRIVER_TRANSFORM_H
