//===- Sibling.cpp - The function beside a coroutine function ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/Sibling.h"
#include "Rewrite/FunctionHead.h"
#include "Support/ClangCompat.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace weft;

bool weft::hasInternalFrame(const FunctionDecl *Definition,
                            const SourceManager &Sources) {
  return !Definition->isExternallyVisible() ||
         Sources.getFileID(Sources.getExpansionLoc(Definition->getLocation())) ==
             Sources.getMainFileID();
}

bool weft::canHaveSibling(const FunctionDecl *Definition,
                          const SourceManager &Sources) {
  if (!Definition->getIdentifier() || Definition->getTemplateSpecializationInfo() ||
      Definition->getMemberSpecializationInfo() ||
      Definition->hasCXXExplicitFunctionObjectParameter())
    return false;
  for (const FunctionDecl *D : Definition->redecls())
    if (!D->getBeginLoc().isFileID() || !D->getLocation().isFileID() ||
        D->getTemplateInstantiationPattern() ||
        Sources.isInSystemHeader(D->getLocation()))
      return false;
  return true;
}

std::string weft::siblingName(const FunctionDecl *Function) {
  std::string Name = Function->getNameAsString() + "_in_place";
  const IdentifierTable &Known = Function->getASTContext().Idents;
  while (Known.find(Name) != Known.end())
    Name = "weft_" + Name;
  return Name;
}

std::string weft::siblingHead(const FunctionDecl *Declared,
                              llvm::StringRef ResultType, bool Internal,
                              const SourceText &Text) {
  std::string Head;
  for (unsigned I = 0; I < Declared->getNumTemplateParameterLists(); ++I)
    Head += templateHeaderOf(Declared->getTemplateParameterList(I), Text) + " ";
  // That of `void f(auto x)` is not written.
  if (const FunctionTemplateDecl *Template = Declared->getDescribedFunctionTemplate())
    if (Template->getTemplateParameters()->getTemplateLoc().isValid())
      Head += templateHeaderOf(Template->getTemplateParameters(), Text) + " ";
  const bool InClass = Declared->getLexicalDeclContext()->isRecord();
  if (Declared->getFriendObjectKind() != Decl::FOK_None)
    Head += "friend ";
  else if (InClass ? Declared->isCXXClassMember() && !Declared->isCXXInstanceMember()
                   : (Internal || !Declared->isExternallyVisible()) &&
                         !isa<CXXMethodDecl>(Declared))
    Head += "static ";
  else if (!InClass)
    Head += "inline ";
  Head += ResultType.str() + " ";
  Head += scopeOf(Declared, Text) + siblingName(Declared);
  const FunctionTypeLoc Type = Declared->getFunctionTypeLoc();
  Head += Text.text(SourceRange(Type.getLParenLoc(), Type.getRParenLoc())) +
          qualifiersOf(Declared, Text);
  if (const Expr *Requires = compat::trailingRequires(Declared))
    Head += " requires " + Text.text(Requires->getSourceRange());
  return oneLine(std::move(Head)); // It may have been written on several.
}

std::vector<const FunctionDecl *>
weft::declarationsInClasses(const FunctionDecl *Definition) {
  std::vector<const FunctionDecl *> Found;
  for (const FunctionDecl *D : Definition->redecls())
    if (D != Definition && D->getLexicalDeclContext()->isRecord())
      Found.push_back(D);
  return Found;
}
