//===- ConcreteBodies.h - What is compiled in the end ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which bodies are there with every type and callee known, and which of
// them run as fibers? Of a template, the instantiations, each at the place of its
// pattern. As fibers run fiber functions, async generators, and lambdas that are
// handed to `weft::spawn` and the like without suspending themselves. Input: the
// colours.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_CONCRETEBODIES_H
#define WEFT_ANALYSIS_CONCRETEBODIES_H

#include "Analysis/Suspension.h"
#include "Frontend/EvaluatedCode.h"
#include "Frontend/TranslationUnit.h"
#include <vector>

namespace weft {

/// The definition of a function that is no template.
struct ConcreteBody {
  const clang::FunctionDecl *Function;
  bool IsFiber; ///< But not because `--green-all` makes it green.
};

/// All of them outside of system headers and of Weft itself.
std::vector<ConcreteBody> findConcreteBodies(const TranslationUnit &Unit,
                                             const Colours &Colour);

/// Visits, in the order of the text, what a body without dependent parts evaluates
/// itself: nothing in lambdas and local classes, and nothing that is discarded.
class OwnCodeVisitor : public EvaluatedCode<> {
public:
  explicit OwnCodeVisitor(const clang::ASTContext &Context) : Context(Context) {}

  bool TraverseLambdaExpr(clang::LambdaExpr *Lambda) override {
    return llvm::all_of(Lambda->capture_inits(), [&](clang::Expr *Init) {
      return TraverseStmt(Init);
    });
  }
  bool TraverseDecl(clang::Decl *D) override {
    return llvm::isa_and_nonnull<clang::TagDecl, clang::FunctionDecl>(D) ||
           EvaluatedCode::TraverseDecl(D);
  }
  bool TraverseIfStmt(clang::IfStmt *S) override {
    auto Taken = S->getNondiscardedCase(Context); // [stmt.if]/2
    return Taken ? TraverseStmt(S->getInit()) && TraverseStmt(*Taken)
                 : EvaluatedCode::TraverseIfStmt(S);
  }

private:
  const clang::ASTContext &Context;
};

} // namespace weft

#endif // WEFT_ANALYSIS_CONCRETEBODIES_H
