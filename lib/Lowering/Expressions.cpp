//===- Expressions.cpp - Full-expressions that hold a suspension ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An expression is taken apart along the path to its suspension only:
//
//   f(a(), weft::yield<int>(x), b())        return weft_await(1, x);
//                                         suspended_1:
//                                           weft_resumed();
//                                           f(a(), weft_received(), b());
//
// That is right because arguments are indeterminately sequenced ([expr.call]/8); but
// what is left of one, as of `g(yield)`, is not separated from its pause by another.
// Where the standard orders an operand before the suspension (callee and object
// before arguments, left before right for <<, >>, [], ->* and the comma, right
// before left for assignments, list elements in order), that operand must be stable,
// or its value is kept in front of the pause.
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeKinds.h"
#include "Lowering/FiberCall.h"
#include "Support/AstVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

/// Gives a hidden variable storage of its own, whatever its type.
void FunctionLowering::asObject(Variable &V) {
  V.As = Form::Object;
  if (V.Stored.empty())
    V.Stored = uniqueName(V.Name + "_slot");
}

unsigned FunctionLowering::countSuspensions(const Stmt *S) const {
  if (!S)
    return 0;
  auto Found = Suspends.at(S);
  if (Found && Found->Inner && Found->Inner != S) // `weft::await` around it.
    return countSuspensions(Found->Inner);
  unsigned Count = Found ? 1 : 0;
  if (!Suspends.contains(S) || isa<LambdaExpr>(S))
    return Count;
  for (const Stmt *Child : S->children())
    Count += countSuspensions(Child);
  return Count;
}

Piece FunctionLowering::expression(const Expr *E, Nodes &Out,
                                   std::vector<VarId> &Uses) {
  if (GivenInit) {
    Piece Given{*GivenInit, line(E->getBeginLoc())};
    GivenInit.reset();
    return Given;
  }
  llvm::SaveAndRestore<unsigned> Saved(Pending, countSuspensions(E));
  size_t First = Retained.size();
  split(E, Out);
  Uses = edit(E);
  for (size_t I = First; I < Retained.size(); ++I)
    Uses.push_back(Retained[I].second);
  return Text.render(E->getSourceRange());
}

bool FunctionLowering::mustSplit(const Expr *E) {
  return E && (Suspends.contains(E) || (KeepTemporaries && holdsTemporary(E)));
}

bool FunctionLowering::isStable(const Expr *E) const {
  // Its value, or the object that it denotes, is the same before and after.
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E);
      Ref && isa<VarDecl>(Ref->getDecl()) && E->isGLValue())
    return true;
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E))
    return M->isImplicitAccess() || (!M->isArrow() && isStable(M->getBase()));
  if (E->isValueDependent() || E->isTypeDependent()) {
    const auto *M = dyn_cast<MemberExpr>(E); // Of the current instantiation.
    if (M && isa<FieldDecl>(M->getMemberDecl()))
      return M->isArrow() ? isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts())
                          : isStable(M->getBase());
    return isa<CXXThisExpr>(E);
  }
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
    switch (Cast->getCastKind()) {
    case CK_NoOp:
    case CK_FunctionToPointerDecay:
    case CK_ArrayToPointerDecay:
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BuiltinFnToFnPtr:
      return isStable(Cast->getSubExpr());
    default:
      break;
    }
  }
  if (E->isPRValue() && !E->HasSideEffects(Context) &&
      E->isEvaluatable(Context))
    return true;
  if (isa<CXXThisExpr, StringLiteral>(E))
    return true;
  // A string made of a literal, and the like.
  if (isa<CXXDefaultArgExpr>(E))
    return true;
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
    return isStable(Bind->getSubExpr());
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
      Cast && Cast->getCastKind() == CK_ConstructorConversion)
    return isStable(Cast->getSubExpr());
  if (const auto *Init = dyn_cast<CXXDefaultInitExpr>(E))
    return isStable(Init->getExpr());
  if (const auto *Cleanups = dyn_cast<FullExpr>(E))
    return isStable(Cleanups->getSubExpr());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return isMovedUnseen(E->getType()) && Construct->getConstructor()->isInStdNamespace() &&
           llvm::all_of(Construct->arguments(), [&](const Expr *A) {
             return isa<StringLiteral>(A->IgnoreParenImpCasts()) ||
                    isa<CXXDefaultArgExpr>(A);
           });
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return E->isGLValue() || isa<FunctionDecl, NonTypeTemplateParmDecl>(Ref->getDecl());
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    if (isa<CXXMethodDecl>(M->getMemberDecl()) || !M->isArrow())
      return isStable(M->getBase());
    return isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts());
  }
  return false;
}

