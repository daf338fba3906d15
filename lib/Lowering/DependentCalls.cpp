//===- DependentCalls.cpp - Calls of which only instantiations tell -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In a template, `f(x)` says neither what it calls nor what that returns. What
// the instantiations in this translation unit call decides how it is lowered:
//
//   a fiber function, always the same   its entry, as in other functions
//   an object, such as a parameter      weft::object_call, which finds out
//
// The types of operands and results are spelled with `decltype`. What the
// language would do with them is asked of the instantiations, too: where an
// object would be moved once more than in the plain program, or an argument is
// converted, the call is rejected.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FiberCall.h"
#include "clang/AST/DeclTemplate.h"
#include "Support/AstVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

/// Whether \p Arg, given to \p P, becomes another object first.
static bool isConverted(const Expr *Arg, const ParmVarDecl *P, const ASTContext &Context) {
  const QualType T = P->getType();
  return !Context.hasSameUnqualifiedType(Arg->IgnoreUnlessSpelledInSource()->getType(),
                                         T.getNonReferenceType()) &&
         (!T->isReferenceType() ||
          isa<MaterializeTemporaryExpr>(Arg->IgnoreParens()));
}

/// Whether a conversion function finds the object that \p Arg denotes.
static bool isConvertedToReference(const Expr *Arg) {
  const auto *Cast = dyn_cast<CastExpr>(Arg->IgnoreParens());
  for (; Cast; Cast = dyn_cast<CastExpr>(Cast->getSubExpr()->IgnoreParens()))
    if (Cast->getCastKind() == CK_UserDefinedConversion)
      return Cast->isGLValue() && isa_and_nonnull<CXXConversionDecl>(Cast->getConversionFunction());
  return false;
}

static const FunctionDecl *patternOf(const FunctionDecl *F) {
  const FunctionDecl *Pattern = F->getTemplateInstantiationPattern(false);
  return (Pattern ? Pattern : F)->getCanonicalDecl();
}

bool FunctionLowering::isObjectCall(const Suspension &S) const {
  if (S.What != SuspensionPoint::Kind::Call || !S.Inner->isTypeDependent() ||
      S.Inner->getDirectCallee())
    return false;
  return llvm::all_of(Suspends.colours().instancesOf(S.Inner), [](const CallExpr *Each) {
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Each);
    return Operator ? Operator->getOperator() == OO_Call : !Each->getDirectCallee();
  });
}

/// The arguments of an instantiated call, without what it is called on.
static llvm::ArrayRef<const Expr *> argumentsOf(const CallExpr *Call) {
  llvm::ArrayRef<const Expr *> Args(Call->getArgs(), Call->getNumArgs());
  const bool HasObject = isa<CXXOperatorCallExpr>(Call) &&
                         isa_and_nonnull<CXXMethodDecl>(Call->getDirectCallee());
  return HasObject ? Args.drop_front() : Args;
}

bool FunctionLowering::checkInstances(const Suspension &S) {
  const CallExpr *Call = S.Inner ? S.Inner : S.Call;
  if (!Call->isTypeDependent() || Call->getDirectCallee())
    return true;
  for (const Expr *Arg : Call->arguments())
    if (!nameClosures(Arg))
      return false;
  auto differ = [&](const FunctionDecl *One) {
    Report.report(Call->getBeginLoc(), Diag::InstantiationsDiffer)
        << ("'" + One->getQualifiedNameAsString() + "'") << Call->getSourceRange();
    Failed = true;
    return false;
  };
  const bool IsObject = isObjectCall(S);
  for (const CallExpr *Each : Suspends.colours().instancesOf(Call)) {
    auto Found = Suspends.at(Each);
    if (!IsObject) {
      if (!Found || Found->What != S.What ||
          (S.Callee && !haveSameEntry(Found->Callee, S.Callee, Call)))
        return differ(S.Callee ? S.Callee : Each->getDirectCallee());
    } else if (Found && !hasObjectEntry(Found->Callee)) {
      return differ(Found->Callee);
    }
    if (S.What != SuspensionPoint::Kind::Wait && Each->getDirectCallee() &&
        !checkArguments(S, Each))
      return false;
  }
  return true;
}

