//===- Instances.h - What a template's calls turn out to be ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A template shows less than its instantiations: what `f(x)` calls there may
// depend on a parameter. An instantiated call has the place of its pattern.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_INSTANCES_H
#define WEFT_ANALYSIS_INSTANCES_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <vector>

namespace weft {

struct TranslationUnit;

/// A call in an instantiation.
struct InstantiatedCall {
  const clang::CallExpr *Call;
  const clang::FunctionDecl *Caller;
  bool IsImplicit; ///< Has no text of its own: it applies a conversion.
};

class Instances {
public:
  using Place = std::pair<unsigned, unsigned>;
  static Place placeOf(const clang::CallExpr *Call) {
    return {Call->getBeginLoc().getRawEncoding(), Call->getEndLoc().getRawEncoding()};
  }

  Instances() = default;
  /// Of the templates outside of system headers.
  explicit Instances(const TranslationUnit &Unit);

  /// The calls that \p Pattern became; those of dead branches are not there.
  llvm::ArrayRef<const clang::CallExpr *> of(const clang::CallExpr *Pattern) const;
  llvm::ArrayRef<InstantiatedCall> all() const { return All; }
  /// Whether the result of \p Instantiated is a variable, or the result of the
  /// function: no object lies between.
  bool isDirect(const clang::CallExpr *Instantiated) const {
    return Direct.count(Instantiated) > 0;
  }
  /// What the call operator of a lambda became: one in each instantiation of the
  /// template around it, and of its own.
  llvm::ArrayRef<const clang::FunctionDecl *> of(const clang::LambdaExpr *Pattern) const;

private:
  std::vector<InstantiatedCall> All;
  llvm::DenseSet<const clang::CallExpr *> Direct;
  std::map<unsigned, std::vector<const clang::FunctionDecl *>> Lambdas; ///< By place.
  std::map<Place, std::vector<const clang::CallExpr *>> Calls;
};

} // namespace weft

#endif // WEFT_ANALYSIS_INSTANCES_H
