//===- Fibers.cpp - The fiber functions of a translation unit ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Fibers.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"
#include <set>

using namespace clang;
using namespace weft;

static const AnnotateAttr *annotation(const FunctionDecl *D, llvm::StringRef Name) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Name && !A->isInherited())
      return A;
  return nullptr;
}

bool weft::isAnnotatedFiber(const FunctionDecl *Function) {
  if (const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern())
    Function = Pattern;
  return llvm::any_of(Function->redecls(), [](const FunctionDecl *D) {
    return annotation(D, "weft::fiber") != nullptr;
  });
}

namespace {

/// A function's body, and the calls in it.
struct Body {
  const FunctionDecl *Function;
  const LambdaExpr *Lambda;
  std::vector<const CallExpr *> Calls;
};

/// What a range-for calls without showing it, where that waits: the beginning
/// of the range, or else the step.
const CallExpr *unseenWait(const CXXForRangeStmt *S) {
  if (!S->getBeginStmt()) // Depends on template parameters.
    return nullptr;
  const auto *Begin = cast<VarDecl>(S->getBeginStmt()->getSingleDecl());
  for (const Expr *Each : {Begin->getInit(), S->getInc()}) {
    const auto *Call = dyn_cast_or_null<CallExpr>(Each ? Each->IgnoreImplicit() : nullptr);
    if (Call && Call->getDirectCallee() && !awaiterOf(Call->getDirectCallee()).isNull())
      return Call;
  }
  return nullptr;
}

class Finder : public RecursiveASTVisitor<Finder> {
public:
  Finder(TranslationUnit &Unit, Reporter &Report, Colours &Colour)
      : Unit(Unit), Report(Report), Colour(Colour) {}

  std::vector<Coroutine> find(std::vector<FiberReason> &Reasons) {
    TraverseDecl(Unit.AST.getTranslationUnitDecl());
    infer();
    std::vector<Coroutine> Found;
    for (const Body &Each : Bodies) {
      if (!isFiber(Each)) {
        if (!isAsyncGenerator(Each))
          for (const CallExpr *Call : Each.Calls)
            if (auto S = Colour.asSuspension(Call); S && !Awaited.count(Call))
              reportCall(Each.Function, *S);
        continue;
      }
      explainOne(Each, Reasons);
      if (check(Each))
        Found.push_back({Each.Function, Each.Lambda, typeOf(Each.Function), false,
                         true});
    }
    for (const CallExpr *Call : AllCalls) {
      checkCallbacks(Call);
      auto S = Colour.asSuspension(Call);
      if (S && S->What == SuspensionPoint::Kind::Call && S->Call == S->Inner &&
          !Awaited.count(Call))
        Report.report(Call->getBeginLoc(), Diag::ImplicitSuspension)
            << nameOf(*S) << Call->getSourceRange();
    }
    SuspensionMap Suspends(Colour);
    for (const Guard &Each : Guarded)
      for (auto It = Each.Begin; It != Each.Block->body_end(); ++It)
        reportGuarded(*It, Each.Variable, Suspends);
    for (const CallExpr *Call : Outside)
      if (auto S = Colour.asSuspension(Call); S && suspendsFiber(*S))
        Report.report(Call->getBeginLoc(), Diag::SuspendsOutside)
            << nameOf(*S) << Call->getSourceRange();
    return Found;
  }

  bool shouldVisitTemplateInstantiations() const { return false; }
  bool shouldVisitImplicitCode() const { return false; }

  /// `weft::no_suspend guard;` and what follows it in its block.
  bool VisitCompoundStmt(CompoundStmt *Block) {
    for (auto It = Block->body_begin(); It != Block->body_end(); ++It)
      if (const auto *Declared = dyn_cast<DeclStmt>(*It))
        for (const Decl *D : Declared->decls())
          if (const auto *V = dyn_cast<VarDecl>(D);
              V && V->getType()->getAsCXXRecordDecl() &&
              V->getType()->getAsCXXRecordDecl()->getQualifiedNameAsString() ==
                  "weft::no_suspend")
            Guarded.push_back({V, Block, It + 1});
    return true;
  }