bool FunctionLowering::checkArguments(const Suspension &S, const CallExpr *Each) {
  auto reject = [&](llvm::StringRef What) {
    Report.report(S.Inner->getBeginLoc(), Diag::FiberArgument)
        << What << S.Inner->getSourceRange();
    Failed = true;
    return false;
  };
  const FunctionDecl *Callee = Each->getDirectCallee();
  const bool IsObject = isObjectCall(S), CalleeSuspends = Suspends.at(Each).has_value();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
      IsObject && Method && Method->getRefQualifier() == RQ_RValue)
    return reject("an object that is called as a temporary");
  llvm::ArrayRef<const Expr *> Args = argumentsOf(Each), Written = argumentsOf(S.Inner);
  // Where a pack has become several.
  size_t Pack = Args.size();
  for (size_t I = 0; I < Written.size(); ++I)
    if (isa<PackExpansionExpr>(Written[I])) {
      if (I + 1 != Written.size())
        return reject("a pack in front of other arguments");
      Pack = I;
    }
  for (unsigned I = 0; I < Args.size() && I < Callee->getNumParams(); ++I) {
    const ParmVarDecl *P = Callee->getParamDecl(I);
    const QualType T = P->getType();
    if (isa<CXXDefaultArgExpr>(Args[I])) {
      if (IsObject ? CalleeSuspends : passingOf(P) != Passing::AsDeclared)
        return reject("a default argument");
      continue;
    }
    const bool Converts = isConverted(Args[I], P, Context);
    const bool IsTemporary = Args[I]->IgnoreUnlessSpelledInSource()->isPRValue();
    if (I >= Pack && (IsTemporary || (!IsObject && passingOf(P) != Passing::AsDeclared)))
      return reject("a pack of which objects are made");
    if (IsObject && CalleeSuspends && T->isReferenceType() && isConvertedToReference(Args[I]))
      return reject("a conversion to a reference");
    if (IsObject) {
      // The argument is kept; who does not suspend makes a parameter from it.
      if (!CalleeSuspends && !T->isReferenceType() && !Converts && !isMovedUnseen(T) &&
          IsTemporary)
        return reject("an object that would be moved once more");
      continue;
    }
    if (Converts && (I >= Pack || convertedTo(S, I).isNull()) &&
        (T->isReferenceType() || passingOf(P) != Passing::AsDeclared))
      return reject("an argument that is converted");
  }
  return true;
}

bool FunctionLowering::haveSameEntry(const FunctionDecl *A, const FunctionDecl *B,
                                     const CallExpr *Written) const {
  A = patternOf(A);
  B = patternOf(B);
  if (A == B)
    return true;
  const unsigned Args = Written->getNumArgs();
  const bool HasPack = Args && isa<PackExpansionExpr>(Written->getArg(Args - 1));
  if (entryName(A) != entryName(B) || isa<CXXMethodDecl>(A) != isa<CXXMethodDecl>(B) ||
      (!HasPack && A->getNumParams() != B->getNumParams()))
    return false;
  // An argument is lowered once; a pack is not lowered.
  const unsigned Count = std::min(A->getNumParams(), B->getNumParams());
  for (unsigned I = 0; I < (HasPack ? std::min(Count, Args - 1) : Count); ++I) {
    const ParmVarDecl *P = A->getParamDecl(I), *Q = B->getParamDecl(I);
    const QualType T = elementTypeOf(P), U = elementTypeOf(Q);
    const bool AreScalars = T->isScalarType() && U->isScalarType() &&
                            !T->isDependentType() && !U->isDependentType();
    if (P->isParameterPack() != Q->isParameterPack() || passingOf(P) != passingOf(Q) ||
        !(AreScalars || Context.hasSameUnqualifiedType(T, U)))
      return false;
  }
  return true;
}

bool FunctionLowering::isSameInAll(const Suspension &S) const {
  return !S.Inner->isTypeDependent() || S.Inner->getDirectCallee() ||
         llvm::all_of(Suspends.colours().instancesOf(S.Inner), [&](const CallExpr *Each) {
           const FunctionDecl *Callee = Each->getDirectCallee();
           return Callee && patternOf(Callee) == patternOf(S.Callee);
         });
}

