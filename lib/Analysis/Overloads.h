//===- Overloads.h - What else a call could mean --------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the output an argument may be another expression than in the source: a variable
// stands for a value, an object for what it was converted from. Where the compiler
// could choose another function then, that has to be known. Clang keeps what it chose,
// not what it chose from; so this takes every function of the name for a candidate.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_OVERLOADS_H
#define WEFT_ANALYSIS_OVERLOADS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace weft {

class Overloads {
public:
  /// Which functions there are in the output.
  using Filter = llvm::function_ref<bool(const clang::FunctionDecl *)>;
  static bool All(const clang::FunctionDecl *) { return true; }

  explicit Overloads(const clang::ASTContext *Context = nullptr) : Context(Context) {}

  /// Whether a function that \p Call could call is chosen, or not, by argument \p Index
  /// being an lvalue. \p Call is a CallExpr or a CXXConstructExpr; the object that an
  /// operator is called on counts as an argument.
  bool seesCategory(const clang::Expr *Call, unsigned Index, Filter Among = All);
  /// Whether a function that cannot take argument \p Index as it is written might take
  /// it converted to \p To, by deduction or because it is found among those of \p To.
  bool mayTakeConverted(const clang::Expr *Call, unsigned Index, clang::QualType To,
                        Filter Among = All);

  /// Whether a function might take argument \p Index by an lvalue of the class that it
  /// is, or of any type.
  bool mayTakeObject(const clang::Expr *Call, unsigned Index, Filter Among = All);

private:
  struct Candidate {
    const clang::FunctionDecl *Function; ///< A template's pattern.
    unsigned Shift; ///< 1: the first argument is the object that it is a member of.
  };
  llvm::SmallVector<Candidate, 8> candidates(const clang::Expr *Call);
  llvm::SmallVector<Candidate, 8> candidates(const clang::Expr *Call, Filter Among);
  void addMembers(const clang::CXXRecordDecl *Record, clang::DeclarationName Name,
                  unsigned Shift, llvm::SmallVectorImpl<Candidate> &To) const;
  void collect(const clang::DeclContext *In);

  const clang::ASTContext *Context;
  /// That are not members; filled by the first question.
  llvm::DenseMap<clang::DeclarationName, llvm::SmallVector<const clang::FunctionDecl *, 1>>
      Free;
  bool IsCollected = false;
};

} // namespace weft

#endif // WEFT_ANALYSIS_OVERLOADS_H
