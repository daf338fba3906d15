//===- FixIts.cpp - Edits that mend a call of a fiber function ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/FixIts.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace weft;

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

/// Whether \p D is one of several declarators, as in `int f(), g();`.
static bool sharesDeclaration(const FunctionDecl *D) {
  return llvm::any_of(D->getLexicalDeclContext()->decls(), [&](const Decl *Each) {
    const auto *Other = dyn_cast<DeclaratorDecl>(Each);
    return Other && Other != D &&
           Other->getInnerLocStart() == D->getInnerLocStart();
  });
}

static bool isOnlyFriend(const FunctionDecl *D) {
  return D->getFriendObjectKind() != Decl::FOK_None &&
         !D->isThisDeclarationADefinition();
}

std::optional<FixItHint> weft::annotate(const FunctionDecl *D,
                                        llvm::StringRef Attribute,
                                        const TranslationUnit &Unit) {
  const SourceManager &Sources = Unit.Sources;
  const LangOptions &Language = Unit.AST.getLangOpts();
  const std::string Text = ("[[" + Attribute + "]]").str();
  if (!D->getLocation().isFileID() || isOnlyFriend(D)) // [dcl.attr.grammar]/5
    return std::nullopt;
  if (sharesDeclaration(D)) {
    SourceLocation Name = D->getNameInfo().getEndLoc();
    if (!Name.isFileID())
      return std::nullopt;
    return FixItHint::CreateInsertion(
        Lexer::getLocForEndOfToken(Name, 0, Sources, Language), " " + Text);
  }
  SourceLocation Begin = D->getInnerLocStart();
  if (Begin.isMacroID() &&
      !Lexer::isAtStartOfMacroExpansion(Begin, Sources, Language, &Begin))
    return std::nullopt;
  return FixItHint::CreateInsertion(Begin, Text + " ");
}

static bool carries(const FunctionDecl *D, llvm::StringRef Attribute) {
  return llvm::any_of(D->specific_attrs<AnnotateAttr>(), [&](const AnnotateAttr *A) {
    return A->getAnnotation() == Attribute && !A->isInherited();
  });
}

static std::optional<Untouchable> obstacleTo(const FunctionDecl *D,
                                             const TranslationUnit &Unit) {
  if (isOfWeft(D))
    return Untouchable::OfWeft;
  if (Unit.Sources.isInSystemHeader(D->getLocation()))
    return Untouchable::SystemHeader;
  if (isOnlyFriend(D))
    return Untouchable::Friend;
  // What is made of a definition replaces its body, and stands in front of it.
  const FunctionDecl *Definition = D->getDefinition();
  const Stmt *Body = Definition ? Definition->getBody() : nullptr;
  if (!annotate(D, "weft::fiber", Unit) ||
      (Body && !(annotate(Definition, "weft::fiber", Unit) &&
                 Body->getBeginLoc().isFileID() && Body->getEndLoc().isFileID())))
    return Untouchable::Macro;
  return std::nullopt;
}

static void addAnnotations(const FunctionDecl *F, const TranslationUnit &Unit,
                           FiberAnnotation &To) {
  const FunctionDecl *First = F->getFirstDecl();
  if (To.Obstacle)
    return;
  if ((To.Obstacle = obstacleTo(First, Unit))) {
    To.Where = First;
    return;
  }
  for (const FunctionDecl *D : F->redecls()) {
    // A definition behind its declaration is never seen without that one.
    if (D != First && (D->isThisDeclarationADefinition() || obstacleTo(D, Unit)))
      continue;
    if (!carries(D, "weft::fiber") && !carries(D, "weft::green"))
      To.Edits.push_back(*annotate(D, "weft::fiber", Unit));
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F->getCanonicalDecl()))
    for (const CXXMethodDecl *Base : Method->overridden_methods())
      addAnnotations(Base, Unit, To);
}

FiberAnnotation weft::annotateFiber(const FunctionDecl *F,
                                    const TranslationUnit &Unit) {
  FiberAnnotation Result;
  Result.Where = F->getFirstDecl();
  addAnnotations(F, Unit, Result);
  if (Result.Obstacle)
    Result.Edits.clear();
  return Result;
}

