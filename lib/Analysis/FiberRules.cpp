//===- FiberRules.cpp - Who may suspend, and where ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FiberRules.h"
#include "Analysis/Coroutines.h"
#include "Analysis/DeducedResult.h"
#include "Analysis/FixIts.h"
#include "clang/AST/DeclTemplate.h"
#include "Support/AstVisitor.h"
#include "clang/AST/TypeLoc.h"
#include <set>

using namespace clang;
using namespace weft;

static std::string nameOf(const Suspension &S) {
  const FunctionDecl *Callee = S.Callee ? S.Callee : S.Call->getDirectCallee();
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && Method->getParent()->isLambda())
    return "this lambda";
  return "'" + Callee->getQualifiedNameAsString() + "'";
}

namespace {
class FindParameter : public AstVisitor {
public:
  bool Found = false;
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    return !(Found |= isa<ParmVarDecl>(E->getDecl()));
  }
  bool VisitCXXThisExpr(CXXThisExpr *) override { return !(Found = true); }
};
} // namespace

static bool namesParameter(TypeLoc Result) {
  FindParameter Parameters;
  Parameters.TraverseTypeLoc(Result);
  return Parameters.Found;
}

static bool namesParameter(const Expr *E) {
  FindParameter Parameters;
  Parameters.TraverseStmt(const_cast<Expr *>(E));
  return Parameters.Found;
}

/// What keeps a template from being a fiber function; null when nothing does.
static const char *unsupportedInTemplate(const FunctionDecl *F, bool IsLambda,
                                         const Instances &Seen) {
  if (F->getTemplateInstantiationPattern() || F->getTemplateSpecializationInfo())
    return "explicit specialisations";
  if (!F->isDependentContext())
    return nullptr;
  if (deducesResult(F) && !IsLambda && !canSpellResult(F, Seen))
    return "a return type that is deduced from more than the parameters";
  if (F->getTypeSourceInfo() && namesParameter(F->getFunctionTypeLoc().getReturnLoc()))
    return "a return type that names a parameter";
  if (const auto *Type = F->getType()->getAs<FunctionProtoType>();
      Type && Type->getNoexceptExpr() && namesParameter(Type->getNoexceptExpr()))
    return "a noexcept-specifier that names a parameter";
  for (const ParmVarDecl *P : F->parameters()) {
    if (P->isParameterPack() && IsLambda)
      return "parameter packs of lambdas";
    if (P->isParameterPack() && P != F->parameters().back())
      return "parameters behind a pack";
  }
  const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate();
  bool Unnamed = false;
  if (Template)
    for (const NamedDecl *P : *Template->getTemplateParameters()) {
      if (P->isImplicit() && !IsLambda)
        return "parameters declared 'auto'";
      if (Unnamed && P->getIdentifier())
        return "a template parameter without a name in front of one with";
      Unnamed |= !P->getIdentifier();
    }
  return nullptr;
}

/// Whether \p P is a `va_list`, whose type has no name outside of the compiler.
static bool takesArgumentList(const ParmVarDecl *P) {
  const ASTContext &Context = P->getASTContext();
  const QualType List = Context.getBuiltinVaListType();
  QualType T = P->getType().getNonReferenceType();
  if (T->isPointerType()) // To one, or what the array has become.
    T = T->getPointeeType();
  if (const auto *Array = Context.getAsConstantArrayType(List))
    return Context.hasSameUnqualifiedType(Context.getBaseElementType(T),
                                          Array->getElementType());
  return List->isRecordType() && Context.hasSameUnqualifiedType(T, List);
}

struct Obstacle {
  Diag Id;
  SourceLocation Where;
  const char *What = nullptr; ///< The argument; null: the function.
};

