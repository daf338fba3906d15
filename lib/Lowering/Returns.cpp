//===- Returns.cpp - What `return` keeps ----------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   return a + b;     weft_return([&]() -> long { return a + b; });
//   return f();       f constructs the result of this function: weft_returned();
//
// The result is constructed where the caller wants it before what `return` leaves is
// destroyed ([stmt.return]/3).
//
//===----------------------------------------------------------------------===//

#include "Analysis/ImplicitMoves.h"
#include "Lowering/FiberCall.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

void FunctionLowering::lowerReturn(const ReturnStmt *S, Nodes &Out) {
  std::string Result = resultText(S, Out);
  unsigned Line = line(S->getBeginLoc());
  if (!Result.empty()) {
    Node Keep = text(Result, Line);
    Keep.Uses = std::move(ResultUses);
    Out.push_back(std::move(Keep));
  }
  jump({Exit::Kind::Return, ""}, 0, Line, Out);
}

std::string FunctionLowering::resultText(const ReturnStmt *S, Nodes &Out) {
  ResultUses.clear();
  const Expr *Value = S->getRetValue();
  const CoroutineType &Type = What.Type;
  if (!Value)
    return {};
  if (What.IsFiber)
    return fiberResult(S, Out);
  const Expr *Bare = Value;
  auto peel = [&] {
    for (;;) {
      if (const auto *C = dyn_cast<ExprWithCleanups>(Bare))
        Bare = C->getSubExpr();
      else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Bare))
        Bare = B->getSubExpr();
      else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Bare))
        Bare = M->getSubExpr();
      else if (const auto *C = dyn_cast<ImplicitCastExpr>(Bare);
               C && (C->getCastKind() == CK_ConstructorConversion ||
                     C->getCastKind() == CK_NoOp))
        Bare = C->getSubExpr();
      else
        return;
    }
  };
  peel();
  auto isCoroutine = [&](QualType T) {
    return Context.hasSameUnqualifiedType(T, What.Function->getReturnType());
  };
  if (const auto *List = dyn_cast<InitListExpr>(Bare); List && List->getNumInits() == 0)
    return {};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
      Construct && isCoroutine(Construct->getType()) && !Value->isTypeDependent()) {
    if (Construct->getNumArgs() == 0)
      return {};
    bool IsList = Construct->isListInitialization() && Construct->getNumArgs() > 1;
    if (!IsList && (Construct->getNumArgs() != 1 ||
                    isCoroutine(Construct->getArg(0)->getType()))) {
      reject(S, Diag::ReturnsCoroutine);
      return {};
    }
    Bare = IsList ? Construct : Construct->getArg(0);
  } else if (!Value->isTypeDependent() && isCoroutine(Bare->getType())) {
    reject(S, Diag::ReturnsCoroutine);
    return {};
  }
  if (Type.Returns->isVoidType()) {
    reject(S, Diag::ReturnsCoroutine);
    return {};
  }
  if (!Type.Returns->isScalarType() && isGivenInPlace(Bare, Type.Returns)) {
    giveResult(Bare, Out);
    return {};
  }
  std::string ResultType = Types.type(Type.Returns);
  std::string Operand;
  Operand = expression(Value, Out, ResultUses).Text;
  Operand = returnedText(S, Operand, Type.Returns);
  return member("weft_return") + "([&]() -> " + ResultType + " { return " +
         Operand + "; });";
}

void FunctionLowering::giveResult(const Expr *E, Nodes &Out) {
  llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(E));
  LastOperand = E;
  ValuePlace To{ValuePlace::Kind::Result};
  To.Like = dependentConditional(E);
  give(To, E, Out);
  LastOperand = nullptr;
}

std::string FunctionLowering::returnedText(const ReturnStmt *S, std::string Operand,
                                           QualType CoroutineResult) {
  const ImplicitMove Move = movedByReturn(S, What.Function, Unit,
                                          Suspends.colours().instances(), CoroutineResult);
  if (Move.Differs)
    rejectOnce(S->getRetValue(), Diag::InstantiationsDiffer, "a move constructor");
  return Move.From ? movedText(Move.From, std::move(Operand)) : Operand;
}

std::string FunctionLowering::movedText(const VarDecl *Moved, std::string Named) {
  const QualType T = Moved->getType();
  // A template's argument may be a reference: to an lvalue, it stays one.
  if (T->isDependentType() && T->isReferenceType()) {
    if (isa<ParmVarDecl>(Moved)) // Declared the same way in the frame.
      return "static_cast<decltype(" + Named + ")>(" + Named + ")";
    if (T.getNonReferenceType()->getContainedAutoType()) {
      reject(Moved->getInit(), Diag::DependentAuto, Moved->getName());
      return Named;
    }
    return "static_cast<" + typeText(Moved) + ">(" + Named + ")";
  }
  const auto *Parameter = T->getAs<TemplateTypeParmType>();
  const bool IsWritten = Parameter && Parameter->getDecl() && !Parameter->getDecl()->isImplicit();
  if (IsWritten || T->getAs<DependentNameType>())
    return "static_cast<" + typeText(Moved) + "&&>(" + Named + ")";
  return "std::move(" + Named + ")";
}

std::string FunctionLowering::fiberResult(const ReturnStmt *S, Nodes &Out) {
  const Expr *Value = S->getRetValue();
  const QualType R = What.Type.Returns;
  if (R->isVoidType()) { // `return f();`
    if (Suspends.contains(Value)) {
      lowerExpressionStatement(Value, Out);
      return {};
    }
    ResultUses = edit(Value);
    return Text.text(Value->getSourceRange()) + ";";
  }
  if (isDirectCall(S)) {
    // The callee constructs the result of this function.
    ResultIsReturned = true;
    expression(Value, Out, ResultUses);
    return member("weft_returned") + "();";
  }
  if (!R->isScalarType() && isGivenInPlace(S)) {
    giveResult(Value, Out);
    return {};
  }
  LastOperand = resultOf(Value);
  std::string Operand = expression(Value, Out, ResultUses).Text;
  LastOperand = nullptr;
  Operand = returnedText(S, Operand);
  return member("weft_return") + "([&]() -> " + F.ReturnType + " { return " +
         Operand + "; });";
}