void weft::proposeAnnotation(const FunctionDecl *F, Diag Id,
                             const TranslationUnit &Unit, Reporter &Report) {
  const FiberAnnotation Annotation = annotateFiber(F, Unit);
  {
    auto Builder = Report.report(F->getFirstDecl()->getLocation(), Id);
    Builder << F;
    for (const FixItHint &Each : Annotation.Edits)
      Builder << Each;
  }
  reportObstacle(Annotation, Report);
}

void weft::reportObstacle(const FiberAnnotation &Of, Reporter &Report) {
  if (Of.Obstacle)
    Report.report(Of.Where->getLocation(), Diag::NotAnnotatable)
        << Of.Where << unsigned(*Of.Obstacle);
}

//===----------------------------------------------------------------------===//
// Driving
//===----------------------------------------------------------------------===//

/// Whether `weft::run(f, x)` means for \p Call what it means to call `f(x)`.
static bool canHandOver(const CallExpr &Call) {
  const auto *Callee = dyn_cast<DeclRefExpr>(Call.getCallee()->IgnoreImplicit());
  const auto *F = Callee ? dyn_cast<FunctionDecl>(Callee->getDecl()) : nullptr;
  if (!F || isa<CXXOperatorCallExpr>(Call) || Callee->hadMultipleCandidates())
    return false;
  for (const ParmVarDecl *P : F->parameters())
    if (P->getType()->isReferenceType())
      return false;
  for (const Expr *Arg : Call.arguments()) {
    if (isa<CXXDefaultArgExpr>(Arg))
      return false;
    for (const Expr *At = Arg; At; ) { // What is deduced is the type as written.
      if (const auto *Cast = dyn_cast<ImplicitCastExpr>(At);
          Cast && Cast->getCastKind() == CK_NullToPointer)
        return false;
      if (isa<InitListExpr>(At))
        return false;
      if (const auto *Construct = dyn_cast<CXXConstructExpr>(At);
          Construct && Construct->isListInitialization() &&
          !isa<CXXTemporaryObjectExpr>(Construct))
        return false;
      const Expr *Inner = At->IgnoreImplicit();
      if (const auto *Cast = dyn_cast<ImplicitCastExpr>(At))
        Inner = Cast->getSubExpr();
      At = Inner == At ? nullptr : Inner;
    }
  }
  return true;
}

FixIts weft::driveCall(const Suspension &S, const TranslationUnit &Unit) {
  const CallExpr &Outer = *S.Call, &Call = *S.Inner;
  // As Stmt, an operator's call begins with its operand.
  const SourceRange Whole = static_cast<const Stmt &>(Outer).getSourceRange();
  const SourceRange Inside = static_cast<const Stmt &>(Call).getSourceRange();
  const SourceLocation Begin = Whole.getBegin(), End = Whole.getEnd();
  for (SourceLocation Each : {Begin, End, Inside.getBegin(), Inside.getEnd(),
                              Call.getCallee()->getEndLoc()})
    if (!Each.isFileID())
      return {};
  auto until = [](SourceLocation From, SourceLocation To) {
    return CharSourceRange::getCharRange(From, To);
  };
  FixIts Edits;
  // From the beginning of `weft::await(` to that of the call.
  auto open = [&](llvm::StringRef Text) {
    Edits.push_back(
        FixItHint::CreateReplacement(until(Begin, Inside.getBegin()), Text));
  };
  if (canHandOver(Call)) {
    auto Next = Lexer::findNextToken(Call.getCallee()->getEndLoc(), Unit.Sources,
                                     Unit.AST.getLangOpts());
    if (!Next || !Next->is(tok::l_paren))
      return {};
    open("weft::run(");
    Edits.push_back(FixItHint::CreateReplacement(Next->getLocation(),
                                                 Call.getNumArgs() ? ", " : ""));
    if (&Outer != &Call)
      Edits.push_back(FixItHint::CreateRemoval(End));
    return Edits;
  }
  const QualType Result = Call.getDirectCallee()->getReturnType();
  open(Result->isVoidType()        ? "weft::run([&] { "
       : Result->isReferenceType() ? "weft::run([&]() -> decltype(auto) { return "
                                   : "weft::run([&] { return ");
  if (&Outer != &Call)
    Edits.push_back(FixItHint::CreateReplacement(End, "; })"));
  else
    Edits.push_back(FixItHint::CreateInsertion(
        Lexer::getLocForEndOfToken(End, 0, Unit.Sources, Unit.AST.getLangOpts()),
        "; })"));
  return Edits;
}
