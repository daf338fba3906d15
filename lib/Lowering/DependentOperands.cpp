//===- DependentOperands.cpp - Operands of which only instantiations tell -===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an operand whose type depends denotes, an object, a value or a temporary,
// shows in the instantiations. One that lives across a pause is bound to a
// `weft::bound`, which refers to an object or is the temporary:
//
//   use(name(T(1)))     ::new (temporary) bound<T>(T(1));
//                       ::new (argument) bound<const T &>(name(*temporary));
//
// A temporary that nothing in the text stands for cannot be kept.
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeKinds.h"
#include "Lowering/FiberCall.h"
#include "Support/AstVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

const Expr *weft::objectOf(const Expr *Callee) {
  if (const auto *Found = dyn_cast<UnresolvedMemberExpr>(Callee))
    return Found->isImplicitAccess() ? nullptr : Found->getBase();
  if (const auto *Sought = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    return Sought->isImplicitAccess() ? nullptr : Sought->getBase();
  return nullptr;
}

bool weft::isArrow(const Expr *Callee) {
  if (const auto *Found = dyn_cast<UnresolvedMemberExpr>(Callee))
    return Found->isArrow();
  const auto *Sought = dyn_cast<CXXDependentScopeMemberExpr>(Callee);
  return Sought && Sought->isArrow();
}

const InstantiatedCode::Temporary *
FunctionLowering::unseenTemporary(const Stmt *S) const {
  const auto *E = dyn_cast<Expr>(S);
  const auto *Made = E && F.Dependent ? Instantiated.temporaryAt(E) : nullptr;
  return Made && (Made->HasDestructor || KeepTrivialTemporaries) && !Placed.count(rangeOf(E))
             ? Made
             : nullptr;
}

void FunctionLowering::hasPlace(const Expr *E) {
  Placed.insert(rangeOf(E));
  checkHidden(E);
}

void FunctionLowering::checkHidden(const Expr *E) {
  const InstantiatedCode::Temporary *Made = Instantiated.temporaryAt(E);
  if (Made && Made->HasNoText) // Of `->`, or of a default argument.
    rejectOnce(E, Diag::UnsupportedTemporary, kindOf(E).Words);
}

/// Keeps the object that \p E makes in an instantiation until the end of the
/// full-expression.
void FunctionLowering::keepUnseenTemporary(const Expr *E,
                                           const InstantiatedCode::Temporary &Made,
                                           Nodes &Out) {
  hasPlace(E);
  const bool IsAlike = llvm::all_of(
      Instantiated.of(E), [&](const InstantiatedCode::Instance &Each) {
        return Made.Converted.isNull() ? isKeptUnseen(Each) : Each.MakesTemporary;
      });
  if (Made.Differs || !IsAlike)
    return rejectOnce(E, Diag::UnsupportedTemporary, kindOf(E).Words);
  if (isSplitConditional(E) || isFiberCall(E)) { // It goes to the frame anyway.
    ResultIsKept = isFiberCall(E);
    return split(E, Out);
  }
  std::vector<VarId> Uses;
  if (!Made.Converted.isNull()) {
    const std::string Name = keepConverted(E, Made.Converted, Uses, Out);
    if (Uses.empty())
      return;
    Text.substitute(E->getSourceRange(),
                    "static_cast<" + F.Variables[Uses.back()].Type + "&&>(" + Name + ")");
  } else {
    if (!nameClosures(E))
      return;
    // As long as it has the names of the source.
    const std::string Type = "decltype((" + typeOnlyText(E) + "))";
    split(E, Out);
    Text.substitute(E->getSourceRange(),
                    valueOfBound(bindOperand(E, "temporary", Type, Uses, Out)));
  }
  Retained.push_back({E->getSourceRange(), Uses.back()});
}

std::string FunctionLowering::keepConverted(const Expr *E, QualType T,
                                            std::vector<VarId> &Uses, Nodes &Out) {
  hasPlace(E);
  const InstantiatedCode::Temporary *Made = Instantiated.temporaryAt(E);
  if (Made && (Made->Differs || !isNameable(T))) {
    rejectOnce(E, Diag::UnsupportedTemporary, kindOf(E).Words);
    return {};
  }
  return keepArgument(E, T, Uses, Out);
}

bool FunctionLowering::nameClosures(const Expr *E) {
  class Name : public AstVisitor {
  public:
    FunctionLowering &L;
    explicit Name(FunctionLowering &L) : L(L) {}
    bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
      if (L.TypeOnlyValues.count(Lambda))
        return true;
      Factory Made = L.Suspends.contains(Lambda) ? Factory() : L.declareFactory("closure", Lambda);
      if (Made.Call.empty()) {
        L.rejectOnce(Lambda, Diag::UnnameableTemporary);
        return false;
      }
      L.Text.substitute(Lambda->getSourceRange(), std::move(Made.Call));
      L.TypeOnlyValues[Lambda] = std::move(Made.TypeOnly);
      return true;
    }
  } Closures(*this);
  return Closures.TraverseStmt(const_cast<Expr *>(E));
}

