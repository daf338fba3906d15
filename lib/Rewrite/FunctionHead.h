//===- FunctionHead.h - What stands around a function's name --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which pieces of a function's head does a function declared beside it
// take over, and where does the head begin?
//
//   [[nodiscard]] template <class T> int C::f(T t) const & noexcept(fast) {
//   ^ startOf     ^ templateHeaderOf              ^ qualifiersOf
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_FUNCTIONHEAD_H
#define WEFT_REWRITE_FUNCTIONHEAD_H

#include "Support/SourceText.h"
#include "clang/AST/DeclCXX.h"

namespace weft {

/// Where a function begins, with its template header and its attributes.
clang::SourceLocation startOf(const clang::FunctionDecl *Function,
                              const SourceText &Text);

/// The template header as written, with its requires-clause; on demand without
/// default arguments.
std::string templateHeaderOf(const clang::TemplateParameterList *List,
                             const SourceText &Text, bool Defaults);

/// The headers of a function, each with a space behind it.
std::string templateHeadersOf(const clang::FunctionDecl *Function,
                              const SourceText &Text, bool Defaults);

/// The function's scope as written in front of its name: `C::`.
std::string scopeOf(const clang::FunctionDecl *Function, const SourceText &Text);

/// What follows the parameters, each with a space in front: `const`, `volatile`,
/// `&` or `&&`, and the exception specification.
std::string qualifiersOf(const clang::FunctionDecl *Function,
                         const SourceText &Text);

/// The head of a definition, which begins at \p Begin, as a declaration; default
/// arguments stay with the definition.
std::string declarationOf(const clang::FunctionDecl *F, clang::SourceLocation Begin,
                          const SourceText &Text);

/// \p Call as a call inside of \p Function: of a function beside it, for the
/// same object.
std::string calledBeside(const clang::FunctionDecl *Function, std::string Call);

/// \p Text without its line breaks.
std::string oneLine(std::string Text);

} // namespace weft

#endif // WEFT_REWRITE_FUNCTIONHEAD_H
