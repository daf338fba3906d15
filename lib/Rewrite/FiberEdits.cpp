//===- FiberEdits.cpp - A fiber function in the text of its file ----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   R f(A a) { body }
//
// becomes, with the frame in front or inside of the entry:
//
//   struct f_frame final : weft::fiber_frame<R> { ... };
//   weft::activation* f_fiber(weft::into<R> weft_result, A a) {
//     return weft::begin<f_frame>(weft_result, a);
//   }
//   R f(A a) { return weft::drive<R>("f", [&](weft::into<R> weft_result) {
//     return f_fiber(weft_result, a); }); }
//
// A lambda's call operator is its entry; weft::lambda wraps the closure:
//
//   [&](A a) { body }
//   weft::lambda{weft::signature<R(A)>(),
//     [&](weft::into<R> weft_result, A a) -> weft::activation* {
//       struct lambda_frame ...  return weft::begin<lambda_frame>(weft_result, a); }}
//
//===----------------------------------------------------------------------===//

#include "Rewrite/FiberEdits.h"
#include "Lowering/EntryName.h"
#include "Rewrite/Entry.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace weft;

namespace {

class FiberWriter {
public:
  FiberWriter(const Coroutine &What, const Flow &F, const FrameLayout &Layout,
              const FramePlacement &Place, const TranslationUnit &Unit,
              SourceText &Text, bool LineDirectives, std::vector<FileEdit> &Edits)
      : What(What), F(F), Layout(Layout), Place(Place), Sources(Unit.Sources),
        Text(Text), LineDirectives(LineDirectives), Edits(Edits),
        Body(What.Function->getBody()) {
    std::tie(File, Open) = Sources.getDecomposedLoc(Body->getBeginLoc());
    Close = Sources.getFileOffset(Body->getEndLoc());
    OpenLine = Sources.getLineNumber(File, Open);
    CloseLine = Sources.getLineNumber(File, Close);
    Name = lineName(Sources, File);
  }

  void write() {
    if (What.Lambda)
      return writeLambda();
    const FunctionDecl *Function = What.Function;
    const SourceLocation Begin = startOf(Function, Text);
    const unsigned At = Sources.getFileOffset(Begin);
    const unsigned Line = Sources.getLineNumber(File, At);
    const unsigned Column = Sources.getColumnNumber(File, At);
    const std::string Head = entryHead(
        Function, Text, [&](const ParmVarDecl *P) { return isInFrame(P); });
    const std::string Start = startStatement(F, Place);

    std::string Before;
    if (Place.InFunction) {
      Before = Head + " " + bodyWithFrame(Start) + "\n";
    } else {
      LineWriter Writer(Name, LineDirectives);
      // The body may call the function that it belongs to.
      if (!Function->getPreviousDecl())
        Writer.write(entryHead(Function, Text,
                               [](const ParmVarDecl *) { return true; }) +
                         ";",
                     Line);
      writeFrame(F, Layout, Place, Writer);
      // Its default arguments have been declared.
      Before = (Column > 1 ? "\n" : "") + Writer.take() +
               (LineDirectives ? lineDirective(Line) : "") +
               withoutDefaults(Head) + " { " + Start + " }\n";
    }
    if (LineDirectives)
      Before += lineDirective(Line);
    Before += std::string(Column - 1, ' ');
    // Fibers call the entry; perhaps nobody drives it.
    if (!Function->isExternallyVisible() && !isa<CXXMethodDecl>(Function))
      Before += "[[maybe_unused]] ";
    insert(Begin, std::move(Before));
    replaceBody(drivingBody());
  }

private:
  bool isInFrame(const ParmVarDecl *P) const {
    return llvm::any_of(F.Parameters, [&](const FrameParameter &Each) {
      return F.Variables[Each.Var].Declared == P->getName() && !P->getName().empty();
    });
  }

  std::string withoutDefaults(const std::string &Head) const {
    const FunctionDecl *Function = What.Function;
    if (llvm::none_of(Function->parameters(), [](const ParmVarDecl *P) {
          return P->hasDefaultArg() && !P->hasInheritedDefaultArg();
        }))
      return Head;
    auto Named = [&](const ParmVarDecl *P) { return isInFrame(P); };
    std::string With = entryParameters(Function, Text, Named, true);
    std::string Plain = Head;
    return Plain.replace(Plain.find(With), With.size(),
                         entryParameters(Function, Text, Named, false));
  }

