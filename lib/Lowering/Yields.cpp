//===- Yields.cpp - What a coroutine yields, awaits and delegates to ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   weft::yield(v)             v, or its address, goes to whoever resumes
//   auto r = weft::yield<R>()  what was sent is the expression's value
//   weft::yield_from(inner)    inner's values are this one's
//
// What is yielded by its address lives until the coroutine is resumed: a temporary
// gets a place in the frame ([class.temporary]/4).
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

std::string FunctionLowering::yieldOperand(const Suspension &S, Nodes &Out,
                                           std::vector<VarId> &Uses) {
  const Expr *Operand = S.Operand;
  QualType Y = What.Type.Yields;
  unsigned Line = line(Operand->getBeginLoc());
  if (What.Dependent && (Operand->isTypeDependent() || Y->isDependentType())) {
    const Expr *Named = Operand->IgnoreParenImpCasts();
    // As long as it has the names of the source. A callee's result is there to stay.
    std::string Type = "decltype((" + typeOnlyText(Operand) + "))";
    if (isFiberCall(Named)) {
      ResultIsKept = true;
      Type += "&&";
    }
    split(Operand, Out);
    Uses = edit(Operand);
    std::string Value = Text.text(Operand->getSourceRange());
    if (isa<DeclRefExpr, MemberExpr, CXXDependentScopeMemberExpr>(Named) ||
        isByValue(Y))
      return Value;
    VarId Id = hidden("yielded", What.Type.Yields, "a yielded value", Line);
    Variable &V = F.Variables[Id];
    asObject(V);
    V.HasDestructor = true;
    V.Escapes = true;
    V.Type = nameType(V.Name, "weft::yielded<" + Types.type(Y) + ", " + Type + ">");
    V.Indirect = true;
    V.Bound = "auto& " + V.Name;
    return "*" + keepYielded(Id, binding(V.Type, Value), Line, Uses, Out);
  }

  const Expr *Inner = Operand->IgnoreParens();
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Inner);
  QualType From = Operand->getType();
  bool SameType = Context.hasSameType(From, Y.getNonReferenceType());
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,
                                     !isByValue(Y) && !(Temp && !SameType));
  if (isByValue(Y)) {
    // The frame keeps the value; a temporary that is the value need not live.
    const Expr *Value = Temp && !hasDestructor(Temp->getType())
                            ? Temp->getSubExpr()
                            : Operand;
    split(Value, Out);
  } else if (SameType) {
    split(Operand, Out);
  } else {
    split(Temp && !hasDestructor(Temp->getType()) ? Temp->getSubExpr() : Operand,
          Out);
  }
  Uses = edit(Operand);
  std::string Value = Text.text(Operand->getSourceRange());
  if (isByValue(Y) || SameType)
    return Value;
  if (Y->isReferenceType()) {
    // To a base, or to const.
    return "static_cast<" + Types.type(Y) + ">(" + Value + ")";
  }
  // Another type: the yielded object is made from the operand.
  VarId Id = hidden("yielded", Y.getUnqualifiedType(), "a yielded value", Line);
  Variable &V = F.Variables[Id];
  asObject(V);
  V.Escapes = true;
  V.HasDestructor = hasDestructor(Y);
  V.Bound = "auto& " + V.Name;
  return keepYielded(Id, "[&]() -> " + V.Type + " { return " + Value + "; }", Line, Uses, Out);
}

/// Makes the object \p Id, which lives on, from \p Made; returns its name.
std::string FunctionLowering::keepYielded(VarId Id, std::string Made, unsigned Line,
                                          std::vector<VarId> &Uses, Nodes &Out) {
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Uses = std::exchange(Uses, {Id});
  N.Text = Piece{std::move(Made), Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  return F.Variables[Id].Name;
}

/// Whether \p E creates a coroutine: then there is nothing to check before it
/// is handed over to.
static bool isNewCoroutine(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreImplicit());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || isa<CXXOperatorCallExpr>(Call))
    return false;
  if (const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern())
    Callee = Pattern;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  return Callee->isDefined() && isAnnotatedCoroutine(Callee) &&
         !(Method && Method->isVirtual());
}

