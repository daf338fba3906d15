//===- CoroutineEdits.h - A coroutine in the text of its file ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how does a function become a coroutine's frame and the statement
// that starts it, in the place where it stands?
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_COROUTINEEDITS_H
#define WEFT_REWRITE_COROUTINEEDITS_H

#include "Rewrite/FunctionEdits.h"

namespace weft {

/// The base class that the frame gets, spelled as the function's return type.
std::string baseTypeOf(const Coroutine &What, const SourceText &Text);

/// Bytes of the frame's base that its fields follow; absent when unknown.
std::optional<uint64_t> headerBytesOf(const Coroutine &What,
                                      clang::ASTContext &Context);

/// Which callers keep the frame themselves, instead of an object that owns it.
enum class InPlaceCallers { None, Some, All };

/// The edits that make \p Function a coroutine.
void editCoroutine(const TransformedFunction &Function, InPlaceCallers Callers,
                   SourceEdits &Edits, bool LineDirectives);

} // namespace weft

#endif // WEFT_REWRITE_COROUTINEEDITS_H
