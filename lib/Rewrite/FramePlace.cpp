//===- FramePlace.cpp - Where a function's frame can stand ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rewrite/FramePlace.h"
#include "Rewrite/FunctionHead.h"
#include "Rewrite/Sibling.h"
#include "clang/AST/DeclTemplate.h"
#include "Support/AstVisitor.h"

using namespace clang;
using namespace weft;

/// Whether the frame has to stay inside the function: because a lambda in the
/// body may name what is local to it, or because a declaration in the body
/// belongs to the namespace around it ([basic.link]/6).
static bool needsFunctionScope(const FunctionDecl *Function) {
  class Find : public AstVisitor {
  public:
    const FunctionDecl *Function;
    bool Lambda = false, Name = false, Extern = false;
    bool VisitValueDecl(ValueDecl *D) override {
      Extern |= D->isLocalExternDecl();
      return true;
    }
    bool VisitLambdaExpr(LambdaExpr *) override { return Lambda = true; }
    bool VisitVarDecl(VarDecl *D) override {
      Name |= D->getDeclContext() == Function && !isa<ParmVarDecl>(D) &&
              (D->isConstexpr() || D->isStaticLocal() ||
               (D->getType().isConstQualified() &&
                D->getType()->isIntegralOrEnumerationType()));
      return true;
    }
    bool VisitTypeDecl(TypeDecl *D) override {
      Name |= D->getDeclContext() == Function;
      return true;
    }
  } Names;
  Names.Function = Function;
  Names.TraverseStmt(const_cast<Stmt *>(Function->getBody()));
  return Names.Extern || (Names.Lambda && Names.Name);
}

FramePlacement weft::placementOf(const Coroutine &What, const SourceText &Text) {
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
          isa<TemplateTemplateParmDecl>(P)) {
        Place.TemplateArguments.clear();
        return Place;
      }
      Place.TemplateArguments +=
          (Place.TemplateArguments.empty() ? "" : ", ") + P->getName().str();
    }
    Place.TemplateArguments = "<" + Place.TemplateArguments + ">";
    Place.TemplateHeader = templateHeaderOf(List, Text, false);
  }
  Place.InFunction = false;
  Place.Unnamed = hasInternalFrame(F, F->getASTContext().getSourceManager()) &&
                  !F->isInAnonymousNamespace();
  return Place;
}