/// What keeps \p F, which has a body, from being a fiber function, and where.
static std::optional<Obstacle> obstacleTo(const FunctionDecl *F, bool IsLambda,
                                          const Instances &Seen) {
  auto here = [&](Diag Id) { return Obstacle{Id, F->getLocation()}; };
  // An arrow is called again on its result; the others have no text of a call.
  if (!IsLambda && !F->getIdentifier() &&
      (F->getLiteralIdentifier() || F->getOverloadedOperator() == OO_Arrow ||
       F->getOverloadedOperator() == OO_New || F->getOverloadedOperator() == OO_Delete ||
       F->getOverloadedOperator() == OO_Array_New ||
       F->getOverloadedOperator() == OO_Array_Delete))
    return here(Diag::FiberName);
  if (const char *What = unsupportedInTemplate(F, IsLambda, Seen))
    return Obstacle{Diag::FiberTemplate, F->getLocation(), What};
  if (F->isConstexprSpecified() && !IsLambda)
    return here(Diag::ConstexprCoroutine);
  if (F->isVariadic() || llvm::any_of(F->parameters(), takesArgumentList))
    return here(Diag::VariadicCoroutine);
  if (isa<CoroutineBodyStmt>(F->getBody()))
    return here(Diag::NativeCoroutine);
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
    const auto Type = asCoroutineType(Unit.AST, Caller->getReturnType());
    if (!S.Call->getDirectCallee() && !Type)
      return; // Shown by an instantiation only, and reported for that.
    if (Type && !Type->IsAsync) {
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
    if (!obstacleTo(Caller, /*IsLambda=*/false, Colour.instances()))
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
      if (!T->isTemplateTypeParmType() || !Called || !Colour.isFiber(Called) ||
          Colour.isGreen(Called) || takesEntry(Pattern, I))
        continue;
      // A fiber function calls an object that suspends as such.
      const bool IsObject = Args[I]->getType()->getAsCXXRecordDecl();
      if (!(IsObject && (Colour.mayWait(Pattern) || onlyHandsOn(Callee, I))) &&
          Reported.insert(Args[I]->getBeginLoc().getRawEncoding()).second)
        Report.report(Args[I]->getBeginLoc(), Diag::DrivenCallback)
            << ("'" + Pattern->getQualifiedNameAsString() + "'")
            << Args[I]->getSourceRange();
    }
  }

  /// Whether all that \p Callee does with parameter \p Index is to hand it to those
  /// who let it suspend.
  bool onlyHandsOn(const FunctionDecl *Callee, unsigned Index, unsigned Depth = 0) const {
    const FunctionDecl *Definition = nullptr;
    if (Depth > 8 || isa<CXXConstructorDecl>(Callee) || !Callee->hasBody(Definition) || Index >= Definition->getNumParams())
      return false;
    class Find : public AstVisitor {
    public:
      const Rules *All;
      const ParmVarDecl *P;
      unsigned Depth, Named = 0, Handed = 0;

      bool VisitDeclRefExpr(DeclRefExpr *E) override {
        Named += E->getDecl() == P;
        return true;
      }
      bool VisitCallExpr(CallExpr *Call) override {
        const bool HasObject = isa<CXXOperatorCallExpr>(Call);
        if (const FunctionDecl *To = Call->getDirectCallee())
          hand(To, llvm::ArrayRef(Call->getArgs(), Call->getNumArgs()).drop_front(HasObject));
        return true;
      }
      bool VisitCXXConstructExpr(CXXConstructExpr *Made) override {
        hand(Made->getConstructor(), {Made->getArgs(), Made->getNumArgs()});
        return true;
      }

    private:
      void hand(const FunctionDecl *To, llvm::ArrayRef<const Expr *> Args) {
        for (unsigned I = 0; I < Args.size(); ++I)
          if (isParameter(Args[I]) &&
              (takesEntry(To, I) || All->Colour.mayWait(To) ||
               All->onlyHandsOn(To, I, Depth + 1)))
            ++Handed;
      }
      /// Itself, a copy, or `std::forward` of it.
      bool isParameter(const Expr *E) const {
        for (;;) {
          E = E->IgnoreImplicit()->IgnoreParenImpCasts();
          const auto *Copy = dyn_cast<CXXConstructExpr>(E);
          const auto *Cast = dyn_cast<CallExpr>(E);
          if (Copy && Copy->getNumArgs() == 1)
            E = Copy->getArg(0);
          else if (Cast && Cast->getNumArgs() == 1 && Cast->isCallToStdMove())
            E = Cast->getArg(0);
          else if (Cast && Cast->getNumArgs() == 1 && Cast->getDirectCallee() &&
                   Cast->getDirectCallee()->getQualifiedNameAsString() == "std::forward")
            E = Cast->getArg(0);
          else
            break;
        }
        const auto *Ref = dyn_cast<DeclRefExpr>(E);
        return Ref && Ref->getDecl() == P;
      }
    } Uses;
    Uses.All = this;
    Uses.P = Definition->getParamDecl(Index);
    Uses.Depth = Depth;
    Uses.TraverseStmt(Definition->getBody());
    return Uses.Named == Uses.Handed;
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

  /// Through a pointer to a member nothing can be suspended.
  void checkMembers(const CallExpr *Call) {
    for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
      const Expr *Arg = Call->getArg(I);
      const auto *Address = dyn_cast<UnaryOperator>(Arg->IgnoreParenImpCasts());
      if (!Address || Address->getOpcode() != UO_AddrOf ||
          !takesEntry(Call->getDirectCallee(), I))
        continue;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Address->getSubExpr()))
        if (const auto *Member = dyn_cast<CXXMethodDecl>(Ref->getDecl());
            Member && Member->isInstance() && Colour.isFiber(Member))
          Report.report(Arg->getBeginLoc(), Diag::FiberMember)
              << Member << Arg->getSourceRange();
    }
  }

  const TranslationUnit &Unit;
  const Colours &Colour;
  Reporter &Report;
  std::set<unsigned> Reported; ///< Instantiations repeat what the template does.
};

} // namespace