/// The call of `operator->` that `p->` is, but for conversions; or null.
static const CXXOperatorCallExpr *arrowOf(const Expr *E) {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E->IgnoreImplicit());
  return Call && Call->getOperator() == OO_Arrow ? Call : nullptr;
}

std::string FunctionLowering::operandText(const Expr *E) const {
  const CXXOperatorCallExpr *Arrow = arrowOf(E);
  if (!Arrow)
    return Text.text(E->getSourceRange());
  if (auto Kept = KeptArrows.find(Arrow); Kept != KeptArrows.end())
    return Kept->second;
  return operandText(Arrow->getArg(0)) + ".operator->()";
}

void FunctionLowering::putInstead(const Expr *E, std::string Value) {
  if (const CXXOperatorCallExpr *Arrow = arrowOf(E)) {
    KeptArrows[Arrow] = Value;
    Value += "->"; // It is part of the operand.
  }
  Text.substitute(E->getSourceRange(), std::move(Value));
}

bool FunctionLowering::isUnseenUse(const Expr *E) const {
  return Instantiated.unseenUse(E) != InstantiatedCode::Use::Itself;
}

/// Whether what \p E denotes goes to the frame when it is taken apart.
bool FunctionLowering::goesToFrame(const Expr *E) {
  E = E->IgnoreParens();
  // The object of a call of a const member, for example.
  if (const auto *Qualified = dyn_cast<ImplicitCastExpr>(E);
      Qualified && Qualified->getCastKind() == CK_NoOp && Qualified->isGLValue())
    E = Qualified->getSubExpr()->IgnoreParens();
  const auto *Logical = dyn_cast<BinaryOperator>(E);
  return isFiberCall(E) || isSplitConditional(E) ||
         (!E->isTypeDependent() &&
          (isa<MaterializeTemporaryExpr>(E) || (F.Dependent && Instantiated.temporaryAt(E)))) ||
         (Logical && Logical->isLogicalOp() && mustSplit(Logical->getRHS()) &&
          isBuiltIn(Logical));
}

/// Whether the value of \p E can be put aside.
bool FunctionLowering::maySnapshot(const Expr *E) {
  if (isUnseenUse(E))
    return mayBind(E);
  if (isStable(E) || goesToFrame(E))
    return true;
  if (E->isTypeDependent())
    return mayBind(E);
  const QualType T = E->getType();
  if (T->isVoidType() || T->isPlaceholderType() ||
      isa<CXXDefaultInitExpr, ImplicitValueInitExpr>(E))
    return false;
  return E->isGLValue() ? !E->refersToBitField()
                        : T->isScalarType() || (T->isRecordType() && isMovedUnseen(T) &&
                                                TypeSpelling::isNameable(T));
}

/// Down to the scalar as it is written: what it is converted to shows at its use.
static const Expr *unconverted(const Expr *E) {
  for (;;) {
    const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
    if (!Cast || !Cast->isPRValue() || !Cast->getSubExpr()->isPRValue() ||
        !Cast->getType()->isScalarType() || !Cast->getSubExpr()->getType()->isScalarType() ||
        Cast->getCastKind() == CK_UserDefinedConversion || Cast->getSubExpr()->isTypeDependent())
      return E;
    E = Cast->getSubExpr();
  }
}

