//===- Conditionals.cpp - Operands that may not be evaluated --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `&&`, `||` and `?:` with a suspension in an operand that is evaluated only
// sometimes become an `if`:
//
//   a && f()           holds = static_cast<bool>(a);
//                      if (holds) { ...; holds = static_cast<bool>(result); }
//
//   c ? f() : other    if (c) { ...; chosen = result; }
//                      else { chosen = other; }
//
// The value goes where it is wanted at once: to a scalar or a pointer (of an
// lvalue), to the object that it initialises, to the result of the function, or
// nowhere. So an object is constructed in place by the operand that is taken
// ([dcl.init]/17.6.1).
//
// What an operand makes lives until the end of the full-expression
// ([class.temporary]/4). Where that is not the end of the operand, a variable
// keeps which objects the operand that was taken has left:
//
//   arm_alive = weft_alive; weft_alive = 7;       end of the `if`
//   case 7: weft_alive = arm_alive; break;        when the expression ends
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

const ConditionalOperator *weft::conditionalOf(const Expr *E) {
  for (;;) {
    E = resultOf(E);
    const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
    if (!Cast || Cast->getCastKind() != CK_LValueToRValue)
      return dyn_cast<ConditionalOperator>(E);
    E = Cast->getSubExpr();
  }
}

const Expr *weft::droppedOperand(const Expr *E) {
  for (;;) {
    E = resultOf(E);
    const auto *Cast = dyn_cast<CastExpr>(E);
    if (!Cast || Cast->getCastKind() != CK_ToVoid)
      return E;
    E = Cast->getSubExpr();
  }
}

bool FunctionLowering::isBuiltIn(const Expr *Operation) {
  const Instances::OperatorKind Kind =
      Suspends.colours().instances().ofOperator(Operation);
  if (Kind.IsBuiltIn && Kind.IsOverloaded && Suspends.contains(Operation))
    rejectOnce(Operation, Diag::InstantiationsDiffer, "an overloaded operator");
  return !Kind.IsOverloaded;
}

const BinaryOperator *FunctionLowering::commaOf(const Expr *E) {
  const auto *Binary = dyn_cast<BinaryOperator>(resultOf(E));
  return Binary && Binary->getOpcode() == BO_Comma && isBuiltIn(Binary) ? Binary : nullptr;
}

static const CXXThrowExpr *throwOf(const Expr *E) {
  return dyn_cast<CXXThrowExpr>(resultOf(E));
}

bool FunctionLowering::isSplitConditional(const Expr *E) {
  const ConditionalOperator *C = E ? conditionalOf(E) : nullptr;
  return C && (mustSplit(C->getTrueExpr()) || mustSplit(C->getFalseExpr()));
}

bool FunctionLowering::isGivenInPlace(const Expr *E, QualType T) {
  if (!E || T->isDependentType() || E->isTypeDependent() ||
      !Context.hasSameUnqualifiedType(E->getType(), T))
    return false;
  if (const BinaryOperator *Comma = commaOf(E))
    return isGivenInPlace(Comma->getRHS(), T) ||
           (E->isPRValue() && isDirectCall(Comma->getRHS(), T));
  if (const auto *List = dyn_cast<InitListExpr>(resultOf(E)))
    return needsParts(List->isSemanticForm() || !List->getSemanticForm()
                          ? List
                          : List->getSemanticForm());
  return isSplitConditional(E);
}

const ConditionalOperator *FunctionLowering::dependentConditional(const Expr *E) {
  const ConditionalOperator *C = isSplitConditional(E) ? conditionalOf(E) : nullptr;
  return C && C->getType()->isDependentType() ? C : nullptr;
}

bool FunctionLowering::isGivenInPlace(const VarDecl *D) {
  const ConditionalOperator *C = dependentConditional(D->getInit());
  return C ? isObjectOf(C,
                        [&](const FunctionDecl *In) {
                          return Suspends.colours().instances().typeOf(D, In);
                        })
           : isGivenInPlace(D->getInit(), D->getType());
}

bool FunctionLowering::isGivenInPlace(const ReturnStmt *S) {
  const ConditionalOperator *C = dependentConditional(S->getRetValue());
  return C ? isObjectOf(C, [](const FunctionDecl *In) { return In->getReturnType(); })
           : isGivenInPlace(S->getRetValue(), What.Type.Returns);
}

