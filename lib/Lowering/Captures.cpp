//===- Captures.cpp - What a lambda captures, as its frame sees it --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The closure outlives its activations, as that of a C++20 coroutine must: the frame
// refers to its members, each by the name of what it captures.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "llvm/ADT/SetVector.h"
#include "clang/AST/ASTLambda.h"
#include "Support/AstVisitor.h"

using namespace clang;
using namespace weft;

/// The variables around a lambda that it names and does not list as captured.
static std::vector<const VarDecl *> implicitCaptures(const LambdaExpr *Lambda) {
  class Find : public AstVisitor {
  public:
    const LambdaExpr *Lambda;
    llvm::SetVector<const VarDecl *> Found;
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *D = dyn_cast<VarDecl>(E->getDecl());
      const DeclContext *Own = Lambda->getCallOperator();
      if (D && D->hasLocalStorage() && !Own->Equals(D->getDeclContext()) &&
          !Own->Encloses(D->getDeclContext()))
        Found.insert(D);
      return true;
    }
  } Names;
  Names.Lambda = Lambda;
  Names.TraverseStmt(Lambda->getBody());
  for (const LambdaCapture &C : Lambda->captures())
    if (C.capturesVariable())
      if (const auto *D = dyn_cast<VarDecl>(C.getCapturedVar()))
        Names.Found.remove(D);
  return {Names.Found.begin(), Names.Found.end()};
}

/// Whether what \p Closure refers to as \p D is the copy of a lambda around it, and
/// const.
static bool isConstCopy(const CXXRecordDecl *Closure, const ValueDecl *D) {
  for (const DeclContext *At = Closure->getDeclContext(); At; At = At->getParent())
    if (const auto *Call = dyn_cast<CXXMethodDecl>(At); Call && Call->getParent()->isLambda())
      for (const LambdaCapture &C : Call->getParent()->captures())
        if (C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
            C.getCapturedVar() == D)
          return Call->isConst();
  return false;
}

/// A parameter of the frame for a member of the closure.
void FunctionLowering::nameCaptured(const ValueDecl *Captured, bool IsCopy,
                                    SourceLocation Where) {
  const auto *D = dyn_cast<VarDecl>(Captured);
  if (const auto *P = dyn_cast_or_null<ParmVarDecl>(D); P && P->isParameterPack()) {
    Report.report(Where, Diag::ParameterPack) << P;
    Failed = true;
    return;
  }
  if (!D) {
    Report.report(Where, Diag::LambdaCapturesBinding);
    Failed = true;
    return;
  }
  Variable V;
  V.Declared = D->getName().str();
  V.Name = V.Declared;
  Taken.insert(V.Name);
  V.As = Form::Parameter;
  V.Extra = "captured";
  V.Bound = "auto& " + V.Name;
  QualType T = D->getType().getNonReferenceType();
  if (IsCopy ? cast<CXXMethodDecl>(What.Function)->isConst()
             : isConstCopy(What.Lambda->getLambdaClass(), D))
    T = T.withConst();
  if (D->isInitCapture() && D->getType()->isReferenceType())
    T = D->getType().getNonReferenceType();
  T = Context.getLValueReferenceType(T);
  V.Declarator = Types.declarator(T, V.Name);
  V.Line = line(Where);
  if (!isNameable(T) || T->getContainedAutoType() ||
      TypeSpelling::isInvented(T)) {
    std::string TypeName = uniqueName(V.Name + "_type");
    bool IsConst = T.getNonReferenceType().isConstQualified();
    F.ParameterTypes.push_back(
        Piece{"using " + TypeName + " = " + (IsConst ? "const " : "") +
                  "std::remove_reference_t<decltype(" + V.Declared + ")>;",
              V.Line});
    V.Declarator = TypeName + " &" + V.Name;
  }
  VarId Id = addVariable(V, T);
  Lifted[D] = Id;
  F.Parameters.push_back({V.Declarator, V.Declared, V.Name, false, Id});
}

/// A parameter of the frame for the captured `this`: the enclosing member
/// function's object, or the closure's copy of it.
void FunctionLowering::nameCapturedThis(const LambdaCapture &C) {
  const CXXRecordDecl *Closure = What.Lambda->getLambdaClass();
  const CXXMethodDecl *Method = nullptr;
  for (const DeclContext *Around = Closure->getDeclContext(); Around && !Method;
       Around = Around->getParent())
    if (const auto *M = dyn_cast<CXXMethodDecl>(Around);
        M && !M->getParent()->isLambda())
      Method = M;
  if (!Method || HasSelf) {
    Report.report(C.getLocation(), Diag::LambdaCapturesThis);
    Failed = true;
    return;
  }
  QualType T = Method->getFunctionObjectParameterType();
  if (C.getCaptureKind() == LCK_StarThis &&
      cast<CXXMethodDecl>(What.Function)->isConst())
    T = T.withConst();
  T = Context.getLValueReferenceType(T);
  HasSelf = true;
  Variable V;
  V.Name = Self = uniqueName("self");
  V.Declared = "*this";
  V.As = Form::Parameter;
  V.Extra = "captured";
  V.Bound = "auto& " + V.Name;
  V.Declarator = Types.declarator(T, V.Name);
  V.Line = line(C.getLocation());
  SelfVar = addVariable(V, T);
  // In a body that has moved, `this` has a name, also in lambdas that stay.
  const auto *Outer = dyn_cast<FunctionDecl>(Closure->getDeclContext());
  while (Outer && !Suspends.colours().isMoved(Outer) && isLambdaCallOperator(Outer))
    Outer = dyn_cast<FunctionDecl>(cast<CXXMethodDecl>(Outer)->getParent()->getDeclContext());
  std::string Object = "*this";
  if (Outer && Suspends.colours().isMoved(Outer)) {
    const auto Known = Text.identifiers(Outer->getSourceRange());
    Object = "self";
    for (unsigned N = 2; Known.count(Object); ++N)
      Object = "self_" + std::to_string(N);
  }
  F.Parameters.push_back({V.Declarator, Object, V.Name, false, SelfVar});
}

void FunctionLowering::nameCaptures() {
  for (const LambdaCapture &C : What.Lambda->captures())
    if (C.capturesThis())
      nameCapturedThis(C);
    else if (C.capturesVariable())
      nameCaptured(C.getCapturedVar(), C.getCaptureKind() == LCK_ByCopy,
                   C.getLocation());
  // In a template Clang leaves implicit captures to the instantiation.
  const LambdaCaptureDefault Default = What.Lambda->getCaptureDefault();
  if (What.Dependent && Default != LCD_None)
    for (const VarDecl *D : implicitCaptures(What.Lambda))
      nameCaptured(D, Default == LCD_ByCopy, What.Lambda->getCaptureDefaultLoc());
}
