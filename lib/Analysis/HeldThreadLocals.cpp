//===- HeldThreadLocals.cpp - Thread-local objects across a suspension ----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thread-local object belongs to all fibers of its thread. A reference that was
// taken before a suspension looks like the fiber's own afterwards, but others have
// used the object meanwhile:
//
//   int &depth = ::depth;  ++depth;  weft::this_fiber::yield();  --depth;
//
//===----------------------------------------------------------------------===//

#include "Analysis/BodyFlow.h"
#include "Analysis/ConcreteBodies.h"
#include "Analysis/FiberLints.h"
#include "Analysis/Objects.h"

using namespace clang;
using namespace weft;

/// The thread-local variable that the glvalue \p E is, or is a part of; else null.
static const VarDecl *threadLocal(const Expr *E) {
  const VarDecl *V = wholeVariable(E);
  return V && V->getTLSKind() != VarDecl::TLS_None ? V : nullptr;
}

/// The same for what a reference is bound to, or whose address a pointer gets.
static const VarDecl *referredTo(QualType Type, const Expr *Value) {
  if (Type->isReferenceType())
    return threadLocal(Value);
  if (!Type->isPointerType())
    return nullptr;
  Value = Value->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Value);
      Address && Address->getOpcode() == UO_AddrOf)
    return threadLocal(Address->getSubExpr());
  return Value->getType()->isArrayType() ? threadLocal(Value) : nullptr;
}

namespace {

/// A place where a local variable begins to refer to a thread-local one.
struct Binding {
  const Stmt *Where;
  const VarDecl *Holder, *Object;
};

class Finder : public OwnCodeVisitor {
public:
  using OwnCodeVisitor::OwnCodeVisitor;
  std::vector<Binding> Bindings;
  llvm::DenseSet<const Stmt *> Assigned; ///< Names on the left of a `=`.

  bool VisitDeclStmt(DeclStmt *S) override {
    for (const Decl *D : S->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && V->getInit())
        bind(S, V, V->getInit());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) override {
    const auto *Left = dyn_cast<DeclRefExpr>(E->getLHS()->IgnoreParens());
    const auto *V = Left ? dyn_cast<VarDecl>(Left->getDecl()) : nullptr;
    if (E->getOpcode() != BO_Assign || !V)
      return true;
    Assigned.insert(Left);
    if (V->hasLocalStorage() && V->getType()->isPointerType())
      bind(E, V, E->getRHS());
    return true;
  }

private:
  void bind(const Stmt *Where, const VarDecl *V, const Expr *Value) {
    if (const VarDecl *Object = referredTo(V->getType(), Value))
      Bindings.push_back({Where, V, Object});
  }
};

} // namespace

/// Whether \p S gives \p V another value, or makes it anew.
static bool rebinds(const Stmt *S, const VarDecl *V) {
  if (const auto *Declared = dyn_cast<DeclStmt>(S))
    return llvm::is_contained(Declared->decls(), V);
  const auto *Assign = dyn_cast<BinaryOperator>(S);
  const auto *Left = Assign && Assign->getOpcode() == BO_Assign
                         ? dyn_cast<DeclRefExpr>(Assign->getLHS()->IgnoreParens())
                         : nullptr;
  return Left && Left->getDecl() == V;
}

void weft::lintHeldThreadLocals(const FunctionDecl *Body, FiberLint &Lint) {
  Finder Find(Lint.Unit.AST);
  Find.TraverseStmt(Body->getBody());
  if (Find.Bindings.empty())
    return;
  const BodyFlow Flow(Body);
  for (const Binding &Each : Find.Bindings) {
    const DeclRefExpr *Used = nullptr;
    enum { Fresh, Suspended };
    auto step = [&](const CFGElement &Element, unsigned State) -> std::optional<unsigned> {
      auto S = Element.getAs<CFGStmt>();
      if (!S)
        return State;
      if (Used || rebinds(S->getStmt(), Each.Holder))
        return std::nullopt;
      const auto *Ref = dyn_cast<DeclRefExpr>(S->getStmt());
      if (State == Suspended && Ref && Ref->getDecl() == Each.Holder &&
          !Find.Assigned.count(Ref))
        Used = Ref;
      return Lint.Colour.asSuspension(S->getStmt()) ? unsigned(Suspended) : State;
    };
    Flow.walkFrom(Each.Where, Fresh, step);
    if (!Used || !Lint.isNew(Diag::ThreadLocalHeld, Used->getLocation()))
      continue;
    Lint.Report.report(Used->getLocation(), Diag::ThreadLocalHeld)
        << Each.Holder << Each.Object << Used->getSourceRange();
    Lint.Report.report(Each.Where->getBeginLoc(), Diag::TakenHere) << Each.Object;
  }
}
