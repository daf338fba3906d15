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
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include <map>
#include <set>
#include <vector>

namespace weft {

struct TranslationUnit;

/// A call in an instantiation.
struct InstantiatedCall {
  const clang::CallExpr *Call;
  const clang::FunctionDecl *Caller;
  bool IsImplicit; ///< Has no text of its own: it applies a conversion.
  bool IsOfRange = false; ///< Nor this one, of a range-for.
};

class Instances {
public:
  using Place = std::pair<unsigned, unsigned>;
  static Place placeOf(const clang::CallExpr *Call) {
    return {Call->getBeginLoc().getRawEncoding(), Call->getEndLoc().getRawEncoding()};
  }

  /// By place and function.
  using VariableTypes =
      std::map<std::pair<unsigned, const clang::FunctionDecl *>, clang::QualType>;

  /// Branches of `if constexpr`: by place, and whether it is the first.
  using Discards = std::set<std::pair<unsigned, bool>>;

  Instances() = default;
  /// Of the templates outside of system headers.
  explicit Instances(const TranslationUnit &Unit);

  /// The calls that \p Pattern became; those of dead branches are not there.
  llvm::ArrayRef<const clang::CallExpr *> of(const clang::CallExpr *Pattern) const;
  llvm::ArrayRef<InstantiatedCall> all() const { return All; }
  /// The function that an instantiated call is in.
  const clang::FunctionDecl *callerOf(const clang::CallExpr *Each) const {
    return Callers.lookup(Each);
  }
  /// The type that \p Pattern, a variable of a template, has in the instantiation
  /// \p Function; null when it is not there.
  clang::QualType typeOf(const clang::VarDecl *Pattern,
                         const clang::FunctionDecl *Function) const;
  /// What \p Pattern, a range-for of a template, waits for in its instantiations.
  struct RangeKind {
    bool BeginWaits = false, StepWaits = false;
    bool Differs = false; ///< Not in all of them.
    bool HoldsTemporaries = false; ///< Besides the range, in one of them.
    bool any() const { return BeginWaits || StepWaits; }
  };
  RangeKind of(const clang::CXXForRangeStmt *Pattern) const;
  /// What a `&&`, `||` or `,` is: built in, a call of a function, or, in the
  /// instantiations of a template, the one here and the other there.
  struct OperatorKind {
    bool IsBuiltIn = false, IsOverloaded = false;
  };
  OperatorKind ofOperator(const clang::Expr *Pattern) const;
  /// Whether an instantiation discards the branch \p Then, or the other, of the
  /// `if constexpr` \p Pattern.
  bool discards(const clang::IfStmt *Pattern, bool Then) const;
  /// Whether `base<T>::name` that begins at \p Where names a member of `*this`.
  bool isMember(clang::SourceLocation Where) const {
    return Members.count(Where.getRawEncoding()) > 0;
  }
  /// What the call operator of a lambda became: one in each instantiation of the
  /// template around it, and of its own.
  llvm::ArrayRef<const clang::FunctionDecl *> of(const clang::LambdaExpr *Pattern) const;
  /// What \p Pattern, a function of or in a template, became, with its body.
  llvm::ArrayRef<const clang::FunctionDecl *> of(const clang::FunctionDecl *Pattern) const;

private:
  class Collector;

  std::vector<InstantiatedCall> All;
  std::map<unsigned, std::vector<const clang::FunctionDecl *>> Lambdas; ///< By place.
  std::map<unsigned, std::vector<const clang::FunctionDecl *>> Bodies;  ///< By theirs.
  std::map<Place, std::vector<const clang::CallExpr *>> Calls;
  Discards Discarded;
  std::set<unsigned> Members;
  std::map<unsigned, RangeKind> Ranges;        ///< By place.
  std::map<unsigned, OperatorKind> Operators; ///< By place.
  llvm::DenseMap<const clang::CallExpr *, const clang::FunctionDecl *> Callers;
  VariableTypes Variables;
};

} // namespace weft

#endif // WEFT_ANALYSIS_INSTANCES_H
