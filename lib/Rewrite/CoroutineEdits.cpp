//===- CoroutineEdits.cpp - A coroutine in the text of its file ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/CoroutineEdits.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

FramePlacement weft::placementOf(const Coroutine &What, SourceText &Text) {
  FramePlacement Place;
  Place.InFunction = true;
  const FunctionDecl *F = What.Function;
  if (What.Lambda || !F->getDeclContext()->isFileContext() ||
      F->getDeclContext() != F->getLexicalDeclContext() ||
      F->getQualifierLoc() || F->getNumTemplateParameterLists())
    return Place;
  for (const FunctionDecl *D : F->redecls())
    if (D->getFriendObjectKind() != Decl::FOK_None)
      return Place;
  if (F->getTemplateSpecializationInfo())
    return Place;
  if (const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate()) {
    const TemplateParameterList *List = Template->getTemplateParameters();
    if (!List->getTemplateLoc().isValid() || !List->getTemplateLoc().isFileID())
      return Place;
    for (const NamedDecl *P : *List) {
      if (!P->getIdentifier() || P->isImplicit() || P->isTemplateParameterPack() ||
          isa<TemplateTemplateParmDecl>(P))
        return Place;
      Place.TemplateArguments +=
          (Place.TemplateArguments.empty() ? "" : ", ") + P->getName().str();
    }
    Place.TemplateArguments = "<" + Place.TemplateArguments + ">";
    SourceLocation End = List->getRAngleLoc();
    if (const Expr *Requires = List->getRequiresClause())
      End = Requires->getEndLoc();
    Place.TemplateHeader = Text.text(SourceRange(List->getTemplateLoc(), End));
  }
  Place.InFunction = false;
  Place.Unnamed = !F->isExternallyVisible() && !F->isInAnonymousNamespace();
  return Place;
}

std::string weft::baseTypeOf(const Coroutine &What, SourceText &Text) {
  FunctionTypeLoc Loc = What.Function->getFunctionTypeLoc();
  return Text.text(Loc.getReturnLoc().getSourceRange()) + "::frame_type";
}

std::optional<uint64_t> weft::headerBytesOf(const Coroutine &What,
                                            ASTContext &Context) {
  if (!What.Type.Record || What.Dependent)
    return std::nullopt;
  // generator : coroutine : detail::operations, which names the type.
  const CXXRecordDecl *Record = What.Type.Record->getDefinition();
  while (Record) {
    for (const Decl *D : Record->decls())
      if (const auto *Alias = dyn_cast<TypedefNameDecl>(D);
          Alias && Alias->getName() == "frame_type") {
        const CXXRecordDecl *Frame = Alias->getUnderlyingType()->getAsCXXRecordDecl();
        if (!Frame || !Frame->getDefinition())
          return std::nullopt;
        return Context.getASTRecordLayout(Frame->getDefinition())
            .getNonVirtualSize()
            .getQuantity();
      }
    if (Record->getNumBases() == 0)
      break;
    Record = Record->bases_begin()->getType()->getAsCXXRecordDecl();
    Record = Record ? Record->getDefinition() : nullptr;
  }
  return std::nullopt;
}

/// Where a function begins, with its template header and its attributes.
static SourceLocation startOf(const FunctionDecl *F, const SourceText &Text) {
  SourceLocation Start = F->getOuterLocStart();
  if (const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate())
    Start = Template->getTemplateParameters()->getTemplateLoc();
  return Text.withAttributes(Start);
}

/// The function's head as a declaration; default arguments stay with the
/// definition.
static std::string declarationOf(const FunctionDecl *F, unsigned Begin,
                                 unsigned Open, const SourceManager &Sources) {
  llvm::StringRef Buffer =
      Sources.getBufferData(Sources.getFileID(F->getBody()->getBeginLoc()));
  std::string Text;
  unsigned At = Begin;
  for (const ParmVarDecl *P : F->parameters()) {
    if (!P->hasDefaultArg() || P->hasInheritedDefaultArg())
      continue;
    SourceRange Range = P->getDefaultArgRange();
    unsigned First = Sources.getFileOffset(Range.getBegin());
    unsigned Last = Sources.getFileOffset(
        Lexer::getLocForEndOfToken(Range.getEnd(), 0, Sources, LangOptions()));
    size_t Equals = Buffer.rfind('=', First);
    if (Equals == llvm::StringRef::npos || Equals < At)
      continue;
    Text += Buffer.slice(At, Equals).rtrim();
    At = Last;
  }
  Text += Buffer.slice(At, Open).rtrim();
  for (char &C : Text)
    if (C == '\n')
      C = ' ';
  return Text + ";";
}

