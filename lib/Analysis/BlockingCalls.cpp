//===- BlockingCalls.cpp - Calls that block the thread --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/ConcreteBodies.h"
#include "Analysis/FiberLints.h"
#include "Analysis/StandardNames.h"
#include "clang/AST/APValue.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

namespace {

enum class When { Always, NotIfZero, IfZero };
enum class WayOut { Swap, Use, Offload, OffloadErrno };

/// A row of the table, or of the project's file.
struct BlockingFunction {
  llvm::StringRef Name;
  When Blocks;
  unsigned Argument; ///< On which that depends.
  WayOut Out;
  llvm::StringRef Instead; ///< Empty: nothing to name.
};

} // namespace

static constexpr BlockingFunction Table[] = {
#define BLOCKS(Name, Blocks, Argument, Out, Instead)                           \
  {Name, When::Blocks, Argument, WayOut::Out, Instead},
#include "Analysis/BlockingFunctions.def"
};

static bool isZero(const APValue &Value) {
  switch (Value.getKind()) {
  case APValue::Int:
    return Value.getInt().isZero();
  case APValue::Float:
    return Value.getFloat().isZero();
  case APValue::LValue:
    return Value.isNullPointer();
  case APValue::Struct: // A duration.
    for (unsigned I = 0; I < Value.getStructNumBases(); ++I)
      if (!isZero(Value.getStructBase(I)))
        return false;
    for (unsigned I = 0; I < Value.getStructNumFields(); ++I)
      if (!isZero(Value.getStructField(I)))
        return false;
    return true;
  default:
    return false;
  }
}

/// Whether \p E is a constant, and zero.
static bool isZero(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  return E->EvaluateAsRValue(Result, Context) && isZero(Result.Val);
}

/// Whether \p F is what the table means by its name, and not the user's own.
static bool isOfLibrary(const FunctionDecl *F) {
  return F->isExternC() || isOfStandardLibrary(F);
}

/// A lock blocks as its mutex does, which may be of any kind.
static bool locksForThread(const CallExpr *Call, llvm::StringRef Name) {
  if (Name == "std::lock")
    return llvm::any_of(Call->arguments(), [](const Expr *E) {
      return isThreadMutex(E->getType()) || isThreadLock(E->getType());
    });
  if (Name == "std::unique_lock::lock" || Name == "std::shared_lock::lock")
    return isThreadLock(
        cast<CXXMemberCallExpr>(Call)->getImplicitObjectArgument()->getType());
  return true;
}

static bool blocks(const BlockingFunction &F, const CallExpr *Call,
                   const ASTContext &Context) {
  if (F.Blocks != When::Always && F.Argument < Call->getNumArgs() &&
      isZero(Call->getArg(F.Argument), Context) == (F.Blocks == When::NotIfZero))
    return false;
  return locksForThread(Call, F.Name);
}

/// What \p Call is in the project's file or the table; none: it does not block, as
/// far as they know.
static std::optional<BlockingFunction> find(const CallExpr *Call,
                                            const TranslationUnit &Unit) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return std::nullopt;
  const std::string Name = calledAs(Call);
  if (llvm::is_contained(Unit.Project.NotBlocking, Name))
    return std::nullopt;
  for (const BlockingEntry &Each : Unit.Project.Blocking)
    if (Each.Function == Name)
      return BlockingFunction{Each.Function, When::Always, 0,
                              Each.Instead.empty() ? WayOut::OffloadErrno : WayOut::Use,
                              Each.Instead};
  if (isOfLibrary(Callee))
    for (const BlockingFunction &Each : Table)
      if (Each.Name == Name && blocks(Each, Call, Unit.AST))
        return Each;
  return std::nullopt;
}

/// `std::this_thread::sleep_for(d)` becomes `weft::this_fiber::sleep_for(d)`. None
/// in a macro, or where template arguments are given.
static std::optional<FixItHint> swapCallee(const CallExpr *Call, llvm::StringRef Name) {
  const auto *Callee = dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreImplicit());
  if (!Callee || Callee->hasExplicitTemplateArgs() || !Callee->getBeginLoc().isFileID() ||
      !Callee->getEndLoc().isFileID())
    return std::nullopt;
  return FixItHint::CreateReplacement(Callee->getSourceRange(), Name);
}

/// `t.join()` becomes `weft::offload([&] { return t.join(); })`.
static llvm::SmallVector<FixItHint, 2> offload(const CallExpr *Call,
                                               const TranslationUnit &Unit) {
  const SourceLocation Begin = Call->getBeginLoc(), End = Call->getEndLoc();
  if (!Begin.isFileID() || !End.isFileID())
    return {};
  return {FixItHint::CreateInsertion(Begin, "weft::offload([&] { return "),
          FixItHint::CreateInsertion(
              Lexer::getLocForEndOfToken(End, 0, Unit.Sources, Unit.AST.getLangOpts()),
              "; })")};
}

/// Notes on what to do about \p Call.
static void tellWayOut(const BlockingFunction &F, const CallExpr *Call, FiberLint &Lint) {
  const SourceLocation Where = Call->getBeginLoc();
  if (!F.Instead.empty()) {
    auto Builder = Lint.Report.report(Where, Diag::UseInstead);
    Builder << F.Instead;
    if (F.Out == WayOut::Swap && Lint.isDeclared(F.Instead))
      if (auto Edit = swapCallee(Call, F.Instead))
        Builder << *Edit;
  }
  if (F.Out != WayOut::Offload && F.Out != WayOut::OffloadErrno)
    return;
  auto Builder = Lint.Report.report(Where, Diag::OffloadInstead);
  Builder << (F.Out == WayOut::OffloadErrno);
  if (F.Out == WayOut::Offload && Lint.isDeclared("weft::offload"))
    for (const FixItHint &Each : offload(Call, Lint.Unit))
      Builder << Each;
}

/// Whether \p Made constructs a lock that waits for its mutex.
static bool waitsForMutex(const CXXConstructExpr *Made) {
  return isThreadLock(Made->getType()) && Made->getNumArgs() > 0 &&
         llvm::all_of(Made->arguments(), [](const Expr *E) {
           return isThreadMutex(E->getType());
         });
}

namespace {

class Finder : public OwnCodeVisitor {
public:
  explicit Finder(FiberLint &Lint) : OwnCodeVisitor(Lint.Unit.AST), Lint(Lint) {}

  bool VisitCallExpr(CallExpr *Call) override {
    auto Found = find(Call, Lint.Unit);
    const SourceLocation Where = Call->getBeginLoc();
    if (!Found || Lint.Colour.asSuspension(Call) ||
        !Lint.isNew(Diag::BlockingCall, Where))
      return true;
    Lint.Report.report(Where, Diag::BlockingCall) << Found->Name << Call->getSourceRange();
    tellWayOut(*Found, Call, Lint);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Made) override {
    if (waitsForMutex(Made) && Lint.isNew(Diag::BlockingLock, Made->getLocation()))
      Lint.Report.report(Made->getLocation(), Diag::BlockingLock)
          << plainName(Made->getConstructor()->getParent());
    return true;
  }

private:
  FiberLint &Lint;
};

} // namespace

void weft::lintBlockingCalls(const FunctionDecl *Body, FiberLint &Lint) {
  Finder(Lint).TraverseStmt(Body->getBody());
}
