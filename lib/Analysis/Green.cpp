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
#include "Support/AstVisitor.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace weft;

/// Whether other translation units may have the function, too, some of which may
/// not pass through the tool, or not with this option.
static bool isShared(const FunctionDecl *F) {
  return F->isExternallyVisible() && (F->isInlined() || F->isDependentContext());
}

/// Whether the program has one variable for all translation units that have \p F.
static bool sharesStaticVariable(const FunctionDecl *F) {
  return isShared(F) && hasStaticVariable(F);
}

/// Whether \p A is for readers and warnings, or holds for what drives the function.
/// A weak function may be another, a pure one may be called less often, and so on.
static bool saysNothing(const Attr *A) {
  return A->isImplicit() ||
         isa<AnnotateAttr, UnusedAttr, WarnUnusedResultAttr, DeprecatedAttr, VisibilityAttr,
             NoInlineAttr, UsedAttr, ColdAttr, HotAttr, OverrideAttr, FinalAttr, NonNullAttr,
             ReturnsNonNullAttr, NoThrowAttr, FormatAttr, NoSanitizeAttr>(A);
}

/// Whether an instantiation of \p F, or of the class that it is in, is written out.
static bool isSpecialised(const FunctionDecl *F) {
  if (F->getTemplateSpecializationKind() == TSK_ExplicitSpecialization)
    return true;
  const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate();
  return Template && llvm::any_of(Template->specializations(), [](const FunctionDecl *Each) {
           return Each->getTemplateSpecializationKind() == TSK_ExplicitSpecialization;
         });
}

/// Whether \p Method, of a class template, is virtual in some instantiation, where a
/// base that depends on parameters has made it so.
static bool isVirtualInTemplate(const CXXMethodDecl *Method) {
  if (Method->isVirtual() || Method->hasAttr<OverrideAttr>() || Method->hasAttr<FinalAttr>())
    return true;
  const CXXRecordDecl *Class = Method->getParent();
  if (!Class->hasAnyDependentBases())
    return false;
  const ClassTemplateDecl *Template = Class->getDescribedClassTemplate();
  if (const auto *Partial = dyn_cast<ClassTemplatePartialSpecializationDecl>(Class))
    Template = Partial->getSpecializedTemplate();
  if (!Template)
    return true; // The instantiations of a member class are in those of another.
  return llvm::any_of(Template->specializations(), [&](const CXXRecordDecl *Each) {
    return llvm::any_of(Each->methods(), [&](const CXXMethodDecl *Found) {
      return Found->isVirtual() && Found->getLocation() == Method->getLocation();
    });
  });
}

/// Whether a class that \p F is in cannot be spelled: it is a template, and a
/// parameter of it has no name.
static bool isInUnspellable(const FunctionDecl *F) {
  auto isUnnamed = [](const NamedDecl *P) { return !P->getIdentifier(); };
  for (const DeclContext *In = F->getDeclContext(); In; In = In->getParent())
    if (const auto *Class = dyn_cast<CXXRecordDecl>(In)) {
      const ClassTemplateDecl *Template = Class->getDescribedClassTemplate();
      if (Template && llvm::any_of(*Template->getTemplateParameters(), isUnnamed))
        return true;
    }
  return false;
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
  if (F->isDependentContext() && Method && isVirtualInTemplate(Method->getCanonicalDecl()))
    return "it is virtual, and its class is a template";
  if (isInUnspellable(F))
    return "its class is a template, a parameter of which has no name";
  if (isSpecialised(F))
    return "it is a template with explicit specialisations";
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
  if (llvm::any_of(F->redecls(), [](const FunctionDecl *D) {
        return D->hasAttrs() && !llvm::all_of(D->getAttrs(), saysNothing);
      }))
    return "it has attributes that may say what its entry does not";
  if (const auto *Spec = dyn_cast<LinkageSpecDecl>(F->getLexicalDeclContext());
      Spec && !Spec->hasBraces())
    return "its linkage specification has no braces";
  if (sharesStaticVariable(F))
    return "it is inline and has a static variable";
  return nullptr;
}

