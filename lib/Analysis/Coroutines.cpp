//===- Coroutines.cpp - The coroutines of a translation unit -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Coroutines.h"
#include "Analysis/FixIts.h"
#include "Analysis/Suspension.h"
#include "Frontend/UserCodeVisitor.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace weft;

static bool isWeftTemplate(const Decl *D, llvm::StringRef Name) {
  const auto *Named = dyn_cast_or_null<NamedDecl>(D);
  const auto *Space =
      D ? dyn_cast<NamespaceDecl>(D->getDeclContext()) : nullptr;
  return Named && Space && Space->getName() == "weft" &&
         Named->getIdentifier() && Named->getName() == Name;
}

static bool isHeapFrame(QualType Type) {
  const auto *Record = Type->getAsCXXRecordDecl();
  return Record && isWeftTemplate(Record, "heap_frame");
}

namespace {
/// How a coroutine type lists its arguments: storage comes last.
struct Shape {
  llvm::StringRef Name;
  unsigned Types; ///< What it yields, or that, what it receives and returns.
  bool IsAsync;
};
} // namespace

static constexpr Shape Shapes[] = {
    {"generator", 1, false}, {"coroutine", 3, false}, {"async_generator", 1, true}};

static const Shape *shapeOf(const Decl *Template) {
  for (const Shape &Each : Shapes)
    if (isWeftTemplate(Template, Each.Name))
      return &Each;
  return nullptr;
}

static CoroutineType fromArguments(ASTContext &Context,
                                   llvm::ArrayRef<TemplateArgument> Args,
                                   const Shape &Of) {
  CoroutineType Type;
  Type.IsGenerator = Of.Types == 1;
  Type.IsAsync = Of.IsAsync;
  // As written in a template, without the default arguments.
  auto at = [&](unsigned I) {
    return I < Of.Types && I < Args.size() ? Args[I].getAsType() : Context.VoidTy;
  };
  Type.Yields = at(0);
  Type.Receives = at(1);
  Type.Returns = at(2);
  if (Args.size() > Of.Types)
    Type.OnHeap = isHeapFrame(Args[Of.Types].getAsType());
  return Type;
}

std::optional<CoroutineType> weft::asCoroutineType(ASTContext &Context,
                                                   QualType Type) {
  if (const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          Type->getAsCXXRecordDecl())) {
    const Shape *Found = shapeOf(Record);
    if (!Found)
      return std::nullopt;
    CoroutineType Is =
        fromArguments(Context, Record->getTemplateArgs().asArray(), *Found);
    Is.Record = Record;
    return Is;
  }
  if (const auto *Special = Type->getAs<TemplateSpecializationType>())
    if (const Shape *Found = shapeOf(Special->getTemplateName().getAsTemplateDecl())) {
      llvm::ArrayRef<TemplateArgument> Args = Special->template_arguments();
      if (!Args.empty() &&
          llvm::all_of(Args, [](const TemplateArgument &A) {
            return A.getKind() == TemplateArgument::Type;
          }))
        return fromArguments(Context, Args, *Found);
    }
  return std::nullopt;
}

bool weft::holdsLambda(const Stmt *S) {
  return S && (isa<LambdaExpr>(S) || llvm::any_of(S->children(), holdsLambda));
}

bool weft::hasStaticVariable(const FunctionDecl *Function) {
  class Find : public AstVisitor {
  public:
    bool Found = false;
    bool VisitVarDecl(VarDecl *D) override {
      return !(Found |= D->isStaticLocal() && !D->isConstexpr());
    }
  } Static;
  Static.TraverseStmt(Function->getBody());
  return Static.Found;
}

bool weft::isAnnotatedCoroutine(const FunctionDecl *Function) {
  for (const FunctionDecl *D : Function->redecls())
    for (const auto *A : D->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == "weft::coroutine")
        return true;
  return false;
}

namespace {

class Finder : public UserCodeVisitor {
public:
  Finder(TranslationUnit &Unit, Reporter &Report)
      : UserCodeVisitor(Unit.Sources), Unit(Unit), Report(Report) {}

  std::vector<Coroutine> Found;

