//===- FiberRules.cpp - Who may suspend, and where ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberRules.h"
#include "Analysis/Coroutines.h"
#include "Analysis/FixIts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/SaveAndRestore.h"
#include <set>

using namespace clang;
using namespace weft;

static std::string nameOf(const Suspension &S) {
  const CallExpr *Call = S.Inner ? S.Inner : S.Call;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && Method->getParent()->isLambda())
    return "this lambda";
  return "'" + Callee->getQualifiedNameAsString() + "'";
}

/// What keeps \p F, which has a body, from being a fiber function, and where.
static std::optional<std::pair<Diag, SourceLocation>>
obstacleTo(const FunctionDecl *F, bool IsLambda) {
  auto here = [&](Diag Id) { return std::make_pair(Id, F->getLocation()); };
  // An arrow is called again on its result; the others have no text of a call.
  if (!IsLambda && !F->getIdentifier() &&
      (F->getLiteralIdentifier() || F->getOverloadedOperator() == OO_Arrow ||
       F->getOverloadedOperator() == OO_New || F->getOverloadedOperator() == OO_Delete ||
       F->getOverloadedOperator() == OO_Array_New ||
       F->getOverloadedOperator() == OO_Array_Delete))
    return here(Diag::FiberName);
  if (F->isDependentContext() || F->getTemplateInstantiationPattern() ||
      F->getTemplateSpecializationInfo())
    return here(Diag::FiberTemplate);
  if (F->isConstexprSpecified() && !IsLambda)
    return here(Diag::ConstexprCoroutine);
  if (F->isVariadic())
    return here(Diag::VariadicCoroutine);
  if (isa<CoroutineBodyStmt>(F->getBody()))
    return here(Diag::NativeCoroutine);
  if (isa<CXXTryStmt>(F->getBody()))
    return std::make_pair(Diag::FunctionTryBlock, F->getBody()->getBeginLoc());
  return std::nullopt;
}

namespace {

class Rules {
public:
  Rules(const TranslationUnit &Unit, const Colours &Colour, Reporter &Report)
      : Unit(Unit), Colour(Colour), Report(Report) {}

  void reportCall(const FunctionDecl *Caller, const Suspension &S) {
    if (!S.suspendsFiber())
      return; // A yield: the coroutines' business.
    const SourceLocation Where = S.Call->getBeginLoc();
    if (asCoroutineType(Unit.AST, Caller->getReturnType())) {
      Report.report(Where, Diag::CoroutineCallsFiber)
          << nameOf(S) << S.Call->getSourceRange();
      return;
    }
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(Caller)) {
      Report.report(Where, Diag::SuspendsOutside)
          << nameOf(S) << S.Call->getSourceRange();
      return;
    }
    Report.report(Where, Diag::CallsFiber)
        << nameOf(S) << Caller << S.Call->getSourceRange();
    if (!obstacleTo(Caller, /*IsLambda=*/false))
      proposeAnnotation(Caller, Diag::AnnotateCaller, Unit, Report);
    if (S.What == SuspensionPoint::Kind::Call) {
      auto Builder = Report.report(Where, Diag::DriveInstead);
      for (const FixItHint &Each : driveCall(S, Unit))
        Builder << Each;
    }
  }

  void reportGuarded(const Stmt *S, const VarDecl *Guard, SuspensionMap &Suspends) {
    if (!S || !Suspends.contains(S))
      return;
    if (auto Found = Suspends.at(S)) {
      Report.report(S->getBeginLoc(), Diag::NoSuspend)
          << (Found->suspendsFiber() ? nameOf(*Found) : "'weft::yield'")
          << S->getSourceRange();
      Report.report(Guard->getLocation(), Diag::DeclaredHere);
      return;
    }
    if (!isa<LambdaExpr>(S))
      for (const Stmt *Child : S->children())
        reportGuarded(Child, Guard, Suspends);
  }

  /// What suspends and is handed to an ordinary template is driven by it.
  void checkCallbacks(const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee)
      return;
    if (Callee->getQualifiedNameAsString().rfind("weft::", 0) == 0)
      return checkMembers(Call);
    if (!isa<CXXMemberCallExpr>(Call))
      checkHandedOn(Callee, {Call->getArgs(), Call->getNumArgs()});
  }

  /// The same for a class of the user's; those of the standard library keep what
  /// they are for ordinary callers.
  void checkCallbacks(const CXXConstructExpr *Made) {
    const CXXConstructorDecl *Constructor = Made->getConstructor();
    if (!Unit.Sources.isInSystemHeader(Constructor->getLocation()) &&
        Constructor->getQualifiedNameAsString().rfind("weft::", 0) != 0)
      checkHandedOn(Constructor, {Made->getArgs(), Made->getNumArgs()});
  }

