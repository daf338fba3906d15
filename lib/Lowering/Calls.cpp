//===- Calls.cpp - Calls of fiber functions, and waits -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call of a fiber function calls its entry instead, and returns when the
// callee has paused; the result is constructed where it is wanted:
//
//   std::string reply = fetch(c, "key");    ::new (argument) std::string("key");
//                                           if (weft_call(1, fetch_fiber(reply, c, argument))) { return weft_end.paused(); }
//                                         suspended_1:
//                                           weft_resumed();
//
// A primitive's call makes an awaiter, which lives until the end of the
// full-expression:
//
//   int n = channel.receive();              wait_slot.emplace_from([&] { return channel.receive(); });
//                                           if (weft_wait(1, wait)) { return weft_end.paused(); }
//                                         suspended_1:
//                                           weft_resumed();
//                                           n = wait.await_resume();
//
// What the arguments leave behind lives across the pause ([class.temporary]/4);
// so do parameters that are objects with a destructor, which the caller
// constructs and destroys at the end of the full-expression, as compilers for
// the Itanium ABI do ([expr.call]/4).
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

/// Down to the call whose result \p E is, through what changes nothing.
static const Expr *resultOf(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
             Cast && Cast->getCastKind() == CK_NoOp)
      E = Cast->getSubExpr();
    else
      return E;
  }
}

bool FunctionLowering::isFiberCall(const Expr *E) const {
  auto S = Suspends.at(resultOf(E));
  return S && S->What == SuspensionPoint::Kind::Call;
}

bool FunctionLowering::isWait(const Expr *E) const {
  auto S = Suspends.at(resultOf(E));
  return S && S->What == SuspensionPoint::Kind::Wait;
}

bool FunctionLowering::isDirectCall(const Expr *Init, QualType T) const {
  return Init && isFiberCall(Init) && resultOf(Init)->isPRValue() &&
         Context.hasSameUnqualifiedType(resultOf(Init)->getType(), T);
}

bool FunctionLowering::isMovedUnseen(QualType T) const {
  if (T.isTriviallyCopyableType(Context))
    return true;
  const auto *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->isInStdNamespace() || !Record->getIdentifier())
    return false;
  for (llvm::StringRef Each :
       {"basic_string", "vector", "unique_ptr", "shared_ptr", "weak_ptr", "map",
        "set", "multimap", "multiset", "unordered_map", "unordered_set", "list",
        "deque", "exception_ptr"})
    if (Record->getName() == Each)
      return true;
  return false;
}

bool FunctionLowering::isPassedByReference(const ParmVarDecl *P) const {
  QualType T = P->getType();
  return !T->isReferenceType() && !T.isTriviallyCopyableType(Context);
}

/// The object that a parameter by value is.
std::string FunctionLowering::keepArgument(const Expr *Arg, QualType T,
                                           std::vector<VarId> &Uses, Nodes &Out) {
  T = T.getUnqualifiedType();
  const unsigned Line = line(Arg->getBeginLoc());
  VarId Id = hidden("argument", T, "a parameter of the callee's", Line);
  asObject(F.Variables[Id]);
  F.Variables[Id].Escapes = true;
  F.Variables[Id].Bound = "auto& " + F.Variables[Id].Name;
  if (isDirectCall(Arg, T)) {
    ResultTarget = Id;
    split(Arg, Out);
    beginLife(Id, Line, Out);
  } else {
    split(Arg, Out);
    Node N;
    N.What = Node::Kind::Construct;
    N.Vars = N.Defines = {Id};
    N.Uses = edit(Arg);
    N.Text = Piece{"[&]() -> " + F.Variables[Id].Type + " { return " +
                       Text.text(Arg->getSourceRange()) + "; }",
                   Line};
    keepAlive(Id);
    Out.push_back(std::move(N));
  }
  Uses.push_back(Id);
  return F.Variables[Id].Name;
}

bool FunctionLowering::keepAlive(VarId Id) {
  Variable &V = F.Variables[Id];
  if (!V.HasDestructor)
    return false;
  V.Outer = Alive;
  Alive = V.Alive = ++LastAlive;
  return true;
}

void FunctionLowering::beginLife(VarId Id, unsigned Line, Nodes &Out) {
  if (!keepAlive(Id))
    return;
  Node Begin;
  Begin.What = Node::Kind::Begin;
  Begin.Vars = {Id};
  Begin.Text.Line = Line;
  Out.push_back(std::move(Begin));
}