  bool TraverseDecl(Decl *D) override {
    auto *Function = dyn_cast_or_null<FunctionDecl>(D);
    if (!Function || isForeign(D) || !Function->doesThisDeclarationHaveABody())
      return UserCodeVisitor::TraverseDecl(D);
    Enclosing.push_back({Function, nullptr});
    bool Continue = UserCodeVisitor::TraverseDecl(D);
    leave();
    return Continue;
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) override {
    for (unsigned I = 0; I < Lambda->capture_size(); ++I)
      if (Lambda->isInitCapture(Lambda->capture_begin() + I))
        TraverseStmt(*(Lambda->capture_init_begin() + I));
    Enclosing.push_back({Lambda->getCallOperator(), Lambda});
    TraverseStmt(Lambda->getBody());
    leave();
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) override {
    auto Found = asYield(Call);
    if (!Found)
      return true;
    if (Enclosing.empty() || !isSuspendable(Enclosing.back().Function)) {
      bool Lost = Enclosing.empty();
      llvm::StringRef Name =
          Found->What == SuspensionPoint::Kind::Delegate ? "yield_from" : "yield";
      if (!Lost && asCoroutineType(Unit.AST,
                                   Enclosing.back().Function->getReturnType())) {
        const FunctionDecl *F = Enclosing.back().Function;
        auto Builder = Report.report(Call->getBeginLoc(), Diag::NotAnnotated);
        Builder << F;
        if (auto Annotation = annotate(F, "weft::coroutine", Unit))
          Builder << *Annotation;
      } else {
        Report.report(Call->getBeginLoc(), Diag::YieldOutside) << Name;
      }
    } else {
      Enclosing.back().Suspends = true;
      if (Found->What == SuspensionPoint::Kind::Delegate)
        checkDelegation(Enclosing.back().Function, Call);
    }
    return true;
  }

private:
  struct Function {
    const FunctionDecl *Function;
    const LambdaExpr *Lambda;
    bool Suspends = false;
  };

  /// Async generators delegate to their like, and nobody else to them.
  void checkDelegation(const FunctionDecl *F, const CallExpr *Call) {
    auto Outer = asCoroutineType(Unit.AST, F->getReturnType());
    auto Inner = asCoroutineType(Unit.AST, Call->getArg(0)->getType().getNonReferenceType());
    if (Outer && Inner && Outer->IsAsync != Inner->IsAsync)
      Report.report(Call->getBeginLoc(), Diag::AsyncDelegates)
          << Outer->IsAsync << Call->getSourceRange();
  }

  /// Lambdas and functions of internal linkage need no annotation.
  bool isSuspendable(const FunctionDecl *F) const {
    if (isAnnotatedCoroutine(F))
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    bool Inferred = (Method && Method->getParent()->isLambda()) ||
                    !F->isExternallyVisible();
    return Inferred && asCoroutineType(Unit.AST, F->getReturnType());
  }

  void leave() {
    Function Last = Enclosing.pop_back_val();
    const FunctionDecl *F = Last.Function;
    if (!isAnnotatedCoroutine(F) && !Last.Suspends)
      return;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
      if (!Last.Lambda && Method->getParent()->isLambda())
        return; // Seen as the LambdaExpr that it belongs to.
    auto Type = asCoroutineType(Unit.AST, F->getReturnType());
    if (!Type) {
      Report.report(F->getLocation(), Diag::NotACoroutineType)
          << F->getReturnType();
      return;
    }
    if (isa<CoroutineBodyStmt>(F->getBody())) {
      Report.report(F->getLocation(), Diag::NativeCoroutine);
      return;
    }
    if (F->isConstexprSpecified() && !Last.Lambda) {
      Report.report(F->getLocation(), Diag::ConstexprCoroutine);
      return;
    }
    if (F->isVariadic()) {
      Report.report(F->getLocation(), Diag::VariadicCoroutine);
      return;
    }
    Found.push_back({F, Last.Lambda, *Type, F->isDependentContext(), false});
  }

  TranslationUnit &Unit;
  Reporter &Report;
  llvm::SmallVector<Function, 4> Enclosing;
};

} // namespace

std::vector<Coroutine> weft::findCoroutines(TranslationUnit &Unit,
                                            Reporter &Report) {
  Finder Find(Unit, Report);
  Find.TraverseDecl(Unit.AST.getTranslationUnitDecl());
  return std::move(Find.Found);
}
