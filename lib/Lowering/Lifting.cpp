//===- Lifting.cpp - Which variables leave their blocks -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable is lifted out of its block when a suspension point follows it in
// its scope, for then the dispatch would jump over its declaration; one with a
// destructor already when its scope holds a suspension point anywhere, so that
// whatever such a scope destroys is destroyed by one mechanism, in one order.
//
//   { int a = 1; yield(a); int b = a; use(b); }      a is lifted, b is not
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"

using namespace clang;
using namespace weft;

bool FunctionLowering::hasUnknownBound(const VarDecl *D) const {
  const auto *Array = Context.getAsDependentSizedArrayType(D->getType());
  return D->getType()->isIncompleteArrayType() || (Array && !Array->getSizeExpr());
}

QualType FunctionLowering::deducedArray(const VarDecl *D) const {
  const Instances &Seen = Suspends.colours().instances();
  const auto *List = dyn_cast_or_null<InitListExpr>(D->getInit());
  if (!List || llvm::any_of(List->inits(), [](const Expr *Each) {
        return isa<PackExpansionExpr>(Each);
      }))
    return {};
  const llvm::APInt Count(Context.getTypeSize(Context.getSizeType()), List->getNumInits());
  for (const FunctionDecl *Each : Seen.of(What.Function)) {
    const QualType T = Seen.typeOf(D, Each);
    const auto *Array = T.isNull() ? nullptr : Context.getAsConstantArrayType(T);
    if (Array && Array->getSize() != Count) // An element takes several.
      return {};
  }
  return Context.getConstantArrayType(Context.getAsArrayType(D->getType())->getElementType(),
                                      Count, nullptr, ArraySizeModifier::Normal, 0);
}

void FunctionLowering::lift(const VarDecl *D) {
  if (isLifted(D) || Kept.count(D) || Hoisted.count(D) || D->isStaticLocal() || D->isLocalExternDecl())
    return;
  if (stays(D)) {
    Kept.insert(D);
    return;
  }
  QualType T = TypeSpelling::deduced(D->getType());
  // `struct S { ... } s;`: the type moves away, its definition with it.
  if (const TagDecl *Tag = Context.getBaseElementType(T)->getAsTagDecl();
      Tag && Tag->isEmbeddedInDeclarator() && !T->isDependentType())
    T = T.getCanonicalType();
  if (hasUnknownBound(D) && (T = deducedArray(D)).isNull()) {
    Report.report(D->getLocation(), Diag::DependentAuto) << D;
    Failed = true;
    return;
  }
  Variable V;
  V.Declared = D->getName().str();
  V.Line = line(D->getLocation());
  std::string Wanted = D->getIdentifier() ? D->getName().str() : "bound";
  // The user's name, when nothing else in the function is called so.
  if (D->getIdentifier() && Identifiers[Wanted] == 0 && Taken.insert(Wanted).second)
    V.Name = Wanted;
  else
    V.Name = uniqueName(Wanted);

  bool Extends = false;
  if (T->isReferenceType() && D->getInit())
    if (const Expr *Init = D->getInit()->IgnoreParens()) {
      if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Init))
        Init = Cleanups->getSubExpr();
      while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Init))
        Init = Cast->getSubExpr()->IgnoreParens();
      if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Init);
          Temp && Temp->getExtendingDecl() == D) {
        // A reference to a temporary of its own is that object's name.
        V.Bound = !mayNameTypeOf(D)
                      ? (T->getPointeeType().isConstQualified() ? "const auto& " : "auto& ") + V.Name
                  : T.getNonReferenceType()->getContainedAutoType()
                      ? "auto& " + V.Name
                      : Types.declarator(Context.getLValueReferenceType(
                                             T.getNonReferenceType()),
                                         V.Name);
        T = Temp->getType();
        Extends = true;
      }
    }
  // In a template it may have to be the temporary itself. Only one to a type
  // that is not const cannot.
  const bool Unknown = T->isReferenceType() &&
                       (T->isDependentType() || !D->getInit() ||
                        D->getInit()->isTypeDependent()) &&
                       (T->isRValueReferenceType() ||
                        T->getPointeeType().isConstQualified());
  if (Unknown) {
    V.As = Form::Object;
    V.Indirect = true;
    V.HasDestructor = true;
    V.Bound = "auto& " + V.Name;
    T = Context.DependentTy;
  } else if (T->isReferenceType()) {
    V.As = Form::Pointer;
    V.Declarator = T->isDependentType()
                       ? std::string()
                       : Types.declarator(Context.getPointerType(
                                              T.getNonReferenceType()),
                                          V.Name);
    T = T->isDependentType() ? T : Context.getPointerType(T.getNonReferenceType());
  } else if (T->isScalarType() && !T->isDependentType() &&
             !T.isVolatileQualified() && !Extends && !D->hasAttr<AlignedAttr>()) {
    V.As = Form::Scalar;
    V.IsConst = T.isConstQualified();
    V.Cacheable = !V.IsConst;
    if (V.IsConst)
      V.Stored = uniqueName(V.Name + "_value");
    V.Declarator = Types.declarator(T.getUnqualifiedType(),
                                    V.IsConst ? V.Stored : V.Name);
  } else {
    V.As = Form::Object;
    V.HasDestructor = hasDestructor(T);
    V.IsArray = T->isArrayType();
    V.Type = Types.type(T);
    if (V.Bound.empty())
      V.Bound = "auto& " + V.Name;
  }
  if (T->isVariablyModifiedType() || T->isVariableArrayType()) {
    Report.report(D->getLocation(), Diag::VariableLengthArray) << D;
    Failed = true;
  }
  VarId Id = addVariable(std::move(V), T);
  Lifted[D] = Id;
  if (D->getInit() && D->getType()->getContainedAutoType())
    liftNamesOf(D->getInit());
  Variable &Added = F.Variables[Id];
  if (unsigned Bytes = D->getMaxAlignment() / 8;
      Added.Align && Bytes > *Added.Align) {
    Added.Alignas = Bytes;
    Added.Align = Bytes;
  }
}

