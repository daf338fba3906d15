//===- Green.cpp - All functions of a translation unit, as green ones -----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Green.h"
#include "Analysis/Coroutines.h"
#include "Analysis/FiberRules.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace weft;

/// Whether the program has one variable for all translation units that define
/// \p F, some of which may not pass through the tool.
static bool sharesStaticVariable(const FunctionDecl *F) {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    bool Found = false;
    bool VisitVarDecl(VarDecl *V) {
      return !(Found |= V->isStaticLocal() && !V->isConstexpr());
    }
  } Static;
  if (!F->isInlined() || !F->isExternallyVisible())
    return false;
  Static.TraverseStmt(F->getBody());
  return Static.Found;
}

/// What keeps the function from being green, in words; null when its declaration
/// shows nothing that does.
static const char *whyOrdinary(const FunctionBody &B, const TranslationUnit &Unit) {
  const FunctionDecl *F = B.Function;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (B.Lambda)
    return "lambdas are left as they are";
  if (isa<CXXConstructorDecl>(F))
    return "it is a constructor";
  if (isa<CXXDestructorDecl>(F))
    return "it is a destructor";
  if (F->isDefaulted() || F->isDeleted() || F->isImplicit())
    return "the compiler defines it";
  if (F->isDependentContext() || F->getTemplateInstantiationPattern() ||
      F->getTemplateSpecializationInfo() || F->getNumTemplateParameterLists())
    return "templates are left as they are";
  // Its entry would be one more virtual function, for all translation units.
  if (Method && Method->isVirtual())
    return "it is virtual";
  if (Method && Method->getParent()->isLocalClass())
    return "its class is local to a function";
  if (F->isConstexpr())
    return "it is 'constexpr'";
  if (F->getExceptionSpecType() == EST_Dynamic)
    return "it has a dynamic exception specification";
  if (isAnnotatedCoroutine(F) || asCoroutineType(Unit.AST, F->getReturnType()))
    return "it is a coroutine";
  if (F->isNoReturn())
    return "it does not return";
  if (F->getReturnType()->getContainedDeducedType())
    return "its result type is deduced";
  if (F->hasAttr<ConstructorAttr>() || F->hasAttr<DestructorAttr>() ||
      F->hasAttr<NakedAttr>() || F->hasAttr<TargetAttr>() || F->hasAttr<IFuncAttr>())
    return "of its attributes";
  if (const auto *Spec = dyn_cast<LinkageSpecDecl>(F->getLexicalDeclContext());
      Spec && !Spec->hasBraces())
    return "its linkage specification has no braces";
  if (sharesStaticVariable(F))
    return "it is inline and has a static variable";
  return nullptr;
}

void weft::paintGreen(const FunctionBodies &All, const TranslationUnit &Unit,
                      GreenChoice &Choice, Colours &Colour) {
  for (const FunctionBody &Each : All.Bodies) {
    if (Colour.isFiber(Each.Function))
      continue;
    const FunctionDecl *F = Each.Function->getCanonicalDecl();
    if (Choice.Ordinary.count(F))
      continue;
    std::string Why;
    if (const char *Words = whyOrdinary(Each, Unit))
      Why = Words;
    else
      Why = whyNoFiber(Each);
    if (Why.empty())
      Colour.addGreen(F);
    else
      Choice.Ordinary.insert({F, Why});
  }
}

void weft::driveFromOrdinary(const FunctionBodies &All, const GreenChoice &Choice,
                             Colours &Colour) {
  auto drive = [&](const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Colour.isGreen(Callee))
      Colour.drive(Call);
  };
  for (const auto &[Call, Why] : Choice.Driven)
    drive(Call);
  for (const FunctionBody &Each : All.Bodies)
    if (!Colour.isFiber(Each.Function))
      for (const CallExpr *Call : Each.Calls)
        drive(Call);
  for (const CallExpr *Call : All.Outside)
    drive(Call);
  class Calls : public RecursiveASTVisitor<Calls> {
  public:
    llvm::function_ref<void(const CallExpr *)> Do;
    explicit Calls(llvm::function_ref<void(const CallExpr *)> Do) : Do(Do) {}
    bool VisitCallExpr(CallExpr *Call) {
      Do(Call);
      return true;
    }
  } Guarded(drive);
  for (const SuspensionGuard &Guard : All.Guards)
    for (const Stmt *S : Guard.Scope)
      Guarded.TraverseStmt(const_cast<Stmt *>(S));
}

bool GreenChoice::leaveOut(const FunctionDecl *Function, SourceLocation Where,
                           const std::string &Why, const Colours &Colour,
                           const SourceManager &Sources) {
  Where = Sources.getExpansionLoc(Where);
  auto holds = [&](const Stmt *S) {
    auto before = [&](SourceLocation A, SourceLocation B) {
      return Sources.isBeforeInTranslationUnit(A, B);
    };
    return !before(Where, Sources.getExpansionLoc(S->getBeginLoc())) &&
           !before(Sources.getExpansionLoc(S->getEndLoc()), Where);
  };
  // Down to the statement, or to the part of its head, that holds the place.
  const Stmt *At = Function->getBody();
  for (bool Deeper = holds(At); Deeper && !isa<Expr>(At);) {
    Deeper = false;
    for (const Stmt *Child : At->children())
      if (Child && holds(Child)) {
        At = Child;
        Deeper = true;
        break;
      }
  }
  bool Found = false;
  auto drive = [&](const Stmt *S, auto &&Self) -> void {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (auto Suspended = Colour.asSuspension(Call);
          Suspended && Suspended->Callee && Colour.isGreen(Suspended->Callee))
        Found |= Driven.insert({Suspended->Inner, Why}).second;
    for (const Stmt *Child : S->children())
      Self(Child, Self);
  };
  if (isa<Expr, DeclStmt, ReturnStmt>(At))
    drive(At, drive);
  return Found || (Colour.isGreen(Function) &&
                   Ordinary.insert({Function->getCanonicalDecl(), Why}).second);
}

void weft::reportJumps(const FunctionBodies &All, Reporter &Report) {
  static constexpr llvm::StringLiteral Jumps[] = {
      "setjmp",     "_setjmp",    "sigsetjmp",  "__sigsetjmp", "longjmp",
      "_longjmp",   "siglongjmp", "getcontext", "setcontext",  "swapcontext"};
  for (const CallExpr *Call : All.AllCalls)
    if (const FunctionDecl *Callee = Call->getDirectCallee();
        Callee && Callee->getIdentifier() &&
        (Callee->hasAttr<ReturnsTwiceAttr>() ||
         (Callee->isExternC() && llvm::is_contained(Jumps, Callee->getName()))))
      Report.report(Call->getBeginLoc(), Diag::GreenJump)
          << Callee << Call->getSourceRange();
}

void weft::reportLeftOut(const GreenChoice &Choice, Reporter &Report) {
  for (const auto &[Function, Why] : Choice.Ordinary)
    Report.report(Function->getLocation(), Diag::GreenLeftOut) << Function << Why;
  for (const auto &[Call, Why] : Choice.Driven)
    Report.report(Call->getBeginLoc(), Diag::GreenDriven)
        << Call->getDirectCallee() << Why << Call->getSourceRange();
}