PointId FunctionLowering::addPoint(const Suspension &S) {
  SuspensionPoint Point;
  Point.What = S.What;
  Point.Line = line(S.Call->getBeginLoc());
  Point.Column = Unit.Sources.getExpansionColumnNumber(S.Call->getBeginLoc());
  Point.Scope = Scope;
  F.Points.push_back(Point);
  return F.Points.size();
}

/// Whether one operand is evaluated before the other ([over.match.oper]/2).
static bool isOrdered(OverloadedOperatorKind Op) {
  switch (Op) {
  case OO_LessLess:
  case OO_GreaterGreater:
  case OO_Subscript:
  case OO_Comma:
  case OO_AmpAmp:
  case OO_PipePipe:
  case OO_ArrowStar:
    return true;
  default:
    return CXXOperatorCallExpr::isAssignmentOp(Op);
  }
}

void FunctionLowering::callFiber(const Suspension &S, Nodes &Out) {
  LoweredCalls.insert(S.Inner);
  const CallExpr *Call = S.Inner;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const unsigned Line = line(Call->getBeginLoc());
  std::optional<VarId> Target = std::exchange(ResultTarget, std::nullopt);
  const bool Returned = std::exchange(ResultIsReturned, false);
  const bool Kept = std::exchange(ResultIsKept, false);
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, true);

  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
  const bool IsClosure = Operator && hasObjectEntry(Callee);
  const Expr *CalleeExpr = Call->getCallee()->IgnoreParenImpCasts();
  const bool IsOperator = Operator && !IsClosure;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const bool IsConversion = isa<CXXConversionDecl>(Callee);
  if ((!Operator && !isa<DeclRefExpr, MemberExpr>(CalleeExpr)) ||
      !Call->getEndLoc().isFileID()) {
    reject(Call, Diag::FiberArgument, "this way to name the function");
    return;
  }

  // What the callee is called on.
  llvm::SmallVector<const Expr *> Args(Call->arg_begin(), Call->arg_end());
  const Expr *Object = nullptr;
  if (IsClosure || (IsOperator && Method)) {
    Object = Args.front();
    Args.erase(Args.begin());
  } else if (const auto *Member = dyn_cast<MemberExpr>(CalleeExpr)) {
    Object = Member->getBase();
  }
  if (IsOperator && llvm::any_of(Args, [&](const Expr *A) {
        return Suspends.contains(A);
      }) && isOrdered(Operator->getOperator())) {
    reject(Call, Diag::EvaluatedBefore);
    return;
  }
  if (Object && !isa<CXXThisExpr>(Object->IgnoreParenImpCasts()) &&
      llvm::any_of(Args, [&](const Expr *A) { return Suspends.contains(A); }))
    snapshot(Object, Out);
  else if (Object)
    split(Object, Out);

  std::vector<VarId> Uses;
  std::string Arguments;
  for (unsigned I = 0; I < Args.size(); ++I) {
    const ParmVarDecl *P = Callee->getParamDecl(I);
    if (isa<CXXDefaultArgExpr>(Args[I])) {
      if (P->getType()->isReferenceType() || isPassedByReference(P)) {
        Report.report(Call->getEndLoc(), Diag::FiberArgument)
            << "a default argument that is an object";
        Failed = true;
        return;
      }
      break; // The entry has it too.
    }
    Arguments += ", ";
    if (IsOperator && I + 1 == Args.size() && I + 1 == Callee->getNumParams() &&
        (Operator->getOperator() == OO_PlusPlus ||
         Operator->getOperator() == OO_MinusMinus) &&
        Call->getNumArgs() == 2) {
      Arguments += "0"; // What tells `x++` from `++x`.
      continue;
    }
    if (isPassedByReference(P)) {
      Arguments += keepArgument(Args[I], P->getType(), Uses, Out);
      continue;
    }
    split(Args[I], Out);
    for (VarId Id : edit(Args[I]))
      Uses.push_back(Id);
    Arguments += Text.text(Args[I]->getSourceRange());
  }

  // The callee's frame, or the entry's name.
  auto Frame = Frames.find(Callee->getCanonicalDecl());
  if (llvm::any_of(Args, [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); }))
    Frame = Frames.end(); // The entry knows them.
  const bool ByObject = IsClosure || IsConversion || (IsOperator && Method);
  if (!IsOperator || Method)
    for (VarId Id : edit(ByObject ? Object : CalleeExpr))
      Uses.push_back(Id);
  std::string Name;
  if (ByObject) {
    const Expr *Bare = Object->IgnoreImplicit();
    const bool IsPrimary =
        isa<DeclRefExpr, MemberExpr, CallExpr, ParenExpr, CXXFunctionalCastExpr,
            CXXTemporaryObjectExpr, LambdaExpr, MaterializeTemporaryExpr>(Bare) &&
        !(isa<CXXOperatorCallExpr>(Bare));
    Name = Text.text(Object->getSourceRange());
    const bool IsArrow =
        isa<MemberExpr>(CalleeExpr) && cast<MemberExpr>(CalleeExpr)->isArrow();
    if (Bare->isImplicitCXXThis())
      Name = Self;
    else if (!IsPrimary)
      Name = "(" + Name + ")";
    Name += IsArrow && !Bare->isImplicitCXXThis() ? "->" : ".";
    Name += IsClosure ? "weft_begin" : entryName(Callee);
  } else if (IsOperator) {
    Name = entryName(Callee);
  } else {
    SourceRange Where =
        isa<MemberExpr>(CalleeExpr)
            ? cast<MemberExpr>(CalleeExpr)->getMemberNameInfo().getSourceRange()
            : cast<DeclRefExpr>(CalleeExpr)->getNameInfo().getSourceRange();
    Text.replace(Where, entryName(Callee));
    Name = Text.text(CalleeExpr->getSourceRange());
  }

  // Where the result goes, and how it reads afterwards.
  const QualType R = Callee->getReturnType();
  std::string Into = "{}", Value = "void()";
  std::optional<VarId> Result = Target;
  if (Returned) {
    Into = member("weft_result");
  } else if (R->isReferenceType()) {
    Result = hidden("result", Context.getPointerType(R.getNonReferenceType()),
                    "a result", Line);
    Into = F.Variables[*Result].Name;
    Value = R->isLValueReferenceType()
                ? "(*" + Into + ")"
                : "static_cast<" + spelled(R) + ">(*" + Into + ")";
  } else if (!R->isVoidType()) {
    if (!Result)
      Result = hidden("result", R, "a result", Line);
    const Variable &V = F.Variables[*Result];
    Into = V.As == Form::Scalar && V.IsConst ? V.Stored : V.Name;
    Value = V.As == Form::Scalar && !Kept
                ? V.Name
                : "static_cast<" + V.Type + "&&>(" + V.Name + ")";
    if (!Target && !Kept && !isMovedUnseen(R)) {
      Report.report(S.Call->getBeginLoc(), Diag::ResultMoved)
          << R << S.Call->getSourceRange();
      Failed = true;
    }
  }
  if (Result) {
    F.Variables[*Result].Escapes = true;
    F.Variables[*Result].Mentioned = true;
    Uses.push_back(*Result);
    Node Begins; // Of its storage's use.
    Begins.Defines = {*Result};
    Begins.Text.Line = Line;
    Out.push_back(std::move(Begins));
  }

  std::string Started = Name + "(" + Into + Arguments + ")";
  llvm::SaveAndRestore<ScopeId> InScope(Scope);
  if (Frame != Frames.end()) {
    // Frames of callees are never there together.
    F.Scopes.push_back({Scope, Line});
    Scope = F.Scopes.size() - 1;
    Variable V;
    const std::string Entry = entryName(Callee);
    llvm::StringRef Word = Entry;
    Word.consume_back("_fiber");
    V.Name = uniqueName((Word + "_call").str());
    V.As = Form::Object;
    V.Type = Frame->second.Name;
    V.Bound = "auto& " + V.Name;
    V.Extra = "a callee's frame";
    V.Line = Line;
    V.Scope = Scope;
    V.Mentioned = V.Escapes = true;
    V.Size = Frame->second.Size;
    V.Align = Frame->second.Align;
    V.Stored = uniqueName(V.Name + "_slot");
    F.Variables.push_back(V);
    const VarId Id = F.Variables.size() - 1;
    Node Make;
    Make.What = Node::Kind::Construct;
    Make.Vars = Make.Defines = {Id};
    Make.Uses = Uses;
    Make.Text = Piece{"(" + Into + Arguments + ")", Line};
    Out.push_back(std::move(Make));
    Started = "weft::start(" + V.Name + ")";
    Uses.push_back(Id);
  }
  Node N;
  N.What = Node::Kind::Suspend;
  N.Point = addPoint(S);
  N.Text = Piece{std::move(Started), Line};
  N.Uses = Uses;
  for (VarId Id : Uses)
    Retained.push_back({S.Call->getSourceRange(), Id});
  Out.push_back(std::move(N));
  if (Pending)
    --Pending;
  if (Result && !Target)
    beginLife(*Result, Line, Out);
  Text.substitute(S.Call->getSourceRange(), Value);
}