void FunctionLowering::snapshot(const Expr *E, Nodes &Out) {
  E = unconverted(E);
  if (isStable(E) && !isUnseenUse(E))
    return;
  if (!maySnapshot(E))
    return reject(E, Diag::EvaluatedBefore);
  // Its temporaries live to the end of the full-expression.
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> All(KeepTrivialTemporaries, true);
  if (goesToFrame(E) && !isUnseenUse(E)) {
    const auto *Made = F.Dependent ? Instantiated.temporaryAt(E) : nullptr;
    if (Made && !Made->HasDestructor && E->isTypeDependent())
      hasPlace(E); // What is made of it, its use makes.
    return split(E, Out);
  }
  if (E->isTypeDependent() || isUnseenUse(E))
    return snapshotDependent(E, Out);
  const QualType T = E->getType();
  const bool IsUnseen = E->isPRValue() && T->isRecordType();
  const unsigned Line = line(E->getBeginLoc());
  const bool OfLvalue = E->isGLValue();
  VarId Id = hidden("before", OfLvalue ? Context.getPointerType(T) : T.getUnqualifiedType(),
                    "an operand evaluated before the pause", Line);
  const unsigned Suspensions = countSuspensions(E);
  {
    llvm::SaveAndRestore<unsigned> Own(Pending, Suspensions);
    give({ValuePlace::Kind::Variable, Id, T.getUnqualifiedType(), OfLvalue}, E, Out);
  }
  Pending -= std::min(Pending, Suspensions);
  beginLife(Id, Line, Out);
  const std::string &Name = F.Variables[Id].Name;
  putInstead(E, E->isLValue() ? "(*" + Name + ")"
                : OfLvalue    ? "static_cast<" + spelled(T) + " &&>(*" + Name + ")"
                : IsUnseen    ? "static_cast<" + qualifiersOf(T) + F.Variables[Id].Type + "&&>(" +
                                 Name + ")"
                              : Name);
  if (!OfLvalue)
    standsFor(Id, E);
  takeAhead(E);
  Retained.push_back({E->getSourceRange(), Id});
}

void FunctionLowering::splitArguments(llvm::ArrayRef<const Expr *> Args,
                                      bool Ordered, Nodes &Out) {
  if (!Ordered)
    return splitUnordered(Args, Out);
  size_t Last = 0; // Behind the last that is taken apart.
  for (size_t I = 0; I < Args.size(); ++I)
    if (mustSplit(Args[I]))
      Last = I + 1;
  for (size_t I = 0; I < Args.size(); ++I) {
    if (I + 1 < Last)
      snapshot(Args[I], Out);
    else
      split(Args[I], Out);
  }
}

bool FunctionLowering::isTornApart(const Expr *E, llvm::ArrayRef<const Expr *> Among) {
  return mustSplit(E) && !isResultItself(E) &&
         llvm::any_of(Among, [&](const Expr *Other) {
           return Other != E && (!isStable(Other) || isUnseenUse(Other));
         });
}

/// In any order, but one as a whole before another ([expr.call]/8): what is evaluated
/// behind its pause must not wait for the call.
void FunctionLowering::splitUnordered(llvm::ArrayRef<const Expr *> Args, Nodes &Out) {
  const auto isTorn = [&](const Expr *E) { return isTornApart(E, Args); };
  const auto *Whole = llvm::find_if(Args, [&](const Expr *E) {
    return isTorn(E) && !maySnapshot(E);
  });
  for (const auto *I = Args.begin(); I != Args.end(); ++I) {
    // All others come before one that stays in the call.
    if (I != Whole && (Whole != Args.end() || isTorn(*I)))
      snapshot(*I, Out);
    else if (I != Whole)
      split(*I, Out);
  }
  if (Whole != Args.end())
    split(*Whole, Out);
}

/// A statement of its own, whose temporaries live on.
void FunctionLowering::splitLeftOfComma(const Expr *Left, Nodes &Out) {
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, true);
  const Expr *Bare = droppedOperand(Left);
  const QualType T = Bare->getType();
  if (!Bare->isPRValue() || T->isDependentType() || !hasDestructor(T) || isFiberCall(Bare))
    return give({}, Left, Out);
  const unsigned Line = line(Left->getBeginLoc());
  if (!TypeSpelling::isNameable(T))
    return reject(Left, Diag::UnnameableTemporary);
  VarId Id = hidden("temporary", T, "a temporary", Line);
  F.Variables[Id].Mentioned = false;
  give({ValuePlace::Kind::Variable, Id, T.getUnqualifiedType()}, Bare, Out);
  beginLife(Id, Line, Out);
}

/// Whether \p E is the result of a suspension, and not a value that is taken of the
/// object to which the result refers.
bool FunctionLowering::isResultItself(const Expr *E) const {
  const Expr *Bare = E->IgnoreParenImpCasts();
  return Suspends.at(Bare) && E->isGLValue() == Bare->isGLValue() &&
         Instantiated.unseenUse(E) == InstantiatedCode::Use::Itself;
}

