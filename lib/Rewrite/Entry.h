//===- Entry.h - How a fiber function's entry is declared -----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: what declares the entry beside a declaration of the fiber function?
//
//   virtual std::string get(std::string key, int n = 1) const = 0;
//   virtual weft::activation* get_fiber(weft::into<std::string> weft_result,
//                                       std::string& key, int n = 1) const = 0;
//
// Objects that are not trivial are passed by reference: the caller keeps them.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_REWRITE_ENTRY_H
#define WEFT_REWRITE_ENTRY_H

#include "Analysis/Suspension.h"
#include "Frontend/TranslationUnit.h"
#include "Rewrite/SourceEdits.h"
#include "Support/Diagnostics.h"
#include "clang/AST/DeclCXX.h"

namespace weft {

/// The entry's parameters, without parentheses. \p Named says which keep their
/// names, \p Defaults whether default arguments stay.
std::string entryParameters(const clang::FunctionDecl *Declared,
                            const std::string &Result, const SourceText &Text,
                            llvm::function_ref<bool(const clang::ParmVarDecl *)> Named,
                            bool Defaults);

/// The declaration's text, without the semicolon or the body; \p Result is the type
/// of the function's result. Of the definition
/// only the parameters that \p Named accepts get names. \p Defaults says whether
/// default arguments stay, those of template parameters too.
std::string entryHead(const clang::FunctionDecl *Declared, const std::string &Result,
                      const SourceText &Text,
                      llvm::function_ref<bool(const clang::ParmVarDecl *)> Named,
                      bool Defaults);

/// `R(P...)`, with all names in full; that of a lambda with `auto` parameters is
/// a `weft::generic`.
std::string signatureOf(const clang::FunctionDecl *Function, clang::QualType Result);

/// Declares the entry in front of every declaration of a fiber function that has
/// no body, and of every using-declaration of one.
void declareEntries(const TranslationUnit &Unit, const Colours &Colour,
                    SourceEdits &Edits);

} // namespace weft

#endif // WEFT_REWRITE_ENTRY_H