VarId FunctionLowering::await(const Suspension &S, const std::string &Made,
                              std::vector<VarId> Uses, Nodes &Out) {
  LoweredCalls.insert(S.Inner);
  const unsigned Line = line(S.Call->getBeginLoc());
  VarId Id = hidden("wait", S.Awaiter, "an awaiter", Line);
  asObject(F.Variables[Id]);
  F.Variables[Id].Escapes = true;
  F.Variables[Id].Bound = "auto& " + F.Variables[Id].Name;
  Node Make;
  Make.What = Node::Kind::Construct;
  Make.Vars = Make.Defines = {Id};
  Make.Uses = std::move(Uses);
  Make.Text = Piece{"[&] { return " + Made + "; }", Line};
  keepAlive(Id);
  Out.push_back(std::move(Make));
  Node N;
  N.What = Node::Kind::Suspend;
  N.Point = addPoint(S);
  N.Text = Piece{F.Variables[Id].Name, Line};
  N.Uses = {Id};
  Out.push_back(std::move(N));
  return Id;
}

void FunctionLowering::waitFor(const Suspension &S, Nodes &Out) {
  const unsigned Line = line(S.Call->getBeginLoc());
  const bool Kept = std::exchange(ResultIsKept, false);
  {
    llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
    // A primitive's awaiter owns what it needs; one of the user's may refer to
    // its operand.
    llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, isAwait(S.Inner));
    splitCall(S.Inner, Out);
  }
  std::vector<VarId> Uses = edit(S.Inner);
  VarId Id = await(S, Text.text(S.Inner->getSourceRange()), std::move(Uses), Out);
  Retained.push_back({S.Call->getSourceRange(), Id});
  if (Pending)
    --Pending;

  std::string Value = F.Variables[Id].Name + ".await_resume()";
  QualType T = S.Inner->getType();
  if (Pending && !Kept && !T->isVoidType()) {
    // Another pause comes before this value is used.
    if (S.Inner->isGLValue()) {
      reject(S.Call, Diag::ValueCrosses);
      return;
    }
    VarId Held = hidden("received", T, "a received value", Line);
    Node Take;
    Take.Defines = {Held};
    Take.Uses = {Id};
    if (F.Variables[Held].As == Form::Scalar) {
      Take.Text = Piece{F.Variables[Held].Name + " = " + Value + ";", Line};
      Value = F.Variables[Held].Name;
      Out.push_back(std::move(Take));
    } else {
      if (!isMovedUnseen(T)) {
        Report.report(S.Call->getBeginLoc(), Diag::ResultMoved)
            << T << S.Call->getSourceRange();
        Failed = true;
      }
      Take.What = Node::Kind::Construct;
      Take.Vars = {Held};
      Take.Text = Piece{"[&] { return " + Value + "; }", Line};
      keepAlive(Held);
      Out.push_back(std::move(Take));
      Value = "static_cast<" + F.Variables[Held].Type + "&&>(" +
              F.Variables[Held].Name + ")";
    }
    Retained.push_back({S.Call->getSourceRange(), Held});
  }
  Text.substitute(S.Call->getSourceRange(), Value);
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
  if (isDirectCall(Value, R)) {
    // The callee constructs the result of this function.
    ResultIsReturned = true;
    expression(Value, Out, ResultUses);
    return member("weft_returned") + "();";
  }
  LastOperand = resultOf(Value);
  std::string Operand = expression(Value, Out, ResultUses).Text;
  LastOperand = nullptr;
  if (isMovedFrom(Value))
    Operand = "std::move(" + Operand + ")";
  return member("weft_return") + "([&]() -> " + F.ReturnType + " { return " +
         Operand + "; });";
}
