//===- AstVisitor.h - A walk over the syntax tree -------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang's visitor with virtual functions. The one with a template parameter is
// faster at run time, but compiles anew, for ten seconds, in each file that derives
// from it; our walks cost little beside the parser. Post-order and data recursion
// are not to be had.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_SUPPORT_ASTVISITOR_H
#define WEFT_SUPPORT_ASTVISITOR_H

#include "clang/Basic/Version.inc"

#if CLANG_VERSION_MAJOR >= 20
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#else
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/ExprOpenMP.h"
#include "clang/AST/LambdaCapture.h"
#include "clang/AST/StmtOpenACC.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/AST/TypeLoc.h"
#endif

/// What follows the location of a type in the parameters of a `Traverse` function:
/// since Clang 22, whether to enter the qualifier, too.
#if CLANG_VERSION_MAJOR >= 22
#define WEFT_AND_QUALIFIER , bool
#else
#define WEFT_AND_QUALIFIER
#endif

namespace weft {

#if CLANG_VERSION_MAJOR >= 20
using AstVisitor = clang::DynamicRecursiveASTVisitor;
#else

/// As Clang 20 has it, with the functions that Weft overrides.
class AstVisitor {
public:
  bool ShouldVisitTemplateInstantiations = false;
  bool ShouldVisitImplicitCode = false;

  virtual ~AstVisitor() = default;

  /// Each visits one node and what is below; false ends the whole walk.
  virtual bool TraverseDecl(clang::Decl *D);
  virtual bool TraverseStmt(clang::Stmt *S);
  virtual bool TraverseTypeLoc(clang::TypeLoc Loc);
  virtual bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc Loc);
  virtual bool TraverseTemplateArgumentLoc(const clang::TemplateArgumentLoc &Loc);
  virtual bool TraverseLambdaCapture(clang::LambdaExpr *Lambda,
                                     const clang::LambdaCapture *Capture,
                                     clang::Expr *Init);
  bool TraverseType(clang::QualType Type);

#define ABSTRACT_DECL(DECL)
#define DECL(CLASS, BASE) virtual bool Traverse##CLASS##Decl(clang::CLASS##Decl *D);
#include "clang/AST/DeclNodes.inc"
#define ABSTRACT_STMT(STMT)
#define STMT(CLASS, BASE) virtual bool Traverse##CLASS(clang::CLASS *S);
#include "clang/AST/StmtNodes.inc"

  /// Each visits one node; false ends the whole walk.
  virtual bool VisitDecl(clang::Decl *) { return true; }
  virtual bool VisitStmt(clang::Stmt *) { return true; }
  virtual bool VisitType(clang::Type *) { return true; }
  virtual bool VisitDecltypeTypeLoc(clang::DecltypeTypeLoc) { return true; }

#define DECL(CLASS, BASE)                                                                \
  virtual bool Visit##CLASS##Decl(clang::CLASS##Decl *) { return true; }
#include "clang/AST/DeclNodes.inc"
#define STMT(CLASS, BASE)                                                                \
  virtual bool Visit##CLASS(clang::CLASS *) { return true; }
#include "clang/AST/StmtNodes.inc"
#define TYPE(CLASS, BASE)                                                                \
  virtual bool Visit##CLASS##Type(clang::CLASS##Type *) { return true; }
#include "clang/AST/TypeNodes.inc"
};

#endif

} // namespace weft

#endif // WEFT_SUPPORT_ASTVISITOR_H