void FunctionLowering::joinArms(unsigned Level, llvm::ArrayRef<unsigned> Ends,
                                unsigned Line, Nodes &Out) {
  Alive = Ends.empty() ? Level : Ends.front();
  if (llvm::all_of(Ends, [&](unsigned End) { return End == Alive; }))
    return;
  VarId Id = hidden("arm_alive", Context.UnsignedCharTy,
                    "what the operand taken has left alive", Line);
  Variable &V = F.Variables[Id];
  V.IsArm = V.InUnwind = V.HasDestructor = true;
  V.Mentioned = false;
  Alive = Level;
  beginLife(Id, Line, Out);
}

/// The condition, or the left operand: what it makes lives on.
void FunctionLowering::splitCondition(const Expr *E, Nodes &Out) {
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, true);
  llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(E));
  split(E, Out);
}

void FunctionLowering::splitLogical(const Expr *Whole, const Expr *Left,
                                    const Expr *Right, BinaryOperatorKind Op,
                                    Nodes &Out) {
  const bool EndsExpression =
      LastOperand && resultOf(std::exchange(LastOperand, nullptr)) == Whole;
  const bool IsAnd = Op == BO_LAnd;
  const unsigned Line = line(Right->getBeginLoc());
  const unsigned Suspensions = countSuspensions(Whole);
  splitCondition(Left, Out);
  VarId Id = hidden("holds", Context.BoolTy, "the left operand", Line);
  const std::string Name = F.Variables[Id].Name;
  auto assign = [&](const Expr *E, Nodes &To) {
    Node N;
    N.Uses = edit(E);
    N.Text = Piece{Name + " = static_cast<bool>(" + Text.text(E->getSourceRange()) + ");",
                   line(E->getBeginLoc())};
    N.Defines = {Id};
    To.push_back(std::move(N));
  };
  assign(Left, Out);
  Node If;
  If.What = Node::Kind::If;
  If.Text = Piece{"if (" + std::string(IsAnd ? "" : "!") + Name + ")", Line};
  If.Uses = {Id};
  const unsigned Level = Alive;
  const size_t Kept = Retained.size();
  {
    llvm::SaveAndRestore<bool> Keep(KeepTemporaries, KeepTemporaries || !EndsExpression);
    llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,
                                       KeepTrivialTemporaries || !EndsExpression);
    llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(Right));
    if (EndsExpression)
      LastOperand = Right;
    split(Right, If.Body);
    LastOperand = nullptr;
    assign(Right, If.Body);
  }
  if (EndsExpression)
    unwindTo(Level, If.Body, Line);
  Retained.resize(Kept);
  Out.push_back(std::move(If));
  joinArms(Level, {Level, Alive}, Line, Out);
  Pending -= std::min(Pending, Suspensions);
  Text.substitute(Whole->getSourceRange(), Name);
  standsFor(Id, Whole);
  Retained.push_back({Whole->getSourceRange(), Id});
}

