//===- LocalTypes.cpp - Types that a function declares --------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// They move in front of the frame, whose fields name them.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"

using namespace clang;
using namespace weft;

SourceRange FunctionLowering::nameOfLocal(const Decl *D) const {
  // In front of the frame there are no variables, not even constants.
  class Find : public AstVisitor {
  public:
    const FunctionLowering &L;
    const bool HasObjects; ///< In their place.
    SourceRange Bad;
    Find(const FunctionLowering &L, bool HasObjects) : L(L), HasObjects(HasObjects) {}
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *V = dyn_cast<VarDecl>(E->getDecl());
      if (V && V->getDeclContext() == L.What.Function && !L.Hoisted.count(V) &&
          !(HasObjects && L.isLifted(V)))
        Bad = E->getSourceRange();
      return true;
    }
  } Names(*this, isa<TypedefNameDecl>(D));
  Names.TraverseDecl(const_cast<Decl *>(D));
  return Names.Bad;
}

void FunctionLowering::lowerAlias(const TypedefNameDecl *D) {
  const QualType Under = D->getUnderlyingType();
  const TagDecl *Tag = Under->getAsTagDecl();
  Piece P;
  if ((!Under->isDependentType() && TypeSpelling::deduced(Under) != Under) ||
      (Tag && Tag->isEmbeddedInDeclarator() && Unnamed.count(Tag))) {
    P = Piece{"using " + D->getName().str() + " = " + Types.type(Under), line(D->getBeginLoc())};
  } else if (const SourceRange Named = nameOfLocal(D); Named.isValid()) {
    Report.report(Named.getBegin(), Diag::LocalTypeUsesLocal) << D->getName();
    Failed = true;
    return;
  } else {
    P = typeOnly(D);
  }
  P.Text += ";";
  if (!LocalTypeNames.insert(D->getName().str()).second) {
    Report.report(D->getLocation(), Diag::LocalTypeName) << D->getName();
    Failed = true;
  }
  F.Prefaces.push_back({Preface::Kind::Type, std::move(P)});
}

void FunctionLowering::lowerLocalType(const TagDecl *D, SourceRange Range) {
  if (!D->isThisDeclarationADefinition() && D->isEmbeddedInDeclarator())
    return;
  if (!LocalTypeNames.insert(D->getName().str()).second) {
    Report.report(D->getLocation(), Diag::LocalTypeName) << D->getName();
    Failed = true;
    return;
  }
  // In the frame its name would be found where another was meant.
  class Meant : public AstVisitor {
  public:
    llvm::StringRef Name;
    bool Found = false;
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const ValueDecl *D = E->getDecl();
      Found |= D->getIdentifier() && D->getName() == Name &&
               !E->hasQualifier() && D->isDefinedOutsideFunctionOrMethod();
      return true;
    }
  } Other;
  Other.Name = D->getName();
  Other.TraverseStmt(What.Function->getBody());
  if (Other.Found) {
    Report.report(D->getLocation(), Diag::LocalTypeHides) << D->getName();
    Failed = true;
    return;
  }
  if (const SourceRange Named = nameOfLocal(D); Named.isValid()) {
    Report.report(Named.getBegin(), Diag::LocalTypeUsesLocal) << D->getName();
    Failed = true;
    return;
  }
  if (Unnamed.count(D))
    Text.insertAfter(D->getInnerLocStart(), " " + D->getName().str());
  Piece P = Text.render(Range);
  P.Text += ";";
  F.Prefaces.push_back({Preface::Kind::Type, std::move(P)});
}
