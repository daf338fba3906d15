//===- CoroutineEdits.cpp - A coroutine in the text of its file ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/CoroutineEdits.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

/// Whether the frame has to stay inside the function: because a lambda in the
/// body may name what is local to it, or because a declaration in the body
/// belongs to the namespace around it ([basic.link]/6).
static bool needsFunctionScope(const FunctionDecl *Function) {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    const FunctionDecl *Function;
    bool Lambda = false, Name = false, Extern = false;
    bool VisitValueDecl(ValueDecl *D) {
      Extern |= D->isLocalExternDecl();
      return true;
    }
    bool VisitLambdaExpr(LambdaExpr *) { return Lambda = true; }
    bool VisitVarDecl(VarDecl *D) {
      Name |= D->getDeclContext() == Function && !isa<ParmVarDecl>(D) &&
              (D->isConstexpr() || D->isStaticLocal() ||
               (D->getType().isConstQualified() &&
                D->getType()->isIntegralOrEnumerationType()));
      return true;
    }
    bool VisitTypeDecl(TypeDecl *D) {
      Name |= D->getDeclContext() == Function;
      return true;
    }
  } Names;
  Names.Function = Function;
  Names.TraverseStmt(const_cast<Stmt *>(Function->getBody()));
  return Names.Extern || (Names.Lambda && Names.Name);
}

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
  if (F->getTemplateSpecializationInfo() || needsFunctionScope(F))
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
    Place.TemplateHeader = headerOf(List, Text);
  }
  Place.InFunction = false;
  Place.Unnamed = hasInternalFrame(F, F->getASTContext().getSourceManager()) &&
                  !F->isInAnonymousNamespace();
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

namespace {

/// Writes one coroutine. What takes its place depends on where its frame can
/// stand and on who wants it:
///
///   in front   [frame] FUNCTION { return {in_frame<frame>(), ...}; } [sibling]
///   inside     FUNCTION { frame  return {in_frame<frame>(), ...}; }
///   shared     sibling { frame  return in_place{...}; }
///              FUNCTION { return {in_frame<the sibling's>(), ...}; }
///
/// Shared is for callers in place of a function whose frame has to be inside a
/// function, for the sake of access or of types that are complete only there.
class CoroutineWriter {
public:
  CoroutineWriter(const Coroutine &What, const Flow &F, const FrameLayout &Layout,
                  const FramePlacement &Place, const TranslationUnit &Unit,
                  SourceText &Text, bool LineDirectives,
                  std::vector<FileEdit> &Edits)
      : What(What), F(F), Layout(Layout), Place(Place), Sources(Unit.Sources),
        Text(Text), LineDirectives(LineDirectives), Edits(Edits),
        Body(What.Function->getBody()) {
    std::tie(File, Open) = Sources.getDecomposedLoc(Body->getBeginLoc());
    Close = Sources.getFileOffset(Body->getEndLoc());
    OpenLine = Sources.getLineNumber(File, Open);
    CloseLine = Sources.getLineNumber(File, Close);
    Name = lineName(Sources, File);
  }

  void write(InPlaceCallers Callers) {
    for (const Flow::Insertion &Each : F.HeadInsertions)
      Edits.push_back({File, Each.Offset, Each.Offset, Each.Text});
    const std::string Start = startStatement(F, Place);
    if (!Place.InFunction) {
      writeInFront(Start, Callers != InPlaceCallers::None);
    } else if (Callers == InPlaceCallers::None) {
      replaceBody(bodyWithFrame(Start));
    } else if (What.Lambda) {
      returnDeduced();
      replaceBody(bodyWithFrame(inPlaceStatement()));
    } else {
      writeShared();
    }
  }

private:
  void writeInFront(const std::string &Start, bool InPlaceToo) {
    LineWriter Writer(Name, LineDirectives);
    writeFrame(F, Layout, Place, Writer);
    std::string Frame = Writer.take();
    const SourceLocation Begin = startOf(What.Function, Text);
    const unsigned At = Sources.getFileOffset(Begin);
    std::string Before = Sources.getColumnNumber(File, At) > 1 ? "\n" : "";
    if (F.NamesItself && !What.Function->getPreviousDecl()) {
      // The frame stands in front of the function and calls it.
      LineWriter Declaration(Name, LineDirectives);
      Declaration.write(declarationOf(What.Function, At, Open, Sources),
                        Sources.getLineNumber(File, At));
      Before += Declaration.take();
    }
    if (LineDirectives)
      Frame += lineDirective(Sources.getLineNumber(File, At));
    // All its callers may have taken the sibling.
    if (InPlaceToo && Place.TemplateHeader.empty() &&
        !What.Function->isExternallyVisible())
      Frame += "[[maybe_unused]] ";
    Edits.push_back({File, At, At, Before + Frame});
    std::string NewBody = shortBody(Start);
    if (InPlaceToo)
      NewBody += (LineDirectives ? " " : "\n") +
                 siblingHead(What.Function, inPlaceType(),
                             hasInternalFrame(What.Function, Sources), Text) + " { " +
                 inPlaceStatement() + " }";
    replaceBody(std::move(NewBody));
  }