  bool TraverseDecl(Decl *D) {
    if (!D)
      return true;
    if (!isa<TranslationUnitDecl>(D) &&
        Unit.Sources.isInSystemHeader(D->getLocation()))
      return true;
    for (const auto *A : D->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == "weft::green" && !A->isInherited())
        Report.report(A->getLocation(), Diag::NotYet) << A->getAnnotation();
    auto *Function = dyn_cast<FunctionDecl>(D);
    if (!Function)
      return RecursiveASTVisitor::TraverseDecl(D);
    declare(Function);
    if (!Function->doesThisDeclarationHaveABody())
      return RecursiveASTVisitor::TraverseDecl(D);
    return inside(Function, nullptr,
                  [&] { return RecursiveASTVisitor::TraverseDecl(D); });
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    for (unsigned I = 0; I < Lambda->capture_size(); ++I)
      if (Lambda->isInitCapture(Lambda->capture_begin() + I))
        TraverseStmt(*(Lambda->capture_init_begin() + I));
    return inside(Lambda->getCallOperator(), Lambda,
                  [&] { return TraverseStmt(Lambda->getBody()); });
  }

  bool VisitCallExpr(CallExpr *Call) {
    AllCalls.push_back(Call);
    if (isAwait(Call))
      if (const auto *Inner = dyn_cast<CallExpr>(Call->getArg(0)->IgnoreImplicit()))
        Awaited.insert(Inner);
    if (Enclosing.empty())
      Outside.push_back(Call);
    else
      Enclosing.back().Calls.push_back(Call);
    return true;
  }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    const CallExpr *Call = unseenWait(S);
    return !Call || VisitCallExpr(const_cast<CallExpr *>(Call));
  }

  // What is not evaluated calls nothing.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc, bool = true) { return true; }

private:
  struct Guard {
    const VarDecl *Variable;
    CompoundStmt *Block;
    CompoundStmt::body_iterator Begin;
  };

  void reportGuarded(const Stmt *S, const VarDecl *Guard, SuspensionMap &Suspends) {
    if (!S || !Suspends.contains(S))
      return;
    if (auto Found = Suspends.at(S)) {
      Report.report(S->getBeginLoc(), Diag::NoSuspend)
          << (suspendsFiber(*Found) ? nameOf(*Found) : "'weft::yield'")
          << S->getSourceRange();
      Report.report(Guard->getLocation(), Diag::DeclaredHere);
      return;
    }
    if (!isa<LambdaExpr>(S))
      for (const Stmt *Child : S->children())
        reportGuarded(Child, Guard, Suspends);
  }

  void explainOne(const Body &B, std::vector<FiberReason> &Reasons) const {
    for (const CallExpr *Call : B.Calls)
      if (auto S = Colour.asSuspension(Call); S && suspendsFiber(*S)) {
        const CallExpr *Made = S->Inner ? S->Inner : S->Call;
        Reasons.push_back({B.Function, Made, Made->getDirectCallee()});
        return;
      }
  }

  CoroutineType typeOf(const FunctionDecl *F) const {
    CoroutineType Type;
    Type.Yields = Type.Receives = Unit.AST.VoidTy;
    Type.Returns = F->getReturnType();
    Type.OnHeap = false;
    return Type;
  }

  bool inside(const FunctionDecl *F, const LambdaExpr *Lambda,
              llvm::function_ref<bool()> Traverse) {
    Enclosing.push_back({F, Lambda, {}});
    bool Continue = Traverse();
    Body Last = Enclosing.pop_back_val();
    // A lambda's function is also met as a declaration.
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (Lambda || !Method || !Method->getParent()->isLambda())
      Bodies.push_back(std::move(Last));
    return Continue;
  }

  /// Learns from a declaration, and checks it against the others.
  void declare(const FunctionDecl *F) {
    const AnnotateAttr *Here = annotation(F, "weft::fiber");
    if (Here) {
      Colour.add(F);
      if (const FunctionDecl *First = F->getFirstDecl();
          First != F && !annotation(First, "weft::fiber")) {
        Report.report(Here->getLocation(), Diag::FiberRedeclared) << F;
        Report.report(First->getLocation(), Diag::DeclaredHere);
      }
      if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
        Report.report(Here->getLocation(), Diag::FiberConstructor)
            << isa<CXXDestructorDecl>(F);
    }
    if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
      for (const CXXMethodDecl *Base : Method->overridden_methods())
        if (isAnnotatedFiber(Base) != isAnnotatedFiber(F)) {
          {
            auto Builder = Report.report(F->getLocation(), Diag::FiberOverride);
            Builder << F << isAnnotatedFiber(F);
            if (!isAnnotatedFiber(F) && F->getBeginLoc().isFileID())
              Builder << annotate(F);
          }
          Report.report(Base->getLocation(), Diag::DeclaredHere);
        }
  }

