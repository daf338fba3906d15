//===- FrameNames.cpp - What frames are called, and who holds whose -------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/FrameNames.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/IdentifierTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace weft;

std::string weft::frameName(const Coroutine &What, ASTContext &Context,
                             const std::string &Decisions, std::set<std::string> &Taken) {
  const FunctionDecl *F = What.Function;
  std::string Name = What.Lambda ? "lambda" : F->getNameAsString();
  if (What.Lambda || !F->getIdentifier()) {
    std::string Plain = What.Lambda ? "lambda" : "operator";
    if (!What.Lambda && F->isOverloadedOperator())
      Plain = "operator_" + std::to_string(unsigned(F->getOverloadedOperator()));
    Name = Plain;
  }
  // Overloads differ by their parameters.
  unsigned Overloads = 0;
  if (!What.Lambda && hasInternalFrame(F, Context.getSourceManager()))
    for (const NamedDecl *D : F->getDeclContext()->lookup(F->getDeclName()))
      Overloads += isa<FunctionDecl, FunctionTemplateDecl>(D);
  if (Overloads > 1)
    for (const ParmVarDecl *P : F->parameters()) {
      Name += '_';
      for (char C : P->getType().getAsString())
        if (isAlphanumeric(C))
          Name += C;
        else if (C == '&' || C == '*')
          Name += C == '&' ? 'r' : 'p';
    }
  // Frames of functions in headers are the same in every translation unit, and
  // differ whatever overloads each of these sees.
  const bool Internal = hasInternalFrame(F, Context.getSourceManager());
  auto hashed = [](const std::string &Text) {
    return "_" + llvm::utohexstr(llvm::xxh3_64bits(Text) & 0xffffff, true, 6);
  };
  if (What.Lambda && !Internal && !Decisions.empty())
    Name += hashed(Decisions); // Its function tells the rest.
  if (!Internal && !What.Lambda) {
    std::string Signature = F->getQualifiedNameAsString() + " " +
                            F->getType().getCanonicalType().getAsString() + Decisions;
    if (const FunctionTemplateDecl *Template = F->getDescribedFunctionTemplate()) {
      llvm::raw_string_ostream Header(Signature);
      Template->getTemplateParameters()->print(Header, Context);
    }
    Name += hashed(Signature);
  }
  Name += "_frame";
  while (Context.Idents.find(Name) != Context.Idents.end())
    Name = "weft_" + Name;
  std::string Unique = Name;
  for (unsigned N = 2; !Taken.insert(Unique).second; ++N)
    Unique = Name + "_" + std::to_string(N);
  return Unique;
}

/// What names the namespace of \p Function inside of \p From: `a::b::`.
static std::string spaceOf(const FunctionDecl *Function, const FunctionDecl *From) {
  std::string Name;
  for (const DeclContext *At = Function->getDeclContext(); At; At = At->getParent())
    if (const auto *Space = dyn_cast<NamespaceDecl>(At);
        Space && !Space->isAnonymousNamespace() && !Space->isInline() &&
        !Space->Encloses(From))
      Name = Space->getName().str() + "::" + Name;
  return Name;
}

bool weft::sharesStatic(const Coroutine &What, const SourceManager &Sources) {
  return !hasInternalFrame(What.Function, Sources) && hasStaticVariable(What.Function);
}

HeldFrames weft::framesFor(const Coroutine &What, const HeldFrames &All,
                           const TranslationUnit &Unit) {
  HeldFrames Found;
  if (!What.isActivation() || sharesStatic(What, Unit.Sources))
    return Found;
  const bool Internal = hasInternalFrame(What.Function, Unit.Sources);
  for (const auto &[Function, Frame] : All)
    if (const FunctionDecl *Definition = Function->getDefinition();
        Definition && Unit.Sources.isBeforeInTranslationUnit(
                          Definition->getBody()->getEndLoc(),
                          What.Function->getBeginLoc()) &&
        (Internal || !hasInternalFrame(Definition, Unit.Sources))) {
      Found[Function] = Frame;
      Found[Function].Name = spaceOf(Definition, What.Function) + Frame.Name;
    }
  return Found;
}
