//===- FiberRules.cpp - Who may suspend, and where ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberRules.h"
#include "Analysis/Coroutines.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"
#include <set>

using namespace clang;
using namespace weft;

FixItHint weft::annotateFiber(const FunctionDecl *F) {
  return FixItHint::CreateInsertion(F->getOuterLocStart(), "[[weft::fiber]] ");
}

static std::string nameOf(const Suspension &S) {
  const CallExpr *Call = S.Inner ? S.Inner : S.Call;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && Method->getParent()->isLambda())
    return "this lambda";
  return "'" + Callee->getQualifiedNameAsString() + "'";
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
    if (auto Type = asCoroutineType(Unit.AST, Caller->getReturnType());
        Type && !Type->IsAsync) {
      Report.report(Where, Diag::CoroutineCallsFiber)
          << nameOf(S) << S.Call->getSourceRange();
      if (Type->Receives->isVoidType() && Type->Returns->isVoidType())
        Report.report(Caller->getLocation(), Diag::AsyncInstead);
      return;
    }
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(Caller)) {
      Report.report(Where, Diag::SuspendsOutside)
          << nameOf(S) << S.Call->getSourceRange();
      return;
    }
    Report.report(Where, Diag::CallsFiber)
        << nameOf(S) << Caller << S.Call->getSourceRange();
    if (Caller->getFirstDecl()->getBeginLoc().isFileID())
      Report.report(Caller->getFirstDecl()->getLocation(), Diag::AnnotateCaller)
          << Caller << annotateFiber(Caller->getFirstDecl());
    if (S.What == SuspensionPoint::Kind::Call)
      driveInstead(*S.Inner);
  }

  /// The other way out: to drive the callee to its end.
  void driveInstead(const CallExpr &Call) {
    const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
    if (!isa<DeclRefExpr>(Callee) || isa<CXXOperatorCallExpr>(Call) ||
        !Call.getBeginLoc().isFileID()) {
      Report.report(Call.getBeginLoc(), Diag::DriveInstead);
      return;
    }
    auto Builder = Report.report(Call.getBeginLoc(), Diag::DriveInstead);
    Builder << FixItHint::CreateInsertion(Call.getBeginLoc(), "weft::run(");
    SourceLocation Open =
        Lexer::findNextToken(Callee->getEndLoc(), Unit.Sources,
                             Unit.AST.getLangOpts())
            ->getLocation();
    Builder << FixItHint::CreateReplacement(Open, Call.getNumArgs() ? ", " : "");
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

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    const CallExpr *Call = unseenWait(S);
    return !Call || VisitCallExpr(const_cast<CallExpr *>(Call));
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
  const FunctionDecl *F = B.Function;
  auto reject = [&](Diag Id) {
    Report.report(F->getLocation(), Id);
    return false;
  };
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
    return false; // Reported.
  // An arrow is called again on its result; the others have no text of a call.
  if (!B.Lambda && !F->getIdentifier() &&
      (F->getLiteralIdentifier() || F->getOverloadedOperator() == OO_Arrow ||
       F->getOverloadedOperator() == OO_New || F->getOverloadedOperator() == OO_Delete ||
       F->getOverloadedOperator() == OO_Array_New ||
       F->getOverloadedOperator() == OO_Array_Delete)) {
    Report.report(F->getLocation(), Diag::FiberName) << F;
    return false;
  }
  if (F->isDependentContext() || F->getTemplateInstantiationPattern() ||
      F->getTemplateSpecializationInfo())
    return reject(Diag::FiberTemplate);
  if (F->isConstexprSpecified() && !B.Lambda)
    return reject(Diag::ConstexprCoroutine);
  if (F->isVariadic())
    return reject(Diag::VariadicCoroutine);
  if (isa<CoroutineBodyStmt>(F->getBody()))
    return reject(Diag::NativeCoroutine);
  if (isa<CXXTryStmt>(F->getBody())) {
    Report.report(F->getBody()->getBeginLoc(), Diag::FunctionTryBlock);
    return false;
  }
  return true;
}

/// Whether \p B is a coroutine that may wait.
static bool isAsyncGenerator(const FunctionBody &B, ASTContext &Context) {
  auto Type = asCoroutineType(Context, B.Function->getReturnType());
  return Type && Type->IsAsync &&
         (isAnnotatedCoroutine(B.Function) ||
          llvm::any_of(B.Calls, [](const CallExpr *Call) { return asYield(Call); }));
}

/// The calls that `weft::await` stands around.
static llvm::DenseSet<const CallExpr *>
awaitedCalls(llvm::ArrayRef<const CallExpr *> Calls) {
  llvm::DenseSet<const CallExpr *> Awaited;
  for (const CallExpr *Call : Calls)
    if (isAwait(Call))
      if (const auto *Inner = dyn_cast<CallExpr>(Call->getArg(0)->IgnoreImplicit()))
        Awaited.insert(Inner);
  return Awaited;
}

void weft::reportCalls(const FunctionBody &B, const TranslationUnit &Unit,
                       const Colours &Colour, Reporter &Report) {
  if (isAsyncGenerator(B, Unit.AST))
    return;
  const llvm::DenseSet<const CallExpr *> Awaited = awaitedCalls(B.Calls);
  for (const CallExpr *Call : B.Calls)
    if (auto S = Colour.asSuspension(Call); S && !Awaited.count(Call))
      Rules(Unit, Colour, Report).reportCall(B.Function, *S);
}

void weft::checkCalls(const FunctionBodies &All, const TranslationUnit &Unit,
                      const Colours &Colour, Reporter &Report) {
  Rules Check(Unit, Colour, Report);
  const llvm::DenseSet<const CallExpr *> Awaited = awaitedCalls(All.AllCalls);
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
