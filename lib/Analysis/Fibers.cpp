//===- Fibers.cpp - The fiber functions of a translation unit ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Fibers.h"
#include "Analysis/FiberBodies.h"
#include "Analysis/FiberRules.h"
#include "clang/AST/Attr.h"

using namespace clang;
using namespace weft;

static const AnnotateAttr *annotation(const FunctionDecl *D, llvm::StringRef Name) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Name && !A->isInherited())
      return A;
  return nullptr;
}

bool weft::isAnnotatedFiber(const FunctionDecl *Function) {
  if (const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern())
    Function = Pattern;
  return llvm::any_of(Function->redecls(), [](const FunctionDecl *D) {
    return annotation(D, "weft::fiber") != nullptr;
  });
}

namespace {

class Painter {
public:
  Painter(TranslationUnit &Unit, Reporter &Report, Colours &Colour)
      : Unit(Unit), Report(Report), Colour(Colour), All(findBodies(Unit)) {}

  std::vector<Coroutine> find(std::vector<FiberReason> &Reasons) {
    for (const AnnotateAttr *A : All.Annotations)
      if (A->getAnnotation() == "weft::green")
        Report.report(A->getLocation(), Diag::NotYet) << A->getAnnotation();
    for (const FunctionDecl *F : All.Declarations)
      declare(F);
    infer();
    std::vector<Coroutine> Found;
    for (const FunctionBody &Each : All.Bodies) {
      if (!Colour.isFiber(Each.Function)) {
        reportCalls(Each, Unit, Colour, Report);
        continue;
      }
      explainOne(Each, Reasons);
      if (checkFiber(Each, Report))
        Found.push_back({Each.Function, Each.Lambda, typeOf(Each.Function), false,
                         true});
    }
    checkCalls(All, Unit, Colour, Report);
    checkInstantiations(Unit, Colour, Report);
    return Found;
  }

private:
  void explainOne(const FunctionBody &B, std::vector<FiberReason> &Reasons) const {
    for (const CallExpr *Call : B.Calls)
      if (auto S = Colour.asSuspension(Call); S && S->suspendsFiber()) {
        const CallExpr *Made = S->Inner ? S->Inner : S->Call;
        Reasons.push_back({B.Function, Made, Made->getDirectCallee()});
        return;
      }
  }

  CoroutineType typeOf(const FunctionDecl *F) const {
    CoroutineType Type;
    Type.Yields = Type.Receives = Unit.AST.VoidTy;
    Type.Returns = F->getReturnType();
    Type.OnHeap = false;
    return Type;
  }

  /// Learns from a declaration, and checks it against the others.
  void declare(const FunctionDecl *F) {
    const AnnotateAttr *Here = annotation(F, "weft::fiber");
    if (Here) {
      Colour.add(F);
      if (const FunctionDecl *First = F->getFirstDecl();
          First != F && !annotation(First, "weft::fiber")) {
        Report.report(Here->getLocation(), Diag::FiberRedeclared) << F;
        Report.report(First->getLocation(), Diag::DeclaredHere);
      }
      if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
        Report.report(Here->getLocation(), Diag::FiberConstructor)
            << isa<CXXDestructorDecl>(F);
    }
    if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
      for (const CXXMethodDecl *Base : Method->overridden_methods())
        if (isAnnotatedFiber(Base) != isAnnotatedFiber(F)) {
          {
            auto Builder = Report.report(F->getLocation(), Diag::FiberOverride);
            Builder << F << isAnnotatedFiber(F);
            if (!isAnnotatedFiber(F) && F->getBeginLoc().isFileID())
              Builder << annotateFiber(F);
          }
          Report.report(Base->getLocation(), Diag::DeclaredHere);
        }
  }

  /// Whether the colour of \p F need not be written down.
  bool isInferred(const FunctionBody &B) const {
    const FunctionDecl *F = B.Function;
    if (asCoroutineType(Unit.AST, F->getReturnType()) || isAnnotatedCoroutine(F) ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(F) || F->isMain())
      return false;
    return B.Lambda || !F->isExternallyVisible();
  }

  /// A function that calls a suspending function suspends.
  void infer() {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const FunctionBody &Each : All.Bodies)
        if (isInferred(Each) && !Colour.isFiber(Each.Function) &&
            llvm::any_of(Each.Calls, [&](const CallExpr *Call) {
              auto S = Colour.asSuspension(Call);
              return S && S->suspendsFiber();
            })) {
          Colour.add(Each.Function);
          Changed = true;
        }
    }
  }

  TranslationUnit &Unit;
  Reporter &Report;
  Colours &Colour;
  const FunctionBodies All;
};

} // namespace

std::vector<Coroutine> weft::findFibers(TranslationUnit &Unit, Reporter &Report,
                                        Colours &Colour,
                                        std::vector<FiberReason> &Reasons) {
  return Painter(Unit, Report, Colour).find(Reasons);
}