namespace {

/// The virtual functions that override one another, directly or not, those of
/// instantiations included. Their entries are virtual functions, too: either all of
/// them have one, or none.
class Families : public AstVisitor {
public:
  explicit Families(const TranslationUnit &Unit) : Sources(Unit.Sources) {
    ShouldVisitTemplateInstantiations = true;
    TraverseDecl(Unit.AST.getTranslationUnitDecl());
  }

  bool VisitCXXMethodDecl(CXXMethodDecl *Method) override {
    add(Method->getCanonicalDecl());
    return true;
  }
  /// For local classes; those of system headers override nothing of ours.
  bool TraverseStmt(Stmt *S) override {
    return !S || Sources.isInSystemHeader(S->getBeginLoc()) ||
           AstVisitor::TraverseStmt(S);
  }

  /// What keeps the family of \p Method from being green; \p WhyNot says it of one
  /// that is defined.
  std::string
  whyOrdinary(const CXXMethodDecl *Method,
              llvm::function_ref<std::string(const FunctionDecl *)> WhyNot) const {
    for (auto It = Related.findLeader(Method); It != Related.member_end(); ++It) {
      const CXXMethodDecl *Each = *It;
      // One more virtual function changes the layout for whoever knows the class.
      if (!Sources.isInMainFile(Each->getParent()->getLocation()))
        return "it is virtual, and its class is in a header";
      if (!Each->getASTContext().hasSameType(Each->getReturnType(), Method->getReturnType()))
        return "it is virtual, and its result type differs from that of another";
      if (const FunctionDecl *Definition = Each->getDefinition()) {
        if (std::string Why = WhyNot(Definition); !Why.empty())
          return Each == Method ? Why : "it is virtual, and another cannot be green";
      } else if (!Each->isPureVirtual()) {
        return "it is virtual, and another is defined elsewhere";
      }
    }
    return {};
  }

private:
  void add(const CXXMethodDecl *Method) {
    if (!Method->isVirtual() || isa<CXXDestructorDecl>(Method) ||
        !Added.insert(Method).second)
      return;
    Related.insert(Method);
    for (const CXXMethodDecl *Base : Method->overridden_methods()) {
      add(Base->getCanonicalDecl());
      Related.unionSets(Method, Base->getCanonicalDecl());
    }
  }

  const SourceManager &Sources;
  llvm::EquivalenceClasses<const CXXMethodDecl *> Related;
  llvm::SmallPtrSet<const CXXMethodDecl *, 16> Added;
};

} // namespace

void weft::paintGreen(const FunctionBodies &All, const TranslationUnit &Unit,
                      GreenChoice &Choice, Colours &Colour) {
  const Families Virtual(Unit);
  llvm::DenseMap<const FunctionDecl *, const FunctionBody *> Bodies;
  for (const FunctionBody &Each : All.Bodies)
    Bodies[Each.Function->getCanonicalDecl()] = &Each;
  auto whyNot = [&](const FunctionDecl *F) -> std::string {
    F = F->getCanonicalDecl();
    auto Body = Bodies.find(F);
    if (Body == Bodies.end())
      return "it is not in the sources";
    if (const char *Words = whyOrdinary(*Body->second, Unit))
      return Words;
    auto Left = Choice.Ordinary.find(F);
    return Left != Choice.Ordinary.end() ? Left->second : whyNoFiber(*Body->second, Colour.instances());
  };
  auto leftOut = [&](const FunctionDecl *F) -> std::string {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    return Method && Method->isVirtual() && !isa<CXXDestructorDecl>(Method)
               ? Virtual.whyOrdinary(Method->getCanonicalDecl(), whyNot)
               : whyNot(F);
  };
  for (const FunctionBody &Each : All.Bodies) {
    if (Colour.isFiber(Each.Function))
      continue;
    const FunctionDecl *F = Each.Function->getCanonicalDecl();
    if (std::string Why = leftOut(F); Why.empty())
      Colour.addGreen(F);
    else
      Choice.Ordinary.insert({F, Why});
  }
  for (const FunctionDecl *F : All.Declarations)
    if (F->isPureVirtual() && !F->hasBody() && !Colour.isFiber(F) &&
        isa<CXXMethodDecl>(F) && !isa<CXXDestructorDecl>(F) && leftOut(F).empty())
      Colour.addGreen(F);
}

