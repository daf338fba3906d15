//===- StandardNames.h - What is called what in a library -----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names as users write them: without inline namespaces, template arguments, and
// the base classes in which libraries hide their members.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_STANDARDNAMES_H
#define WEFT_ANALYSIS_STANDARDNAMES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <string>

namespace weft {

/// `std::chrono::seconds` and the like.
std::string plainName(const clang::NamedDecl *D);

/// Whether \p D is declared in namespace `std`, or in something there.
bool isOfStandardLibrary(const clang::Decl *D);

/// What \p Call calls; a member by the class of the object. Empty: not known.
std::string calledAs(const clang::CallExpr *Call);

/// Whether \p Type is, or refers to, a mutex of the standard library that threads
/// wait for.
bool isThreadMutex(clang::QualType Type);

/// Whether \p Type is a lock of the standard library, such as `std::unique_lock`, of
/// such a mutex, or of several with one among them.
bool isThreadLock(clang::QualType Type);

} // namespace weft

#endif // WEFT_ANALYSIS_STANDARDNAMES_H