void FunctionLowering::splitBinary(const Expr *Whole, const Expr *Left,
                                   const Expr *Right, BinaryOperatorKind Op,
                                   Nodes &Out) {
  if (BinaryOperator::isAssignmentOp(Op)) {
    if (mustSplit(Left) && !isResultItself(Right))
      snapshot(Right, Out);
    else
      split(Right, Out);
    return split(Left, Out);
  }
  // These are more than their order; overloaded, they evaluate both operands, in the
  // same order ([over.match.oper]/2).
  const bool IsSpecial = BinaryOperator::isLogicalOp(Op) || Op == BO_Comma;
  const bool IsBuiltIn = IsSpecial && isBuiltIn(Whole);
  if (BinaryOperator::isLogicalOp(Op) && IsBuiltIn && mustSplit(Right))
    return splitLogical(Whole, Left, Right, Op, Out);
  const bool LeftFirst = IsSpecial || Op == BO_Shl || Op == BO_Shr ||
                         Op == BO_PtrMemD || Op == BO_PtrMemI;
  if (Op == BO_Comma && IsBuiltIn &&
      (mustSplit(Right) || isSplitConditional(droppedOperand(Left)))) {
    splitLeftOfComma(Left, Out);
    Text.substitute(Left->getSourceRange(), "void()");
  } else if (Op == BO_Comma && IsBuiltIn) {
    const bool Drops = isFiberCall(droppedOperand(Left));
    ResultIsKept = Drops;
    split(Left, Out);
    if (Drops)
      Text.substitute(Left->getSourceRange(), "void()");
  } else if (LeftFirst && mustSplit(Right) && !isResultItself(Left)) {
    // What remains of it would be evaluated after what is moved out of the right.
    snapshot(Left, Out);
  } else if (!LeftFirst &&
             Suspends.colours().instances().ofOperator(Whole).IsOverloaded) {
    return splitUnordered({Left, Right}, Out);
  } else if (mustSplit(Left) && mustSplit(Right) && !isResultItself(Left) &&
             maySnapshot(Left)) {
    snapshot(Left, Out); // Need not come first, but nobody expects anything else.
  } else if (mustSplit(Left)) {
    split(Left, Out);
  }
  split(Right, Out);
}

void FunctionLowering::splitCall(const CallExpr *Call, Nodes &Out) {
  llvm::SmallVector<const Expr *> Args(Call->arg_begin(), Call->arg_end());
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    OverloadedOperatorKind Op = Operator->getOperator();
    if (Op == OO_Subscript) {
      if (!mustSplit(Args[1]))
        return splitArguments(Args, false, Out);
      snapshot(Args[0], Out);
      return split(Args[1], Out);
    }
    if (Op == OO_Call) {
      if (llvm::any_of(llvm::drop_begin(Args),
                       [&](const Expr *A) { return mustSplit(A); }))
        snapshot(Args[0], Out);
      else
        split(Args[0], Out);
      return splitArguments(Call, llvm::ArrayRef(Args).drop_front(), false,
                            Call->getRParenLoc(), Out);
    }
    if (Args.size() == 2) {
      BinaryOperatorKind Binary = BinaryOperator::getOverloadedOpcode(Op);
      return splitBinary(Call, Args[0], Args[1], Binary, Out);
    }
    return splitArguments(Args, false, Out);
  }
  // The callee, with the object of a member call, comes first ([expr.call]/8).
  const Expr *Callee = Call->getCallee();
  const bool SplitsArgument = // Or is taken apart for another reason.
      llvm::any_of(Args, [&](const Expr *A) { return mustSplit(A); });
  const auto *Of = dyn_cast<MemberExpr>(Callee->IgnoreParens());
  // A static member's, too, though it is only evaluated.
  if (const auto *Static = dyn_cast<MemberExpr>(Callee->IgnoreParenImpCasts());
      Static && isa<CXXMethodDecl>(Static->getMemberDecl()))
    Of = Static;
  if (Of && SplitsArgument && !Of->isImplicitAccess()) {
    snapshot(Of->getBase(), Out);
  } else if (const auto *Bound = dyn_cast<BinaryOperator>(Callee->IgnoreParens());
             Bound && Bound->isPtrMemOp() && SplitsArgument) {
    snapshot(Bound->getLHS(), Out);
    snapshot(Bound->getRHS(), Out);
  } else if (mustSplit(Callee) && !SplitsArgument) {
    split(Callee, Out);
  } else if (SplitsArgument && !Of) {
    const Expr *Bare = Callee->IgnoreParens();
    if (const Expr *Base = objectOf(Bare))
      snapshotObject(Base, isArrow(Bare), Out);
    else if (!Call->getDirectCallee() &&
             !isa<UnresolvedLookupExpr, UnresolvedMemberExpr, CXXDependentScopeMemberExpr>(Bare))
      snapshot(Callee, Out);
  }
  splitArguments(Call, Args, false, Call->getRParenLoc(), Out);
}

