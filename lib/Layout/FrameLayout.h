//===- FrameLayout.h - Where each variable lives -------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which variables live in the frame, in which order, and which of them
// share storage? Scopes that are never active together overlap: they become the
// structs of a union. Fields are ordered so that little padding is lost. The
// result depends on the explicit form alone, not on the optimisation level.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAYOUT_FRAMELAYOUT_H
#define WEFT_LAYOUT_FRAMELAYOUT_H

#include "Layout/Crossing.h"

namespace weft {

/// One member of the frame, or of a struct inside it.
struct FrameItem {
  enum class Kind {
    Variable, ///< Id.
    Alive,    ///< The index of what is alive.
    Bundle,   ///< The parameters that have destructors.
    Union     ///< Alternatives: scopes that overlap.
  };
  Kind What = Kind::Variable;
  VarId Id = 0;
  std::string Name; ///< Of a union or of a struct in it.
  std::vector<std::vector<FrameItem>> Alternatives;
  std::vector<std::string> AlternativeNames;
  std::optional<uint64_t> Size, Align, Offset; ///< Bytes; Offset in the frame.
};

struct FrameLayout {
  std::vector<FrameItem> Items;
  std::vector<bool> InFrame;      ///< By variable; else a local of weft_run.
  /// By variable: while the function runs its value is in a local of weft_run, and
  /// in the frame only while it is paused.
  std::vector<bool> Cached;
  std::vector<std::vector<VarId>> Saved; ///< By point, from 0: the Cached that cross it.
  std::vector<std::string> Path;  ///< Prefix of the member, "scope_2." or "".
  std::vector<std::optional<uint64_t>> Offset; ///< By variable.
  std::optional<uint64_t> Size;   ///< sizeof(frame).
};

FrameLayout layOut(const Flow &F, const Crossing &Crosses);

} // namespace weft

#endif // WEFT_LAYOUT_FRAMELAYOUT_H
