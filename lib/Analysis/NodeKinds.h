//===- NodeKinds.h - What Weft does with each kind of AST node -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_NODEKINDS_H
#define WEFT_ANALYSIS_NODEKINDS_H

#include "clang/AST/Stmt.h"
#include "llvm/ADT/StringRef.h"

namespace weft {

enum class Support { Split, Verbatim, Absent, Rejected, Foreign };

struct NodeKind {
  Support How;
  llvm::StringRef Words; ///< For diagnostics.
};

/// Whether a function that is transformed may have such a node.
inline bool mayOccur(const NodeKind &Kind) {
  return Kind.How != Support::Rejected && Kind.How != Support::Foreign;
}

/// The row of \p S's class; Rejected for a class that the table lacks.
NodeKind kindOf(const clang::Stmt *S);

/// The row of a class by its name; null when the table lacks it.
const NodeKind *findNodeKind(llvm::StringRef ClassName);

} // namespace weft

#endif // WEFT_ANALYSIS_NODEKINDS_H
