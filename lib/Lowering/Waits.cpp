//===- Waits.cpp - What a fiber waits for ---------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
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
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

std::string FunctionLowering::awaiterType(const Suspension &S) {
  const bool Depends = S.Awaiter.isNull() || S.Awaiter->isDependentType();
  return Depends ? "decltype(" + awaiterText(S.Inner) + ")" : std::string();
}

VarId FunctionLowering::await(const Suspension &S, const std::string &Type,
                              const std::string &Made, std::vector<VarId> Uses,
                              Nodes &Out) {
  LoweredCalls.insert(S.Inner);
  return await(S.Call->getBeginLoc(), Type.empty() ? S.Awaiter : Context.DependentTy, Type,
               Made, std::move(Uses), Out);
}

VarId FunctionLowering::await(SourceLocation Where, QualType T, const std::string &Type,
                              const std::string &Made, std::vector<VarId> Uses,
                              Nodes &Out) {
  const unsigned Line = line(Where);
  VarId Id = hidden("wait", T, "an awaiter", Line);
  if (!Type.empty())
    F.Variables[Id].Type = nameType(F.Variables[Id].Name, Type);
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
  N.Point = addPoint(SuspensionPoint::Kind::Wait, Where);
  N.Text = Piece{F.Variables[Id].Name, Line};
  N.Uses = {Id};
  Out.push_back(std::move(N));
  return Id;
}

/// Whether the awaiter of \p Call may refer to what it is called with. A
/// primitive's owns what it needs.
static bool mayReferToOperands(const CallExpr *Call, const Colours &Colour) {
  auto handsOn = [](const CallExpr *Each) {
    return Each->getDirectCallee() && handsOnAwaiter(Each->getDirectCallee());
  };
  return isAwait(Call) || handsOn(Call) || llvm::any_of(Colour.instancesOf(Call), handsOn);
}

std::string FunctionLowering::awaiterMade(const Suspension &S) {
  const auto *Conversion = dyn_cast_or_null<CXXMemberCallExpr>(S.Inner);
  if (!Conversion || !isa_and_nonnull<CXXConversionDecl>(Conversion->getMethodDecl()))
    return Text.text(S.Inner->getSourceRange());
  return "static_cast<" + Types.type(S.Awaiter.getCanonicalType()) + ">(" +
         Text.text(Conversion->getImplicitObjectArgument()->getSourceRange()) + ")";
}

void FunctionLowering::waitFor(const Suspension &S, Nodes &Out) {
  if (!checkInstances(S))
    return;
  const unsigned Line = line(S.Call->getBeginLoc());
  // As long as they have the names of the source.
  const std::string TypeOnly = F.Dependent ? typeOnlyText(S.Inner) : std::string();
  const std::string Type = awaiterType(S);
  const bool Kept = std::exchange(ResultIsKept, false);
  {
    llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
    llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,
                                       mayReferToOperands(S.Inner, Suspends.colours()));
    splitCall(S.Inner, Out);
    keepArguments(S.Inner);
  }
  std::vector<VarId> Uses = edit(S.Inner);
  VarId Id = await(S, Type, awaiterMade(S), std::move(Uses), Out);
  Retained.push_back({S.Call->getSourceRange(), Id});
  if (Pending)
    --Pending;

  std::string Value = F.Variables[Id].Name + ".await_resume()";
  QualType T = S.Inner->getType();
  if (F.Dependent)
    TypeOnlyValues[S.Call] = TypeOnlyValues[S.Inner] = TypeOnly;
  if (Pending && T->isDependentType() && isVoidInstantiated(S.Inner))
    T = Context.VoidTy;
  if (Pending && !Kept && !T->isVoidType()) {
    // Another pause comes before this value is used.
    if (S.Inner->isGLValue()) {
      reject(S.Call, Diag::ValueCrosses);
      return;
    }
    if (T->isDependentType() && !checkResultMoved(S.Inner))
      return;
    VarId Held = hidden("received", T, "a received value", Line);
    if (T->isDependentType())
      F.Variables[Held].Type =
          nameType(F.Variables[Held].Name,
                   "decltype(" + TypeOnly + ")");
    Node Take;
    Take.Defines = {Held};
    Take.Uses = {Id};
    if (F.Variables[Held].As == Form::Scalar) {
      Take.Text = Piece{F.Variables[Held].Name + " = " + Value + ";", Line};
      Value = F.Variables[Held].Name;
      standsFor(Held, S.Call);
      Out.push_back(std::move(Take));
    } else {
      if (!T->isDependentType() && !isMovedUnseen(T)) {
        Report.report(S.Call->getBeginLoc(), Diag::ResultMoved)
            << T << S.Call->getSourceRange();
        Failed = true;
      }
      Take.What = Node::Kind::Construct;
      Take.Vars = {Held};
      Take.Text = Piece{"[&] { return " + Value + "; }", Line};
      keepAlive(Held);
      Out.push_back(std::move(Take));
      Value = "static_cast<" + qualifiersOf(T) + F.Variables[Held].Type + "&&>(" +
              F.Variables[Held].Name + ")";
    }
    Retained.push_back({S.Call->getSourceRange(), Held});
  }
  Text.substitute(S.Call->getSourceRange(), Value);
}
