//===- CoroutineEdits.cpp - A coroutine in the text of its file ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/CoroutineEdits.h"
#include "Rewrite/FunctionHead.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

std::string weft::baseTypeOf(const Coroutine &What, const SourceText &Text) {
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
class CoroutineWriter : FunctionEdits {
public:
  using FunctionEdits::FunctionEdits;

  void write(InPlaceCallers Callers) {
    for (const Flow::Insertion &Each : F.HeadInsertions)
      Edits.insertInFile(File, Each.Offset, Each.Text);
    const std::string Start = startStatement(F, Place);
    if (!Place.InFunction) {
      writeInFront(Start, Callers != InPlaceCallers::None);
    } else if (Callers == InPlaceCallers::None) {
      replaceBody(bodyWithFrame(Start));
    } else if (What.Lambda) {
      // The lambda's frame is what it returns.
      Edits.replace(
          What.Function->getFunctionTypeLoc().getReturnLoc().getSourceRange(),
          "auto");
      replaceBody(bodyWithFrame(inPlaceStatement()));
    } else {
      writeShared();
    }
  }

private:
  void writeInFront(const std::string &Start, bool InPlaceToo) {
    std::string Before = BeginColumn > 1 ? "\n" : "";
    if (F.NamesItself && !What.Function->getPreviousDecl()) {
      // The frame stands in front of the function and calls it.
      LineWriter Declaration(FileName, LineDirectives);
      Declaration.write(declarationOf(What.Function, Begin, Text), BeginLine);
      Before += Declaration.take();
    }
    LineWriter Frame(FileName, LineDirectives);
    writeFrame(F, Layout, Place, Frame);
    Before += Frame.take() + resumeAt(BeginLine);
    // All its callers may have taken the sibling.
    if (InPlaceToo && Place.TemplateHeader.empty() &&
        !What.Function->isExternallyVisible())
      Before += "[[maybe_unused]] ";
    std::string NewBody = shortBody(Start, false);
    if (InPlaceToo)
      NewBody += (LineDirectives ? " " : "\n") +
                 siblingHead(What.Function, inPlaceType(),
                             hasInternalFrame(What.Function, Sources), Text) +
                 " { " + inPlaceStatement() + " }";
    Edits.insertBefore(Begin, std::move(Before));
    replaceBody(std::move(NewBody));
  }

  void writeShared() {
    std::string Sibling;
    if (F.NamesItself && !What.Function->getPreviousDecl() &&
        What.Function->getLexicalDeclContext()->isFileContext())
      Sibling = declarationOf(What.Function, Begin, Text) + " ";
    Sibling += siblingHead(What.Function, "auto", false, Text) + " " +
               bodyWithFrame(inPlaceStatement()) + "\n" + resumeAt(BeginLine) +
               std::string(BeginColumn - 1, ' ');
    Edits.insertBefore(Begin, std::move(Sibling));
    for (const FunctionDecl *Each : declarationsInClasses(What.Function))
      Edits.insertBefore(startOf(Each, Text),
                         siblingHead(Each, "auto", false, Text) + "; ");
    replaceBody(shortBody(startStatementFromSibling(), true));
  }

  /// The statement that starts the coroutine in the sibling's frame.
  std::string startStatementFromSibling() const {
    std::string Arguments;
    for (const ParmVarDecl *P : What.Function->parameters()) {
      // What the function was called with; it is not evaluated.
      Arguments += (Arguments.empty() ? "" : ", ") + declaredValue(P);
    }
    const std::string Call = calledBeside(
        What.Function, siblingName(What.Function) + "(" + Arguments + ")");
    std::string Start = startStatement(F, Place);
    const std::string Own = "weft::in_frame<" + F.FrameName + ">";
    Start.replace(Start.find(Own), Own.size(),
                  "weft::in_frame<typename decltype(" + Call + ")::held_frame>");
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

  std::string inPlaceType() const {
    return "weft::in_place<" + F.FrameName + Place.TemplateArguments + ">";
  }
  std::string inPlaceStatement() const {
    return "return " + inPlaceType() +
           startStatement(F, Place).substr(std::string("return ").size());
  }
};

} // namespace

void weft::editCoroutine(const TransformedFunction &Function,
                         InPlaceCallers Callers, SourceEdits &Edits,
                         bool LineDirectives) {
  CoroutineWriter(Function, Edits, LineDirectives).write(Callers);
}
