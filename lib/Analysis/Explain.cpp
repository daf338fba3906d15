//===- Explain.cpp - Why a function suspends ------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Explain.h"
#include "Analysis/Coroutines.h"
#include "Support/AstVisitor.h"
#include <set>

using namespace clang;
using namespace weft;

std::string weft::explain(const TranslationUnit &Unit,
                          const std::vector<FiberReason> &Reasons,
                          const Colours &Colour, llvm::StringRef Name) {
  auto place = [&](SourceLocation Where) {
    PresumedLoc At = Unit.Sources.getPresumedLoc(Unit.Sources.getExpansionLoc(Where));
    return std::string(At.getFilename()) + ":" + std::to_string(At.getLine()) + ":" +
           std::to_string(At.getColumn()) + ": ";
  };
  auto called = [](const FunctionDecl *F) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    return Method && Method->getParent()->isLambda()
               ? std::string("the lambda")
               : "'" + F->getQualifiedNameAsString() + "'";
  };
  auto reasonOf = [&](const FunctionDecl *F) {
    return llvm::find_if(Reasons, [&](const FiberReason &Each) {
      return Each.Function->getCanonicalDecl() == F->getCanonicalDecl();
    });
  };
  class Find : public AstVisitor {
  public:
    llvm::StringRef Name;
    std::vector<const FunctionDecl *> Found;
    bool VisitFunctionDecl(FunctionDecl *F) override {
      if (F->isFirstDecl() &&
          (F->getQualifiedNameAsString() == Name || F->getNameAsString() == Name))
        Found.push_back(F);
      return true;
    }
  } Functions;
  Functions.Name = Name;
  Functions.TraverseDecl(Unit.AST.getTranslationUnitDecl());

  std::string Text;
  for (const FunctionDecl *F : Functions.Found) {
    if (!Colour.isFiber(F)) {
      auto Type = asCoroutineType(Unit.AST, F->getReturnType());
      Text += place(F->getLocation()) + called(F) + " does not suspend" +
              (Type && Type->IsAsync ? "; 'next()' of what it returns does\n" : "\n");
      continue;
    }
    std::set<const FunctionDecl *> Seen;
    for (const FunctionDecl *At = F; At && Seen.insert(At->getCanonicalDecl()).second;) {
      auto It = reasonOf(At);
      if (It == Reasons.end()) {
        Text += place(At->getLocation()) + called(At) +
                (Colour.isFiber(At)
                     ? " is annotated '[[weft::fiber]]'" +
                           std::string(At->isDefined() ? " and calls nothing that suspends"
                                                       : "; its body is elsewhere")
                     : " suspends the fiber") +
                "\n";
        break;
      }
      Text += place(It->Call->getBeginLoc()) + called(At) + " calls " +
              called(It->Callee) + "\n";
      At = It->Callee;
    }
  }
  return Text;
}
