//===- LibraryWaits.cpp - Waits that the standard library would make ------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/LibraryWaits.h"
#include "Analysis/StandardNames.h"
#include "Analysis/Suspension.h"
#include "Frontend/EvaluatedCode.h"
#include "clang/AST/DeclTemplate.h"
#include <set>

using namespace clang;
using namespace weft;

static bool mentionsWeft(llvm::ArrayRef<TemplateArgument> Args);

static bool mentionsWeft(const CXXRecordDecl *Class) {
  if (isOfWeft(Class))
    return true;
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return Special && mentionsWeft(Special->getTemplateArgs().asArray());
}

/// Whether a class of weft's is among \p Args: what does not know of one cannot
/// call it.
static bool mentionsWeft(llvm::ArrayRef<TemplateArgument> Args) {
  return llvm::any_of(Args, [](const TemplateArgument &A) {
    if (A.getKind() == TemplateArgument::Pack)
      return mentionsWeft(A.pack_elements());
    if (A.getKind() != TemplateArgument::Type)
      return false;
    QualType T = A.getAsType().getNonReferenceType();
    while (T->isPointerType())
      T = T->getPointeeType();
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    return Class && mentionsWeft(Class);
  });
}

namespace {

/// Finds what instantiations wait for.
class LibraryWaits {
public:
  explicit LibraryWaits(const SourceManager &Sources) : Sources(Sources) {}

  /// What \p Called, if it is one of a system header, waits for; or null.
  const FunctionDecl *waitIn(const FunctionDecl *Called) {
    const FunctionDecl *Body = nullptr;
    if (!Sources.isInSystemHeader(Called->getLocation()) || !knowsWeft(Called) ||
        !Called->hasBody(Body))
      return nullptr;
    auto [It, IsNew] = Known.try_emplace(Body, nullptr); // Null for what recurses.
    if (!IsNew)
      return It->second;
    const FunctionDecl *Found = waitBelow(Body->getBody());
    if (const auto *Made = dyn_cast<CXXConstructorDecl>(Body))
      for (const CXXCtorInitializer *Each : Made->inits())
        Found = Found ? Found : waitBelow(Each->getInit());
    return Known[Body] = Found;
  }

private:
  static bool knowsWeft(const FunctionDecl *F) {
    if (const TemplateArgumentList *Own = F->getTemplateSpecializationArgs();
        Own && mentionsWeft(Own->asArray()))
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    return Method && mentionsWeft(Method->getParent());
  }

  const FunctionDecl *waitBelow(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    const FunctionDecl *Called = nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Called = Call->getDirectCallee();
    else if (const auto *Made = dyn_cast<CXXConstructExpr>(S))
      Called = Made->getConstructor();
    if (Called && !awaiterOf(Called).isNull())
      return Called;
    if (const FunctionDecl *Found = Called ? waitIn(Called) : nullptr)
      return Found;
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        if (const FunctionDecl *Found = waitAtEndOf(D))
          return Found;
    for (const Stmt *Child : S->children())
      if (const FunctionDecl *Found = waitBelow(Child))
        return Found;
    return nullptr;
  }

  const FunctionDecl *waitAtEndOf(const Decl *D) {
    const auto *V = dyn_cast<VarDecl>(D);
    const CXXRecordDecl *Class = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
    const CXXDestructorDecl *Destructor = Class ? Class->getDestructor() : nullptr;
    return Destructor ? waitIn(Destructor) : nullptr;
  }

  const SourceManager &Sources;
  llvm::DenseMap<const FunctionDecl *, const FunctionDecl *> Known;
};

/// Looks at what the user calls, also in instantiations of the user's templates.
class Callers : public EvaluatedCode<> {
public:
  Callers(const TranslationUnit &Unit, Reporter &Report)
      : Unit(Unit), Report(Report), Waits(Unit.Sources) {
    ShouldVisitTemplateInstantiations = true;
  }

  bool TraverseDecl(Decl *D) override {
    if (!D || (!isa<TranslationUnitDecl>(D) &&
               (Unit.Sources.isInSystemHeader(D->getLocation()) || isOfWeft(D))))
      return true;
    return AstVisitor::TraverseDecl(D);
  }
  bool VisitCallExpr(CallExpr *Call) override {
    check(Call->getDirectCallee(), Call);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Made) override {
    check(Made->getConstructor(), Made);
    return true;
  }

private:
  void check(const FunctionDecl *Called, const Expr *Where) {
    // Other libraries may hand an awaiter on, and so wait after all.
    const FunctionDecl *Wait =
        Called && isOfStandardLibrary(Called) ? Waits.waitIn(Called) : nullptr;
    if (Wait && Reported.insert(Where->getBeginLoc().getRawEncoding()).second)
      Report.report(Where->getBeginLoc(), Diag::WaitInLibrary)
          << Called->getQualifiedNameAsString() << Wait->getQualifiedNameAsString()
          << Where->getSourceRange();
  }

  const TranslationUnit &Unit;
  Reporter &Report;
  LibraryWaits Waits;
  std::set<unsigned> Reported; ///< Instantiations repeat what the template does.
};

} // namespace

void weft::checkLibraryWaits(const TranslationUnit &Unit, Reporter &Report) {
  Callers(Unit, Report).TraverseDecl(Unit.AST.getTranslationUnitDecl());
}