private:
  void checkHandedOn(const FunctionDecl *Callee, llvm::ArrayRef<const Expr *> Args) {
    const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern(false);
    if (!Pattern)
      return;
    for (unsigned I = 0; I < Args.size() && I < Pattern->getNumParams(); ++I) {
      const QualType T = Pattern->getParamDecl(I)->getType().getNonReferenceType();
      const FunctionDecl *Called = calledBy(Args[I]);
      if (T->isTemplateTypeParmType() && Called && Colour.isFiber(Called))
        Report.report(Args[I]->getBeginLoc(), Diag::DrivenCallback)
            << ("'" + Pattern->getQualifiedNameAsString() + "'")
            << Args[I]->getSourceRange();
    }
  }

  /// What a call of \p Arg, a lambda or a function's name, calls.
  static const FunctionDecl *calledBy(const Expr *Arg) {
    Arg = Arg->IgnoreImplicit();
    while (const auto *Construct = dyn_cast<CXXConstructExpr>(Arg)) {
      if (Construct->getNumArgs() != 1)
        break;
      Arg = Construct->getArg(0)->IgnoreImplicit(); // A copy of the closure.
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Arg->IgnoreParenImpCasts()))
      if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
        return F;
    const CXXRecordDecl *Class = Arg->getType()->getAsCXXRecordDecl();
    return Class && Class->isLambda() ? Class->getLambdaCallOperator() : nullptr;
  }

  void checkMembers(const CallExpr *Call) {
    for (const Expr *Arg : Call->arguments())
      if (const auto *Address = dyn_cast<UnaryOperator>(Arg->IgnoreParenImpCasts());
          Address && Address->getOpcode() == UO_AddrOf)
        if (const auto *Ref = dyn_cast<DeclRefExpr>(Address->getSubExpr()))
          if (const auto *Member = dyn_cast<CXXMethodDecl>(Ref->getDecl());
              Member && Member->isInstance() && Colour.isFiber(Member))
            Report.report(Arg->getBeginLoc(), Diag::FiberMember)
                << Member << Arg->getSourceRange();
  }

  const TranslationUnit &Unit;
  const Colours &Colour;
  Reporter &Report;
};

/// What suspends in instantiations of ordinary templates, where the pattern does
/// not show it.
class Instantiations : public RecursiveASTVisitor<Instantiations> {
public:
  Instantiations(const TranslationUnit &Unit, const Colours &Colour,
                 Reporter &Report)
      : Unit(Unit), Colour(Colour), Report(Report) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D)
      return true;
    const bool Weft = isa<NamespaceDecl>(D) && D->getDeclContext()->isTranslationUnit() &&
                      cast<NamespaceDecl>(D)->getName() == "weft";
    if (Weft || (!isa<TranslationUnitDecl>(D) &&
                 Unit.Sources.isInSystemHeader(D->getLocation())))
      return true;
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (F && Colour.isFiber(F))
      return true;
    llvm::SaveAndRestore<bool> Inside(
        Instantiated, Instantiated || (F && F->isTemplateInstantiation()));
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Instantiated || !Callee ||
        !Seen.insert(Call->getBeginLoc().getRawEncoding()).second)
      return true;
    auto S = Colour.asSuspension(Call);
    if (!S)
      return true;
    const bool Waits = S->What == SuspensionPoint::Kind::Wait;
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (!Waits && (S->What != SuspensionPoint::Kind::Call ||
                   (Method && Method->getParent()->isLambda())))
      return true; // Of a lambda that was handed over, that place has told.
    Report.report(Call->getBeginLoc(),
                  Waits ? Diag::WaitInTemplate : Diag::DrivenInTemplate)
        << ("'" + Callee->getQualifiedNameAsString() + "'") << Call->getSourceRange();
    return true;
  }

  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc, bool = true) { return true; }

private:
  const TranslationUnit &Unit;
  const Colours &Colour;
  Reporter &Report;
  bool Instantiated = false;
  std::set<unsigned> Seen; ///< One report for each place.
};

} // namespace

bool weft::checkFiber(const FunctionBody &B, Reporter &Report) {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(B.Function))
    return false; // Reported.
  auto Obstacle = obstacleTo(B.Function, B.Lambda);
  if (Obstacle)
    Report.report(Obstacle->second, Obstacle->first) << B.Function;
  return !Obstacle;
}

/// The calls that `weft::await` stands around.
static llvm::DenseSet<const CallExpr *>
awaitedIn(llvm::ArrayRef<const CallExpr *> Calls) {
  llvm::DenseSet<const CallExpr *> Found;
  for (const CallExpr *Call : Calls)
    if (isAwait(Call))
      if (const auto *Inner = dyn_cast<CallExpr>(Call->getArg(0)->IgnoreImplicit()))
        Found.insert(Inner);
  return Found;
}

void weft::reportCalls(const FunctionBody &B, const TranslationUnit &Unit,
                       const Colours &Colour, Reporter &Report) {
  const llvm::DenseSet<const CallExpr *> Awaited = awaitedIn(B.Calls);
  for (const CallExpr *Call : B.Calls)
    if (auto S = Colour.asSuspension(Call); S && !Awaited.count(Call))
      Rules(Unit, Colour, Report).reportCall(B.Function, *S);
}

void weft::checkCalls(const FunctionBodies &All, const TranslationUnit &Unit,
                      const Colours &Colour, Reporter &Report) {
  Rules Check(Unit, Colour, Report);
  const llvm::DenseSet<const CallExpr *> Awaited = awaitedIn(All.AllCalls);
  for (const CallExpr *Call : All.AllCalls) {
    Check.checkCallbacks(Call);
    auto S = Colour.asSuspension(Call);
    if (S && S->What == SuspensionPoint::Kind::Call && S->Call == S->Inner &&
        !Awaited.count(Call))
      Report.report(Call->getBeginLoc(), Diag::ImplicitSuspension)
          << nameOf(*S) << Call->getSourceRange();
  }
  for (const CXXConstructExpr *Made : All.Constructed)
    Check.checkCallbacks(Made);
  SuspensionMap Suspends(Colour);
  for (const SuspensionGuard &Each : All.Guards)
    for (const Stmt *S : Each.Scope)
      Check.reportGuarded(S, Each.Variable, Suspends);
  for (const CallExpr *Call : All.Outside)
    if (auto S = Colour.asSuspension(Call); S && S->suspendsFiber())
      Report.report(Call->getBeginLoc(), Diag::SuspendsOutside)
          << nameOf(*S) << Call->getSourceRange();
}

void weft::checkInstantiations(const TranslationUnit &Unit, const Colours &Colour,
                               Reporter &Report) {
  Instantiations(Unit, Colour, Report)
      .TraverseDecl(Unit.AST.getTranslationUnitDecl());
}