void FunctionLowering::give(const ValuePlace &To, const Expr *E, Nodes &Out) {
  const bool IsDropped = To.What == ValuePlace::Kind::Nowhere;
  if (IsDropped)
    E = droppedOperand(E);
  if (const BinaryOperator *Comma = commaOf(E); Comma && mustSplit(Comma)) {
    splitLeftOfComma(Comma->getLHS(), Out);
    return give(To, Comma->getRHS(), Out);
  }
  if (isSplitConditional(E) && (!To.Like || haveSameType(conditionalOf(E), To.Like)))
    return splitArms(To, conditionalOf(E), Out);
  if (const auto *List = dyn_cast<InitListExpr>(resultOf(E));
      List && !IsDropped && !To.OfLvalue && needsParts(List))
    return giveAggregate(To, List, Out);

  const unsigned Line = line(E->getBeginLoc());
  Node N;
  N.Text.Line = Line;
  auto finish = [&](std::string Value) {
    N.Uses = edit(E);
    N.Text.Text = std::move(Value);
    Out.push_back(std::move(N));
  };
  auto text = [&] { return operandText(E); };
  if (throwOf(E)) {
    split(E, Out);
    N.Uses = edit(E);
    return finish(text() + ";");
  }
  if (IsDropped) {
    const bool IsCall = isFiberCall(E);
    ResultIsKept = IsCall;
    split(E, Out);
    edit(E);
    if (IsCall || (Suspends.at(E) && text() == "void()"))
      return; // Nothing is left of it.
    return finish(E->getType()->isVoidType() ? text() + ";"
                                             : "static_cast<void>(" + text() + ");");
  }
  if (To.What == ValuePlace::Kind::Result) {
    if (isDirectCall(E, To)) {
      ResultIsReturned = true;
      split(E, Out);
      return finish(member("weft_returned") + "();");
    }
    split(E, Out);
    edit(E);
    return finish(member("weft_return") + "([&]() -> " + Types.type(TypeSpelling::deduced(What.Type.Returns)) +
                  " { return " + text() +
                  "; });");
  }
  const Variable &V = F.Variables[To.Id];
  if (isDirectCall(E, To)) {
    ResultTarget = To.Id;
    return split(E, Out);
  }
  split(E, Out);
  edit(E);
  N.Defines = {To.Id};
  if (V.As == Form::Object) {
    N.What = Node::Kind::Construct;
    N.Vars = {To.Id};
    N.Deferred = true;
    if (!To.Held.empty())
      return finish("[&] { return weft::held_from<" + To.Held + ">([&]() -> " + To.Held +
                    " { return " + text() + "; }); }");
    // A function's result of scalar type has no qualifiers.
    const std::string Result = To.Type->isScalarType()
                                   ? Types.qualified(To.Type.getUnqualifiedType())
                                   : V.Type;
    return finish("[&]() -> " + Result + " { return " + text() + "; }");
  }
  const std::string &Name = V.IsConst ? V.Stored : V.Name;
  if (!To.OfLvalue)
    return finish(Name + " = " + text() + ";");
  const Expr *Bare = E->IgnoreParens();
  // To const or to a base, a pointer converts as the reference does.
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Bare)) {
    if (Cast->getCastKind() != CK_NoOp && Cast->getCastKind() != CK_DerivedToBase &&
        Cast->getCastKind() != CK_UncheckedDerivedToBase)
      break;
    Bare = Cast->getSubExpr()->IgnoreParens();
  }
  std::string Value = text();
  if (isa<ImplicitCastExpr>(Bare))
    Value = "static_cast<" + spelled(To.Type) + (E->isLValue() ? " &>(" : " &&>(") + Value + ")";
  finish(Name + " = " + (E->isLValue() ? "std::addressof(" : "weft::address_of(") + Value +
         ");");
}

/// `if (c) { ... } else { ... }`, each giving its value to \p To.
void FunctionLowering::splitArms(const ValuePlace &To, const ConditionalOperator *C,
                                 Nodes &Out) {
  const bool EndsExpression = LastOperand && !To.OfLvalue &&
                              conditionalOf(droppedOperand(LastOperand)) == C;
  LastOperand = nullptr;
  const unsigned Suspensions = countSuspensions(C);
  splitCondition(C->getCond(), Out);
  Node If;
  If.What = Node::Kind::If;
  If.HasElse = true;
  If.Uses = edit(C->getCond());
  If.Text = Piece{"if (" + Text.text(C->getCond()->getSourceRange()) + ")",
                  line(C->getCond()->getBeginLoc())};
  const unsigned Level = Alive;
  const size_t Kept = Retained.size();
  llvm::SmallVector<unsigned, 2> Ends;
  auto arm = [&](const Expr *E, Nodes &Body) {
    llvm::SaveAndRestore<bool> Keep(KeepTemporaries, KeepTemporaries || !EndsExpression);
    llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,
                                       KeepTrivialTemporaries || !EndsExpression);
    llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(E));
    Alive = Level;
    if (EndsExpression)
      LastOperand = E;
    give(To, E, Body);
    LastOperand = nullptr;
    if (EndsExpression)
      unwindTo(Level, Body, line(E->getEndLoc()));
    Retained.resize(Kept);
    if (!throwOf(E))
      Ends.push_back(Alive);
  };
  arm(C->getTrueExpr(), If.Body);
  arm(C->getFalseExpr(), If.Else);
  Out.push_back(std::move(If));
  joinArms(Level, Ends, line(C->getEndLoc()), Out);
  Pending -= std::min(Pending, Suspensions);
}