  static FixItHint annotate(const FunctionDecl *F) {
    return FixItHint::CreateInsertion(F->getOuterLocStart(), "[[weft::fiber]] ");
  }

  bool suspendsFiber(const Suspension &S) const {
    return S.What == SuspensionPoint::Kind::Call ||
           S.What == SuspensionPoint::Kind::Wait;
  }

  /// Whether the colour of \p F need not be written down.
  bool isInferred(const Body &B) const {
    const FunctionDecl *F = B.Function;
    if (asCoroutineType(Unit.AST, F->getReturnType()) || isAnnotatedCoroutine(F) ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(F) || F->isMain())
      return false;
    return B.Lambda || !F->isExternallyVisible();
  }

  bool isFiber(const Body &B) const { return Colour.isFiber(B.Function); }

  /// Whether it is a coroutine that may wait.
  bool isAsyncGenerator(const Body &B) const {
    auto Type = asCoroutineType(Unit.AST, B.Function->getReturnType());
    return Type && Type->IsAsync &&
           (isAnnotatedCoroutine(B.Function) ||
            llvm::any_of(B.Calls, [](const CallExpr *Call) { return asYield(Call); }));
  }

  /// A function that calls a suspending function suspends.
  void infer() {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const Body &Each : Bodies)
        if (isInferred(Each) && !isFiber(Each) &&
            llvm::any_of(Each.Calls, [&](const CallExpr *Call) {
              auto S = Colour.asSuspension(Call);
              return S && suspendsFiber(*S);
            })) {
          Colour.add(Each.Function);
          Changed = true;
        }
    }
  }

  static std::string nameOf(const Suspension &S) {
    const CallExpr *Call = S.Inner ? S.Inner : S.Call;
    const FunctionDecl *Callee = Call->getDirectCallee();
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (Method && Method->getParent()->isLambda())
      return "this lambda";
    return "'" + Callee->getQualifiedNameAsString() + "'";
  }

  /// What suspends and is handed to an ordinary template is driven by it.
  void checkCallbacks(const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const FunctionDecl *Pattern =
        Callee ? Callee->getTemplateInstantiationPattern(false) : nullptr;
    if (Callee && Callee->getQualifiedNameAsString().rfind("weft::", 0) == 0) {
      for (const Expr *Arg : Call->arguments())
        if (const auto *Address = dyn_cast<UnaryOperator>(Arg->IgnoreParenImpCasts());
            Address && Address->getOpcode() == UO_AddrOf)
          if (const auto *Ref = dyn_cast<DeclRefExpr>(Address->getSubExpr()))
            if (const auto *Member = dyn_cast<CXXMethodDecl>(Ref->getDecl());
                Member && Member->isInstance() && Colour.isFiber(Member))
              Report.report(Arg->getBeginLoc(), Diag::FiberMember)
                  << Member << Arg->getSourceRange();
      return;
    }
    if (!Pattern)
      return;
    for (unsigned I = 0; I < Call->getNumArgs() && I < Pattern->getNumParams(); ++I) {
      const ParmVarDecl *P = Pattern->getParamDecl(I);
      const Expr *Arg = Call->getArg(I)->IgnoreImplicit();
      if (!P->getType().getNonReferenceType()->isTemplateTypeParmType() ||
          isa<CXXMemberCallExpr>(Call))
        continue;
      while (const auto *Construct = dyn_cast<CXXConstructExpr>(Arg)) {
        if (Construct->getNumArgs() != 1)
          break;
        Arg = Construct->getArg(0)->IgnoreImplicit(); // A copy of the closure.
      }
      const CXXRecordDecl *Class = Arg->getType()->getAsCXXRecordDecl();
      const FunctionDecl *Called =
          Class && Class->isLambda() ? Class->getLambdaCallOperator() : nullptr;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Arg->IgnoreParenImpCasts()))
        if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
          Called = F;
      if (Called && Colour.isFiber(Called))
        Report.report(Arg->getBeginLoc(), Diag::DrivenCallback)
            << ("'" + Pattern->getQualifiedNameAsString() + "'")
            << Arg->getSourceRange();
    }
  }

  void reportCall(const FunctionDecl *Caller, const Suspension &S) {
    if (!suspendsFiber(S))
      return; // A yield: the coroutines' business.
    const SourceLocation Where = S.Call->getBeginLoc();
    if (auto Type = asCoroutineType(Unit.AST, Caller->getReturnType());
        Type && !Type->IsAsync) {
      Report.report(Where, Diag::CoroutineCallsFiber)
          << nameOf(S) << S.Call->getSourceRange();
      if (Type->Receives->isVoidType() && Type->Returns->isVoidType())
        Report.report(Caller->getLocation(), Diag::AsyncInstead);
      return;
    }
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(Caller)) {
      Report.report(Where, Diag::SuspendsOutside)
          << nameOf(S) << S.Call->getSourceRange();
      return;
    }
    Report.report(Where, Diag::CallsFiber)
        << nameOf(S) << Caller << S.Call->getSourceRange();
    if (Caller->getFirstDecl()->getBeginLoc().isFileID())
      Report.report(Caller->getFirstDecl()->getLocation(), Diag::AnnotateCaller)
          << Caller << annotate(Caller->getFirstDecl());
    if (S.What == SuspensionPoint::Kind::Call)
      driveInstead(*S.Inner);
  }

  /// The other way out: to drive the callee to its end.
  void driveInstead(const CallExpr &Call) {
    const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
    if (!isa<DeclRefExpr>(Callee) || isa<CXXOperatorCallExpr>(Call) ||
        !Call.getBeginLoc().isFileID()) {
      Report.report(Call.getBeginLoc(), Diag::DriveInstead);
      return;
    }
    auto Builder = Report.report(Call.getBeginLoc(), Diag::DriveInstead);
    Builder << FixItHint::CreateInsertion(Call.getBeginLoc(), "weft::run(");
    SourceLocation Open =
        Lexer::findNextToken(Callee->getEndLoc(), Unit.Sources,
                             Unit.AST.getLangOpts())
            ->getLocation();
    Builder << FixItHint::CreateReplacement(Open, Call.getNumArgs() ? ", " : "");
  }

  bool check(const Body &B) {
    const FunctionDecl *F = B.Function;
    auto reject = [&](Diag Id) {
      Report.report(F->getLocation(), Id);
      return false;
    };
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
      return false; // Reported.
    // An arrow is called again on its result; the others have no text of a call.
    if (!B.Lambda && !F->getIdentifier() &&
        (F->getLiteralIdentifier() || F->getOverloadedOperator() == OO_Arrow ||
         F->getOverloadedOperator() == OO_New || F->getOverloadedOperator() == OO_Delete ||
         F->getOverloadedOperator() == OO_Array_New ||
         F->getOverloadedOperator() == OO_Array_Delete)) {
      Report.report(F->getLocation(), Diag::FiberName) << F;
      return false;
    }
    if (F->isDependentContext() || F->getTemplateInstantiationPattern() ||
        F->getTemplateSpecializationInfo())
      return reject(Diag::FiberTemplate);
    if (F->isConstexprSpecified() && !B.Lambda)
      return reject(Diag::ConstexprCoroutine);
    if (F->isVariadic())
      return reject(Diag::VariadicCoroutine);
    if (isa<CoroutineBodyStmt>(F->getBody()))
      return reject(Diag::NativeCoroutine);
    if (isa<CXXTryStmt>(F->getBody())) {
      Report.report(F->getBody()->getBeginLoc(), Diag::FunctionTryBlock);
      return false;
    }
    return true;
  }

  TranslationUnit &Unit;
  Reporter &Report;
  Colours &Colour;
  std::vector<Body> Bodies; ///< In the order in which they end.
  std::vector<const CallExpr *> Outside, AllCalls;
  llvm::DenseSet<const CallExpr *> Awaited;
  std::vector<Guard> Guarded;
  llvm::SmallVector<Body, 4> Enclosing;
};

} // namespace