void weft::editCoroutine(const Coroutine &What, const Flow &F,
                         const FrameLayout &Layout, const FramePlacement &Place,
                         const TranslationUnit &Unit, SourceText &Text,
                         bool LineDirectives, bool InPlaceToo,
                         std::vector<FileEdit> &Edits) {
  const SourceManager &Sources = Unit.Sources;
  const Stmt *Body = What.Function->getBody();
  auto [File, Open] = Sources.getDecomposedLoc(Body->getBeginLoc());
  auto [CloseFile, Close] = Sources.getDecomposedLoc(Body->getEndLoc());
  (void)CloseFile;
  unsigned OpenLine = Sources.getLineNumber(File, Open);
  unsigned CloseLine = Sources.getLineNumber(File, Close);
  std::string Name = lineName(Sources, File);

  std::string Start = startStatement(F, Place);
  std::string NewBody = "{";
  auto back = [&](unsigned Line) {
    return LineDirectives ? "\n#line " + std::to_string(Line) + " \"" + Name + "\"\n"
                          : std::string("\n");
  };
  if (Place.InFunction) {
    LineWriter Writer(Name, LineDirectives);
    unsigned Column = Sources.getColumnNumber(File, Close);
    for (unsigned I = 1; I < Column && OpenLine != CloseLine; I += 2)
      Writer.indent();
    Writer.indent();
    writeFrame(F, Layout, Place, Writer);
    Writer.breakLine();
    Writer.write(Start, OpenLine);
    NewBody += "\n" + Writer.take();
    NewBody.pop_back();
    NewBody += back(CloseLine) +
               std::string(OpenLine == CloseLine ? 0 : Column - 1, ' ') + "}";
  } else {
    NewBody += OpenLine == CloseLine || !LineDirectives
                   ? (LineDirectives ? " " + Start + " }" : "\n  " + Start + "\n}")
                   : " " + Start + back(CloseLine) + "}";
    LineWriter Writer(Name, LineDirectives);
    writeFrame(F, Layout, Place, Writer);
    std::string Frame = Writer.take();
    SourceLocation Begin = startOf(What.Function, Text);
    unsigned At = Sources.getFileOffset(Begin);
    unsigned Line = Sources.getLineNumber(File, At);
    unsigned Column = Sources.getColumnNumber(File, At);
    std::string Before = Column > 1 ? "\n" : "";
    if (F.NamesItself && !What.Function->getPreviousDecl()) {
      // The frame stands in front of the function and calls it.
      LineWriter Declaration(Name, LineDirectives);
      Declaration.write(declarationOf(What.Function, At, Open, Sources), Line);
      Before += Declaration.take();
    }
    if (LineDirectives)
      Frame += "#line " + std::to_string(Line) + " \"" + Name + "\"\n";
    // All its callers may have taken the sibling below.
    if (InPlaceToo && Place.TemplateHeader.empty() &&
        !What.Function->isExternallyVisible())
      Frame += "[[maybe_unused]] ";
    Edits.push_back({File, At, At, Before + Frame});
    if (InPlaceToo) {
      // The same function with the frame as its result, for callers that keep
      // the coroutine where it is.
      std::string Head = Text.text(
          SourceRange(What.Function->getFunctionTypeLoc().getLParenLoc(),
                      What.Function->getFunctionTypeLoc().getRParenLoc()));
      std::string Function =
          Place.TemplateHeader.empty() ? "" : Place.TemplateHeader + " ";
      std::string Type = "weft::in_place<" + F.FrameName + Place.TemplateArguments + ">";
      bool Inline = What.Function->isExternallyVisible();
      std::string Action = "return " + Type + Start.substr(std::string("return ").size());
      Function += std::string(Inline ? "inline " : "static ") + Type + " " +
                  What.Function->getNameAsString() + "_in_place" + Head + " { " +
                  Action + " }";
      // One line: parameters may have been written on several.
      for (char &C : Function)
        if (C == '\n')
          C = ' ';
      NewBody += (LineDirectives ? " " : "\n") + Function;
    }
  }
  for (const Flow::Insertion &Each : F.HeadInsertions)
    Edits.push_back({File, Each.Offset, Each.Offset, Each.Text});
  Text.replace(Body->getSourceRange(), NewBody);
  Edits.push_back({File, Open, Close + 1, std::move(NewBody)});
}