void FunctionLowering::splitConditional(const Expr *Whole, Nodes &Out) {
  const ConditionalOperator *C = conditionalOf(Whole);
  const QualType T = Whole->getType();
  const unsigned Line = line(Whole->getBeginLoc());
  ValuePlace To;
  std::string Value = "void()";
  if (T->isDependentType())
    return splitDependentConditional(Whole, Out);
  if (Whole->isGLValue()) {
    if (T->isFunctionType() || Whole->refersToBitField())
      return reject(Whole, Diag::UnsupportedSuspension, "an arm of '?:'");
    To = {ValuePlace::Kind::Variable,
          hidden("chosen", Context.getPointerType(T), "the operand taken", Line), T, true};
    const std::string &Name = F.Variables[To.Id].Name;
    Value = Whole->isLValue() ? "(*" + Name + ")"
                              : "static_cast<" + spelled(T) + " &&>(*" + Name + ")";
  } else if (!T->isVoidType()) {
    if (!T->isScalarType() && !isMovedUnseen(T)) {
      Report.report(Whole->getBeginLoc(), Diag::ResultMoved) << T << Whole->getSourceRange();
      Failed = true;
      return;
    }
    if (!TypeSpelling::isNameable(T))
      return reject(Whole, Diag::UnnameableTemporary);
    To = {ValuePlace::Kind::Variable, hidden("chosen", T, "the operand taken", Line),
          T.getUnqualifiedType()};
    const Variable &V = F.Variables[To.Id];
    Value = V.As == Form::Scalar ? V.Name : "static_cast<" + qualifiersOf(T) + V.Type + "&&>(" + V.Name + ")";
  }
  splitArms(To, C, Out);
  if (To.What == ValuePlace::Kind::Variable) {
    beginLife(To.Id, Line, Out);
    Retained.push_back({Whole->getSourceRange(), To.Id});
  }
  Text.substitute(Whole->getSourceRange(), Value);
  if (To.What == ValuePlace::Kind::Variable && !To.OfLvalue)
    standsFor(To.Id, Whole);
}

/// What it denotes, an object, a value or nothing, shows in the instantiations.
void FunctionLowering::splitDependentConditional(const Expr *Whole, Nodes &Out) {
  const ConditionalOperator *C = conditionalOf(Whole);
  const unsigned Line = line(Whole->getBeginLoc());
  bool IsVoid = false, IsValue = false;
  for (const InstantiatedCode::Instance &Each : Instantiated.of(C)) {
    const QualType T = Each.E->getType();
    if (Each.E->isGLValue() && (T->isFunctionType() || Each.E->refersToBitField()))
      return reject(Whole, Diag::UnsupportedSuspension, "an arm of '?:'");
    if (T->isRecordType() && !isKeptUnseen(Each)) {
      Report.report(Whole->getBeginLoc(), Diag::ResultMoved) << T << Whole->getSourceRange();
      Failed = true;
      return;
    }
    (T->isVoidType() ? IsVoid : IsValue) = true;
  }
  if (IsVoid && IsValue)
    return reject(Whole, Diag::InstantiationsDiffer, "an operand of type 'void'");
  if (IsVoid) {
    splitArms({}, C, Out);
    return Text.substitute(Whole->getSourceRange(), "void()");
  }
  if (!nameClosures(C))
    return;
  const VarId Id = hidden("chosen", Context.DependentTy, "the operand taken", Line);
  const std::string Held =
      nameType(F.Variables[Id].Name, "decltype(" + typeOnlyText(Whole) + ")");
  F.Variables[Id].Type = "weft::held_result<" + Held + ">";
  splitArms({ValuePlace::Kind::Variable, Id, Context.DependentTy, false, C, Held}, C, Out);
  beginLife(Id, Line, Out);
  Retained.push_back({Whole->getSourceRange(), Id});
  Text.substitute(Whole->getSourceRange(), "weft::take_result_as<" + Held + ">(" +
                                               F.Variables[Id].Name + ")");
}
