//===- Instances.cpp - What a template's calls turn out to be -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Instances.h"
#include "Analysis/Objects.h"
#include "Analysis/Suspension.h"
#include "Frontend/EvaluatedCode.h"
#include "Frontend/TranslationUnit.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

static bool isImplicitCall(const CallExpr *Call) {
  const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
  return Member && isa<CXXConversionDecl>(Member->getMemberDecl()) &&
         Member->getMemberLoc() == Member->getBeginLoc();
}

static unsigned placeOf(const LambdaExpr *Lambda) {
  return Lambda->getBeginLoc().getRawEncoding();
}

static unsigned placeOfBody(const FunctionDecl *F) {
  return F->getBody()->getBeginLoc().getRawEncoding();
}

class Instances::Collector : public EvaluatedCode<> {
public:
  Collector(const TranslationUnit &Unit, Instances &Found)
      : Unit(Unit), Found(Found) {
    ShouldVisitTemplateInstantiations = true;
  }

  bool TraverseDecl(Decl *D) override {
    if (!D || (!isa<TranslationUnitDecl>(D) &&
               (Unit.Sources.isInSystemHeader(D->getLocation()) || isWeft(D))))
      return true;
    const auto *F = dyn_cast<FunctionDecl>(D);
    llvm::SaveAndRestore<bool> Inside(Instantiated,
                                      Instantiated || (F && F->isTemplateInstantiation()));
    llvm::SaveAndRestore<const FunctionDecl *> In(Caller, F ? F : Caller);
    if (F && Instantiated)
      addBody(F);
    return AstVisitor::TraverseDecl(D);
  }
  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    FunctionTemplateDecl *Generic =
        Lambda->getCallOperator()->getDescribedFunctionTemplate();
    if (Generic)
      for (FunctionDecl *Each : Generic->specializations()) {
        Found.Lambdas[::placeOf(Lambda)].push_back(Each);
        TraverseDecl(Each);
      }
    else if (Instantiated) {
      Found.Lambdas[::placeOf(Lambda)].push_back(Lambda->getCallOperator());
      addBody(Lambda->getCallOperator());
    }
    const Around Outside{Caller, Instantiated};
    llvm::SaveAndRestore<const Around *> Captures(Outer, &Outside);
    llvm::SaveAndRestore<const FunctionDecl *> In(Caller, Lambda->getCallOperator());
    llvm::SaveAndRestore<bool> Own(Instantiated, Instantiated && !Generic);
    return AstVisitor::TraverseLambdaExpr(Lambda);
  }
  /// What initialises a capture is evaluated outside.
  bool TraverseLambdaCapture(LambdaExpr *Lambda, const LambdaCapture *Capture,
                             Expr *Init) override {
    llvm::SaveAndRestore<const FunctionDecl *> In(Caller, Outer->Caller);
    llvm::SaveAndRestore<bool> Own(Instantiated, Outer->Instantiated);
    return AstVisitor::TraverseLambdaCapture(Lambda, Capture, Init);
  }
  bool VisitCallExpr(CallExpr *Call) override {
    if (Instantiated)
      Found.All.push_back({Call, Caller, isImplicitCall(Call)});
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *E) override {
    if (Instantiated)
      Found.Operators[E->getOperatorLoc().getRawEncoding()].IsBuiltIn = true;
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *E) override {
    if (Instantiated)
      Found.Operators[E->getOperatorLoc().getRawEncoding()].IsOverloaded = true;
    return true;
  }

  bool VisitIfStmt(IfStmt *S) override {
    if (!Instantiated || !S->isConstexpr() || S->getCond()->isInstantiationDependent())
      return true;
    if (auto Taken = S->getNondiscardedCase(Unit.AST))
      Found.Discarded.insert({S->getIfLoc().getRawEncoding(), *Taken != S->getThen()});
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) override {
    if (Instantiated && E->isImplicitAccess() && E->hasQualifier())
      Found.Members.insert(E->getBeginLoc().getRawEncoding());
    return true;
  }

  bool VisitVarDecl(VarDecl *D) override {
    if (Instantiated)
      Found.Variables[{D->getLocation().getRawEncoding(), Caller}] = D->getType();
    return true;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
    if (!Instantiated || !S->getBeginStmt())
      return true;
    const RangeWaits Waits = unseenWaits(S);
    if (Waits.any())
      Found.All.push_back({Waits.any(), Caller, true, true});
    const RangeKind Kind{Waits.Begin != nullptr, Waits.Step != nullptr, false, false};
    auto [It, IsFirst] = Found.Ranges.insert({S->getForLoc().getRawEncoding(), Kind});
    RangeKind &All = It->second;
    All.Differs |= !IsFirst && (All.BeginWaits != Kind.BeginWaits || All.StepWaits != Kind.StepWaits);
    All.BeginWaits |= Kind.BeginWaits;
    All.StepWaits |= Kind.StepWaits;
    All.HoldsTemporaries |= holdsRangeTemporaries(S->getRangeInit());
    return true;
  }

