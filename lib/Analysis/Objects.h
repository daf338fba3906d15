//===- Objects.h - Which object an expression means -----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_OBJECTS_H
#define WEFT_ANALYSIS_OBJECTS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace weft {

/// \p E without parentheses and the conversions that give no other object.
const clang::Expr *sameObject(const clang::Expr *E);

/// The variable that the glvalue \p E names, itself or by a member, a base or an
/// element that is a part of it; null for anything else.
const clang::VarDecl *wholeVariable(const clang::Expr *E);

/// Whether the range of a range-for makes temporaries besides the range itself, which
/// since C++23 live as long as the loop ([class.temporary]/6.8).
bool holdsRangeTemporaries(const clang::Expr *RangeInit);

} // namespace weft

#endif // WEFT_ANALYSIS_OBJECTS_H
