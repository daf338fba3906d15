//===- Sibling.h - The function beside a coroutine function --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what is the function called that returns the frame itself, for
// callers that keep it where they are, and how is it declared?
//
//   weft::generator<int> C::items(int n) const;
//   auto items_in_place(int n) const;
//
// It is declared in front of every declaration of the coroutine function that
// stands in a class, so that it has the same access; and by its definition.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_SIBLING_H
#define WEFT_REWRITE_SIBLING_H

#include "Support/SourceText.h"
#include "clang/AST/DeclCXX.h"

namespace weft {

/// Whether the frame of \p Definition belongs to this translation unit alone:
/// the function does, or it is defined in the main file. Another translation
/// unit may have an overload, whose frame would have the same name.
bool hasInternalFrame(const clang::FunctionDecl *Definition,
                      const clang::SourceManager &Sources);

/// Whether \p Definition can have a sibling: its declarations can be edited.
bool canHaveSibling(const clang::FunctionDecl *Definition,
                    const clang::SourceManager &Sources);

/// Its name, which nothing else in the translation unit has.
std::string siblingName(const clang::FunctionDecl *Function);

/// What declares it as \p Declared declares the coroutine function, up to
/// where the body or the semicolon goes. \p Internal gives it internal linkage.
std::string siblingHead(const clang::FunctionDecl *Declared,
                        llvm::StringRef ResultType, bool Internal,
                        const SourceText &Text);

/// The declarations in classes, other than the definition.
std::vector<const clang::FunctionDecl *>
declarationsInClasses(const clang::FunctionDecl *Definition);

} // namespace weft

#endif // WEFT_REWRITE_SIBLING_H
