//===- Coroutines.h - The coroutines of a translation unit ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: which functions are coroutines, what do they yield, receive and
// return, and is each suspension inside one? Reports what is wrong with a
// function as a whole; what is wrong inside one is the lowering's to say.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_COROUTINES_H
#define WEFT_ANALYSIS_COROUTINES_H

#include "Frontend/TranslationUnit.h"
#include "Support/Diagnostics.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include <vector>

namespace weft {

/// What `coroutine<Y, S, R>` says; void where nothing is.
struct CoroutineType {
  clang::QualType Yields, Receives, Returns;
  bool IsGenerator = false;
  bool IsAsync = false;      ///< An `async_generator`: waits, as fibers do.
  bool OnHeap = true;        ///< The default storage.
  const clang::CXXRecordDecl *Record = nullptr; ///< Null when dependent.
};

/// The definition of a function to transform; for templates, the pattern. A
/// fiber function yields and receives nothing.
struct Coroutine {
  const clang::FunctionDecl *Function;
  const clang::LambdaExpr *Lambda = nullptr; ///< When it is a lambda's call.
  CoroutineType Type;
  bool Dependent = false;
  bool IsFiber = false;
  bool IsGreen = false;      ///< A fiber function with checkpoints.
  /// Whether it may wait: its frame is an activation of the fiber that runs it.
  bool isActivation() const { return IsFiber || Type.IsAsync; }
};

/// Recognises `weft::generator`, `weft::coroutine` and `weft::async_generator`,
/// also in templates.
std::optional<CoroutineType> asCoroutineType(clang::ASTContext &Context,
                                             clang::QualType Type);

/// True when the function carries `[[weft::coroutine]]`.
bool isAnnotatedCoroutine(const clang::FunctionDecl *Function);

/// True when the body of the function has a static variable that is no constant.
bool hasStaticVariable(const clang::FunctionDecl *Function);

/// Whether \p S, which may be null, makes a closure: another copy of its text makes
/// one of another type.
bool holdsLambda(const clang::Stmt *S);

/// All coroutines defined outside system headers, in the order of the source.
std::vector<Coroutine> findCoroutines(TranslationUnit &Unit, Reporter &Report);

} // namespace weft

#endif // WEFT_ANALYSIS_COROUTINES_H
