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

static llvm::StringRef withoutDefault(llvm::StringRef Written) {
  int Depth = 0;
  for (size_t I = 0; I < Written.size(); ++I) {
    Depth += llvm::StringRef("<({[").contains(Written[I]);
    Depth -= llvm::StringRef(">)}]").contains(Written[I]);
    if (Written[I] == '=' && Depth == 0)
      return Written.take_front(I).rtrim();
  }
  return Written;
}

std::string weft::templateHeaderOf(const TemplateParameterList *List,
                                   const SourceText &Text, bool Defaults) {
  const Expr *Requires = List->getRequiresClause();
  const bool HasDefaults = llvm::any_of(*List, [&](const NamedDecl *P) {
    const std::string Written = Text.text(P->getSourceRange());
    return withoutDefault(Written).size() < Written.size();
  });
  if (Defaults || !HasDefaults)
    return Text.text(SourceRange(List->getTemplateLoc(),
                                 Requires ? Requires->getEndLoc()
                                          : List->getRAngleLoc()));
  std::string Parameters;
  for (const NamedDecl *P : *List)
    Parameters += (Parameters.empty() ? "" : ", ") +
                  withoutDefault(Text.text(P->getSourceRange())).str();
  return "template <" + Parameters + ">" +
         (Requires ? " requires " + Text.text(Requires->getSourceRange()) : "");
}

std::string weft::templateHeadersOf(const FunctionDecl *Function,
                                    const SourceText &Text, bool Defaults) {
  std::string All;
  for (unsigned I = 0; I < Function->getNumTemplateParameterLists(); ++I)
    All += templateHeaderOf(Function->getTemplateParameterList(I), Text, Defaults) + " ";
  // That of `void f(auto x)` is not written.
  if (const FunctionTemplateDecl *Template = Function->getDescribedFunctionTemplate())
    if (Template->getTemplateParameters()->getTemplateLoc().isValid())
      All += templateHeaderOf(Template->getTemplateParameters(), Text, Defaults) + " ";
  return All;
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

std::string weft::declarationOf(const FunctionDecl *F, SourceLocation Begin,
                                const SourceText &Text) {
  SourceText Bare = Text.withoutEdits();
  for (const ParmVarDecl *P : F->parameters())
    if (P->hasDefaultArg() && !P->hasInheritedDefaultArg()) {
      const SourceRange Default = P->getDefaultArgRange();
      Bare.replace(SourceRange(Text.before(Default.getBegin()), Default.getEnd()), "");
    }
  if (const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate())
    for (const NamedDecl *P : *Template->getTemplateParameters())
      if (const std::string Written = Text.text(P->getSourceRange());
          !P->isImplicit() && withoutDefault(Written).size() < Written.size())
        Bare.replace(P->getSourceRange(), withoutDefault(Written).rtrim().str());
  return oneLine(Bare.text(SourceRange(Begin, Text.before(F->getBody()->getBeginLoc())))) +
         ";";
}

std::string weft::calledBeside(const FunctionDecl *Function, std::string Call) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return Method && Method->getRefQualifier() == RQ_RValue
             ? "std::move(*this)." + Call
             : Call;
}

std::string weft::oneLine(std::string Text) {
  LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.CPlusPlus17 = true;
  Lexer Lex(SourceLocation(), Options, Text.data(), Text.data(), Text.data() + Text.size());
  Lex.SetCommentRetentionState(true);
  std::string Line;
  const char *Last = Text.data();
  for (Token T;;) {
    Lex.LexFromRawLexer(T);
    const char *End = Lex.getBufferLocation(), *Begin = End - T.getLength();
    std::replace_copy(Last, Begin, std::back_inserter(Line), '\n', ' ');
    if (T.is(tok::eof))
      return Line;
    // What follows a comment to the end of its line would be one, too. Any other token
    // is itself on several lines: a raw string.
    const llvm::StringRef Written(Begin, T.getLength());
    Line += T.is(tok::comment) && (Written.starts_with("//") || Written.contains('\n'))
                ? llvm::StringRef(" ")
                : Written;
    Last = End;
  }
}
