//===- NodeRecord.cpp - Which rows of the table a source exercises -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeRecord.h"
#include "Analysis/NodeKinds.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace weft;

static void record(const Stmt *S, bool Transformed, SuspensionMap &Suspends,
                   NodeRecord &To) {
  if (!S)
    return;
  const bool Suspended = Suspends.contains(S);
  const NodeKind Kind = kindOf(S);
  const std::string Class = S->getStmtClassName();
  if (Transformed)
    To.insert(Class + (Suspended ? " suspends" : " occurs"));
  else if (!mayOccur(Kind) || (Suspended && Kind.How == Support::Verbatim))
    To.insert(Class + " rejected");
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      record(Init, Transformed, Suspends, To);
    return;
  }
  for (const Stmt *Child : S->children())
    record(Child, Transformed, Suspends, To);
}

void weft::recordNodes(const FunctionDecl *Function, bool Transformed,
                       SuspensionMap &Suspends, NodeRecord &To) {
  record(Function->getBody(), Transformed, Suspends, To);
}
