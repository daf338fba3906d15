//===- ConcreteBodies.cpp - What is compiled in the end -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/ConcreteBodies.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace weft;

namespace {

class Finder : public EvaluatedCode<> {
public:
  Finder(const TranslationUnit &Unit, const Colours &Colour)
      : Unit(Unit), Colour(Colour) {
    ShouldVisitTemplateInstantiations = true;
    TraverseDecl(Unit.AST.getTranslationUnitDecl());
  }
  std::vector<ConcreteBody> Found;

  bool TraverseDecl(Decl *D) override {
    return !D || isForeign(D) || AstVisitor::TraverseDecl(D);
  }
  bool VisitFunctionDecl(FunctionDecl *F) override {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (!Method || !Method->getParent()->isLambda())
      add(F);
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) override {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || !isOfWeft(Callee))
      return true;
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      if (takesEntry(Callee, I))
        if (const auto *Lambda =
                dyn_cast<LambdaExpr>(Call->getArg(I)->IgnoreUnlessSpelledInSource()))
          Handed.insert(Lambda);
    return true;
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    FunctionDecl *Call = Lambda->getCallOperator();
    if (FunctionTemplateDecl *Generic = Call->getDescribedFunctionTemplate()) {
      for (FunctionDecl *Each : Generic->specializations()) {
        add(Each, Handed.count(Lambda));
        TraverseStmt(Each->getBody());
      }
    } else
      add(Call, Handed.count(Lambda));
    return AstVisitor::TraverseLambdaExpr(Lambda);
  }

private:
  bool isForeign(const Decl *D) const {
    return !isa<TranslationUnitDecl>(D) &&
           (Unit.Sources.isInSystemHeader(D->getLocation()) || isOfWeft(D));
  }

  void add(const FunctionDecl *F, bool IsHanded = false) {
    if (F->doesThisDeclarationHaveABody() && !F->isDependentContext())
      Found.push_back({F, IsHanded || (Colour.mayWait(F) && !Colour.isGreen(F))});
  }

  const TranslationUnit &Unit;
  const Colours &Colour;
  llvm::DenseSet<const LambdaExpr *> Handed; ///< To what runs it in a fiber.
};

} // namespace

std::vector<ConcreteBody> weft::findConcreteBodies(const TranslationUnit &Unit,
                                                   const Colours &Colour) {
  return std::move(Finder(Unit, Colour).Found);
}
