//===- Attributes.cpp - [[weft::coroutine]] and its relatives -------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how does Clang learn Weft's attributes? Each is registered as a
// plugin attribute and leaves an AnnotateAttr in the AST whose text is the
// attribute's name ("weft::coroutine") and whose range is that name's, so that
// later phases look for one kind of node only.
//
// `[[weft::suspendable]]` is for Weft's own headers: it stands on parameters that
// take a callable which may suspend, by its entry where that is known.
//
// Invariant: only functions carry such an AnnotateAttr, and parameters the last
// one; an attribute anywhere else was reported as an error.
//
//===----------------------------------------------------------------------===//

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaDiagnostic.h"

using namespace clang;

namespace {

/// What the attributes share; \p Name is `weft::...`.
class WeftAttrInfo : public ParsedAttrInfo {
public:
  explicit WeftAttrInfo(const char *Name, bool OnParameter = false)
      : Name(Name), OnParameter(OnParameter) {
    Spelled[0] = {ParsedAttr::AS_CXX11, Name};
    Spellings = Spelled;
  }

  bool acceptsLangOpts(const LangOptions &Lang) const override {
    return Lang.CPlusPlus;
  }

  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &Attr,
                            const Decl *D) const override {
    if (OnParameter ? isa<ParmVarDecl>(D) : D->getAsFunction() != nullptr)
      return true;
    reject(S, Attr);
    return false;
  }

  bool diagAppertainsToStmt(Sema &S, const ParsedAttr &Attr,
                            const Stmt *) const override {
    reject(S, Attr);
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &Attr) const override {
    // Clang skips the arguments of attributes in other vendors' namespaces.
    SourceLocation End = Attr.getRange().getEnd();
    auto Next =
        Lexer::findNextToken(End, S.getSourceManager(), S.getLangOpts());
    if (Next && Next->is(tok::l_paren)) {
      unsigned Id = S.getDiagnostics().getCustomDiagID(
          DiagnosticsEngine::Error, "'[[%0]]' takes no arguments");
      S.Diag(Attr.getLoc(), Id) << Name << Attr.getRange();
      return AttributeNotApplied;
    }
    for (const auto *Earlier : D->specific_attrs<AnnotateAttr>())
      if (Earlier->getAnnotation() == Name && !Earlier->isInherited())
        return AttributeApplied; // Saying it twice changes nothing.
    D->addAttr(AnnotateAttr::Create(S.Context, Name, nullptr, 0,
                                    SourceRange(Attr.getRange())));
    return AttributeApplied;
  }

private:
  void reject(Sema &S, const ParsedAttr &Attr) const {
    unsigned Id = S.getDiagnostics().getCustomDiagID(
        DiagnosticsEngine::Error,
        "'[[%0]]' can only be applied to a %select{function|parameter}1");
    S.Diag(Attr.getLoc(), Id) << Name << OnParameter << Attr.getRange();
  }

  const char *Name;
  const bool OnParameter;
  Spelling Spelled[1];
};

struct CoroutineAttrInfo : WeftAttrInfo {
  CoroutineAttrInfo() : WeftAttrInfo("weft::coroutine") {}
};
struct FiberAttrInfo : WeftAttrInfo {
  FiberAttrInfo() : WeftAttrInfo("weft::fiber") {}
};
struct GreenAttrInfo : WeftAttrInfo {
  GreenAttrInfo() : WeftAttrInfo("weft::green") {}
};
struct SuspendableAttrInfo : WeftAttrInfo {
  SuspendableAttrInfo() : WeftAttrInfo("weft::suspendable", true) {}
};

} // namespace

static ParsedAttrInfoRegistry::Add<CoroutineAttrInfo>
    Coroutine("weft-coroutine", "a coroutine that Weft transforms");
static ParsedAttrInfoRegistry::Add<FiberAttrInfo>
    Fiber("weft-fiber", "a fiber function that Weft transforms");
static ParsedAttrInfoRegistry::Add<GreenAttrInfo>
    Green("weft-green", "a fiber function that can be interrupted");
static ParsedAttrInfoRegistry::Add<SuspendableAttrInfo>
    Suspendable("weft-suspendable", "a parameter that takes what may suspend");

namespace weft {
/// Called so that a static library's linker keeps this file.
void registerAttributes() {}
} // namespace weft
