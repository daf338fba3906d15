//===- Suspension.h - Which expressions suspend --------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_ANALYSIS_SUSPENSION_H
#define WEFT_ANALYSIS_SUSPENSION_H

#include "Analysis/Instances.h"
#include "Analysis/Overloads.h"
#include "Flow/Flow.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>

namespace weft {

/// A call that suspends: of one of weft's suspending functions, or of a fiber
/// function.
struct Suspension {
  SuspensionPoint::Kind What;
  const clang::CallExpr *Call;
  const clang::Expr *Operand = nullptr; ///< Null: yields nothing.
  clang::QualType Received{};           ///< Null type: receives nothing.
  /// Call, Wait: the call of the fiber function or the primitive, which
  /// `weft::await` may stand around.
  const clang::CallExpr *Inner = nullptr;
  /// Call: the function called; when the template does not tell, one that an
  /// instantiation calls.
  const clang::FunctionDecl *Callee = nullptr;
  clang::QualType Awaiter{};            ///< Wait: what is waited for; null: depends.

  /// Whether it is for fiber functions; the others are for coroutines.
  bool suspendsFiber() const {
    return What == SuspensionPoint::Kind::Call || What == SuspensionPoint::Kind::Wait ||
           What == SuspensionPoint::Kind::Checkpoint;
  }
};

/// Whether \p D is declared in namespace `weft`, or in something there.
bool isOfWeft(const clang::Decl *D);

/// Whether \p V is a `weft::no_suspend`.
bool isSuspensionGuard(const clang::VarDecl *V);

/// Recognises `weft::yield` and `weft::yield_from`, also in templates.
std::optional<Suspension> asYield(const clang::Stmt *S);

/// Whether \p Call is `weft::await(...)`.
bool isAwait(const clang::CallExpr *Call);

/// The awaiter that \p Function returns to a fiber, when it is a primitive
/// declared with the result type `weft::suspends<Awaiter>`, or a function of a
/// system header that hands on what such a primitive returns; else a null type.
clang::QualType awaiterOf(const clang::FunctionDecl *Function);

/// Whether \p Function is not such a primitive itself but hands on what one
/// returns: then the awaiter may refer to what it was called with.
bool handsOnAwaiter(const clang::FunctionDecl *Function);

/// What a range-for calls without showing it, where that waits.
struct RangeWaits {
  const clang::CallExpr *Begin = nullptr, *Step = nullptr;
  /// The first; null: neither does.
  const clang::CallExpr *any() const { return Begin ? Begin : Step; }
};
RangeWaits unseenWaits(const clang::CXXForRangeStmt *S);

/// Whether \p Function is called through an object that knows its entry: it is
/// the call operator of a lambda, or of `weft::function`.
bool hasObjectEntry(const clang::FunctionDecl *Function);

/// Whether argument \p Index of \p Function, or of its template, is a callable
/// that may suspend and is called by its entry: `[[weft::suspendable]]`.
bool takesEntry(const clang::FunctionDecl *Function, unsigned Index);

/// Functions with all their declarations and instantiations. Those of a lambda are
/// what has its place.
class FunctionSet {
public:
  void add(const clang::FunctionDecl *Function);
  bool contains(const clang::FunctionDecl *Function) const;
  bool empty() const { return Functions.empty(); }

private:
  llvm::DenseSet<const clang::FunctionDecl *> Functions;
  llvm::DenseSet<unsigned> Lambdas;
};

/// The functions that suspend their caller.
class Colours {
public:
  Colours() = default;
  explicit Colours(const TranslationUnit &Unit);

  void add(const clang::FunctionDecl *Function) { Fibers.add(Function); }
  /// A function that suspends because all are to be green. Those who cannot
  /// suspend drive it, and nobody has to say so.
  void addGreen(const clang::FunctionDecl *Function) {
    add(Function);
    Green.add(Function);
  }
  bool isGreen(const clang::FunctionDecl *Function) const {
    return Green.contains(Function);
  }
  bool anyGreen() const { return !Green.empty(); }
  /// \p Call, of such a function, does not suspend.
  void drive(const clang::CallExpr *Call) { Driven.insert(Call); }
  bool any() const { return !Fibers.empty(); }
  /// The body of \p Function moves to a frame; its `this` does not.
  void moves(const clang::FunctionDecl *Function) { Moved.insert(Function); }
  bool isMoved(const clang::FunctionDecl *Function) const {
    return Moved.count(Function) > 0;
  }
  /// Also of an instantiation, whose pattern tells.
  bool isFiber(const clang::FunctionDecl *Function) const {
    return Fibers.contains(Function);
  }
  void addAsyncGenerator(const clang::FunctionDecl *Function) { Async.add(Function); }
  /// Whether \p Function may call a fiber function.
  bool mayWait(const clang::FunctionDecl *Function) const {
    return isFiber(Function) || Async.contains(Function);
  }
  /// The suspension that \p S itself is.
  std::optional<Suspension> asSuspension(const clang::Stmt *S) const;
  /// What \p Call, of a template, became where it was instantiated.
  llvm::ArrayRef<const clang::CallExpr *> instancesOf(const clang::CallExpr *Call) const {
    return Seen.of(Call);
  }
  const Instances &instances() const { return Seen; }
  /// What calls could mean instead.
  Overloads &overloads() const { return Named; }

private:
  std::optional<Suspension> asInstantiated(const clang::CallExpr *Call) const;

  Instances Seen;
  mutable Overloads Named; ///< Filled when it is asked.
  FunctionSet Fibers, Async, Green;
  llvm::DenseSet<const clang::FunctionDecl *> Moved;
  llvm::DenseSet<const clang::CallExpr *> Driven;
};

/// Whether a statement suspends the function that it belongs to. The bodies of
/// lambdas and local classes are other functions.
class SuspensionMap {
public:
  explicit SuspensionMap(const Colours &Of) : Of(Of) {}
  bool contains(const clang::Stmt *S);
  const Colours &colours() const { return Of; }
  std::optional<Suspension> at(const clang::Stmt *S) const {
    return Of.asSuspension(S);
  }
  /// Puts a checkpoint into each loop of \p Body, a green function's, and in
  /// front of each `goto` that goes back.
  void addCheckpoints(const clang::Stmt *Body);
  bool hasCheckpoint(const clang::Stmt *S) const { return Checkpoints.count(S) > 0; }

private:
  void addCheckpoints(const clang::Stmt *S,
                      llvm::DenseSet<const clang::LabelDecl *> &Passed);

  const Colours &Of;
  llvm::DenseMap<const clang::Stmt *, bool> Known;
  llvm::DenseSet<const clang::Stmt *> Checkpoints;
};

} // namespace weft

#endif // WEFT_ANALYSIS_SUSPENSION_H
