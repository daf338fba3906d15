//===- Initialisers.cpp - How objects in the frame are constructed --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   std::string s(3, 'x');          ::new (s_slot.storage()) std::string(3, 'x');
//   std::string s = "x";            s_slot.emplace_from([&]() -> std::string { return "x"; });
//
// Copy-initialisation goes through a lambda's `return` where a parenthesised
// initialiser could choose another constructor ([dcl.init]/17.6.2 against .3):
// the result object is the slot itself ([class.copy.elision]/1).
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

std::string FunctionLowering::initialiserText(const VarDecl *D) {
  if (!D->getInit())
    return {};
  std::string Value = Text.text(D->getInit()->getSourceRange());
  switch (D->getInitStyle()) {
  case VarDecl::CInit:
    return " = " + Value;
  case VarDecl::ListInit:
    return Value;
  default:
    return isa<ParenListExpr>(D->getInit()) ? Value : "(" + Value + ")";
  }
}

void FunctionLowering::construct(VarId Id, std::string Init,
                                 std::vector<VarId> Uses, unsigned LevelBefore,
                                 unsigned Line, Nodes &Out) {
  Variable &V = F.Variables[Id];
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = {Id};
  N.Defines = {Id};
  N.Uses = std::move(Uses);
  N.Text = Piece{std::move(Init), Line};
  N.Deferred = V.HasDestructor && Alive != LevelBefore;
  if (V.HasDestructor) {
    V.Outer = LevelBefore;
    V.Alive = ++LastAlive;
  }
  bool Deferred = N.Deferred;
  Out.push_back(std::move(N));
  unwindTo(LevelBefore, Out, Line);
  if (Deferred) {
    Node Begin;
    Begin.What = Node::Kind::Begin;
    Begin.Vars = {Id};
    Begin.Text.Line = Line;
    Out.push_back(std::move(Begin));
  }
  if (F.Variables[Id].HasDestructor)
    Alive = F.Variables[Id].Alive;
}

void FunctionLowering::constructByCall(VarId Id, const Expr *Init, unsigned Level,
                                       unsigned Line, Nodes &Out) {
  llvm::SaveAndRestore<unsigned> Own(Pending, countSuspensions(Init));
  QualType T = Init->getType(); // None: `T x(f());` in a template.
  if (const ConditionalOperator *C = dependentConditional(Init)) {
    LastOperand = Init;
    give({ValuePlace::Kind::Variable, Id, Context.DependentTy, false, C}, C, Out);
    LastOperand = nullptr;
  } else if (!T.isNull() && isGivenInPlace(Init, T = T.getUnqualifiedType())) {
    LastOperand = Init;
    give({ValuePlace::Kind::Variable, Id, T}, Init, Out);
    LastOperand = nullptr;
  } else {
    ResultTarget = Id;
    split(Init, Out);
  }
  unwindTo(Level, Out, Line);
  beginLife(Id, Line, Out);
}

/// True when `T(x)` and `T v = x` cannot choose different constructors.
static bool directIsCopy(const Expr *Init, QualType T, ASTContext &Context) {
  const Expr *Bare = Init;
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Bare))
    Bare = Cleanups->getSubExpr();
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Bare))
    Bare = Bind->getSubExpr();
  if (!Context.hasSameUnqualifiedType(Bare->getType(), T))
    return false;
  // A prvalue as written: no constructor is called for the initialisation.
  return isa<CallExpr, CXXTemporaryObjectExpr, CXXFunctionalCastExpr,
             LambdaExpr>(Bare) &&
         Bare->isPRValue();
}

std::string FunctionLowering::initialiser(const Expr *Init, QualType T,
                                          VarDecl::InitializationStyle Style,
                                          llvm::StringRef TypeText, Nodes &Out,
                                          std::vector<VarId> &Uses) {
  if (!Init)
    return {};
  const Expr *Bare = Init->IgnoreImplicit();
  // `T x;` has a constructor call for an initialiser, but no text.
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
      Construct && Style == VarDecl::CallInit && !isa<CXXTemporaryObjectExpr>(Bare) &&
      Construct->getParenOrBraceRange().isInvalid() &&
      llvm::all_of(Construct->arguments(), [](const Expr *A) {
        return isa<CXXDefaultArgExpr>(A);
      }))
    return {};
  Piece P = expression(Init, Out, Uses);
  switch (Style) {
  case VarDecl::ListInit:
    // `T x{...}`: the constructor's range, or the list's, is the braces.
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
        Construct && Construct->getParenOrBraceRange().isValid())
      return Text.text(Construct->getParenOrBraceRange());
    return P.Text;
  case VarDecl::CallInit:
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
        Construct && !isa<CXXTemporaryObjectExpr>(Bare) &&
        Construct->getParenOrBraceRange().isValid())
      return Text.text(Construct->getParenOrBraceRange());
    if (isa<ParenListExpr>(Bare)) // Of dependent type; it has its parentheses.
      return P.Text;
    return "(" + P.Text + ")";
  case VarDecl::ParenListInit: // The parts of an aggregate; it has its parentheses.
    return P.Text;
  default:
    break;
  }
  if (!T->isDependentType() && directIsCopy(Init, T, Context))
    return "(" + P.Text + ")";
  // A function's result of scalar type has no qualifiers.
  std::string Result = T->isScalarType() && !T->isDependentType()
                           ? Types.qualified(T.getUnqualifiedType())
                           : TypeText.str();
  return "[&]() -> " + Result + " { return " + P.Text + "; }";
}
