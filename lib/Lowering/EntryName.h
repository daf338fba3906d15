//===- EntryName.h - What a fiber function's entry is called --------------===//
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
//===----------------------------------------------------------------------===//

#ifndef WEFT_LOWERING_ENTRYNAME_H
#define WEFT_LOWERING_ENTRYNAME_H

#include "clang/AST/Decl.h"

namespace weft {

std::string entryName(const clang::FunctionDecl *Function);

} // namespace weft

#endif // WEFT_LOWERING_ENTRYNAME_H
