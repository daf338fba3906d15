//===- Entry.cpp - How a fiber function's entry is declared ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/Entry.h"
#include "Frontend/UserCodeVisitor.h"
#include "Lowering/EntryName.h"
#include "Lowering/TypeSpelling.h"
#include "Rewrite/FunctionHead.h"
#include "Support/ClangCompat.h"
#include "clang/AST/Attr.h"
#include "Support/AstVisitor.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace weft;

/// Whether \p T depends on a parameter of \p Function's own template.
static bool dependsOnOwn(const FunctionDecl *Function, QualType T) {
  class Find : public AstVisitor {
  public:
    unsigned Depth;
    bool Found = false;
    bool VisitTemplateTypeParmType(TemplateTypeParmType *T) override {
      return !(Found |= T->getDepth() == Depth);
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *P = dyn_cast<NonTypeTemplateParmDecl>(E->getDecl());
      return !(Found |= P && P->getDepth() == Depth);
    }
  } Own;
  Own.Depth = Function->getDescribedFunctionTemplate()->getTemplateParameters()->getDepth();
  Own.TraverseType(T);
  return Own.Found;
}

std::string weft::signatureOf(const FunctionDecl *Function, QualType Result) {
  TypeSpelling Types(Function->getASTContext(), true);
  const std::string R = Types.qualified(TypeSpelling::deduced(Result));
  if (Function->getDescribedFunctionTemplate()) {
    std::string Text = "weft::generic<" + R;
    for (const ParmVarDecl *P : Function->parameters())
      if (!dependsOnOwn(Function, P->getType()))
        Text += ", weft::by_type<" +
                Types.qualified(P->getType().getUnqualifiedType()) + ">";
      else
        Text += P->getType()->isRValueReferenceType()   ? ", weft::by_forwarding"
                : P->getType()->isLValueReferenceType() ? ", weft::by_reference"
                                                        : ", weft::by_value";
    return Text + ">";
  }
  std::string Text = R + "(";
  for (const ParmVarDecl *P : Function->parameters())
    Text += (P->getFunctionScopeIndex() ? ", " : "") +
            Types.qualified(P->getType().getUnqualifiedType());
  return Text + ")";
}

/// As written, without the default argument.
static std::string writtenParameter(const ParmVarDecl *P, const SourceText &Text) {
  std::string Written = Text.text(P->getSourceRange());
  if (!P->hasDefaultArg() || P->hasInheritedDefaultArg())
    return Written;
  std::string Default = Text.text(P->getDefaultArgRange());
  llvm::StringRef Left(Written);
  Left.consume_back(Default);
  Left = Left.rtrim();
  Left.consume_back("=");
  return Left.rtrim().str();
}

std::string
weft::entryParameters(const FunctionDecl *Declared, const std::string &Result,
                      const SourceText &Text,
                      llvm::function_ref<bool(const ParmVarDecl *)> Named,
                      bool Defaults) {
  ASTContext &Context = Declared->getASTContext();
  TypeSpelling Types(Context, false);
  std::string Into = "weft::into<" + Result + ">";
  const QualType R = Declared->getReturnType();
  const bool IsSpelled = !R->getContainedAutoType();
  if (Declared->getDescribedFunctionTemplate() &&
      (IsSpelled ? R->isDependentType() : !hasObjectEntry(Declared)))
    Into = "weft::undeduced<" + Into + ">";
  std::string List = Into + " weft_result";
  for (const ParmVarDecl *P : Declared->parameters()) {
    List += ", ";
    const QualType T = P->getType();
    const Passing As = passingOf(P);
    const bool HasName = P->getIdentifier() && Named(P);
    if (As != Passing::AsDeclared) {
      TypeLoc Loc = P->getTypeSourceInfo()->getTypeLoc();
      if (auto Pack = Loc.getAs<PackExpansionTypeLoc>())
        Loc = Pack.getPatternLoc();
      const SourceRange Type = Loc.getUnqualifiedLoc().getSourceRange();
      List += As == Passing::ByTrait ? "weft::passed<" + Text.text(Type) + ">"
                                     : Text.text(Type) + "&";
      List += P->isParameterPack() ? "..." : "";
      List += HasName ? " " + P->getName().str() : "";
    } else if (HasName) {
      List += writtenParameter(P, Text);
    } else {
      List += Types.type(T);
    }
    // What the caller keeps, the call spells; and so all in front of it.
    const bool Omitted = llvm::all_of(
        Declared->parameters().drop_front(P->getFunctionScopeIndex()), [](const ParmVarDecl *Q) {
          return passingOf(Q) == Passing::AsDeclared && !Q->getType()->isReferenceType();
        });
    if (Defaults && Omitted && P->hasDefaultArg() && !P->hasInheritedDefaultArg())
      List += " = " + Text.text(P->getDefaultArgRange());
  }
  return oneLine(std::move(List)); // It may have been written on several.
}

