//===- EndlessLoops.cpp - Loops that neither end nor suspend --------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/ConcreteBodies.h"
#include "Analysis/FiberLints.h"
#include "Analysis/Fibers.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

namespace {

/// Finds what leaves a loop, other than an exception out of a call, and what
/// suspends in it.
class Leaving : public OwnCodeVisitor {
public:
  explicit Leaving(const FiberLint &Lint) : OwnCodeVisitor(Lint.Unit.AST), Lint(Lint) {}
  bool Found = false;

  bool TraverseStmt(Stmt *S) override {
    // A `break` in there does not leave the loop.
    const bool TakesBreak = isa_and_nonnull<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt,
                                            SwitchStmt>(S);
    Depth += TakesBreak;
    const bool Continue = OwnCodeVisitor::TraverseStmt(S);
    Depth -= TakesBreak;
    return Continue;
  }

  bool VisitBreakStmt(BreakStmt *) override { return !(Found |= Depth == 0); }
  bool VisitReturnStmt(ReturnStmt *) override { return leaves(); }
  bool VisitGotoStmt(GotoStmt *) override { return leaves(); }
  bool VisitIndirectGotoStmt(IndirectGotoStmt *) override { return leaves(); }
  bool VisitAsmStmt(AsmStmt *) override { return leaves(); }
  bool VisitCXXThrowExpr(CXXThrowExpr *) override { return leaves(); }
  bool VisitStmtExpr(StmtExpr *) override { return leaves(); }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) override {
    return !(Found |= unseenWaits(S).any() != nullptr);
  }
  bool VisitCallExpr(CallExpr *Call) override {
    const FunctionDecl *Callee = Call->getDirectCallee();
    return !(Found |= Lint.Colour.asSuspension(Call) || (Callee && Callee->isNoReturn()));
  }

private:
  bool leaves() { return !(Found = true); }

  const FiberLint &Lint;
  unsigned Depth = 0; ///< Statements around, in the loop, that a `break` would leave.
};

class Finder : public OwnCodeVisitor {
public:
  explicit Finder(FiberLint &Lint) : OwnCodeVisitor(Lint.Unit.AST), Lint(Lint) {}

  /// What a call throws may leave a loop in there.
  bool TraverseCXXTryStmt(CXXTryStmt *S) override {
    for (unsigned I = 0; I < S->getNumHandlers(); ++I)
      TraverseStmt(S->getHandler(I));
    return true;
  }
  bool VisitForStmt(ForStmt *S) override {
    check(S, S->getCond(), {S->getInc(), S->getBody()});
    return true;
  }
  bool VisitWhileStmt(WhileStmt *S) override {
    check(S, S->getCond(), {S->getBody()});
    return true;
  }
  bool VisitDoStmt(DoStmt *S) override {
    check(S, S->getCond(), {S->getBody()});
    return true;
  }

private:
  /// \p Repeated: what each round runs; the last is the body.
  void check(const Stmt *Loop, const Expr *Condition, llvm::ArrayRef<Stmt *> Repeated) {
    bool Always = true;
    if (Condition && !(Condition->EvaluateAsBooleanCondition(Always, Lint.Unit.AST) && Always))
      return;
    Leaving Leaves(Lint);
    for (Stmt *S : Repeated)
      Leaves.TraverseStmt(S);
    if (Leaves.Found || !Lint.isNew(Diag::EndlessLoop, Loop->getBeginLoc()))
      return;
    Lint.Report.report(Loop->getBeginLoc(), Diag::EndlessLoop);
    auto Builder = Lint.Report.report(Loop->getBeginLoc(), Diag::YieldInLoop);
    if (auto Edit = yieldIn(Repeated.back()))
      Builder << *Edit;
  }

  /// `{ work(); }` becomes `{ weft::this_fiber::yield(); work(); }`, in lines of their
  /// own where the statement has one.
  std::optional<FixItHint> yieldIn(const Stmt *Body) const {
    const auto *Block = dyn_cast<CompoundStmt>(Body);
    if (!Block || Block->body_empty() || !Lint.isDeclared("weft::this_fiber::yield"))
      return std::nullopt;
    const SourceLocation First = Block->body_front()->getBeginLoc();
    if (!First.isFileID() || !Block->getLBracLoc().isFileID())
      return std::nullopt;
    const SourceManager &Sources = Lint.Unit.Sources;
    const bool OwnLine = Sources.getSpellingLineNumber(First) !=
                         Sources.getSpellingLineNumber(Block->getLBracLoc());
    const std::string Indent =
        OwnLine ? "\n" + Lexer::getIndentationForLine(First, Sources).str() : " ";
    return FixItHint::CreateInsertion(First, "weft::this_fiber::yield();" + Indent);
  }

  FiberLint &Lint;
};

} // namespace

void weft::lintEndlessLoops(const FunctionDecl *Body, FiberLint &Lint) {
  if (!isAnnotatedGreen(Body)) // It has a checkpoint in each loop.
    Finder(Lint).TraverseStmt(Body->getBody());
}
