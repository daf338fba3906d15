//===- InstantiatedCode.h - What a template's expressions became ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In a template, an expression whose type depends says neither what it denotes nor
// which temporaries it makes:
//
//   use(name(T(1)))       an object is made for `name`, if that takes a reference
//
// Its instantiations do. One of their expressions has the place of its pattern.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_INSTANTIATEDCODE_H
#define WEFT_ANALYSIS_INSTANTIATEDCODE_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <set>
#include <vector>

namespace weft {

class InstantiatedCode {
public:
  /// A temporary that the pattern does not show.
  struct Temporary {
    /// What the operand is converted to, where it is; null: the operand's value.
    clang::QualType Converted;
    bool HasDestructor = false;
    bool Differs = false;      ///< It is not one, and the same in all instantiations.
    bool HasNoText = false;    ///< It is made inside, by nothing that is written.
  };

  /// What becomes of an operand before it is used, by nothing that is written.
  enum class Use {
    Itself,   ///< Nothing, or a change of its type alone.
    Read,     ///< Its value is taken ([conv.lval]).
    Converted ///< A constructor or a conversion function is called.
  };

  /// An expression that a pattern's became.
  struct Instance {
    const clang::Expr *E; ///< Without what is implicit.
    const clang::FunctionDecl *In;
    Use UsedAs = Use::Itself;
    bool IsTemporary = false;    ///< An object is made of it.
    bool MakesTemporary = false; ///< Or of what it is converted to.
  };

  InstantiatedCode() = default;
  /// Of the function \p Pattern, which became \p Instances. What makes a temporary
  /// that nobody misses is one that \p IsUnseen holds of.
  InstantiatedCode(const clang::FunctionDecl *Pattern,
                   llvm::ArrayRef<const clang::FunctionDecl *> Instances,
                   llvm::function_ref<bool(const clang::Stmt *)> IsUnseen);

  /// What \p Pattern became: nothing where it is in a dead branch. The parentheses
  /// around it do not matter.
  llvm::ArrayRef<Instance> of(const clang::Expr *Pattern) const;

  /// What becomes of \p Pattern before it is used that it does not show itself.
  Use unseenUse(const clang::Expr *Pattern) const;

  /// The temporary that \p Pattern is, or that is made for it, in an instantiation;
  /// null: in none.
  const Temporary *temporaryAt(const clang::Expr *Pattern) const;

private:
  using Place = std::pair<unsigned, unsigned>;
  static Place placeOf(const clang::Stmt *S);
  static Use useBy(const clang::Expr *Around);
  class PatternPlaces;
  class Collector;

  std::map<Place, std::vector<Instance>> Expressions;
  std::map<Place, Temporary> Temporaries;
};

} // namespace weft

#endif // WEFT_ANALYSIS_INSTANTIATEDCODE_H
