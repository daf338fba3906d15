//===- ImplicitMoves.cpp - Variables that return and throw move from ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/ImplicitMoves.h"
#include "Support/AstVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;
using namespace weft;

/// The variable that \p Value names, through what copies or converts it.
static const DeclRefExpr *named(const Expr *Value) {
  while (true) {
    Value = Value->IgnoreParenImpCasts();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
        Construct && Construct->getNumArgs() >= 1 && !isa<CXXTemporaryObjectExpr>(Value) &&
        llvm::all_of(llvm::drop_begin(Construct->arguments()),
                     [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); }))
      Value = Construct->getArg(0);
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Value))
      Value = Bind->getSubExpr();
    else if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Value))
      Value = Temp->getSubExpr();
    else if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Value))
      Value = Cleanups->getSubExpr();
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Value);
             Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()) &&
             Call->getBeginLoc() == Call->getImplicitObjectArgument()->getBeginLoc())
      Value = Call->getImplicitObjectArgument();
    else
      return dyn_cast<DeclRefExpr>(Value);
  }
}

/// GCC does before C++20 what the standard said then: no references, and no
/// constructor that takes a base of what is named. Clang does what C++20 says in all modes.
static bool movesAsBefore20(const TranslationUnit &Unit) {
  return Unit.StandsInForGcc && !Unit.AST.getLangOpts().CPlusPlus20;
}

/// A constructor that is chosen for what \p Value names, an rvalue, takes it by `T&&`, T
/// being its own class.
static bool takesRvalue(const Expr *Value, const VarDecl *Named, const ASTContext &Context) {
  class Find : public AstVisitor {
  public:
    const Expr *Named;
    const ParmVarDecl *Found = nullptr;
    bool VisitCXXConstructExpr(CXXConstructExpr *E) override {
      if (E->getNumArgs() && E->getArg(0)->IgnoreParenImpCasts() == Named)
        Found = E->getConstructor()->getParamDecl(0);
      return true;
    }
  } Search;
  Search.Named = named(Value);
  Search.TraverseStmt(const_cast<Expr *>(Value));
  if (!Search.Found)
    return true; // By a conversion function.
  return Search.Found->getType()->isRValueReferenceType() &&
         Context.hasSameUnqualifiedType(Search.Found->getType().getNonReferenceType(),
                                        Named->getType());
}

/// Whether Clang, which knows the types, takes \p Ref in \p Value for an rvalue.
static bool isTakenForRvalue(const Expr *Value, const DeclRefExpr *Ref) {
  class Find : public AstVisitor {
  public:
    const DeclRefExpr *Ref;
    bool Found = false;
    Find() { ShouldVisitImplicitCode = true; }
    bool VisitImplicitCastExpr(ImplicitCastExpr *E) override {
      Found |= E->getCastKind() == CK_NoOp && E->isXValue() &&
               E->getSubExpr()->IgnoreParens() == Ref;
      return true;
    }
  } Search;
  Search.Ref = Ref;
  Search.TraverseStmt(const_cast<Expr *>(Value));
  return Search.Found || Ref->isXValue();
}

/// The variable of \p Within that \p Value names; null: none, one that it captures, or
/// a scalar, which is the same where it was.
static const VarDecl *ownVariable(const DeclRefExpr *Ref, const FunctionDecl *Within) {
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const bool IsOwn = V && V->hasLocalStorage() && !V->isInitCapture() &&
                     !Ref->refersToEnclosingVariableOrCapture() &&
                     Within->Equals(V->getDeclContext()) &&
                     !V->getType().getNonReferenceType()->isScalarType();
  return IsOwn ? V : nullptr;
}

static const VarDecl *moved(const Expr *Value, const FunctionDecl *Within,
                            const TranslationUnit &Unit) {
  const DeclRefExpr *Ref = named(Value);
  const VarDecl *V = ownVariable(Ref, Within);
  if (!V)
    return nullptr;
  const QualType T = V->getType();
  if (T->isLValueReferenceType() || T.getNonReferenceType().isVolatileQualified() ||
      (T->isReferenceType() && movesAsBefore20(Unit)))
    return nullptr;
  if (Value->isTypeDependent() || T->isDependentType()) // What the types are shows later.
    return V;
  if (!isTakenForRvalue(Value, Ref) ||
      (movesAsBefore20(Unit) && !takesRvalue(Value, V, Unit.AST)))
    return nullptr;
  return V;
}

