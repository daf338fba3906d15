//===- Temporaries.cpp - Temporaries that live across a pause -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Temporaries live until the end of the full-expression ([class.temporary]/4), which
// is after the pause: they move to the frame, but for those that nobody misses.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"

using namespace clang;
using namespace weft;

/// The elements of a list that a container of the standard library copies: when
/// the array behind it dies, nobody can tell.
const InitListExpr *FunctionLowering::unseenList(const Stmt *S) const {
  const auto *Construct = dyn_cast<CXXConstructExpr>(S);
  if (!Construct || !Construct->isStdInitListInitialization() ||
      Construct->getNumArgs() == 0 || !isMovedUnseen(Construct->getType()))
    return nullptr;
  const auto *List =
      dyn_cast<CXXStdInitializerListExpr>(Construct->getArg(0)->IgnoreImplicit());
  const auto *Array =
      List ? dyn_cast<MaterializeTemporaryExpr>(List->getSubExpr()) : nullptr;
  const QualType T = Array ? Context.getBaseElementType(Array->getType()) : QualType();
  if (T.isNull() || (hasDestructor(T) && !isMovedUnseen(T)))
    return nullptr;
  return dyn_cast<InitListExpr>(Array->getSubExpr()->IgnoreImplicit());
}

bool FunctionLowering::isUnseenDefault(const CXXDefaultArgExpr *Default) {
  // Empty objects of the standard library, such as allocators, are never missed.
  const Stmt *Value = Default->getExpr();
  while (isa<ExprWithCleanups, MaterializeTemporaryExpr, ImplicitCastExpr,
             CXXBindTemporaryExpr>(Value))
    Value = *Value->child_begin();
  const CXXRecordDecl *Record = cast<Expr>(Value)->getType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && Record->isEmpty();
}

bool FunctionLowering::holdsTemporary(const Stmt *S) const {
  if (!S)
    return false;
  if (unseenTemporary(S))
    return true;
  if (isa<LambdaExpr>(S))
    return false;
  if (const InitListExpr *List = unseenList(S))
    return holdsTemporary(List);
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(S)) {
    QualType T = Temp->getType();
    if (!T->isDependentType() && (hasDestructor(T) || KeepTrivialTemporaries))
      return true;
  }
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(S))
    return !isUnseenDefault(Default) && holdsTemporary(Default->getExpr());
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return holdsTemporary(Child); });
}

bool FunctionLowering::keeps(const MaterializeTemporaryExpr *E) const {
  const QualType T = E->getType();
  return KeepTemporaries && !T->isDependentType() &&
         (hasDestructor(T) || KeepTrivialTemporaries);
}

/// A temporary that give() constructs.
void FunctionLowering::giveTemporary(const MaterializeTemporaryExpr *E, Nodes &Out) {
  const QualType T = E->getType();
  const unsigned Line = line(E->getBeginLoc());
  if (!TypeSpelling::isNameable(T))
    return reject(E, Diag::UnnameableTemporary);
  VarId Id = hidden("temporary", T, "a temporary", Line);
  give({ValuePlace::Kind::Variable, Id, T.getUnqualifiedType()}, E->getSubExpr(), Out);
  beginLife(Id, Line, Out);
  useTemporary(E, Id);
}

/// With the category and the qualifiers that it had: they decide what is called.
void FunctionLowering::useTemporary(const MaterializeTemporaryExpr *E, VarId Id) {
  Variable &V = F.Variables[Id];
  const std::string Words = qualifiersOf(E->getType());
  V.Bound = Words + "auto& " + V.Name;
  putInstead(E, E->isBoundToLvalueReference()
                    ? V.Name
                    : "static_cast<" + Words + V.Type + "&&>(" + V.Name + ")");
  Retained.push_back({E->getSourceRange(), Id});
  takeAhead(E);
}

void FunctionLowering::keepTemporary(const MaterializeTemporaryExpr *E,
                                     Nodes &Out) {
  QualType T = E->getType();
  unsigned Line = line(E->getBeginLoc());
  VarId Id = hidden("temporary", T, "a temporary", Line);
  // Also a scalar needs an address.
  Variable &V = F.Variables[Id];
  asObject(V);
  V.Escapes = true;
  std::vector<VarId> Uses = edit(E->getSubExpr());
  std::string Value;
  if (!isNameable(T)) {
    Value = makeFactory(V, E->getSubExpr());
    if (Value.empty())
      return;
  } else {
    Value = operandText(E->getSubExpr());
  }
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = {Id};
  N.Defines = {Id};
  N.Uses = std::move(Uses);
  const Expr *Bare = E->getSubExpr()->IgnoreImplicit();
  bool Braces = isa<InitListExpr>(Bare) || !isNameable(T);
  N.Text = Piece{Braces ? Value
                        : "[&]() -> " + V.Type + " { return " + Value + "; }",
                 Line};
  if (F.Variables[Id].HasDestructor) {
    F.Variables[Id].Outer = Alive;
    Alive = F.Variables[Id].Alive = ++LastAlive;
  }
  Out.push_back(std::move(N));
  useTemporary(E, Id);
}
