//===- FunctionHead.cpp - What stands around a function's name ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/FunctionHead.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

SourceLocation weft::startOf(const FunctionDecl *Function, const SourceText &Text) {
  SourceLocation Start = Function->getOuterLocStart();
  if (const FunctionTemplateDecl *Template = Function->getDescribedFunctionTemplate())
    if (Template->getTemplateParameters()->getTemplateLoc().isValid() &&
        Function->getNumTemplateParameterLists() == 0)
      Start = Template->getTemplateParameters()->getTemplateLoc();
  return Text.withAttributes(Start);
}

bool weft::isOpenInFront(SourceLocation Where, const ASTContext &Context) {
  return Where.isFileID() ||
         Lexer::isAtStartOfMacroExpansion(Where, Context.getSourceManager(),
                                          Context.getLangOpts());
}

std::string weft::templateHeaderOf(const TemplateParameterList *List,
                                   const SourceText &Text) {
  SourceLocation End = List->getRAngleLoc();
  if (const Expr *Requires = List->getRequiresClause())
    End = Requires->getEndLoc();
  return Text.text(SourceRange(List->getTemplateLoc(), End));
}

std::string weft::scopeOf(const FunctionDecl *Function, const SourceText &Text) {
  NestedNameSpecifierLoc Qualifier = Function->getQualifierLoc();
  return Qualifier ? Text.text(Qualifier.getSourceRange()) : std::string();
}

std::string weft::qualifiersOf(const FunctionDecl *Function,
                               const SourceText &Text) {
  std::string All;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function)) {
    if (Method->isConst())
      All += " const";
    if (Method->isVolatile())
      All += " volatile";
    if (Method->getRefQualifier() != RQ_None)
      All += Method->getRefQualifier() == RQ_LValue ? " &" : " &&";
  }
  if (SourceRange Noexcept = Function->getExceptionSpecSourceRange();
      Noexcept.isValid())
    All += " " + Text.text(Noexcept);
  return All;
}

std::string weft::calledBeside(const FunctionDecl *Function, std::string Call) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return Method && Method->getRefQualifier() == RQ_RValue
             ? "std::move(*this)." + Call
             : Call;
}

std::string weft::oneLine(std::string Text) {
  std::replace(Text.begin(), Text.end(), '\n', ' ');
  return Text;
}
