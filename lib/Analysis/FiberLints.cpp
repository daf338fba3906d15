//===- FiberLints.cpp - What is legal in a fiber, and seldom meant --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberLints.h"

using namespace clang;
using namespace weft;

void weft::lintFibers(const TranslationUnit &Unit,
                      llvm::ArrayRef<Coroutine> Transformed, const Colours &Colour,
                      Reporter &Report) {
  FiberLint Lint{Unit, Colour, Report};
  for (const Coroutine &Each : Transformed)
    if (!Each.IsFiber)
      Lint.Coroutines.add(Each.Function);
  for (const ConcreteBody &Body : findConcreteBodies(Unit, Colour)) {
    lintDanglingCoroutines(Body.Function, Lint);
    lintDanglingSpawns(Body, Lint);
    if (!Body.IsFiber)
      continue;
    lintBlockingCalls(Body.Function, Lint);
    lintHeldLocks(Body.Function, Lint);
    lintHeldThreadLocals(Body.Function, Lint);
    lintEndlessLoops(Body.Function, Lint);
  }
}

bool FiberLint::isDeclared(llvm::StringRef Name) const {
  const DeclContext *In = Unit.AST.getTranslationUnitDecl();
  while (true) {
    auto [Part, Rest] = Name.split("::");
    auto Found = In->lookup(DeclarationName(&Unit.AST.Idents.get(Part)));
    if (Found.empty() || Rest.empty())
      return !Found.empty();
    In = dyn_cast<DeclContext>(Found.front());
    if (!In)
      return false;
    Name = Rest;
  }
}

void weft::useInstead(FiberLint &Lint, SourceLocation Where, llvm::StringRef Name) {
  Lint.Report.report(Where, Diag::UseInstead) << Name;
}
