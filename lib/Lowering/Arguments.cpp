//===- Arguments.cpp - Operands as overload resolution sees them ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable that stands for a value is an lvalue. That makes no difference to most of
// its uses; where it does, the variable is taken for what it stands for:
//
//   f(g())        f(result)                       one function f(long)
//                 f(static_cast<int&&>(result))   there is an f(int&), too
//
// What a call of the program's converts an argument to (a suspending `operator int`,
// or an object that must live in the frame) is there before the call. It is cast to
// what the function takes, which no other function takes better; but templates, which
// would not have been deduced from what is written, might be from that.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"

using namespace clang;
using namespace weft;

/// Down to what a variable may stand for, through what only converts it.
const Expr *FunctionLowering::bareValue(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (const BinaryOperator *Comma = dyn_cast<BinaryOperator>(E);
             Comma && Comma->getOpcode() == BO_Comma && isBuiltIn(Comma))
      E = Comma->getRHS();
    else
      return E;
  }
}

void FunctionLowering::standsFor(VarId Id, const Expr *E) {
  if (F.Variables[Id].As == Form::Scalar)
    Values[bareValue(E)] = {Id, E->getSourceRange()};
}

void FunctionLowering::keepCategory(const Expr *E) {
  const Expr *Bare = bareValue(E);
  const auto Value = Values.find(Bare);
  if (Value == Values.end())
    return;
  const Variable &V = F.Variables[Value->second.Id];
  const QualType T = Bare->getType();
  std::string Type = V.Type + "&&";
  if (!T->isDependentType() && T->isScalarType() && TypeSpelling::isNameable(T))
    Type = spelled(Bare->isLValue()    ? Context.getLValueReferenceType(T)
                   : Bare->isPRValue() ? Context.getRValueReferenceType(T.getUnqualifiedType())
                                       : Context.getRValueReferenceType(T));
  Text.substitute(Value->second.Range, "static_cast<" + Type + ">(" + V.Name + ")");
}

/// The conversion by a function, or by a constructor, that makes \p Arg of what is
/// written; null: none.
static const Expr *conversionOf(const Expr *Arg) {
  for (;;) {
    Arg = Arg->IgnoreParens();
    if (const auto *Made = dyn_cast<CXXConstructExpr>(Arg))
      return Made->getNumArgs() && Made->getParenOrBraceRange().isInvalid() &&
                     !isa<CXXTemporaryObjectExpr>(Made) &&
                     !Made->getConstructor()->isCopyOrMoveConstructor()
                 ? Made
                 : nullptr;
    const auto *Cast = dyn_cast<ImplicitCastExpr>(Arg);
    if (Cast && (Cast->getCastKind() == CK_UserDefinedConversion ||
                 Cast->getCastKind() == CK_ConstructorConversion))
      return Cast;
    if (Cast)
      Arg = Cast->getSubExpr();
    else if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Arg))
      Arg = Temp->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Arg))
      Arg = Bind->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(Arg))
      Arg = Full->getSubExpr();
    else
      return nullptr;
  }
}

bool FunctionLowering::isTakenAhead(const Expr *Arg) {
  const Expr *Conversion = conversionOf(Arg);
  if (!Conversion)
    return false;
  const auto *Cast = dyn_cast<CastExpr>(Conversion);
  const auto *Call = Cast ? dyn_cast<CallExpr>(resultOf(Cast->getSubExpr())) : nullptr;
  return ConvertedAhead.count(Conversion) || Values.count(bareValue(Arg)) ||
         (Call && LoweredCalls.count(Call));
}

void FunctionLowering::takeAhead(const Expr *Arg) {
  if (const Expr *Conversion = conversionOf(Arg))
    ConvertedAhead.insert(Conversion);
}

void FunctionLowering::settleArgument(const Expr *Call, unsigned Index, const Expr *Arg,
                                      QualType P, bool Always, Overloads::Filter Among) {
  Overloads &Others = Suspends.colours().overloads();
  if (!isTakenAhead(Arg)) {
    if (Values.count(bareValue(Arg)) && (Always || Others.seesCategory(Call, Index, Among)))
      keepCategory(Arg);
    return;
  }
  const QualType To = conversionOf(Arg)->getType();
  const QualType Wanted = P.isNull() ? To : P.getNonReferenceType().getUnqualifiedType();
  if (Others.mayTakeConverted(Call, Index, Wanted->isScalarType() ? Wanted : To, Among)) {
    rejectOnce(Arg, Diag::OverloadedArgument);
    return;
  }
  const auto Value = Values.find(bareValue(Arg));
  if (Value == Values.end())
    return;
  if (Wanted->isScalarType() && !Context.hasSameType(Wanted, To.getUnqualifiedType()))
    Text.substitute(Value->second.Range, "static_cast<" + spelled(Wanted) + ">(" +
                                             F.Variables[Value->second.Id].Name + ")");
  else
    keepCategory(Arg);
}

/// Operands of an operator that may be overloaded in an instantiation, or for the class
/// of the other.
void FunctionLowering::keepOperands(const Expr *Operator, llvm::ArrayRef<const Expr *> Operands) {
  for (const Expr *Each : Operands) {
    if (Operator->isTypeDependent())
      keepCategory(Each);
    else if (isTakenAhead(Each) && llvm::any_of(Operands, [&](const Expr *Other) {
               const bool IsClass = conversionOf(Other) && !isTakenAhead(Other);
               return Other != Each &&
                      (IsClass || Other->IgnoreParenImpCasts()->getType()->isEnumeralType());
             }))
      rejectOnce(Each, Diag::OverloadedArgument);
  }
}

void FunctionLowering::keepArguments(const Expr *E) {
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E)) {
    keepCategory(Temp->getSubExpr());
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const bool IsImplicit = Construct->getParenOrBraceRange().isInvalid();
    const CXXConstructorDecl *Callee = Construct->getConstructor();
    for (unsigned I = 0; I < Construct->getNumArgs(); ++I)
      settleArgument(Construct, I, Construct->getArg(I),
                     I < Callee->getNumParams() ? Callee->getParamDecl(I)->getType() : QualType(),
                     IsImplicit);
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee) {
      if (Call->isTypeDependent())
        for (const Expr *Arg : Call->arguments())
          keepCategory(Arg);
      return;
    }
    const unsigned Shift = isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee);
    for (unsigned I = Shift; I < Call->getNumArgs(); ++I)
      settleArgument(Call, I, Call->getArg(I),
                     I - Shift < Callee->getNumParams()
                         ? Callee->getParamDecl(I - Shift)->getType()
                         : QualType(),
                     Call->isTypeDependent());
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (!Binary->isLogicalOp() && Binary->getOpcode() != BO_Comma)
      keepOperands(E, {Binary->getLHS(), Binary->getRHS()});
  } else if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E)) {
    keepOperands(E, {Index->getLHS(), Index->getRHS()});
  } else if (const auto *Unresolved = dyn_cast<CXXUnresolvedConstructExpr>(E)) {
    for (const Expr *Arg : Unresolved->arguments())
      keepCategory(Arg);
  } else if (const auto *Parens = dyn_cast<ParenListExpr>(E)) {
    for (unsigned I = 0; I < Parens->getNumExprs(); ++I)
      keepCategory(Parens->getExpr(I));
  } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (F.Dependent && (List->isTypeDependent() || List->getType()->isVoidType()))
      for (const Expr *Init : List->inits())
        keepCategory(Init);
  }
}