static const Expr *valueOf(const ReturnStmt *S) { return S->getRetValue(); }
static const Expr *valueOf(const CXXThrowExpr *E) { return E->getSubExpr(); }

/// The value of the \p Node in \p Function that begins where \p Pattern does.
template <class Node> static const Expr *valueIn(const FunctionDecl *Function, const Node *Pattern) {
  class Find : public AstVisitor {
  public:
    SourceLocation Where;
    const Expr *Found = nullptr;
    Find() { ShouldVisitTemplateInstantiations = true; }
    bool VisitStmt(Stmt *S) override {
      const auto *Each = dyn_cast<Node>(S);
      if (Each && Each->getBeginLoc() == Where)
        Found = valueOf(Each);
      return !Found;
    }
  } Search;
  Search.Where = Pattern->getBeginLoc();
  Search.TraverseStmt(Function->getBody());
  return Search.Found;
}

/// What is moved shows in the types, which a template's instantiations have.
template <class Node>
static ImplicitMove movedBy(const Node *Statement, const FunctionDecl *Within,
                            const TranslationUnit &Unit, const Instances &Seen) {
  const Expr *Value = valueOf(Statement);
  const VarDecl *V = Value ? moved(Value, Within, Unit) : nullptr;
  if (!V || !(Value->isTypeDependent() || V->getType()->isDependentType()))
    return {V};
  bool IsMoved = false, IsCopied = false;
  for (const FunctionDecl *Each : Seen.of(Within)) {
    const Expr *There = valueIn(Each, Statement);
    const VarDecl *Variable = There ? ownVariable(named(There), Each) : nullptr;
    if (!Variable || Variable->getType()->isLValueReferenceType())
      continue; // The same in both cases.
    (moved(There, Each, Unit) ? IsMoved : IsCopied) = true;
  }
  return {IsCopied && !IsMoved ? nullptr : V, IsCopied && IsMoved};
}

ImplicitMove weft::movedByReturn(const ReturnStmt *Return, const FunctionDecl *Within,
                                 const TranslationUnit &Unit, const Instances &Seen,
                                 QualType CoroutineResult) {
  if (!CoroutineResult.isNull())
    if (const VarDecl *V = ownVariable(named(Return->getRetValue()), Within);
        V && !V->getType()->isLValueReferenceType() &&
        Unit.AST.hasSameType(V->getType().getNonReferenceType(), CoroutineResult))
      return {V};
  return movedBy(Return, Within, Unit, Seen);
}

/// Whether the scope of \p V ends inside the try-block around \p Throw, if any.
static bool endsInTryBlock(const VarDecl *V, const CXXThrowExpr *Throw,
                           const FunctionDecl *Within) {
  class Find : public AstVisitor {
  public:
    const VarDecl *V;
    const CXXThrowExpr *Throw;
    llvm::SmallVector<const CXXTryStmt *> Around, AroundVariable;
    const CXXTryStmt *Innermost = nullptr;
    bool TraverseCXXTryStmt(CXXTryStmt *S) override {
      Around.push_back(S);
      TraverseStmt(S->getTryBlock());
      Around.pop_back();
      for (unsigned I = 0; I < S->getNumHandlers(); ++I)
        TraverseStmt(S->getHandler(I));
      return true;
    }
    bool VisitVarDecl(VarDecl *D) override {
      if (D == V)
        AroundVariable = Around;
      return true;
    }
    bool VisitCXXThrowExpr(CXXThrowExpr *E) override {
      if (E == Throw)
        Innermost = Around.empty() ? nullptr : Around.back();
      return true;
    }
  } Search;
  Search.V = V;
  Search.Throw = Throw;
  Search.TraverseStmt(Within->getBody());
  return !Search.Innermost || llvm::is_contained(Search.AroundVariable, Search.Innermost);
}

ImplicitMove weft::movedByThrow(const CXXThrowExpr *Throw, const FunctionDecl *Within,
                                const TranslationUnit &Unit, const Instances &Seen) {
  const ImplicitMove Move = movedBy(Throw, Within, Unit, Seen);
  const VarDecl *V = Move.From;
  // Of a function or of a handler: not before C++20.
  const bool IsParameter = V && (isa<ParmVarDecl>(V) || V->isExceptionVariable());
  if (!V || (IsParameter && movesAsBefore20(Unit)))
    return {};
  return endsInTryBlock(V, Throw, Within) ? Move : ImplicitMove();
}
