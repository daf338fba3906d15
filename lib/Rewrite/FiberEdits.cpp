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
#include "Rewrite/FunctionHead.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace weft;

namespace {

class FiberWriter : FunctionEdits {
public:
  using FunctionEdits::FunctionEdits;

  void write() {
    if (What.Lambda)
      return writeLambda();
    const FunctionDecl *Function = What.Function;
    auto InFrame = [&](const ParmVarDecl *P) { return isInFrame(P); };
    const std::string Start = startStatement(F, Place);

    std::string Before;
    if (Place.InFunction) {
      Before = entryHead(Function, F.ReturnType, Text, InFrame, true) + " " + bodyWithFrame(Start) +
               "\n";
    } else {
      LineWriter Writer(FileName, LineDirectives);
      // The body may call the function that it belongs to.
      if (!Function->getPreviousDecl())
        Writer.write(entryHead(Function, F.ReturnType, Text,
                               [](const ParmVarDecl *) { return true; }, true) +
                         ";",
                     BeginLine);
      if (F.NamesItself && !Function->getPreviousDecl())
        Writer.write(declarationOf(Function, Begin, Text), BeginLine);
      writeFrame(F, Layout, Place, Writer);
      // Its default arguments have been declared.
      Before = (BeginColumn > 1 ? "\n" : "") + Writer.take() +
               resumeAt(BeginLine) + entryHead(Function, F.ReturnType, Text, InFrame, false) +
               " { " + Start + " }\n";
    }
    Before += resumeAt(BeginLine) + std::string(BeginColumn - 1, ' ');
    // Fibers call the entry; perhaps nobody drives it.
    if (!Function->isExternallyVisible() && !isa<CXXMethodDecl>(Function) &&
        !Function->getDescribedFunctionTemplate())
      Before += "[[maybe_unused]] ";
    Edits.insertBefore(Begin, std::move(Before));
    replaceBody(drivingBody());
  }

private:
  bool isInFrame(const ParmVarDecl *P) const {
    return llvm::any_of(F.Parameters, [&](const FrameParameter &Each) {
      return F.Variables[Each.Var].Declared == P->getName() && !P->getName().empty();
    });
  }

  /// Calls the entry and runs it to its end.
  std::string drivingBody() {
    const std::string &R = F.ReturnType;
    std::string Call = entryName(What.Function) +
                       ownTemplateArguments(What.Function) + "(weft_result";
    unsigned Unnamed = 0;
    for (const ParmVarDecl *P : What.Function->parameters()) {
      std::string Given = P->getName().str();
      if (Given.empty()) { // It gets a name.
        Given = "weft_unnamed_" + std::to_string(++Unnamed);
        Edits.insertBefore(P->getLocation(), " " + Given);
      }
      const QualType T = elementTypeOf(P);
      if (T->isRValueReferenceType())
        Given = T->isDependentType() ? "static_cast<decltype(" + Given + ")>(" + Given + ")"
                                     : "std::move(" + Given + ")";
      else if (passingOf(P) != Passing::AsDeclared && T.hasLocalQualifiers())
        // The entry takes the object, const or not; the frame sees to the rest.
        Given = "const_cast<std::remove_cv_t<decltype(" + Given + ")>&>(" + Given + ")";
      Call += ", " + Given + (P->isParameterPack() ? "..." : "");
    }
    const std::string Drive =
        What.Function->isMain()
            ? "weft::drive_main("
            : "weft::drive<" + R + ">(\"" + F.FunctionName + "\", ";
    return shortBody("return " + Drive + "[&](weft::into<" + R +
                         "> weft_result) { return " +
                         calledBeside(What.Function, Call + ")") + "; });",
                     false);
  }

  /// The parameters of the function's own template, which need not be deduced.
  static std::string ownTemplateArguments(const FunctionDecl *Function) {
    const FunctionTemplateDecl *Template = Function->getDescribedFunctionTemplate();
    if (!Template)
      return {};
    std::string List;
    for (const NamedDecl *P : *Template->getTemplateParameters()) {
      if (!P->getIdentifier() || P->isImplicit())
        break; // It has a default, or is deduced.
      List += (List.empty() ? "" : ", ") + P->getName().str() +
              (P->isTemplateParameterPack() ? "..." : "");
    }
    return List.empty() ? List : "<" + List + ">";
  }

  void writeLambda() {
    const LambdaExpr *Lambda = What.Lambda;
    Edits.insertBefore(Lambda->getBeginLoc(), "weft::lambda{weft::signature<" +
                                                  signatureOf(What.Function, What.Type.Returns) +
                                                  ">(), ");
    const FunctionTypeLoc Type = What.Function->getFunctionTypeLoc();
    const std::string Parameters =
        "(" + entryParameters(What.Function, F.ReturnType, Text,
                              [&](const ParmVarDecl *P) { return isInFrame(P); },
                              false) +
        ")";
    std::string Tail = bodyWithFrame(startStatement(F, Place)) + "}";
    if (Lambda->hasExplicitParameters())
      Edits.replace(SourceRange(Type.getLParenLoc(), Type.getRParenLoc()),
                    Parameters);
    else
      Tail = Parameters + " -> weft::activation* " + Tail;
    if (Lambda->hasExplicitResultType())
      Edits.replace(trailingResult(Type), "weft::activation*");
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
};

} // namespace

void weft::editFiber(const TransformedFunction &Function, SourceEdits &Edits,
                     bool LineDirectives) {
  FiberWriter(Function, Edits, LineDirectives).write();
}
