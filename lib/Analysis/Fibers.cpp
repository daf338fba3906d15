//===- Fibers.cpp - The fiber functions of a translation unit ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Fibers.h"
#include "Analysis/FiberBodies.h"
#include "Analysis/FiberRules.h"
#include "Analysis/FixIts.h"
#include "Analysis/LibraryWaits.h"
#include "clang/AST/Attr.h"

using namespace clang;
using namespace weft;

static const AnnotateAttr *annotation(const FunctionDecl *D, llvm::StringRef Name) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Name && !A->isInherited())
      return A;
  return nullptr;
}

/// That it is a fiber function, green or not.
static const AnnotateAttr *annotation(const FunctionDecl *D) {
  const AnnotateAttr *Fiber = annotation(D, "weft::fiber");
  return Fiber ? Fiber : annotation(D, "weft::green");
}

/// Whether a declaration of \p F, or of its template, is \p Annotated.
static bool isAnyAnnotated(const FunctionDecl *F,
                           llvm::function_ref<bool(const FunctionDecl *)> Annotated) {
  if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
    F = Pattern;
  return llvm::any_of(F->redecls(), Annotated);
}

bool weft::isAnnotatedFiber(const FunctionDecl *Function) {
  return isAnyAnnotated(Function,
                        [](const FunctionDecl *D) { return annotation(D) != nullptr; });
}

bool weft::isAnnotatedGreen(const FunctionDecl *Function) {
  return isAnyAnnotated(Function, [](const FunctionDecl *D) {
    return annotation(D, "weft::green") != nullptr;
  });
}

namespace {

class Painter {
public:
  Painter(TranslationUnit &Unit, Reporter &Report, Colours &Colour, GreenChoice *AllGreen)
      : Unit(Unit), Report(Report), Colour(Colour), AllGreen(AllGreen),
        All(findBodies(Unit)) {}

  std::vector<Coroutine> find(std::vector<FiberReason> &Reasons) {
    for (const FunctionDecl *F : All.Declarations)
      declare(F);
    infer();
    if (AllGreen) {
      reportJumps(All, Report);
      paintGreen(All, Unit, *AllGreen, Colour);
      driveFromOrdinary(All, *AllGreen, Colour);
    }
    for (const auto &[F, Base] : Overrides)
      if (suspends(F) != suspends(Base))
        reportOverride(F, Base);
    std::vector<Coroutine> Found;
    for (const FunctionBody &Each : All.Bodies) {
      if (!Colour.isFiber(Each.Function)) {
        if (isAsyncGenerator(Each, Unit.AST))
          Colour.addAsyncGenerator(Each.Function);
        else
          reportCalls(Each, Unit, Colour, Report);
        continue;
      }
      explainOne(Each, Reasons);
      if (checkFiber(Each, Colour.instances(), Report))
        Found.push_back({Each.Function, Each.Lambda, typeOf(Each),
                         Each.Function->isDependentContext(), true,
                         isAnnotatedGreen(Each.Function) ||
                             (AllGreen && isGreenByOption(Each.Function, Colour))});
    }
    checkCalls(All, Unit, Colour, Report);
    checkInstantiations(All, Colour, Report);
    checkLibraryWaits(Unit, Report);
    return Found;
  }

private:
  void explainOne(const FunctionBody &B, std::vector<FiberReason> &Reasons) const {
    for (const CallExpr *Call : B.Calls)
      if (auto S = Colour.asSuspension(Call); S && S->suspendsFiber()) {
        const CallExpr *Made = S->Inner ? S->Inner : S->Call;
        Reasons.push_back({B.Function, Made, S->Callee ? S->Callee : Made->getDirectCallee()});
        return;
      }
  }

  CoroutineType typeOf(const FunctionBody &B) const {
    CoroutineType Type;
    Type.Yields = Type.Receives = Unit.AST.VoidTy;
    Type.Returns = resultOf(B, Colour.instances());
    Type.OnHeap = false;
    return Type;
  }