  void writeShared() {
    const SourceLocation Begin = startOf(What.Function, Text);
    const unsigned At = Sources.getFileOffset(Begin);
    const unsigned Column = Sources.getColumnNumber(File, At);
    std::string Sibling;
    if (F.NamesItself && !What.Function->getPreviousDecl() &&
        What.Function->getLexicalDeclContext()->isFileContext())
      Sibling = declarationOf(What.Function, At, Open, Sources) + " ";
    Sibling += siblingHead(What.Function, "auto", false, Text) + " " +
                          bodyWithFrame(inPlaceStatement()) + "\n";
    if (LineDirectives)
      Sibling += lineDirective(Sources.getLineNumber(File, At));
    Sibling += std::string(Column - 1, ' ');
    Edits.push_back({File, At, At, Sibling});
    Text.insertBefore(Begin, std::move(Sibling));
    for (const FunctionDecl *Each : declarationsInClasses(What.Function)) {
      const SourceLocation Where = startOf(Each, Text);
      std::string Declaration = siblingHead(Each, "auto", false, Text) + "; ";
      auto [InFile, Offset] = Sources.getDecomposedLoc(Where);
      Edits.push_back({InFile, Offset, Offset, Declaration});
      Text.insertBefore(Where, std::move(Declaration));
    }
    replaceBody(shortBody(startStatementFromSibling()));
  }

  /// The statement that starts the coroutine in the sibling's frame.
  std::string startStatementFromSibling() const {
    std::string Call = siblingName(What.Function), Arguments;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(What.Function);
        Method && Method->getRefQualifier() == RQ_RValue)
      Call = "std::move(*this)." + Call;
    for (const ParmVarDecl *P : What.Function->parameters()) {
      // What the function was called with; it is not evaluated.
      Arguments += (Arguments.empty() ? "" : ", ") + declaredValue(P);
    }
    std::string Start = startStatement(F, Place);
    const std::string Own = "weft::in_frame<" + F.FrameName + ">";
    Start.replace(Start.find(Own), Own.size(),
                  "weft::in_frame<typename decltype(" + Call + "(" + Arguments +
                      "))::held_frame>");
    return Start;
  }

  /// An expression of a parameter's type, also of one that has no name.
  std::string declaredValue(const ParmVarDecl *P) const {
    if (P->getIdentifier() && P->getType()->isReferenceType())
      return "static_cast<decltype(" + P->getName().str() + ")>(" +
             P->getName().str() + ")";
    if (P->getIdentifier())
      return P->getType()->isScalarType() ? P->getName().str()
                                          : "std::move(" + P->getName().str() + ")";
    const SourceRange Type = P->getTypeSourceInfo()->getTypeLoc().getSourceRange();
    for (const Flow::Insertion &Each : F.HeadInsertions) // It has a name now.
      if (Each.Offset == Sources.getFileOffset(Type.getEnd()) +
                             Text.spelling(Type.getEnd()).size())
        return "std::move(" + llvm::StringRef(Each.Text).trim().str() + ")";
    return "std::declval<" + Text.text(Type) + ">()";
  }

  /// The lambda's frame is what it returns.
  void returnDeduced() {
    const SourceRange Result =
        What.Function->getFunctionTypeLoc().getReturnLoc().getSourceRange();
    auto [InFile, Begin] = Sources.getDecomposedLoc(Result.getBegin());
    const unsigned End = Sources.getFileOffset(Result.getEnd()) +
                         Text.spelling(Result.getEnd()).size();
    Edits.push_back({InFile, Begin, End, "auto"});
    Text.replace(Result, "auto");
  }

  std::string inPlaceType() const {
    return "weft::in_place<" + F.FrameName + Place.TemplateArguments + ">";
  }
  std::string inPlaceStatement() const {
    return "return " + inPlaceType() +
           startStatement(F, Place).substr(std::string("return ").size());
  }

  /// A body that is only \p Statement, with the lines of the old one.
  std::string shortBody(const std::string &Statement) const {
    if (!LineDirectives)
      return OpenLine == CloseLine && Place.InFunction
                 ? "{ " + Statement + " }"
                 : "{\n" + indentation() + "  " + Statement + "\n" + indentation() + "}";
    if (OpenLine == CloseLine)
      return "{ " + Statement + " }";
    return "{ " + Statement + "\n" + lineDirective(CloseLine) + indentation() + "}";
  }

  /// A body that defines the frame in front of \p Statement.
  std::string bodyWithFrame(const std::string &Statement) const {
    LineWriter Writer(Name, LineDirectives);
    for (size_t I = 0; I < indentation().size(); I += 2)
      Writer.indent();
    Writer.indent();
    writeFrame(F, Layout, Place, Writer);
    Writer.breakLine();
    Writer.write(Statement, OpenLine);
    std::string New = "{\n" + Writer.take();
    if (LineDirectives)
      New += lineDirective(CloseLine);
    return New + indentation() + "}";
  }

  /// Of the line with the closing brace.
  std::string indentation() const {
    llvm::StringRef Line = Sources.getBufferData(File).take_front(Close);
    Line = Line.drop_front(Line.rfind('\n') + 1);
    return std::string(Line.size() - Line.ltrim().size(), ' ');
  }

  std::string lineDirective(unsigned Line) const {
    return "#line " + std::to_string(Line) + " \"" + Name + "\"\n";
  }

  void replaceBody(std::string New) {
    Text.replace(Body->getSourceRange(), New);
    Edits.push_back({File, Open, Close + 1, std::move(New)});
  }

  const Coroutine &What;
  const Flow &F;
  const FrameLayout &Layout;
  const FramePlacement &Place;
  const SourceManager &Sources;
  SourceText &Text;
  const bool LineDirectives;
  std::vector<FileEdit> &Edits;
  const Stmt *Body;
  FileID File;
  unsigned Open = 0, Close = 0, OpenLine = 0, CloseLine = 0;
  std::string Name; ///< Of the file, in directives.
};

} // namespace

void weft::editCoroutine(const Coroutine &What, const Flow &F,
                         const FrameLayout &Layout, const FramePlacement &Place,
                         const TranslationUnit &Unit, SourceText &Text,
                         bool LineDirectives, InPlaceCallers Callers,
                         std::vector<FileEdit> &Edits) {
  CoroutineWriter(What, F, Layout, Place, Unit, Text, LineDirectives, Edits)
      .write(Callers);
}
