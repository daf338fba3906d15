//===- InPlace.cpp - Coroutines whose frame is a local variable ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/InPlace.h"
#include "Rewrite/CoroutineEdits.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
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

class FindSites : public RecursiveASTVisitor<FindSites> {
public:
  struct Candidate {
    const CallExpr *Call;
    const VarDecl *Variable; ///< Null: a range-for's operand.
  };

  FindSites(TranslationUnit &Unit,
            const std::map<const FunctionDecl *, const Coroutine *> &Known)
      : Unit(Unit), Known(Known) {}

  std::vector<Candidate> Candidates;
  std::set<const VarDecl *> HandedOn;

  bool shouldVisitImplicitCode() const { return false; }
  bool shouldVisitTemplateInstantiations() const { return false; }

  bool TraverseDecl(Decl *D) {
    if (D && !isa<TranslationUnitDecl>(D) &&
        Unit.Sources.isInSystemHeader(D->getLocation()))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }
  bool TraverseFunctionDecl(FunctionDecl *D) {
    const FunctionDecl *Before = std::exchange(Enclosing, D);
    bool Continue = RecursiveASTVisitor::TraverseFunctionDecl(D);
    Enclosing = Before;
    return Continue;
  }
  bool TraverseCXXMethodDecl(CXXMethodDecl *D) {
    const FunctionDecl *Before = std::exchange(Enclosing, D);
    bool Continue = RecursiveASTVisitor::TraverseCXXMethodDecl(D);
    Enclosing = Before;
    return Continue;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    if (const CallExpr *Call = candidate(S->getRangeInit()))
      Candidates.push_back({Call, nullptr});
    // A variable may be walked.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S->getRangeInit()->IgnoreParens()))
      Allowed.insert(Ref);
    return true;
  }
  bool VisitVarDecl(VarDecl *D) {
    if (!D->isLocalVarDecl() || !D->hasLocalStorage() ||
        D->getType().isConstQualified() || D->getType()->isReferenceType() ||
        !D->getInit() || isa<DecompositionDecl>(D))
      return true;
    if (const CallExpr *Call = candidate(D->getInit()))
      if (D->getTypeSourceInfo() && D->getInitStyle() == VarDecl::CInit)
        Candidates.push_back({Call, D});
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    const auto *Method = dyn_cast<CXXMethodDecl>(E->getMemberDecl());
    const Expr *Base = E->getBase()->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Base);
        Ref && Method && !E->isArrow() && Method->getIdentifier() &&
        isOperation(Method->getName()))
      Allowed.insert(Ref);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (const auto *D = dyn_cast<VarDecl>(E->getDecl()))
      if (!Allowed.count(E))
        HandedOn.insert(D);
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *E) {
    for (const LambdaCapture &C : E->captures())
      if (C.capturesVariable())
        if (const auto *D = dyn_cast<VarDecl>(C.getCapturedVar()))
          HandedOn.insert(D);
    return RecursiveASTVisitor::TraverseLambdaExpr(E);
  }

private:
  const CallExpr *candidate(const Expr *Init) const {
    const Expr *E = Init->IgnoreImplicit();
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call || isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Call) ||
        Call->isTypeDependent())
      return nullptr;
    const FunctionDecl *F = Call->getDirectCallee();
    if (!F)
      return nullptr;
    if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
      F = Pattern;
    auto It = Known.find(F->getCanonicalDecl());
    if (It == Known.end())
      return nullptr;
    // A frame of external linkage cannot hold one of internal linkage.
    if (!F->isExternallyVisible() && Enclosing && Enclosing->isExternallyVisible() &&
        isAnnotatedCoroutine(Enclosing))
      return nullptr;
    const FunctionDecl *Definition = It->second->Function;
    if (!Unit.Sources.isBeforeInTranslationUnit(Definition->getBody()->getEndLoc(),
                                                Call->getBeginLoc()))
      return nullptr;
    const auto *Ref = dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreParenImpCasts());
    if (!Ref || !Ref->getLocation().isFileID())
      return nullptr;
    for (const Expr *A : Call->arguments())
      if (isa<CXXDefaultArgExpr>(A) &&
          Definition->getFirstDecl() != Definition)
        return nullptr; // The default stands on another declaration.
    return Call;
  }

  TranslationUnit &Unit;
  const std::map<const FunctionDecl *, const Coroutine *> &Known;
  llvm::DenseSet<const DeclRefExpr *> Allowed;
  const FunctionDecl *Enclosing = nullptr;
};

} // namespace

InPlaceUses::InPlaceUses(TranslationUnit &Unit,
                         const std::vector<Coroutine> &Coroutines, SourceText &Text)
    : Unit(Unit), Text(Text) {
  std::map<const FunctionDecl *, const Coroutine *> Known;
  for (const Coroutine &Each : Coroutines) {
    bool Allocates = Each.Function->getNumParams() &&
                     Each.Function->getParamDecl(0)->getType().getAsString().find(
                         "allocator_arg_t") != std::string::npos;
    if (!placementOf(Each, Text).InFunction && Each.Type.OnHeap && !Allocates)
      Known[Each.Function->getCanonicalDecl()] = &Each;
  }
  if (Known.empty())
    return;
  FindSites Find(Unit, Known);
  Find.TraverseDecl(Unit.AST.getTranslationUnitDecl());
  for (const auto &Each : Find.Candidates) {
    if (Each.Variable && Find.HandedOn.count(Each.Variable))
      continue;
    Site S;
    const FunctionDecl *F = Each.Call->getDirectCallee();
    if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
      F = Pattern;
    S.Callee = cast<DeclRefExpr>(Each.Call->getCallee()->IgnoreParenImpCasts())
                   ->getLocation();
    S.Name = F->getNameAsString();
    S.IsRange = !Each.Variable;
    if (Each.Variable && !Each.Variable->getType()->getContainedAutoType()) {
      S.Type = Each.Variable->getTypeSourceInfo()->getTypeLoc().getSourceRange();
      if (!S.Type.getBegin().isFileID() || !S.Type.getEnd().isFileID())
        continue;
    }
    Used.insert(F->getCanonicalDecl());
    Calls.insert(Each.Call);
    Sites.push_back(std::move(S));
  }
}

void InPlaceUses::edit(std::vector<FileEdit> &Edits) const {
  auto add = [&](SourceRange R, std::string New) {
    Text.replace(R, New);
    auto [File, Begin] = Unit.Sources.getDecomposedLoc(R.getBegin());
    unsigned End = Unit.Sources.getFileOffset(R.getEnd()) +
                   Text.spelling(R.getEnd()).size();
    Edits.push_back({File, Begin, End, std::move(New)});
  };
  for (const Site &S : Sites) {
    add(SourceRange(S.Callee), S.Name + "_in_place");
    if (S.Type.isValid())
      add(S.Type, "auto");
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
