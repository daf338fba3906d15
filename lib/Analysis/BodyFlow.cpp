//===- BodyFlow.cpp - What may follow what in a body ----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/BodyFlow.h"
#include "clang/AST/ExprCXX.h"
#include <set>

using namespace clang;
using namespace weft;

BodyFlow::BodyFlow(const FunctionDecl *Body) {
  CFG::BuildOptions Options;
  Options.AddLifetime = true;
  Options.setAllAlwaysAdd();
  Graph = CFG::buildCFG(Body, Body->getBody(), &Body->getASTContext(), Options);
}

/// Whether control goes from \p Block to the end of the body by returning.
static bool returns(const CFGBlock &Block, const CFG &Graph) {
  if (Block.hasNoReturnElement())
    return false;
  if (!Block.empty())
    if (auto Last = Block.back().getAs<CFGStmt>(); Last && isa<CXXThrowExpr>(Last->getStmt()))
      return false;
  return llvm::any_of(Block.succs(), [&](const CFGBlock::AdjacentBlock &Each) {
    return Each.getReachableBlock() == &Graph.getExit();
  });
}

void BodyFlow::walkFrom(const Stmt *From, unsigned State, Step Next,
                        llvm::function_ref<void()> AtReturn) const {
  if (!Graph)
    return;
  std::vector<std::pair<const CFGBlock *, unsigned>> Open;
  std::set<std::pair<const CFGBlock *, unsigned>> Reached;
  auto walk = [&](const CFGBlock &Block, size_t Begin, unsigned State) {
    for (size_t I = Begin; I < Block.size(); ++I) {
      auto After = Next(Block[I], State);
      if (!After)
        return;
      State = *After;
    }
    if (returns(Block, *Graph))
      AtReturn();
    for (const CFGBlock::AdjacentBlock &Each : Block.succs())
      if (const CFGBlock *Reachable = Each.getReachableBlock();
          Reachable && Reached.insert({Reachable, State}).second)
        Open.push_back({Reachable, State});
  };
  // A declaration of several names is there as one for each.
  llvm::SmallPtrSet<const Stmt *, 4> Starts = {From};
  for (const auto &[One, Several] : Graph->synthetic_stmts())
    if (Several == From)
      Starts.insert(One);
  for (const CFGBlock *Block : *Graph)
    for (size_t I = 0; I < Block->size(); ++I)
      if (auto S = (*Block)[I].getAs<CFGStmt>(); S && Starts.contains(S->getStmt()))
        walk(*Block, I + 1, State);
  while (!Open.empty()) {
    auto [Block, State] = Open.back();
    Open.pop_back();
    walk(*Block, 0, State);
  }
}