void FunctionLowering::splitArguments(const Expr *Call, llvm::ArrayRef<const Expr *> Args,
                                      bool Ordered, SourceLocation End, Nodes &Out) {
  const auto isDefault = [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); };
  splitArguments(Args.take_until(isDefault), Ordered, Out);
  if (llvm::any_of(Args, [&](const Expr *A) { return isDefault(A) && mustSplit(A); }))
    writeDefaults(Call, Args, End, Out);
}

/// The order of a closure's members, and so of the captures, is unspecified
/// ([expr.prim.lambda.capture]/15).
void FunctionLowering::splitCaptures(const LambdaExpr *E, Nodes &Out) {
  for (const Expr *Init : E->capture_inits()) {
    if (Suspends.contains(Init) && (Init->isGLValue() || Init->getType()->isScalarType()))
      snapshot(Init, Out); // The closure may be made by a factory, from variables.
    else
      split(Init, Out);
  }
}

/// The storage is allocated before the initialiser is evaluated ([expr.new]/22); where
/// the program has no part in that, nobody can tell.
static bool isAllocatedUnseen(const CXXNewExpr *E, const ASTContext &Context) {
  const FunctionDecl *Allocate = E->getOperatorNew();
  const Expr *Size = E->getArraySize().value_or(nullptr);
  return Allocate && (!Size || Size->isIntegerConstantExpr(Context)) &&
         (Allocate->isReservedGlobalPlacementOperator() ||
          (E->getNumPlacementArgs() == 0 && Allocate->isReplaceableGlobalAllocationFunction()));
}

void FunctionLowering::splitNew(const CXXNewExpr *E, Nodes &Out) {
  llvm::SmallVector<const Expr *> Args(E->placement_arg_begin(), E->placement_arg_end());
  if (!mustSplit(E->getInitializer())) {
    if (const Expr *Size = E->getArraySize().value_or(nullptr))
      Args.push_back(Size);
    return splitArguments(Args, false, Out);
  }
  const auto Instances = Instantiated.of(E);
  const bool IsUnseen =
      E->getOperatorNew() || Instances.empty()
          ? isAllocatedUnseen(E, Context)
          : llvm::all_of(Instances, [&](const InstantiatedCode::Instance &Each) {
              const auto *New = dyn_cast<CXXNewExpr>(Each.E);
              return New && isAllocatedUnseen(New, Context);
            });
  if (!IsUnseen)
    return reject(E, Suspends.contains(E) ? Diag::UnsupportedSuspension
                                          : Diag::UnsupportedTemporary,
                  kindOf(E).Words);
  for (const Expr *Each : Args)
    snapshot(Each, Out);
  split(E->getInitializer(), Out);
}

/// Whether parentheses may initialise the parts of a \p T, one after the other
/// ([dcl.init.general]/16.6.2.2); what is in no order may be in this one, too.
bool FunctionLowering::mayBeAggregate(QualType T) const {
  return Context.getLangOpts().CPlusPlus20 && (T->isDependentType() || T->isAggregateType());
}

void FunctionLowering::split(const Expr *E, Nodes &Out) {
  if (!mustSplit(E))
    return;
  splitNode(E, Out);
  if (!Suspends.at(E)) // Whose text is what it leaves.
    keepArguments(E);
}

