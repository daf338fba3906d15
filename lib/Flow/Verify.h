//===- Verify.h - Checks the invariants of the explicit form -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FLOW_VERIFY_H
#define WEFT_FLOW_VERIFY_H

#include "Flow/Flow.h"

namespace weft {

/// Returns what is wrong with \p F, or an empty string. A finding is a defect
/// of Weft, not of the user's program.
std::string verify(const Flow &F);

} // namespace weft

#endif // WEFT_FLOW_VERIFY_H