void FunctionLowering::findLiftedIn(const CompoundStmt *Block) {
  bool Any = Suspends.contains(Block);
  llvm::SmallVector<const Stmt *> Children(Block->body_begin(),
                                           Block->body_end());
  bool Later = false;
  // From the end, so that Later says what follows.
  for (const Stmt *Child : llvm::reverse(Children)) {
    while (isa<LabelStmt, SwitchCase, AttributedStmt>(Child))
      Child = isa<LabelStmt>(Child)    ? cast<LabelStmt>(Child)->getSubStmt()
              : isa<SwitchCase>(Child) ? cast<SwitchCase>(Child)->getSubStmt()
                                       : cast<AttributedStmt>(Child)->getSubStmt();
    if (const auto *Declarations = dyn_cast<DeclStmt>(Child)) {
      llvm::SmallVector<const Decl *> Decls(Declarations->decl_begin(),
                                            Declarations->decl_end());
      for (const Decl *D : llvm::reverse(Decls)) {
        const auto *V = dyn_cast<VarDecl>(D);
        if (!V)
          continue;
        // A result is constructed in storage that the callee is told.
        const bool ByCall = V->getInit() && Suspends.contains(V->getInit()) &&
                            V->getType()->isRecordType() &&
                            (isDirectCall(V) || isGivenInPlace(V));
        if (Later || ByCall ||
            (Any && (hasDestructor(V->getType()) || isa<DecompositionDecl>(V))))
          lift(V);
        Later |= V->getInit() && Suspends.contains(V->getInit());
      }
    } else {
      Later |= Suspends.contains(Child);
    }
  }
}

void FunctionLowering::liftNamesOf(const Stmt *S) {
  class Find : public AstVisitor {
  public:
    FunctionLowering *L;
    unsigned InLambda = 0;
    bool TraverseLambdaExpr(LambdaExpr *E) override {
      for (const LambdaCapture &C : E->captures())
        if (C.capturesVariable())
          name(C.getCapturedVar());
      ++InLambda;
      bool Continue = AstVisitor::TraverseLambdaExpr(E);
      --InLambda;
      return Continue;
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      if (InLambda)
        name(E->getDecl());
      return true;
    }
    void name(const ValueDecl *D) {
      const auto *V = dyn_cast<VarDecl>(D);
      if (V && V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
          V->getDeclContext() == L->What.Function && !V->isInitCapture() &&
          !V->isExceptionVariable())
        L->lift(V);
    }
  } Names;
  Names.L = this;
  Names.TraverseStmt(const_cast<Stmt *>(S));
}

void FunctionLowering::findLifted(const Stmt *S) {
  if (!S || !Suspends.contains(S) || isa<LambdaExpr>(S))
    return;
  if (isa<Expr>(S))
    return liftNamesOf(S);
  auto liftAll = [&](const Stmt *Declarations) {
    if (const auto *D = dyn_cast_or_null<DeclStmt>(Declarations))
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each))
          lift(V);
  };
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    findLiftedIn(Block);
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    liftAll(If->getInit());
    liftAll(If->getConditionVariableDeclStmt());
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    liftAll(While->getConditionVariableDeclStmt());
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    if (Suspends.contains(For->getCond()) || Suspends.contains(For->getInc()) ||
        Suspends.contains(For->getBody()) || For->getConditionVariable()) {
      liftAll(For->getInit());
      liftAll(For->getConditionVariableDeclStmt());
    } else {
      liftAll(For->getInit());
    }
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    liftAll(Switch->getInit());
    liftAll(Switch->getConditionVariableDeclStmt());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    liftAll(Range->getInit());
    lift(Range->getLoopVariable());
  }
  for (const Stmt *Child : S->children())
    findLifted(Child);
}
