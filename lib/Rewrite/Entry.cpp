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
#include "clang/AST/Attr.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace weft;

std::string weft::resultTypeOf(const FunctionDecl *Declared) {
  return TypeSpelling(Declared->getASTContext(), false)
      .type(TypeSpelling::deduced(Declared->getReturnType()));
}

std::string weft::signatureOf(const FunctionDecl *Function) {
  TypeSpelling Types(Function->getASTContext(), true);
  std::string Text =
      Types.qualified(TypeSpelling::deduced(Function->getReturnType())) + "(";
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
weft::entryParameters(const FunctionDecl *Declared, const SourceText &Text,
                      llvm::function_ref<bool(const ParmVarDecl *)> Named,
                      bool Defaults) {
  ASTContext &Context = Declared->getASTContext();
  TypeSpelling Types(Context, false);
  std::string List = "weft::into<" + resultTypeOf(Declared) + "> weft_result";
  for (const ParmVarDecl *P : Declared->parameters()) {
    List += ", ";
    const QualType T = P->getType();
    const bool ByReference =
        !T->isReferenceType() && !T.isTriviallyCopyableType(Context);
    const bool HasName = P->getIdentifier() && Named(P);
    if (ByReference) {
      SourceRange Type =
          P->getTypeSourceInfo()->getTypeLoc().getUnqualifiedLoc().getSourceRange();
      List += Text.text(Type) + "&" + (HasName ? " " + P->getName().str() : "");
    } else if (HasName) {
      List += writtenParameter(P, Text);
    } else {
      List += Types.type(T);
    }
    if (Defaults && !ByReference && !T->isReferenceType() && P->hasDefaultArg() &&
        !P->hasInheritedDefaultArg())
      List += " = " + Text.text(P->getDefaultArgRange());
  }
  return oneLine(std::move(List)); // It may have been written on several.
}

std::string weft::entryHead(const FunctionDecl *Declared, const SourceText &Text,
                            llvm::function_ref<bool(const ParmVarDecl *)> Named) {
  std::string Head;
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
          entryParameters(Declared, Text, Named, true) + ")" +
          qualifiersOf(Declared, Text);
  if (InClass && Declared->hasAttr<OverrideAttr>())
    Head += " override";
  if (InClass && Declared->hasAttr<FinalAttr>())
    Head += " final";
  if (Declared->isPureVirtual())
    Head += " = 0";
  return oneLine(std::move(Head));
}

namespace {

class Declare : public UserCodeVisitor<Declare> {
public:
  Declare(const TranslationUnit &Unit, const Colours &Colour, Reporter &Report,
          SourceEdits &Edits)
      : UserCodeVisitor(Unit.Sources), Colour(Colour), Report(Report),
        Edits(Edits), Text(Edits.Text) {}

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (!F->doesThisDeclarationHaveABody() && !F->isImplicit() &&
        !hasObjectEntry(F) && Colour.isFiber(F))
      insertBefore(startOf(F, Text), F, F,
                   entryHead(F, Text, [](const ParmVarDecl *) { return true; }));
    return true;
  }
  bool VisitUsingDecl(UsingDecl *D) {
    for (const UsingShadowDecl *Shadow : D->shadows())
      if (const auto *F = dyn_cast<FunctionDecl>(Shadow->getTargetDecl());
          F && Colour.isFiber(F)) {
        insertBefore(D->getBeginLoc(), D, F,
                     "using " + Text.text(D->getQualifierLoc().getSourceRange()) +
                         entryName(F));
        break;
      }
    return true;
  }

private:
  void insertBefore(SourceLocation Begin, const NamedDecl *D,
                    const FunctionDecl *Function, std::string Declaration) {
    if (isOpenInFront(Begin, Function->getASTContext()))
      Edits.insertBefore(Begin, std::move(Declaration) + "; ");
    else
      Report.report(D->getLocation(), Diag::MacroDeclaration) << Function;
  }

  const Colours &Colour;
  Reporter &Report;
  SourceEdits &Edits;
  const SourceText &Text;
};

} // namespace

void weft::declareEntries(const TranslationUnit &Unit, const Colours &Colour,
                          Reporter &Report, SourceEdits &Edits) {
  Declare(Unit, Colour, Report, Edits)
      .TraverseDecl(Unit.AST.getTranslationUnitDecl());
}