void FunctionLowering::suspend(const Suspension &S, Nodes &Out) {
  LoweredCalls.insert(S.Call);
  using Kind = SuspensionPoint::Kind;
  if (S.What == Kind::Call)
    return callFiber(S, Out);
  if (S.What == Kind::Wait)
    return waitFor(S, Out);
  if (S.What == Kind::Checkpoint) {
    checkpoint(S.Call->getBeginLoc(), Out);
    if (Pending)
      --Pending;
    return Text.substitute(S.Call->getSourceRange(), "void()");
  }
  if (What.IsFiber) { // Reported.
    Failed = true;
    return;
  }
  unsigned Line = line(S.Call->getBeginLoc());
  std::vector<VarId> Uses;
  std::string Operand, InnerName;
  bool InnerBorrowed = false, ToNew = false;
  QualType Y = What.Type.Yields;
  if (S.What == Kind::Delegate) {
    F.Delegates = !What.Type.IsAsync;
    const Expr *Inner = S.Operand->IgnoreParens();
    const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Inner);
    if (S.Operand->isTypeDependent()) {
      split(S.Operand, Out);
      VarId Id = hidden("inner", What.Function->getReturnType(),
                        "the inner coroutine", Line);
      Variable &V = F.Variables[Id];
      asObject(V);
      V.Escapes = true;
      V.HasDestructor = true;
      const std::string Type = "decltype((" + typeOnlyText(S.Operand) + "))";
      V.Type = nameType(V.Name, "weft::bound<" + Type + "&&, " + Type + ">");
      V.Indirect = true;
      V.Bound = "auto& " + V.Name;
      Node N;
      N.Uses = edit(S.Operand);
      N.What = Node::Kind::Construct;
      N.Vars = {Id};
      N.Defines = {Id};
      N.Text = Piece{binding(V.Type, Text.text(S.Operand->getSourceRange())), Line};
      V.Outer = Alive;
      Alive = V.Alive = ++LastAlive;
      InnerName = "(*" + V.Name + ")";
      Operand = "*" + V.Name + ", " + V.Name + ".is_reference";
      Uses = {Id};
      Out.push_back(std::move(N));
    } else {
      llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
      split(S.Operand, Out);
      Uses = edit(S.Operand);
      Operand = Text.text(S.Operand->getSourceRange());
      InnerBorrowed = !Temp;
      if (InnerBorrowed) {
        // Its result is asked for after the pause: the object is found once.
        if (!isStable(S.Operand)) {
          VarId Id = hidden("inner", Context.getPointerType(S.Operand->getType()),
                            "the inner coroutine", Line);
          Node N;
          N.Text = Piece{F.Variables[Id].Name + " = weft::address_of(" + Operand +
                             ");",
                         Line};
          N.Uses = Uses;
          N.Defines = {Id};
          Out.push_back(std::move(N));
          Operand = "*" + F.Variables[Id].Name;
          Uses = {Id};
        }
      } else {
        Operand = F.Variables[Retained.back().second].Name;
      }
      InnerName = Operand[0] == '*' ? "(" + Operand + ")" : Operand;
      ToNew = isNewCoroutine(S.Operand) && !What.Type.IsAsync;
      if (!ToNew)
        Operand += InnerBorrowed ? ", true" : ", false";
    }
  } else {
    if (!S.Operand != Y->isVoidType()) {
      reject(S.Call, S.Operand ? Diag::YieldsNothing : Diag::YieldsSomething);
      return;
    }
    if (S.Operand)
      Operand = yieldOperand(S, Out, Uses);
    QualType R = What.Type.Receives;
    if (!S.Received.isNull() && !R->isDependentType() &&
        !S.Received->isDependentType() && !Context.hasSameType(S.Received, R)) {
      Report.report(S.Call->getBeginLoc(), Diag::ReceivesOther) << R << S.Received;
      Failed = true;
      return;
    }
  }

  if (S.What == Kind::Delegate && What.Type.IsAsync)
    return delegateAsync(S, InnerName, std::move(Uses), Out);

  SuspensionPoint Point;
  Point.What = S.What;
  Point.Line = Line;
  Point.Column = Unit.Sources.getExpansionColumnNumber(S.Call->getBeginLoc());
  Point.Scope = Scope;
  Point.ToNew = ToNew;
  F.Points.push_back(Point);
  Node N;
  N.What = Node::Kind::Suspend;
  N.Point = F.Points.size();
  N.Text = Piece{Operand, Line};
  N.Uses = Uses;
  for (VarId Id : Uses) // The inner object is asked again when it ends.
    Retained.push_back({S.Call->getSourceRange(), Id});
  Out.push_back(std::move(N));
  if (Pending)
    --Pending;

  // What is left of the call.
  std::string Value = "void()";
  QualType Result = S.Received;
  if (S.What == Kind::Await) {
    Value = member("weft_received") + "()";
  } else if (S.What == Kind::Delegate && !Result.isNull() && !Result->isVoidType()) {
    Value = "static_cast<" + spelled(Result) +
            (Result->isReferenceType() ? ">(" : " &&>(") + InnerName + ".result())";
  } else if (S.What == Kind::Delegate && Result.isNull()) {
    Value = "weft::take_result(" + InnerName + ")";
  } else {
    Result = Context.VoidTy;
  }
  if (Pending && !Result.isNull() && !Result->isVoidType()) {
    // Another pause comes before this value is used.
    if (Result->isDependentType()) {
      if (Result->isReferenceType())
        return reject(S.Call, Diag::ValueCrosses);
      if (!checkResultMoved(S.Call))
        return;
      VarId Id = hidden("received", Result, "a received value", Line);
      construct(Id, "[&] { return " + Value + "; }", {}, Alive, Line, Out);
      const Variable &V = F.Variables[Id];
      Text.substitute(S.Call->getSourceRange(),
                      "static_cast<" + V.Type + "&&>(" + V.Name + ")");
      Retained.push_back({S.Call->getSourceRange(), Id});
      return;
    }
    if (!Result->isScalarType() &&
        !Result.isTriviallyCopyableType(Context)) {
      reject(S.Call, Diag::ValueCrosses);
      return;
    }
    VarId Id = hidden("received", Result, "a received value", Line);
    Node Take;
    if (F.Variables[Id].As == Form::Scalar) {
      Take.Text = Piece{F.Variables[Id].Name + " = " + Value + ";", Line};
    } else {
      F.Variables[Id].Bound = "auto& " + F.Variables[Id].Name;
      Take.What = Node::Kind::Construct;
      Take.Vars = {Id};
      Take.Text = Piece{"(" + Value + ")", Line};
    }
    Take.Defines = {Id};
    Out.push_back(std::move(Take));
    Value = F.Variables[Id].Name;
    Retained.push_back({S.Call->getSourceRange(), Id});
  }
  Text.substitute(S.Call->getSourceRange(), Value);
}
