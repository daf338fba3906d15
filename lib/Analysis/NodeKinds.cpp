//===- NodeKinds.cpp - What Weft does with each kind of AST node ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeKinds.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;
using namespace weft;

const NodeKind *weft::findNodeKind(llvm::StringRef ClassName) {
  static const llvm::StringMap<NodeKind> Table = {
#define NODE(Class, How, Words) {#Class, {Support::How, Words}},
#include "Analysis/NodeKinds.def"
  };
  auto It = Table.find(ClassName);
  return It == Table.end() ? nullptr : &It->second;
}

NodeKind weft::kindOf(const Stmt *S) {
  if (const NodeKind *Row = findNodeKind(S->getStmtClassName()))
    return *Row;
  return {Support::Rejected, "an unknown extension"};
}
