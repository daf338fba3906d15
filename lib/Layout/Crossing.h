//===- Crossing.h - Which variables live across a pause ------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: whose value is needed after a pause that it has seen? A variable
// crosses a suspension point when it is alive there and may be read later
// before it is given a new value; one whose address has escaped, when its scope
// holds the point. The rest may stay on the stack between two pauses.
//
// Valid as long as the tree is not changed.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAYOUT_CROSSING_H
#define WEFT_LAYOUT_CROSSING_H

#include "Flow/Flow.h"

namespace weft {

struct Crossing {
  /// For each variable the suspension points that it crosses, in their order.
  std::vector<std::vector<PointId>> Points;

  bool crosses(VarId Id) const { return !Points[Id].empty(); }
};

Crossing findCrossing(const Flow &F);

} // namespace weft

#endif // WEFT_LAYOUT_CROSSING_H
