//===- InPlace.cpp - Coroutines whose frame is a local variable ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/InPlace.h"
#include "Analysis/Fibers.h"
#include "Frontend/UserCodeVisitor.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include <map>

using namespace clang;
using namespace weft;

namespace {

bool isOperation(llvm::StringRef Name) {
  for (llvm::StringRef Each : {"next", "send", "raise", "close", "done", "value",
                               "result", "begin", "end"})
    if (Name == Each)
      return true;
  return false;
}

/// The coroutine functions whose frames callers may keep, by their canonical
/// declarations.
using KnownCoroutines = std::map<const FunctionDecl *, const Coroutine *>;

/// Where a call names its function; of a closure: where the call begins.
SourceLocation calleeLocation(const CallExpr *Call) {
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  if (isa<CXXOperatorCallExpr>(Call))
    return Call->getBeginLoc();
  if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    return Member->getMemberLoc();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    return Ref->getLocation();
  return SourceLocation();
}

/// The type that a variable was given, unless it is deduced; invalid without.
SourceRange typeToReplace(const VarDecl *Variable) {
  if (!Variable || Variable->getType()->getContainedAutoType())
    return SourceRange();
  return Variable->getTypeSourceInfo()->getTypeLoc().getSourceRange();
}

class FindSites : public UserCodeVisitor {
public:
  struct Candidate {
    const CallExpr *Call;
    const FunctionDecl *Function; ///< Canonical; of a template: the pattern.
    const VarDecl *Variable;      ///< Null: a range-for's operand.
  };
  /// A lambda and what is done with it.
  struct Closure {
    unsigned Mentions = 0; ///< Of the variable that holds it.
    unsigned Calls = 0;    ///< Among them, or of the lambda itself.
  };

  FindSites(TranslationUnit &Unit, const KnownCoroutines &Known)
      : UserCodeVisitor(Unit.Sources), Unit(Unit), Known(Known) {}

  /// Those that hold up once everything has been seen.
  std::vector<Candidate> find() {
    TraverseDecl(Unit.AST.getTranslationUnitDecl());
    llvm::erase_if(Candidates, [&](const Candidate &Each) {
      return Each.Variable && HandedOn.count(Each.Variable);
    });
    for (const Candidate &Each : Candidates)
      if (auto It = Closures.find(Each.Function); It != Closures.end())
        ++It->second.Calls;
    llvm::erase_if(Candidates, [&](const Candidate &Each) {
      auto It = Closures.find(Each.Function);
      return It != Closures.end() && It->second.Mentions > It->second.Calls;
    });
    return std::move(Candidates);
  }

  bool TraverseDecl(Decl *D) override {
    const FunctionDecl *Before = Enclosing;
    if (const auto *Function = dyn_cast_or_null<FunctionDecl>(D))
      Enclosing = Function;
    bool Continue = UserCodeVisitor::TraverseDecl(D);
    Enclosing = Before;
    return Continue;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
    candidate(S->getRangeInit(), nullptr);
    // A variable may be walked.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S->getRangeInit()->IgnoreParens()))
      Allowed.insert(Ref);
    return true;
  }
  bool VisitVarDecl(VarDecl *D) override {
    if (!D->isLocalVarDecl() || !D->hasLocalStorage() || !D->getInit() ||
        isa<DecompositionDecl>(D))
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(D->getInit()->IgnoreImplicit()))
      if (D->getType()->getAsCXXRecordDecl() == Lambda->getLambdaClass() &&
          D->getType()->getContainedAutoType())
        Holding[D] = Lambda->getCallOperator()->getCanonicalDecl();
    if (D->getType().isConstQualified() || D->getType()->isReferenceType() ||
        !D->getTypeSourceInfo() || D->getInitStyle() != VarDecl::CInit)
      return true;
    candidate(D->getInit(), D);
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) override {
    const auto *Method = dyn_cast<CXXMethodDecl>(E->getMemberDecl());
    const Expr *Base = E->getBase()->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Base);
        Ref && Method && !E->isArrow() && Method->getIdentifier() &&
        isOperation(Method->getName()))
      Allowed.insert(Ref);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const auto *D = dyn_cast<VarDecl>(E->getDecl());
    if (!D)
      return true;
    if (!Allowed.count(E))
      HandedOn.insert(D);
    if (auto It = Holding.find(D); It != Holding.end())
      ++Closures[It->second].Mentions;
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *E) override {
    for (const LambdaCapture &C : E->captures())
      if (C.capturesVariable())
        if (const auto *D = dyn_cast<VarDecl>(C.getCapturedVar())) {
          HandedOn.insert(D);
          // A copy, with other mentions.
          if (auto It = Holding.find(D); It != Holding.end())
            ++Closures[It->second].Mentions;
        }
    const FunctionDecl *Before = std::exchange(Enclosing, E->getCallOperator());
    bool Continue = UserCodeVisitor::TraverseLambdaExpr(E);
    Enclosing = Before;
    return Continue;
  }

