//===- RangeFor.cpp - Range-based for whose body suspends ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Becomes what [stmt.ranged]/1 says it is, with `range`, `begin` and `end` in
// the frame:
//
//   for (const auto& s : list()) { ... }
//
//   ::new (range_slot.storage()) std::vector<std::string>(list());
//   ::new (begin_slot.storage()) ...(range.begin());
//   ::new (end_slot.storage()) ...(range.end());
//   for (; begin != end; ++begin) { s = std::addressof(*begin); ... }
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

void FunctionLowering::lowerRangeFor(const CXXForRangeStmt *S, Nodes &Out) {
  unsigned Line = line(S->getForLoc());
  llvm::SaveAndRestore<ScopeId> InScope(Scope);
  F.Scopes.push_back({Scope, Line});
  Scope = F.Scopes.size() - 1;
  unsigned Level = Alive;
  Nodes Own;
  if (S->getInit())
    lower(S->getInit(), Own);
  const Expr *Init = S->getRangeInit();

  // A temporary is the range object itself ([stmt.ranged]/1: `auto&&`).
  const Expr *Value = Init;
  while (true) {
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Value))
      Value = Cleanups->getSubExpr();
    else if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Value))
      Value = Temp->getSubExpr();
    else
      break;
  }

  if (!Suspends.contains(S->getBody())) {
    // Only the range suspends: the loop itself stays.
    std::vector<VarId> Uses;
    Piece Range = expression(Init, Own, Uses);
    if (Alive != Level) {
      reject(Init, Diag::UnsupportedSuspension, "a range with temporaries");
      return;
    }
    verbatim(S, Own);
    for (Node &Each : Own)
      Out.push_back(std::move(Each));
    return;
  }
  if (!S->getBeginStmt()) {
    reject(S, Diag::DependentRange);
    return;
  }

  // The range: the object itself, or where it is.
  std::vector<VarId> Uses;
  const VarDecl *RangeVar = cast<VarDecl>(S->getRangeStmt()->getSingleDecl());
  QualType RangeType = RangeVar->getType().getNonReferenceType();
  std::string Range, Arrow;
  std::string RangeReference =
      Types.type(Context.getLValueReferenceType(RangeType));
  VarId RangeId;
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Value)) {
    // The backing array lives as long as the range ([dcl.init.list]/6).
    const Expr *Array = List->getSubExpr();
    if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Array))
      Array = Temp->getSubExpr();
    RangeType = Array->getType();
    RangeId = hidden("range", RangeType, "the range", Line);
    Uses = edit(Init);
    construct(RangeId, "{" + Text.text(Init->getSourceRange()) + "}",
              std::move(Uses), Level, Line, Own);
    Range = F.Variables[RangeId].Name;
    Arrow = Range + ".";
  } else if (Value->isPRValue()) {
    if (!TypeSpelling::isNameable(RangeType)) {
      reject(Init, Diag::UnnameableTemporary);
      return;
    }
    RangeId = hidden("range", RangeType, "the range", Line);
    F.Variables[RangeId].Bound = "auto& " + F.Variables[RangeId].Name;
    keepInPlace(F.Variables[RangeId], Value);
    std::string Made = initialiser(Value, RangeType,
                                    isa<InitListExpr>(Value->IgnoreImplicit())
                                        ? VarDecl::ListInit
                                        : VarDecl::CInit,
                                    F.Variables[RangeId].Type, Own, Uses);
    construct(RangeId, std::move(Made), std::move(Uses), Level, Line, Own);
    Range = F.Variables[RangeId].Name;
    Arrow = Range + ".";
  } else {
    RangeId = hidden("range", Context.getPointerType(RangeType), "the range", Line);
    // A local coroutine may be its frame.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Init->IgnoreParens()))
      if (auto It = Lifted.find(Ref->getDecl()); It != Lifted.end())
        if (const Variable &V = F.Variables[It->second];
            V.As == Form::Object && !V.Size && !RangeType->isDependentType()) {
          RangeReference = V.Type + "&";
          F.Variables[RangeId].Declarator =
              "std::add_pointer_t<" + V.Type + "> " + F.Variables[RangeId].Name;
        }
    Node N;
    std::string Value = expression(Init, Own, N.Uses).Text;
    Range = F.Variables[RangeId].Name;
    N.Text = Piece{Range + " = " +
                       (Init->isLValue() ? "std::addressof(" : "weft::address_of(") +
                       Value + ");",
                   Line};
    N.Defines = {RangeId};
    Own.push_back(std::move(N));
    unwindTo(Level, Own, Line);
    Arrow = Range + "->";
    Range = "*" + Range;
  }

  // Its iterators.
  auto iterator = [&](const DeclStmt *Declaration, llvm::StringRef Name) {
    const auto *D = cast<VarDecl>(Declaration->getSingleDecl());
    const Expr *Value = D->getInit()->IgnoreImplicit();
    while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Value))
      Value = Cast->getSubExpr();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
        Construct && Construct->getNumArgs() == 1)
      Value = Construct->getArg(0)->IgnoreImplicit();
    std::string Text;
    if (RangeType->isArrayType())
      Text = ("std::" + Name + "(" + Range + ")").str();
    else if (isa<CXXMemberCallExpr>(Value))
      Text = (Arrow + Name + "()").str();
    else
      Text = ("weft::" + Name + "_of(" + Range + ")").str();
    QualType T = TypeSpelling::deduced(D->getType()).getUnqualifiedType();
    VarId Id = hidden(Name, T, ("the range's " + Name).str(), Line);
    if (F.Variables[Id].As == Form::Scalar) {
      Node N;
      N.Text = Piece{F.Variables[Id].Name + " = " + Text + ";", Line};
      N.Defines = {Id};
      N.Uses = {RangeId};
      Own.push_back(std::move(N));
    } else {
      if (!TypeSpelling::isNameable(T))
        reject(Init, Diag::UnnameableTemporary);
      if (isa<CXXMemberCallExpr>(Value))
        F.Variables[Id].Type =
            "decltype(std::declval<" +
            (F.Variables[RangeId].As == Form::Object ? F.Variables[RangeId].Type + "&"
                                                     : RangeReference) +
            ">()." + Name.str() + "())";
      construct(Id, "(" + Text + ")", {RangeId}, Alive, Line, Own);
    }
    return Id;
  };
  VarId Begin = iterator(S->getBeginStmt(), "begin");
  VarId End = iterator(S->getEndStmt(), "end");
  // What an iterator refers to may be inside the range object.
  std::vector<VarId> All = {RangeId, Begin, End};

  Node N;
  N.What = Node::Kind::Loop;
  std::string BeginName = F.Variables[Begin].Name;
  N.Text = Piece{"for (; " + BeginName + " != " + F.Variables[End].Name + "; ++" +
                     BeginName + ")",
                 Line};
  N.Uses = All;
  unsigned Body = Alive;
  Breaks.push_back({Body, "", nullptr});
  Continues.push_back({Body, "", nullptr});
  {
    llvm::SaveAndRestore<ScopeId> InBody(Scope);
    F.Scopes.push_back({Scope, line(S->getBody()->getBeginLoc())});
    Scope = F.Scopes.size() - 1;
    const VarDecl *D = S->getLoopVariable();
    if (isLifted(D)) {
      GivenInit = "*" + BeginName;
      lowerVariable(D, true, N.Body);
      GivenInit.reset();
      // The value is read through the iterator just now.
      if (!N.Body.empty())
        N.Body.front().Uses = All;
    }
    lowerInBlock(S->getBody(), N.Body);
    unwindTo(Body, N.Body, line(S->getEndLoc()));
  }
  Breaks.pop_back();
  Continues.pop_back();
  Own.push_back(std::move(N));
  unwindTo(Level, Own, line(S->getEndLoc()));
  for (Node &Each : Own)
    Out.push_back(std::move(Each));
}