std::string FunctionLowering::decisions() {
  class Find : public AstVisitor {
  public:
    FunctionLowering &L;
    std::string All;
    const Stmt *Full = nullptr; ///< The expression that is not part of another.
    explicit Find(FunctionLowering &L) : L(L) {}

    bool TraverseStmt(Stmt *S) override {
      llvm::SaveAndRestore<const Stmt *> Around(
          Full, S && isa<Expr>(S) ? (Full ? Full : S) : nullptr);
      return AstVisitor::TraverseStmt(S);
    }
    bool VisitCallExpr(CallExpr *Call) override {
      auto S = L.Suspends.at(Call);
      if (S && S->Inner != Call)
        return true; // `weft::await` around it.
      if (L.Suspends.colours().isGreen(L.What.Function))
        All += S ? " s" : " n";
      if (S && S->Callee && L.Frames.count(S->Callee->getCanonicalDecl()))
        All += " " + L.Frames.lookup(S->Callee->getCanonicalDecl()).Name;
      if (!Call->isTypeDependent() || Call->getDirectCallee())
        return true;
      All += S ? " " + std::to_string(int(S->What)) : " -";
      if (!S || !S->suspendsFiber())
        return true;
      const bool IsObject = L.isObjectCall(*S);
      All += IsObject ? "object"
             : S->Callee ? patternOf(S->Callee)->getQualifiedNameAsString() : "";
      All += L.isVoidInstantiated(Call) ? "v" : "";
      All += L.isDirectCall(Call, L.Context.getAutoDeductType()) ? "p" : "";
      for (unsigned I = 0; !IsObject && S->Callee && I < Call->getNumArgs(); ++I)
        All += L.convertedTo(*S, I).isNull() ? "" : "c" + std::to_string(I);
      return true;
    }
    /// Which operands are temporaries.
    bool VisitExpr(Expr *E) override {
      if (const auto *Made = L.Instantiated.temporaryAt(E); Made && L.Suspends.contains(Full))
        All += " t" + (Made->Converted.isNull() ? "" : Made->Converted.getAsString());
      return true;
    }
    bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
      const Instances::RangeKind Kind = L.Suspends.colours().instances().of(S);
      All += Kind.BeginWaits ? " begin" : "";
      All += Kind.StepWaits ? " step" : "";
      return true;
    }
    bool VisitVarDecl(VarDecl *D) override {
      if (D->getInit() && L.isFiberCall(D->getInit()) && L.isDirectCall(D))
        All += "=";
      if (L.dependentConditional(D->getInit()) && L.isGivenInPlace(D))
        All += "?";
      return true;
    }
    bool VisitReturnStmt(ReturnStmt *S) override {
      if (S->getRetValue() && L.isFiberCall(S->getRetValue()) && L.isDirectCall(S))
        All += "r";
      if (L.What.IsFiber && L.dependentConditional(S->getRetValue()) && L.isGivenInPlace(S))
        All += "?";
      return true;
    }
  } Decisions(*this);
  if (Suspends.colours().isGreen(What.Function))
    Decisions.All = " green";
  Decisions.TraverseStmt(What.Function->getBody());
  return Decisions.All;
}

QualType FunctionLowering::convertedTo(const Suspension &S, unsigned Index) const {
  const FunctionDecl *Pattern = patternOf(S.Callee);
  if (Index >= Pattern->getNumParams())
    return {};
  const QualType T = Pattern->getParamDecl(Index)->getType();
  if (T->isDependentType())
    return {};
  if (!T->isReferenceType())
    return T;
  for (const CallExpr *Each : Suspends.colours().instancesOf(S.Inner)) {
    llvm::ArrayRef<const Expr *> Args = argumentsOf(Each);
    const FunctionDecl *Callee = Each->getDirectCallee();
    if (!Callee || Index >= Args.size() ||
        !isConverted(Args[Index], Callee->getParamDecl(Index), Context))
      return {};
  }
  return T.getNonReferenceType();
}