private:
  void candidate(const Expr *Init, const VarDecl *Variable) {
    const auto *Call = dyn_cast<CallExpr>(Init->IgnoreImplicit());
    if (!Call || Call->isTypeDependent())
      return;
    // A frame that holds it has to spell its type.
    if (Enclosing && mayBeFrame(Enclosing) && holdsLambda(Call))
      return;
    if (SourceRange Type = typeToReplace(Variable);
        Type.isValid() && !(Type.getBegin().isFileID() && Type.getEnd().isFileID()))
      return;
    const FunctionDecl *F = Call->getDirectCallee();
    if (!F)
      return;
    if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
      F = Pattern;
    F = F->getCanonicalDecl();
    auto It = Known.find(F);
    if (It != Known.end() && isReachable(Call, *It->second)) {
      if (It->second->Lambda)
        Closures[F];
      Candidates.push_back({Call, F, Variable});
    }
  }

  /// Whether the variables of \p Function may move to a frame.
  static bool mayBeFrame(const FunctionDecl *Function) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    return isAnnotatedCoroutine(Function) || isAnnotatedFiber(Function) ||
           (Method && Method->getParent()->isLambda()) ||
           !Function->isExternallyVisible();
  }

  /// Whether \p Call can take the sibling of \p What instead.
  bool isReachable(const CallExpr *Call, const Coroutine &What) const {
    const FunctionDecl *Definition = What.Function;
    // A frame of external linkage cannot hold one of internal linkage.
    if (!What.Lambda && Enclosing &&
        (isAnnotatedCoroutine(Enclosing) || isAnnotatedFiber(Enclosing)) &&
        hasInternalFrame(Definition, Unit.Sources) &&
        !hasInternalFrame(Enclosing, Unit.Sources))
      return false;
    if (!Unit.Sources.isBeforeInTranslationUnit(Definition->getBody()->getEndLoc(),
                                                Call->getEndLoc()))
      return false;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
      return What.Lambda && isClosureItself(Operator->getArg(0), What);
    if (What.Lambda || !calleeLocation(Call).isFileID())
      return false;
    if (const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens())) {
      // The name has to lead to this function's class, and to no override.
      const auto *Method = cast<CXXMethodDecl>(Call->getDirectCallee());
      return !isa<UsingShadowDecl>(Member->getFoundDecl().getDecl()) &&
             (!Method->isVirtual() || Member->hasQualifier() ||
              Method->hasAttr<FinalAttr>() ||
              Method->getParent()->hasAttr<FinalAttr>());
    }
    const auto *Ref =
        dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreParenImpCasts());
    if (!Ref || isa<UsingShadowDecl>(Ref->getFoundDecl()))
      return false;
    if (!isa<CXXMethodDecl>(Definition) && Definition->getFirstDecl() != Definition)
      for (const Expr *A : Call->arguments())
        if (isa<CXXDefaultArgExpr>(A))
          return false; // The default stands on another declaration.
    return true;
  }

  /// The lambda itself, or the variable that holds it.
  bool isClosureItself(const Expr *Object, const Coroutine &What) const {
    const Expr *Bare = Object->IgnoreImplicit()->IgnoreParenImpCasts();
    if (isa<LambdaExpr>(Bare->IgnoreImplicit()))
      return true;
    const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
    const auto *D = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    auto It = D ? Holding.find(D) : Holding.end();
    return It != Holding.end() &&
           It->second == What.Function->getCanonicalDecl();
  }

  TranslationUnit &Unit;
  const KnownCoroutines &Known;
  std::vector<Candidate> Candidates;
  llvm::DenseSet<const DeclRefExpr *> Allowed;
  std::set<const VarDecl *> HandedOn;
  std::map<const VarDecl *, const FunctionDecl *> Holding;
  std::map<const FunctionDecl *, Closure> Closures;
  const FunctionDecl *Enclosing = nullptr;
};

} // namespace

InPlaceUses::InPlaceUses(TranslationUnit &Unit,
                         const std::vector<Coroutine> &Coroutines)
    : Unit(Unit) {
  KnownCoroutines Known;
  for (const Coroutine &Each : Coroutines) {
    bool Allocates = Each.Function->getNumParams() &&
                     Each.Function->getParamDecl(0)->getType().getAsString().find(
                         "allocator_arg_t") != std::string::npos;
    if (Each.Type.OnHeap && !Allocates &&
        (Each.Lambda || canHaveSibling(Each.Function, Unit.Sources)))
      Known[Each.Function->getCanonicalDecl()] = &Each;
  }
  if (Known.empty())
    return;
  for (const auto &Each : FindSites(Unit, Known).find()) {
    Site S;
    S.Callee = calleeLocation(Each.Call);
    S.Name = Known[Each.Function]->Lambda ? "lambda" : Each.Function->getNameAsString();
    if (!Known[Each.Function]->Lambda)
      S.Sibling = siblingName(Each.Function);
    S.IsRange = !Each.Variable;
    S.Type = typeToReplace(Each.Variable);
    Used.insert(Each.Function);
    Calls.insert(Each.Call);
    Sites.push_back(std::move(S));
  }
}

void InPlaceUses::edit(SourceEdits &Edits) const {
  for (const Site &S : Sites) {
    if (!S.Sibling.empty())
      Edits.replace(SourceRange(S.Callee), S.Sibling);
    if (S.Type.isValid())
      Edits.replace(S.Type, "auto");
  }
}

llvm::json::Array InPlaceUses::toJson() const {
  llvm::json::Array All;
  for (const Site &S : Sites) {
    PresumedLoc At = Unit.Sources.getPresumedLoc(S.Callee);
    All.push_back(llvm::json::Object{{"coroutine", S.Name},
                                     {"file", At.getFilename()},
                                     {"line", int64_t(At.getLine())},
                                     {"column", int64_t(At.getColumn())},
                                     {"as", S.IsRange ? "range" : "variable"}});
  }
  return All;
}