std::string weft::entryHead(const FunctionDecl *Declared, const std::string &Result,
                            const SourceText &Text,
                            llvm::function_ref<bool(const ParmVarDecl *)> Named,
                            bool Defaults) {
  std::string Head = templateHeadersOf(Declared, Text, Defaults);
  const bool InClass = Declared->getLexicalDeclContext()->isRecord();
  const auto *Method = dyn_cast<CXXMethodDecl>(Declared);
  if (Declared->getFriendObjectKind() != Decl::FOK_None)
    Head += "friend ";
  else if (InClass && Method && Method->isStatic())
    Head += "static ";
  else if (!InClass && !Method && Declared->getStorageClass() == SC_Static)
    Head += "static ";
  if (Declared->isInlineSpecified())
    Head += "inline ";
  if (Declared->isVirtualAsWritten())
    Head += "virtual ";
  Head += "weft::activation* ";
  Head += scopeOf(Declared, Text) + entryName(Declared) + "(" +
          entryParameters(Declared, Result, Text, Named, Defaults) + ")" +
          qualifiersOf(Declared, Text);
  if (const Expr *Requires = compat::trailingRequires(Declared))
    Head += " requires " + Text.text(Requires->getSourceRange());
  if (InClass && Declared->hasAttr<OverrideAttr>())
    Head += " override";
  if (InClass && Declared->hasAttr<FinalAttr>())
    Head += " final";
  if (Declared->isPureVirtual())
    Head += " = 0";
  return oneLine(std::move(Head));
}

namespace {

class Declare : public UserCodeVisitor {
public:
  Declare(const TranslationUnit &Unit, const Colours &Colour, SourceEdits &Edits)
      : UserCodeVisitor(Unit.Sources), Colour(Colour), Edits(Edits),
        Text(Edits.Text) {}

  bool VisitFunctionDecl(FunctionDecl *F) override {
    if (!F->doesThisDeclarationHaveABody() && !F->isImplicit() &&
        !hasObjectEntry(F) && Colour.isFiber(F))
      Edits.insertBefore(startOf(F, Text),
                         entryHead(F, resultTypeOf(F, Text), Text,
                                   [](const ParmVarDecl *) { return true; }, true) +
                             "; ");
    return true;
  }
  bool VisitUsingDecl(UsingDecl *D) override {
    for (const UsingShadowDecl *Shadow : D->shadows())
      if (const FunctionDecl *F = Shadow->getTargetDecl()->getAsFunction();
          F && Colour.isFiber(F)) {
        Edits.insertBefore(D->getBeginLoc(),
                           "using " +
                               Text.text(D->getQualifierLoc().getSourceRange()) +
                               entryName(F) + "; ");
        break;
      }
    return true;
  }

private:
  const Colours &Colour;
  SourceEdits &Edits;
  const SourceText &Text;
};

} // namespace

void weft::declareEntries(const TranslationUnit &Unit, const Colours &Colour,
                          SourceEdits &Edits) {
  Declare(Unit, Colour, Edits).TraverseDecl(Unit.AST.getTranslationUnitDecl());
}