namespace {

/// What suspends in instantiations of ordinary templates, where the pattern does
/// not show it.
class Instantiations : public RecursiveASTVisitor<Instantiations> {
public:
  Instantiations(const TranslationUnit &Unit, Reporter &Report,
                 const Colours &Colour)
      : Unit(Unit), Report(Report), Colour(Colour) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseFunctionDecl(FunctionDecl *F) { return inside(F, [&] { return RecursiveASTVisitor::TraverseFunctionDecl(F); }); }
  bool TraverseCXXMethodDecl(CXXMethodDecl *F) { return inside(F, [&] { return RecursiveASTVisitor::TraverseCXXMethodDecl(F); }); }

  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    const CallExpr *Call = unseenWait(S);
    return !Call || VisitCallExpr(const_cast<CallExpr *>(Call));
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Instantiated || !Callee || !Seen.insert(Call->getBeginLoc().getRawEncoding()).second)
      return true;
    auto S = Colour.asSuspension(Call);
    if (!S)
      return true;
    const bool Waits = S->What == SuspensionPoint::Kind::Wait;
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (!Waits && (S->What != SuspensionPoint::Kind::Call ||
                   (Method && Method->getParent()->isLambda())))
      return true; // Of a lambda that was handed over, that place has told.
    Report.report(Call->getBeginLoc(),
                  Waits ? Diag::WaitInTemplate : Diag::DrivenInTemplate)
        << ("'" + Callee->getQualifiedNameAsString() + "'") << Call->getSourceRange();
    return true;
  }

  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc, bool = true) { return true; }