void FunctionLowering::splitNode(const Expr *E, Nodes &Out) {
  if (const auto *Made = KeepTemporaries ? unseenTemporary(E) : nullptr)
    return keepUnseenTemporary(E, *Made, Out);
  if (auto S = Suspends.at(E))
    return suspend(*S, Out);
  if (isSplitConditional(E))
    return splitConditional(E, Out);
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E)) {
    if (const ValueDecl *By = Temp->getExtendingDecl()) {
      // Here it dies with the statement; so a range-for's may, and one that is the
      // variable as a whole is none.
      const auto Place = Lifted.find(By);
      const bool IsWhole = Place != Lifted.end() && F.Variables[Place->second].As == Form::Object;
      if (!By->getType()->isReferenceType() ||
          (hasDestructor(Temp->getType()) && !IsWhole && !By->isImplicit()))
        return reject(E, Diag::ExtendedSubobject, By->getName());
    }
    if (isFiberCall(Temp->getSubExpr())) {
      ResultIsKept = true; // The result is the temporary.
      return split(Temp->getSubExpr(), Out);
    }
    if (Temp->getType()->isRecordType() &&
        isGivenInPlace(Temp->getSubExpr(), Temp->getType()))
      return giveTemporary(Temp, Out);
    const bool Keep = keeps(Temp);
    ResultIsKept = Keep && isWait(Temp->getSubExpr()); // As the temporary.
    split(Temp->getSubExpr(), Out);
    if (Keep)
      keepTemporary(Temp, Out);
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return splitCall(Call, Out);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return splitBinary(E, Binary->getLHS(), Binary->getRHS(), Binary->getOpcode(),
                       Out);
  if (const auto *Index = dyn_cast<ArraySubscriptExpr>(E)) {
    if (mustSplit(Index->getRHS()))
      snapshot(Index->getLHS(), Out);
    else
      split(Index->getLHS(), Out);
    return split(Index->getRHS(), Out);
  }
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E))
    return split(Conditional->getCond(), Out); // The arms stay.
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (const InitListExpr *List = unseenList(Construct))
      return split(List, Out);
    llvm::SmallVector<const Expr *> Args(Construct->arg_begin(),
                                         Construct->arg_end());
    return splitArguments(E, Args, Construct->isListInitialization(),
                          Construct->getParenOrBraceRange().getEnd(), Out);
  }
  if (const auto *Construct = dyn_cast<CXXUnresolvedConstructExpr>(E)) {
    llvm::SmallVector<const Expr *> Args(Construct->arg_begin(),
                                         Construct->arg_end());
    return splitArguments(Args,
                          Construct->isListInitialization() ||
                              mayBeAggregate(Construct->getTypeAsWritten()),
                          Out);
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    llvm::SmallVector<const Expr *> Elements;
    elementsOf(List, Elements);
    return splitArguments(Elements, true, Out);
  }
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    llvm::SmallVector<const Expr *> Elements(List->getInitExprs());
    return splitArguments(Elements, true, Out);
  }
  if (const auto *List = dyn_cast<ParenListExpr>(E)) {
    llvm::SmallVector<const Expr *> Args;
    for (unsigned I = 0; I < List->getNumExprs(); ++I)
      Args.push_back(List->getExpr(I));
    return splitArguments(Args, mayBeAggregate(Context.DependentTy), Out);
  }
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return split(Rewritten->getSemanticForm(), Out);
  if (isa<CXXDefaultArgExpr>(E)) {
    Report.report(cast<CXXDefaultArgExpr>(E)->getUsedLocation(),
                  Diag::TemporaryInDefaultArgument);
    Failed = true;
    return;
  }
  if (const auto *New = dyn_cast<CXXNewExpr>(E))
    return splitNew(New, Out);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return splitCaptures(Lambda, Out);
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E);
      Member && !Member->isArrow() && isFiberCall(Member->getBase()))
    ResultIsKept = true;
  // Nothing but the braces makes the object that refers to the array.
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    if (const auto *Array = dyn_cast<MaterializeTemporaryExpr>(List->getSubExpr());
        Array && mustSplit(Array) &&
        (keeps(Array) || Array->getExtendingDecl()))
    return reject(E, Suspends.contains(E) ? Diag::UnsupportedSuspension
                                          : Diag::UnsupportedTemporary,
                  "a braced list of objects");
  // A result that is cast to its own type is not made once more.
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
      Cast && isFiberCall(Cast) && resultOf(Cast) != Cast) {
    split(resultOf(Cast), Out);
    return Text.substitute(E->getSourceRange(), Text.text(resultOf(Cast)->getSourceRange()));
  }
  // One operand, and nothing of the expression's own to order against it.
  if (isa<ParenExpr, CastExpr, UnaryOperator, FullExpr, CXXBindTemporaryExpr,
          MemberExpr, CXXThrowExpr, CXXDeleteExpr, CXXDependentScopeMemberExpr,
          UnresolvedMemberExpr, CXXStdInitializerListExpr>(E)) {
    for (const Stmt *Child : E->children())
      if (const auto *Sub = dyn_cast_or_null<Expr>(Child))
        split(Sub, Out);
    return;
  }
  reject(E, Suspends.contains(E) ? Diag::UnsupportedSuspension
                                 : Diag::UnsupportedTemporary,
         kindOf(E).Words);
}