  /// Calls the entry and runs it to its end.
  std::string drivingBody() {
    const std::string R = resultTypeOf(What.Function);
    std::string Call = entryName(What.Function) + "(weft_result";
    if (const auto *Method = dyn_cast<CXXMethodDecl>(What.Function);
        Method && Method->getRefQualifier() == RQ_RValue)
      Call = "std::move(*this)." + Call;
    unsigned Unnamed = 0;
    for (const ParmVarDecl *P : What.Function->parameters()) {
      std::string Given = P->getName().str();
      if (Given.empty()) { // It gets a name.
        Given = "weft_unnamed_" + std::to_string(++Unnamed);
        SourceLocation End = P->getTypeSourceInfo()->getTypeLoc().getEndLoc();
        const unsigned Offset = Sources.getFileOffset(End) + Text.spelling(End).size();
        Edits.push_back({File, Offset, Offset, " " + Given});
        Text.insertAfter(End, " " + Given);
      }
      Call += ", " + (P->getType()->isRValueReferenceType() ? "std::move(" + Given + ")"
                                                           : Given);
    }
    const std::string Drive =
        What.Function->isMain()
            ? "weft::drive_main("
            : "weft::drive<" + R + ">(\"" + F.FunctionName + "\", ";
    std::string Statement = "return " + Drive + "[&](weft::into<" + R + "> weft_result) { return " +
                            Call + "); });";
    if (!LineDirectives)
      return "{\n" + indentation() + "  " + Statement + "\n" + indentation() + "}";
    if (OpenLine == CloseLine)
      return "{ " + Statement + " }";
    return "{ " + Statement + "\n" + lineDirective(CloseLine) + indentation() + "}";
  }

  void writeLambda() {
    const LambdaExpr *Lambda = What.Lambda;
    insert(Lambda->getBeginLoc(),
           "weft::lambda{weft::signature<" + signatureOf(What.Function) + ">(), ");
    const FunctionTypeLoc Type = What.Function->getFunctionTypeLoc();
    const std::string Parameters =
        "(" + entryParameters(What.Function, Text,
                              [&](const ParmVarDecl *P) { return isInFrame(P); },
                              false) +
        ")";
    std::string Tail = bodyWithFrame(startStatement(F, Place)) + "}";
    if (Lambda->hasExplicitParameters())
      replace(SourceRange(Type.getLParenLoc(), Type.getRParenLoc()), Parameters);
    else
      Tail = Parameters + " -> weft::activation* " + Tail;
    if (Lambda->hasExplicitResultType())
      replace(trailingResult(Type), "weft::activation*");
    else if (Lambda->hasExplicitParameters())
      Tail = "-> weft::activation* " + Tail;
    replaceBody(std::move(Tail));
  }

  /// What stands between `->` and the body, with qualifiers.
  SourceRange trailingResult(const FunctionTypeLoc &Type) const {
    SourceLocation At = Text.next(Type.getRParenLoc());
    while (Text.spelling(At) != "->")
      At = Text.next(At);
    const SourceLocation Begin = Text.next(At);
    SourceLocation End = Begin;
    for (SourceLocation Next = Text.next(Begin); Next != Body->getBeginLoc();
         Next = Text.next(Next))
      End = Next;
    return SourceRange(Begin, End);
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

  void insert(SourceLocation Where, std::string New) {
    const unsigned At = Sources.getFileOffset(Where);
    Edits.push_back({File, At, At, New});
    Text.insertBefore(Where, std::move(New));
  }
  void replace(SourceRange Range, std::string New) {
    const unsigned End =
        Sources.getFileOffset(Range.getEnd()) + Text.spelling(Range.getEnd()).size();
    Edits.push_back({File, Sources.getFileOffset(Range.getBegin()), End, New});
    Text.replace(Range, std::move(New));
  }
  void replaceBody(std::string New) { replace(Body->getSourceRange(), std::move(New)); }

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

void weft::editFiber(const Coroutine &What, const Flow &F, const FrameLayout &Layout,
                     const FramePlacement &Place, const TranslationUnit &Unit,
                     SourceText &Text, bool LineDirectives,
                     std::vector<FileEdit> &Edits) {
  FiberWriter(What, F, Layout, Place, Unit, Text, LineDirectives, Edits).write();
}