QualType weft::resultOf(const FunctionBody &B, const Instances &Seen) {
  QualType Result = B.Function->getReturnType();
  if (!deducesResult(B.Function))
    return Result;
  if (!B.Lambda)
    return deducedFrom(B.Function).IsVoid ? B.Function->getASTContext().VoidTy : Result;
  ASTContext &Context = B.Function->getASTContext();
  Result = QualType();
  for (const FunctionDecl *Each : Seen.of(B.Lambda)) {
    const QualType Next = Each->getReturnType();
    if (Next->isUndeducedType())
      continue; // Only declared.
    if (!Result.isNull() && !Context.hasSameType(Result, Next))
      return {};
    Result = Next;
  }
  return Result.isNull() ? Context.VoidTy : Result; // Nobody calls it.
}

bool weft::checkFiber(const FunctionBody &B, const Instances &Seen,
                      Reporter &Report) {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(B.Function))
    return false; // Reported.
  auto Found = obstacleTo(B.Function, B.Lambda, Seen);
  if (!Found && resultOf(B, Seen).isNull())
    Found = Obstacle{Diag::FiberTemplate, B.Function->getLocation(),
                     "a lambda that returns several types"};
  if (!Found)
    return true;
  auto Builder = Report.report(Found->Where, Found->Id);
  if (Found->What)
    Builder << Found->What;
  else
    Builder << B.Function;
  return false;
}

std::string weft::whyNoFiber(const FunctionBody &B, const Instances &Seen) {
  auto Found = obstacleTo(B.Function, B.Lambda, Seen);
  if (!Found)
    return {};
  return "[" + allDiagnostics()[unsigned(Found->Id)].Flag.str() + "]";
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

bool weft::isAsyncGenerator(const FunctionBody &B, ASTContext &Context) {
  auto Type = asCoroutineType(Context, B.Function->getReturnType());
  return Type && Type->IsAsync &&
         (isAnnotatedCoroutine(B.Function) ||
          llvm::any_of(B.Calls, [](const CallExpr *Call) { return asYield(Call); }));
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
  for (const InstantiatedCall &Each : Colour.instances().all())
    if (Colour.mayWait(Each.Caller))
      Check.checkCallbacks(Each.Call);
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

void weft::checkInstantiations(const FunctionBodies &All, const Colours &Colour,
                               Reporter &Report) {
  std::set<Instances::Place> Shown;
  for (const CallExpr *Call : All.AllCalls)
    if (Colour.asSuspension(Call))
      Shown.insert(Instances::placeOf(Call));
  std::set<unsigned> Seen; // One report for each place.
  for (const InstantiatedCall &Each : Colour.instances().all()) {
    auto S = Colour.asSuspension(Each.Call);
    if (!S || !S->suspendsFiber() || (S->Callee && Colour.isGreen(S->Callee)))
      continue;
    const bool InFiber = Colour.mayWait(Each.Caller);
    if (InFiber && (Each.IsOfRange ||
                    (!Each.IsImplicit && Shown.count(Instances::placeOf(Each.Call)))))
      continue;
    const bool Waits = S->What == SuspensionPoint::Kind::Wait;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S->Callee);
    if (!InFiber && Method && Method->getParent()->isLambda())
      continue; // It was handed over, and that place has told.
    if (Seen.insert(Each.Call->getBeginLoc().getRawEncoding()).second)
      Report.report(Each.Call->getBeginLoc(), InFiber ? Diag::UnseenSuspension
                                              : Waits ? Diag::WaitInTemplate
                                                      : Diag::DrivenInTemplate)
          << nameOf(*S) << Each.Call->getSourceRange();
  }
}
