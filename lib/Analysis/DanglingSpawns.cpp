//===- DanglingSpawns.cpp - Fibers that refer to what ends before them ----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A new fiber begins when the one that spawns it suspends, and not before. So what
// it refers to is gone when a path leads from the call to the end of that lifetime
// without a suspension, unless the task ends with it:
//
//   for (int i = 0; i < 3; ++i)
//     tasks.push_back(weft::spawn([&] { work(i); }));
//
// What ordinary functions run in between is not known; there only a task counts
// that is returned.
//
//===----------------------------------------------------------------------===//

#include "Analysis/BodyFlow.h"
#include "Analysis/FiberLints.h"
#include "Analysis/Objects.h"
#include "Analysis/StandardNames.h"

using namespace clang;
using namespace weft;

namespace {

/// A call of `weft::spawn` whose fiber outlives the statement.
struct Spawn {
  const CallExpr *Call;
  bool IsReturned;
  /// The variable that keeps the task; null: what outlives the function does, or
  /// nobody.
  const VarDecl *Keeper;
};

} // namespace

static const CallExpr *asCall(const Expr *E, llvm::ArrayRef<llvm::StringRef> Names) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreUnlessSpelledInSource());
  return Call && llvm::is_contained(Names, calledAs(Call)) ? Call : nullptr;
}

/// The local variable that the glvalue \p E is, or is a part of; else null.
static const VarDecl *localVariable(const Expr *E) {
  const VarDecl *V = wholeVariable(E);
  return V && V->hasLocalStorage() && !V->getType()->isReferenceType() ? V : nullptr;
}

/// The local variables of \p Body to which \p Argument refers.
static llvm::SmallVector<const VarDecl *, 2> referredBy(const Expr *Argument,
                                                        const FunctionDecl *Body) {
  llvm::SmallVector<const VarDecl *, 2> Found;
  auto add = [&](const VarDecl *V) {
    if (V && V->getParentFunctionOrMethod() == Body)
      Found.push_back(V);
  };
  Argument = Argument->IgnoreUnlessSpelledInSource();
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Argument)) {
    for (const LambdaCapture &Each : Lambda->captures())
      if (Each.capturesVariable() && Each.getCaptureKind() == LCK_ByRef)
        if (const auto *V = dyn_cast<VarDecl>(Each.getCapturedVar());
            V && V->hasLocalStorage() && !V->isInitCapture() &&
            !V->getType()->isReferenceType())
          add(V);
  } else if (const CallExpr *Wrap = asCall(Argument, {"std::ref", "std::cref"}))
    add(localVariable(Wrap->getArg(0)));
  else if (const auto *Address = dyn_cast<UnaryOperator>(Argument);
           Address && Address->getOpcode() == UO_AddrOf)
    add(localVariable(Address->getSubExpr()));
  return Found;
}

namespace {

class Finder : public OwnCodeVisitor {
public:
  using OwnCodeVisitor::OwnCodeVisitor;
  std::vector<Spawn> Spawns;

  bool VisitReturnStmt(ReturnStmt *S) override {
    add(S->getRetValue(), nullptr, /*IsReturned=*/true);
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) override {
    if (asCall(Call, {"weft::scope::spawn", "weft::scope::spawn_at"}))
      Spawns.push_back({Call, false, nullptr});
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *Call) override {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    const Expr *Object = Call->getImplicitObjectArgument();
    if (!Method || !Object)
      return true;
    if (isOfWeft(Method) && Method->getNameAsString() == "detach")
      add(Object, nullptr);
    else if (isOfStandardLibrary(Method)) // It is put into a container.
      for (const Expr *Each : Call->arguments())
        add(Each, localVariable(Object));
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) override {
    if (Call->getOperator() == OO_Equal)
      add(Call->getArg(1), localVariable(Call->getArg(0)));
    return true;
  }

private:
  void add(const Expr *E, const VarDecl *Keeper, bool IsReturned = false) {
    if (const CallExpr *Call = E ? asCall(E, {"weft::spawn", "weft::spawn_at"}) : nullptr)
      Spawns.push_back({Call, IsReturned, Keeper});
  }
};

} // namespace

/// Whether a path leads from \p Of to the end of \p V on which nothing suspends.
static bool endsFirst(const VarDecl *V, const Spawn &Of, const BodyFlow &Flow,
                      const FiberLint &Lint) {
  bool Ends = false;
  auto step = [&](const CFGElement &Element, unsigned State) -> std::optional<unsigned> {
    if (auto Lifetime = Element.getAs<CFGLifetimeEnds>())
      Ends |= Lifetime->getVarDecl() == V;
    auto S = Element.getAs<CFGStmt>();
    if (Ends || (S && Lint.Colour.asSuspension(S->getStmt())))
      return std::nullopt;
    return State;
  };
  Flow.walkFrom(Of.Call, 0, step, [&] { Ends |= isa<ParmVarDecl>(V); });
  return Ends;
}

void weft::lintDanglingSpawns(const ConcreteBody &Body, FiberLint &Lint) {
  Finder Find(Lint.Unit.AST);
  Find.TraverseStmt(Body.Function->getBody());
  std::optional<BodyFlow> Flow;
  for (const Spawn &Each : Find.Spawns)
    for (const Expr *Argument : Each.Call->arguments())
      for (const VarDecl *V : referredBy(Argument, Body.Function)) {
        if (!Each.IsReturned) {
          if (!Body.IsFiber || (Each.Keeper && !Lint.Unit.Sources.isBeforeInTranslationUnit(
                                                   Each.Keeper->getLocation(), V->getLocation())))
            continue; // A task that ends before has not begun.
          if (!Flow)
            Flow.emplace(Body.Function);
          if (!endsFirst(V, Each, *Flow, Lint))
            continue;
        }
        if (!Lint.isNew(Diag::DanglingSpawn, Argument->getBeginLoc()))
          continue;
        Lint.Report.report(Argument->getBeginLoc(), Diag::DanglingSpawn)
            << V << Argument->getSourceRange();
        Lint.Report.report(V->getLocation(), Diag::DeclaredHere);
      }
}