bool FunctionLowering::isVoidInstantiated(const CallExpr *Call) const {
  // Of a template that nobody instantiates here, nothing is known.
  const auto All = Suspends.colours().instancesOf(Call);
  return !All.empty() && llvm::all_of(All, [](const CallExpr *Each) {
    return Each->getType()->isVoidType();
  });
}

bool FunctionLowering::checkResultMoved(const CallExpr *Call) {
  for (const CallExpr *Each : Suspends.colours().instancesOf(Call)) {
    QualType T = Each->getType();
    if (!Each->isPRValue() || T->isVoidType() || isMovedUnseen(T))
      continue;
    Report.report(Call->getBeginLoc(), Diag::ResultMoved) << T << Call->getSourceRange();
    Failed = true;
    return false;
  }
  return true;
}

/// Makes the call's object, which has the parameters; returns what begins it.
std::string FunctionLowering::beginObjectCall(FiberCall &C, Nodes &Out) {
  const unsigned Line = line(C.Call->getBeginLoc());
  const Expr *Callee = C.Call->getCallee()->IgnoreParenImpCasts();
  std::string Type = "weft::object_call<std::remove_reference_t<decltype((" +
                     typeOnlyText(Callee) + "))>";
  for (const Expr *Each : C.Args) {
    const auto *Pack = dyn_cast<PackExpansionExpr>(Each);
    Type += ", decltype((" + typeOnlyText(Pack ? Pack->getPattern() : Each) + "))" +
            (Pack ? "..." : "");
  }
  std::string Given;
  if (isStable(Callee) && Instantiated.unseenUse(Callee) == InstantiatedCode::Use::Itself) {
    for (VarId Id : edit(Callee))
      C.Uses.push_back(Id);
    Given = Text.text(Callee->getSourceRange());
  } else { // It comes first ([expr.call]/8).
    if (Instantiated.unseenUse(Callee) == InstantiatedCode::Use::Converted)
      reject(Callee, Diag::EvaluatedBefore);
    const std::string Of = "weft::operand_read<decltype((" + typeOnlyText(Callee) + "))>";
    hasPlace(Callee);
    split(Callee, Out);
    Given = "*" + F.Variables[bindOperand(Callee, "callee", Of, C.Uses, Out)].Name;
  }
  for (const Expr *Each : C.Args) {
    const std::string Operand = isa<PackExpansionExpr>(Each)
                                    ? packText(Each, C.Uses)
                                    : keepOperand(Each, C.Uses, Out);
    Given += ", " + Operand;
  }
  VarId Id = hidden("call", Context.DependentTy, "a call", Line);
  Variable &V = F.Variables[Id];
  V.Type = nameType(V.Name, Type + ">");
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = N.Defines = {Id};
  N.Uses = C.Uses;
  N.Text = Piece{"(" + Given + ")", Line};
  keepAlive(Id);
  Out.push_back(std::move(N));
  C.Uses.push_back(Id);
  return F.Variables[Id].Name + ".begin";
}

FunctionLowering::ResultPlace
FunctionLowering::placeDependentResult(const FiberCall &C, std::optional<VarId> Target,
                                       bool Returned, bool Kept) {
  if (Returned)
    return {member("weft_result"), "void()", std::nullopt};
  const unsigned Line = line(C.Call->getBeginLoc());
  if (Target)
    return {F.Variables[*Target].Name, "void()", Target};
  if (isVoidInstantiated(C.Call))
    return {"{}", "void()", std::nullopt};
  if (!Kept)
    checkResultMoved(C.Call);
  const std::string Type = "decltype(" + C.TypeOnlyText + ")";
  VarId Id = hidden("result", Context.DependentTy, "a result", Line);
  Variable &V = F.Variables[Id];
  const std::string Result = nameType(V.Name, Type);
  V.Type = "weft::held_result<" + Result + ">";
  return {"weft::into_held<" + Result + ">(" + V.Name + ")",
          "weft::take_result_as<" + Result + ">(" + V.Name + ")", Id};
}