private:
  bool inside(const FunctionDecl *F, llvm::function_ref<bool()> Traverse) {
    const bool Weft = F->getQualifiedNameAsString().rfind("weft::", 0) == 0;
    if (Weft || Unit.Sources.isInSystemHeader(F->getLocation()) || Colour.isFiber(F))
      return true;
    llvm::SaveAndRestore<bool> Inside(Instantiated, Instantiated || F->isTemplateInstantiation());
    return Traverse();
  }

  const TranslationUnit &Unit;
  Reporter &Report;
  const Colours &Colour;
  bool Instantiated = false;
  std::set<unsigned> Seen; ///< One report for each place.
};

} // namespace

std::vector<Coroutine> weft::findFibers(TranslationUnit &Unit, Reporter &Report,
                                        Colours &Colour,
                                        std::vector<FiberReason> &Reasons) {
  std::vector<Coroutine> Found = Finder(Unit, Report, Colour).find(Reasons);
  Instantiations(Unit, Report, Colour)
      .TraverseDecl(Unit.AST.getTranslationUnitDecl());
  return Found;
}

std::string weft::explain(const TranslationUnit &Unit,
                          const std::vector<FiberReason> &Reasons,
                          const Colours &Colour, llvm::StringRef Name) {
  auto place = [&](SourceLocation Where) {
    PresumedLoc At = Unit.Sources.getPresumedLoc(Unit.Sources.getExpansionLoc(Where));
    return std::string(At.getFilename()) + ":" + std::to_string(At.getLine()) + ":" +
           std::to_string(At.getColumn()) + ": ";
  };
  auto called = [](const FunctionDecl *F) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    return Method && Method->getParent()->isLambda()
               ? std::string("the lambda")
               : "'" + F->getQualifiedNameAsString() + "'";
  };
  auto reasonOf = [&](const FunctionDecl *F) {
    return llvm::find_if(Reasons, [&](const FiberReason &Each) {
      return Each.Function->getCanonicalDecl() == F->getCanonicalDecl();
    });
  };
  class Find : public RecursiveASTVisitor<Find> {
  public:
    llvm::StringRef Name;
    std::vector<const FunctionDecl *> Found;
    bool VisitFunctionDecl(FunctionDecl *F) {
      if (F->isFirstDecl() &&
          (F->getQualifiedNameAsString() == Name || F->getNameAsString() == Name))
        Found.push_back(F);
      return true;
    }
  } Functions;
  Functions.Name = Name;
  Functions.TraverseDecl(Unit.AST.getTranslationUnitDecl());

  std::string Text;
  for (const FunctionDecl *F : Functions.Found) {
    if (!Colour.isFiber(F)) {
      auto Type = asCoroutineType(Unit.AST, F->getReturnType());
      Text += place(F->getLocation()) + called(F) + " does not suspend" +
              (Type && Type->IsAsync ? "; 'next()' of what it returns does\n" : "\n");
      continue;
    }
    std::set<const FunctionDecl *> Seen;
    for (const FunctionDecl *At = F; At && Seen.insert(At->getCanonicalDecl()).second;) {
      auto It = reasonOf(At);
      if (It == Reasons.end()) {
        Text += place(At->getLocation()) + called(At) +
                (Colour.isFiber(At)
                     ? " is annotated '[[weft::fiber]]'" +
                           std::string(At->isDefined() ? " and calls nothing that suspends"
                                                       : "; its body is elsewhere")
                     : " suspends the fiber") +
                "\n";
        break;
      }
      Text += place(It->Call->getBeginLoc()) + called(At) + " calls " +
              called(It->Callee) + "\n";
      At = It->Callee;
    }
  }
  return Text;
}