/// Whether nobody sees that the value of \p Each, if it is one, is moved once more.
bool FunctionLowering::isKeptUnseen(const InstantiatedCode::Instance &Each) const {
  const QualType T = Each.E->getType();
  return Each.E->isGLValue() || Each.IsTemporary || T->isScalarType() || isMovedUnseen(T);
}

/// Whether what \p E denotes, or the value that is taken of it, can stand for it in
/// every instantiation.
bool FunctionLowering::mayBind(const Expr *E) const {
  if (isa<InitListExpr, PackExpansionExpr, OverloadExpr>(E->IgnoreParens()) ||
      E->getType()->isSpecificPlaceholderType(BuiltinType::BoundMember))
    return false;
  const bool IsRead = Instantiated.unseenUse(E) == InstantiatedCode::Use::Read;
  return llvm::all_of(Instantiated.of(E), [&](const InstantiatedCode::Instance &Each) {
    const QualType T = Each.E->getType();
    if (Each.UsedAs == InstantiatedCode::Use::Converted || T->isFunctionType() ||
        T->isVoidType() || T->isPlaceholderType())
      return false;
    if (IsRead && Each.E->isGLValue()) // A scalar is kept by value in all of them.
      return T->isScalarType() == (Each.UsedAs == InstantiatedCode::Use::Read);
    return !(Each.E->isGLValue() && Each.E->refersToBitField()) && isKeptUnseen(Each);
  });
}

/// What follows in the full-expression does not come between \p E and its use.
void FunctionLowering::splitAtOnce(const Expr *E, Nodes &Out) {
  const unsigned Suspensions = countSuspensions(E);
  {
    llvm::SaveAndRestore<unsigned> Own(Pending, Suspensions);
    split(E, Out);
  }
  Pending -= std::min(Pending, Suspensions);
}

void FunctionLowering::snapshotDependent(const Expr *E, Nodes &Out) {
  if (!mayBind(E))
    return reject(E, Diag::EvaluatedBefore);
  if (!nameClosures(E))
    return;
  std::string Type = "decltype((" + typeOnlyText(E) + "))";
  if (Instantiated.unseenUse(E) == InstantiatedCode::Use::Read)
    Type = "weft::operand_read<" + Type + ">";
  hasPlace(E);
  splitAtOnce(E, Out);
  std::vector<VarId> Uses;
  const VarId Id = bindOperand(E, "before", Type, Uses, Out);
  Retained.push_back({E->getSourceRange(), Id});
  Text.substitute(E->getSourceRange(), valueOfBound(Id));
}

