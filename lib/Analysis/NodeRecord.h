//===- NodeRecord.h - Which rows of the table a source exercises ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers, for the tests: which classes of nodes were in functions that were
// transformed, or were the reason not to? See test/nodes.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_NODERECORD_H
#define WEFT_ANALYSIS_NODERECORD_H

#include "Analysis/Suspension.h"
#include <set>
#include <string>

namespace weft {

/// Lines `CLASS HOW`. Of transformed functions: `suspends`, it held a suspension;
/// `occurs`, it did not. Of rejected ones: `rejected`, it may not be there, or
/// held a suspension where it may not.
using NodeRecord = std::set<std::string>;

/// Adds what the body of \p Function has, but for the bodies of lambdas in it.
void recordNodes(const clang::FunctionDecl *Function, bool Transformed,
                 SuspensionMap &Suspends, NodeRecord &To);

} // namespace weft

#endif // WEFT_ANALYSIS_NODERECORD_H