private:
  void addBody(const FunctionDecl *F) {
    if (F->doesThisDeclarationHaveABody() && F->getBody())
      Found.Bodies[placeOfBody(F)].push_back(F);
  }

  /// The runtime calls what it is given in its own way.
  static bool isWeft(const Decl *D) {
    const auto *Space = dyn_cast<NamespaceDecl>(D);
    return Space && Space->getName() == "weft" &&
           Space->getDeclContext()->getRedeclContext()->isTranslationUnit();
  }

  const TranslationUnit &Unit;
  Instances &Found;
  struct Around {
    const FunctionDecl *Caller;
    bool Instantiated;
  };
  bool Instantiated = false;
  const FunctionDecl *Caller = nullptr;
  const Around *Outer = nullptr; ///< What the innermost lambda is in.
};

Instances::Instances(const TranslationUnit &Unit) {
  Collector(Unit, *this).TraverseDecl(Unit.AST.getTranslationUnitDecl());
  for (const InstantiatedCall &Each : All) {
    Callers[Each.Call] = Each.Caller;
    if (!Each.IsImplicit)
      Calls[placeOf(Each.Call)].push_back(Each.Call);
  }
}

QualType Instances::typeOf(const VarDecl *Pattern, const FunctionDecl *Function) const {
  auto It = Variables.find({Pattern->getLocation().getRawEncoding(), Function});
  return It == Variables.end() ? QualType() : It->second;
}

llvm::ArrayRef<const CallExpr *> Instances::of(const CallExpr *Pattern) const {
  auto It = Calls.find(placeOf(Pattern));
  if (It == Calls.end())
    return {};
  return It->second;
}

Instances::RangeKind Instances::of(const CXXForRangeStmt *Pattern) const {
  auto It = Ranges.find(Pattern->getForLoc().getRawEncoding());
  return It == Ranges.end() || Pattern->getBeginStmt() ? RangeKind() : It->second;
}

Instances::OperatorKind Instances::ofOperator(const Expr *Pattern) const {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(Pattern);
  if (Pattern->isTypeDependent()) {
    auto It = Operators.find((Call ? Call->getOperatorLoc()
                                   : cast<BinaryOperator>(Pattern)->getOperatorLoc())
                                 .getRawEncoding());
    if (It != Operators.end())
      return It->second;
  }
  return {!Call, Call != nullptr};
}

bool Instances::discards(const IfStmt *Pattern, bool Then) const {
  return Discarded.count({Pattern->getIfLoc().getRawEncoding(), Then}) > 0;
}

llvm::ArrayRef<const FunctionDecl *> Instances::of(const LambdaExpr *Pattern) const {
  auto It = Lambdas.find(::placeOf(Pattern));
  if (It == Lambdas.end())
    return {};
  return It->second;
}

llvm::ArrayRef<const FunctionDecl *> Instances::of(const FunctionDecl *Pattern) const {
  auto It = Bodies.find(placeOfBody(Pattern));
  if (It == Bodies.end())
    return {};
  return It->second;
}
