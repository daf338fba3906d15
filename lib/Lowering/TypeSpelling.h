//===- TypeSpelling.h - Types written out --------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how is this type spelled where the frame is declared? Types keep the
// user's spelling; deduced ones get their qualified name.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LOWERING_TYPESPELLING_H
#define WEFT_LOWERING_TYPESPELLING_H

#include "clang/AST/ASTContext.h"
#include <string>

namespace weft {

/// What stands in front of the name of type \p T: "const ", for example.
std::string qualifiersOf(clang::QualType T);

class TypeSpelling {
public:
  /// \p Qualified: spell every name in full, because the function has `using`s
  /// of its own that do not hold in front of it.
  TypeSpelling(clang::ASTContext &Context, bool Qualified);

  /// The type alone: `unsigned long`, `std::vector<int>`.
  std::string type(clang::QualType T) const { return declarator(T, ""); }
  /// The type alone, every name in full: for types that the user did not write.
  std::string qualified(clang::QualType T) const;
  /// A declaration of \p Name: `int (&row)[4]`.
  std::string declarator(clang::QualType T, llvm::StringRef Name) const;

  /// False for types that have no name, such as a closure's.
  static bool isNameable(clang::QualType T);
  /// Whether the type is made of a template parameter that is written `auto`.
  static bool isInvented(clang::QualType T);
  /// The type without its deduced placeholders.
  static clang::QualType deduced(clang::QualType T);

private:
  clang::ASTContext &Context;
  clang::PrintingPolicy Policy;
  bool Qualified;
};

} // namespace weft

#endif // WEFT_LOWERING_TYPESPELLING_H
