//===- EntryName.h - A fiber function's entry: its name and parameters ----===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every translation unit that sees the function's declaration has to call it the
// same. An ordinary function of that name overloads it: the entry's first
// parameter is a `weft::into`.
//
//   fetch             fetch_fiber
//   operator+         operator_plus_fiber
//   operator int      operator_to_int_fiber
//
// Objects stay where the caller constructs them:
//
//   int, T&, T*                      as declared
//   std::string                      std::string&
//   T of a class template            weft::passed<T>: one or the other
//   T of a function template         T&: always, so that it can be deduced
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LOWERING_ENTRYNAME_H
#define WEFT_LOWERING_ENTRYNAME_H

#include "Support/SourceText.h"
#include "clang/AST/Decl.h"

namespace weft {

std::string entryName(const clang::FunctionDecl *Function);

/// The type of a fiber function's result, as written where \p Declared stands; that
/// of a lambda is not for the lambda to say.
std::string resultTypeOf(const clang::FunctionDecl *Declared, const SourceText &Text);

/// How an entry takes a parameter.
enum class Passing { AsDeclared, ByReference, ByTrait };

/// Its type; of a pack, that of one of its parameters.
clang::QualType elementTypeOf(const clang::ParmVarDecl *P);

/// Of a function, or of the pattern that \p P's function was instantiated from.
Passing passingOf(const clang::ParmVarDecl *P);

} // namespace weft

#endif // WEFT_LOWERING_ENTRYNAME_H