void FunctionLowering::snapshotObject(const Expr *E, bool IsArrow, Nodes &Out) {
  if (!IsArrow || !E->isTypeDependent() || isa<CXXThisExpr>(E->IgnoreParens()))
    return snapshot(E, Out);
  // The object may have another address, or be another, by the time of the call.
  const unsigned Line = line(E->getBeginLoc());
  const std::string Type = "decltype(weft::arrow(" + typeOnlyText(E) + "))";
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> All(KeepTrivialTemporaries, true);
  splitAtOnce(E, Out);
  const VarId Id = hidden("before", Context.DependentTy, "an object found before the pause", Line);
  F.Variables[Id].Type = nameType(F.Variables[Id].Name, Type);
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Uses = edit(E);
  N.Text = Piece{"(weft::arrow(" + Text.text(E->getSourceRange()) + "))", Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  Retained.push_back({E->getSourceRange(), Id});
  Text.substitute(E->getSourceRange(), F.Variables[Id].Name);
}

std::string FunctionLowering::valueOfBound(VarId Id) const {
  const Variable &V = F.Variables[Id];
  return "static_cast<typename " + V.Type + "::declared>(*" + V.Name + ")";
}

bool FunctionLowering::isObjectOf(
    const Expr *E, llvm::function_ref<QualType(const FunctionDecl *)> Wanted) const {
  return llvm::all_of(Instantiated.of(E), [&](const InstantiatedCode::Instance &Each) {
    const QualType T = Wanted(Each.In);
    return Each.E->isPRValue() && !T.isNull() &&
           Context.hasSameUnqualifiedType(Each.E->getType(), T);
  });
}

bool FunctionLowering::isDirectCall(const Expr *E, const ValuePlace &To) const {
  if (To.OfLvalue)
    return false;
  if (!To.Like)
    return isDirectCall(E, To.What == ValuePlace::Kind::Result ? What.Type.Returns : To.Type);
  // What the place is in the instantiation; a reference is bound by other means.
  InstantiatedType InInstance = [&](const FunctionDecl *Function) {
    for (const InstantiatedCode::Instance &Each : Instantiated.of(To.Like))
      if (Each.In == Function && Each.E->isPRValue())
        return Each.E->getType();
    return QualType();
  };
  return isDirectCall(E, Context.DependentTy, &InInstance);
}

bool FunctionLowering::haveSameType(const Expr *A, const Expr *B) const {
  llvm::ArrayRef<InstantiatedCode::Instance> Others = Instantiated.of(B);
  return llvm::all_of(Instantiated.of(A), [&](const InstantiatedCode::Instance &Each) {
    return llvm::all_of(Others, [&](const InstantiatedCode::Instance &Other) {
      return Each.In != Other.In ||
             (Each.E->getValueKind() == Other.E->getValueKind() &&
              Context.hasSameType(Each.E->getType(), Other.E->getType()));
    });
  });
}

std::string FunctionLowering::keepOperand(const Expr *E, std::vector<VarId> &Uses,
                                          Nodes &Out) {
  const Expr *Named = E->IgnoreParens();
  // As long as it has the names of the source.
  const std::string Type = "decltype((" + typeOnlyText(E) + "))";
  ResultIsKept = isFiberCall(Named);
  hasPlace(E);
  split(E, Out);
  if (isFiberCall(Named) ||
      (isa<DeclRefExpr, MemberExpr, CXXDependentScopeMemberExpr, CXXThisExpr>(Named) &&
       !Suspends.contains(E))) {
    for (VarId Id : edit(E))
      Uses.push_back(Id);
    return Text.text(E->getSourceRange());
  }
  return valueOfBound(bindOperand(E, "argument", Type, Uses, Out));
}

VarId FunctionLowering::bindOperand(const Expr *E, llvm::StringRef Name,
                                    const std::string &Type, std::vector<VarId> &Uses,
                                    Nodes &Out) {
  const unsigned Line = line(E->getBeginLoc());
  VarId Id = hidden(Name, Context.DependentTy, "an operand", Line);
  Variable &V = F.Variables[Id];
  V.Type = nameType(V.Name, "weft::bound<" + Type + "&&, " + Type + ">");
  V.Indirect = true;
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Uses = edit(E);
  N.Text = Piece{binding(V.Type, Text.text(E->getSourceRange())), Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  Uses.push_back(Id);
  return Id;
}

std::string FunctionLowering::packText(const Expr *E, std::vector<VarId> &Uses) {
  if (mustSplit(E)) {
    reject(E, Suspends.contains(E) ? Diag::UnsupportedSuspension : Diag::UnsupportedTemporary,
           "a pack expansion");
    return {};
  }
  for (VarId Id : edit(E))
    Uses.push_back(Id);
  return Text.text(E->getSourceRange());
}

std::string FunctionLowering::keepDependentArgument(const Expr *E,
                                                    std::vector<VarId> &Uses,
                                                    Nodes &Out) {
  const bool IsDirect = isDirectCall(E, Context.getAutoDeductType());
  const unsigned Line = line(E->getBeginLoc());
  const std::string Type = "std::decay_t<decltype((" + typeOnlyText(E) + "))>";
  if (!IsDirect)
    split(E, Out);
  VarId Id = hidden("argument", Context.DependentTy, "a parameter of the callee's", Line);
  F.Variables[Id].Type = nameType(F.Variables[Id].Name, Type);
  Uses.push_back(Id);
  if (IsDirect) {
    ResultTarget = Id;
    split(E, Out);
    beginLife(Id, Line, Out);
    return F.Variables[Id].Name;
  }
  const Variable &V = F.Variables[Id];
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Uses = edit(E);
  N.Text = Piece{"[&]() -> " + V.Type + " { return " + Text.text(E->getSourceRange()) +
                     "; }",
                 Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  return F.Variables[Id].Name;
}
