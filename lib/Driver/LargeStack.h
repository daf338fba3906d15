//===- LargeStack.h - Room for deep recursion -----------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_LARGESTACK_H
#define WEFT_DRIVER_LARGESTACK_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace weft {

/// Runs \p Do in a thread with a stack of 1 GiB, of which only what is touched takes
/// memory; on the caller's where the system does not grant that. Clang's and our walks
/// recurse once a level of the source, and generated sources have sums of a hundred
/// thousand terms.
void onLargeStack(llvm::function_ref<void()> Do);

} // namespace weft

#endif // WEFT_DRIVER_LARGESTACK_H
