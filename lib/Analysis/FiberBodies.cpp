//===- FiberBodies.cpp - The functions of a translation unit --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberBodies.h"
#include "Analysis/Suspension.h"
#include "Frontend/EvaluatedCode.h"
#include "Frontend/UserCodeVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

namespace {

class Finder : public EvaluatedCode<UserCodeVisitor> {
public:
  explicit Finder(const TranslationUnit &Unit) : EvaluatedCode(Unit.Sources) {
    TraverseDecl(Unit.AST.getTranslationUnitDecl());
  }
  FunctionBodies Found;

  bool VisitCompoundStmt(CompoundStmt *Block) override {
    for (auto It = Block->body_begin(); It != Block->body_end(); ++It)
      if (const auto *Declared = dyn_cast<DeclStmt>(*It))
        for (const Decl *D : Declared->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && isSuspensionGuard(V))
            Found.Guards.push_back({V, {It + 1, Block->body_end()}});
    return true;
  }

  bool TraverseDecl(Decl *D) override {
    if (!D || isForeign(D))
      return true;
    for (const auto *A : D->specific_attrs<AnnotateAttr>())
      if (!A->isInherited())
        Found.Annotations.push_back(A);
    auto *Function = dyn_cast<FunctionDecl>(D);
    if (!Function)
      return UserCodeVisitor::TraverseDecl(D);
    Found.Declarations.push_back(Function);
    if (!Function->doesThisDeclarationHaveABody())
      return UserCodeVisitor::TraverseDecl(D);
    return inside(Function, nullptr,
                  [&] { return UserCodeVisitor::TraverseDecl(D); });
  }

  // Default arguments are evaluated where the function is called, members'
  // initialisers in constructors.
  bool TraverseParmVarDecl(ParmVarDecl *P) override {
    return outside([&] { return UserCodeVisitor::TraverseParmVarDecl(P); });
  }
  bool TraverseFieldDecl(FieldDecl *Field) override {
    return outside([&] { return UserCodeVisitor::TraverseFieldDecl(Field); });
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    for (unsigned I = 0; I < Lambda->capture_size(); ++I)
      if (Lambda->isInitCapture(Lambda->capture_begin() + I))
        TraverseStmt(*(Lambda->capture_init_begin() + I));
    for (ParmVarDecl *P : Lambda->getCallOperator()->parameters())
      TraverseDecl(P);
    return inside(Lambda->getCallOperator(), Lambda,
                  [&] { return TraverseStmt(Lambda->getBody()); });
  }

  bool VisitCallExpr(CallExpr *Call) override {
    Found.AllCalls.push_back(Call);
    if (Enclosing.empty())
      Found.Outside.push_back(Call);
    else
      Enclosing.back().Calls.push_back(Call);
    return true;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
    if (!Enclosing.empty())
      Enclosing.back().Ranges.push_back(S);
    const CallExpr *Call = unseenWaits(S).any();
    return !Call || VisitCallExpr(const_cast<CallExpr *>(Call));
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Made) override {
    Found.Constructed.push_back(Made);
    return true;
  }

private:
  bool inside(const FunctionDecl *F, const LambdaExpr *Lambda,
              llvm::function_ref<bool()> Traverse) {
    Enclosing.push_back({F, Lambda, {}, {}});
    bool Continue = Traverse();
    FunctionBody Last = Enclosing.pop_back_val();
    // A lambda's function is also met as a declaration.
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (Lambda || !Method || !Method->getParent()->isLambda())
      Found.Bodies.push_back(std::move(Last));
    return Continue;
  }

  bool outside(llvm::function_ref<bool()> Traverse) {
    llvm::SmallVector<FunctionBody, 4> Around = std::exchange(Enclosing, {});
    bool Continue = Traverse();
    Enclosing = std::move(Around);
    return Continue;
  }

  llvm::SmallVector<FunctionBody, 4> Enclosing;
};

} // namespace

FunctionBodies weft::findBodies(const TranslationUnit &Unit) {
  return std::move(Finder(Unit).Found);
}