bool weft::isGreenByOption(const FunctionDecl *Function, const Colours &Colour) {
  return Colour.isGreen(Function) || !isShared(Function);
}

void weft::driveFromOrdinary(const FunctionBodies &All, const GreenChoice &Choice,
                             Colours &Colour) {
  auto callsGreen = [&](const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    return Callee && Colour.isGreen(Callee);
  };
  auto drive = [&](const CallExpr *Call) {
    if (callsGreen(Call) || llvm::any_of(Colour.instancesOf(Call), callsGreen))
      Colour.drive(Call);
  };
  for (const auto &[Call, Why] : Choice.Driven)
    drive(Call);
  // A fiber function that others have, too, is for all the same.
  for (const FunctionBody &Each : All.Bodies)
    if (!Colour.isFiber(Each.Function) || !isGreenByOption(Each.Function, Colour))
      for (const CallExpr *Call : Each.Calls)
        drive(Call);
  for (const CallExpr *Call : All.Outside)
    drive(Call);
  class Calls : public AstVisitor {
  public:
    llvm::function_ref<void(const CallExpr *)> Do;
    explicit Calls(llvm::function_ref<void(const CallExpr *)> Do) : Do(Do) {}
    bool VisitCallExpr(CallExpr *Call) override {
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

/// Whether \p Call makes a function the handler of a signal.
static bool installsHandler(const CallExpr &Call, const FunctionDecl &Callee) {
  if (!Callee.isExternC())
    return false;
  if (Callee.getName() == "sigaction")
    return true;
  Expr::EvalResult Value; // SIG_IGN and SIG_DFL are numbers.
  return Callee.getName() == "signal" && Call.getNumArgs() == 2 &&
         !(Call.getArg(1)->EvaluateAsRValue(Value, Callee.getASTContext()) &&
           Value.Val.isLValue() && Value.Val.getLValueBase().isNull());
}

void weft::reportJumps(const FunctionBodies &All, Reporter &Report) {
  static constexpr llvm::StringLiteral Jumps[] = {
      "setjmp",     "_setjmp",    "sigsetjmp",  "__sigsetjmp", "longjmp",
      "_longjmp",   "siglongjmp", "getcontext", "setcontext",  "swapcontext"};
  for (const CallExpr *Call : All.AllCalls)
    if (const FunctionDecl *Callee = Call->getDirectCallee();
        Callee && Callee->getIdentifier() &&
        (Callee->hasAttr<ReturnsTwiceAttr>() ||
         (Callee->isExternC() && llvm::is_contained(Jumps, Callee->getName())) ||
         installsHandler(*Call, *Callee)))
      Report.report(Call->getBeginLoc(), Diag::GreenJump)
          << Callee << Call->getSourceRange();
}

/// The function, or one of those that the instantiations call.
static const FunctionDecl *calledBy(const CallExpr *Call, const Colours &Colour) {
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    return Callee;
  return Colour.instancesOf(Call).front()->getDirectCallee();
}

void weft::reportLeftOut(const GreenChoice &Choice, const Colours &Colour, Reporter &Report) {
  for (const auto &[Function, Why] : Choice.Ordinary)
    Report.report(Function->getLocation(), Diag::GreenLeftOut) << Function << Why;
  for (const auto &[Call, Why] : Choice.Driven)
    Report.report(Call->getBeginLoc(), Diag::GreenDriven)
        << calledBy(Call, Colour) << Why << Call->getSourceRange();
}
