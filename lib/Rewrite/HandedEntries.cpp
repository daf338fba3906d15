//===- HandedEntries.cpp - Fiber functions that are handed over -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/HandedEntries.h"
#include "Frontend/UserCodeVisitor.h"
#include "Lowering/EntryName.h"
#include "Rewrite/Entry.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace weft;

/// The function that \p E names, perhaps as its address; null for others.
static const DeclRefExpr *asFunctionName(const Expr *E) {
  const Expr *Bare = E->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Bare);
      Address && Address->getOpcode() == UO_AddrOf)
    Bare = Address->getSubExpr()->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
  return Ref && isa<FunctionDecl>(Ref->getDecl()) ? Ref : nullptr;
}

/// The function that a call of \p E calls, as far as there is only one.
static const FunctionDecl *calledThrough(const Expr *E) {
  if (const DeclRefExpr *Ref = asFunctionName(E))
    return cast<FunctionDecl>(Ref->getDecl());
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return nullptr;
  auto Found = Class->lookup(
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call));
  return Found.isSingleResult() ? dyn_cast<FunctionDecl>(Found.front()) : nullptr;
}

/// Whether objects of type \p T can be made of an entry.
static bool isMadeOfEntry(QualType T) {
  const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() &&
         llvm::any_of(Class->getDefinition()->decls(), [](const Decl *D) {
           const auto *Constructor =
               dyn_cast_or_null<CXXConstructorDecl>(D->getAsFunction());
           return Constructor && takesEntry(Constructor, 0);
         });
}

namespace {

class HandOn : public UserCodeVisitor {
public:
  HandOn(const TranslationUnit &Unit, const Colours &Colour, SourceEdits &Edits)
      : UserCodeVisitor(Unit.Sources), Colour(Colour), Edits(Edits) {}

  bool VisitCallExpr(CallExpr *Call) override {
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      if (takesEntryAt(Call, I)) {
        handOn(Call->getArg(I));
        handOnArguments(Call, I);
      }
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) override {
    for (unsigned I = 0; I < Construct->getNumArgs(); ++I)
      if (takesEntry(Construct->getConstructor(), I))
        handOn(Construct->getArg(I));
    return true;
  }

private:
  static bool takesEntryAt(const CallExpr *Call, unsigned Index) {
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      return !isa<CXXOperatorCallExpr>(Call) && takesEntry(Callee, Index);
    // In a template; what overloads each other is alike in this.
    const auto *Lookup =
        dyn_cast<UnresolvedLookupExpr>(Call->getCallee()->IgnoreParens());
    return Lookup && llvm::any_of(Lookup->decls(), [&](const NamedDecl *D) {
             const FunctionDecl *F = D->getUnderlyingDecl()->getAsFunction();
             return F && takesEntry(F, Index);
           });
  }

  /// Those behind the callable are handed on to it: `spawn(apply, fetch)`.
  void handOnArguments(const CallExpr *Call, unsigned Callable) {
    const FunctionDecl *Called = calledThrough(Call->getArg(Callable));
    for (unsigned I = Callable + 1; Called && I < Call->getNumArgs(); ++I)
      if (const unsigned P = I - Callable - 1;
          P < Called->getNumParams() &&
          isMadeOfEntry(Called->getParamDecl(P)->getType()))
        handOn(Call->getArg(I));
  }

  void handOn(const Expr *Arg) {
    const DeclRefExpr *Ref = asFunctionName(Arg);
    const auto *F = Ref ? cast<FunctionDecl>(Ref->getDecl()) : nullptr;
    if (!F || !Colour.isFiber(F) ||
        (isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F)->isInstance()) ||
        !Done.insert(Ref).second)
      return;
    std::string Name;
    if (NestedNameSpecifierLoc Qualifier = Ref->getQualifierLoc())
      Name = Edits.Text.text(Qualifier.getSourceRange());
    Edits.replace(Arg->getSourceRange(), "weft::entry<" + signatureOf(F, F->getReturnType()) + ">(" +
                                             Name + entryName(F) + ")");
  }

  const Colours &Colour;
  SourceEdits &Edits;
  llvm::SmallPtrSet<const Expr *, 8> Done;
};

} // namespace

void weft::handOnEntries(const TranslationUnit &Unit, const Colours &Colour,
                         SourceEdits &Edits) {
  HandOn(Unit, Colour, Edits).TraverseDecl(Unit.AST.getTranslationUnitDecl());
}