  /// Learns from a declaration, and checks it against the others.
  void declare(const FunctionDecl *F) {
    if (F->getTemplateSpecializationKind() == TSK_ExplicitSpecialization &&
        !F->doesThisDeclarationHaveABody() && Colour.isFiber(F))
      Report.report(F->getLocation(), Diag::FiberTemplate)
          << "explicit specialisations";
    const AnnotateAttr *Here = annotation(F);
    if (Here) {
      Colour.add(F);
      if (const FunctionDecl *First = F->getFirstDecl();
          First != F && !annotation(First)) {
        Report.report(Here->getLocation(), Diag::FiberRedeclared) << F;
        proposeAnnotation(First, Diag::DeclaredHere, Unit, Report);
      }
      if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
        Report.report(Here->getLocation(), Diag::FiberConstructor)
            << isa<CXXDestructorDecl>(F);
    }
    if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
      for (const CXXMethodDecl *Base : Method->overridden_methods())
        Overrides.push_back({Method, Base});
  }

  bool suspends(const FunctionBody &B) const {
    return llvm::any_of(B.Calls,
                        [&](const CallExpr *Call) {
                          auto S = Colour.asSuspension(Call);
                          return S && S->suspendsFiber();
                        }) ||
           llvm::any_of(B.Ranges, [&](const CXXForRangeStmt *S) {
             return Colour.instances().of(S).any();
           });
  }
  bool suspends(const FunctionDecl *F) const {
    return Colour.isFiber(F) || isAnnotatedFiber(F);
  }

  /// \p F and what it overrides disagree; the one that is none is to become one.
  void reportOverride(const CXXMethodDecl *F, const CXXMethodDecl *Base) {
    const bool IsFiber = suspends(F);
    const FiberAnnotation Annotation = annotateFiber(F, Unit);
    {
      auto Builder = Report.report(F->getLocation(), Diag::FiberOverride);
      Builder << F << IsFiber;
      for (const FixItHint &Each : Annotation.Edits)
        if (!IsFiber)
          Builder << Each;
    }
    if (IsFiber)
      return proposeAnnotation(Base, Diag::DeclaredHere, Unit, Report);
    Report.report(Base->getLocation(), Diag::DeclaredHere);
    reportObstacle(Annotation, Report);
  }

  /// Whether the colour of \p F need not be written down.
  bool isInferred(const FunctionDecl *F, bool IsLambda = false) const {
    if (asCoroutineType(Unit.AST, F->getReturnType()) || isAnnotatedCoroutine(F) ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(F) || F->isMain())
      return false;
    return IsLambda || !F->isExternallyVisible();
  }

  /// A function that calls a suspending function suspends; so does one that
  /// overrides a suspending one, or is overridden by it.
  void infer() {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const FunctionBody &Each : All.Bodies)
        if (isInferred(Each.Function, Each.Lambda) && !Colour.isFiber(Each.Function) &&
            suspends(Each)) {
          Colour.add(Each.Function);
          Changed = true;
        }
      for (const auto &[F, Base] : Overrides)
        if (suspends(F) != suspends(Base))
          if (const FunctionDecl *Other = suspends(F) ? Base : F; isInferred(Other)) {
            Colour.add(Other);
            Changed = true;
          }
    }
  }

  TranslationUnit &Unit;
  Reporter &Report;
  Colours &Colour;
  GreenChoice *const AllGreen;
  const FunctionBodies All;
  /// Each with what it overrides.
  std::vector<std::pair<const CXXMethodDecl *, const CXXMethodDecl *>> Overrides;
};

} // namespace

std::vector<Coroutine> weft::findFibers(TranslationUnit &Unit, Reporter &Report,
                                        Colours &Colour,
                                        std::vector<FiberReason> &Reasons,
                                        GreenChoice *All) {
  return Painter(Unit, Report, Colour, All).find(Reasons);
}
