//===- AstVisitor.cpp -----------------------------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/AstVisitor.h"

#if CLANG_VERSION_MAJOR < 20

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace weft;

namespace {

/// Clang's own walk, which asks the visitor at each node.
class Walk : public RecursiveASTVisitor<Walk> {
public:
  explicit Walk(AstVisitor &To) : To(To) {}

  bool shouldVisitTemplateInstantiations() const {
    return To.ShouldVisitTemplateInstantiations;
  }
  bool shouldVisitImplicitCode() const { return To.ShouldVisitImplicitCode; }

  bool TraverseDecl(Decl *D) { return To.TraverseDecl(D); }
  bool TraverseStmt(Stmt *S) { return To.TraverseStmt(S); }
  bool TraverseTypeLoc(TypeLoc Loc) { return To.TraverseTypeLoc(Loc); }
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc Loc) {
    return To.TraverseDecltypeTypeLoc(Loc);
  }
  bool TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Loc) {
    return To.TraverseTemplateArgumentLoc(Loc);
  }
  bool TraverseLambdaCapture(LambdaExpr *Lambda, const LambdaCapture *Capture,
                             Expr *Init) {
    return To.TraverseLambdaCapture(Lambda, Capture, Init);
  }
  bool VisitDecl(Decl *D) { return To.VisitDecl(D); }
  bool VisitStmt(Stmt *S) { return To.VisitStmt(S); }
  bool VisitType(Type *T) { return To.VisitType(T); }
  bool VisitDecltypeTypeLoc(DecltypeTypeLoc Loc) { return To.VisitDecltypeTypeLoc(Loc); }

#define ABSTRACT_DECL(DECL)
#define DECL(CLASS, BASE)                                                                \
  bool Traverse##CLASS##Decl(CLASS##Decl *D) { return To.Traverse##CLASS##Decl(D); }
#include "clang/AST/DeclNodes.inc"
#define DECL(CLASS, BASE)                                                                \
  bool Visit##CLASS##Decl(CLASS##Decl *D) { return To.Visit##CLASS##Decl(D); }
#include "clang/AST/DeclNodes.inc"
#define ABSTRACT_STMT(STMT)
#define STMT(CLASS, BASE)                                                                \
  bool Traverse##CLASS(CLASS *S) { return To.Traverse##CLASS(S); }
#include "clang/AST/StmtNodes.inc"
#define STMT(CLASS, BASE)                                                                \
  bool Visit##CLASS(CLASS *S) { return To.Visit##CLASS(S); }
#include "clang/AST/StmtNodes.inc"
#define TYPE(CLASS, BASE)                                                                \
  bool Visit##CLASS##Type(CLASS##Type *T) { return To.Visit##CLASS##Type(T); }
#include "clang/AST/TypeNodes.inc"

private:
  AstVisitor &To;
};

using Base = RecursiveASTVisitor<Walk>;

} // namespace

bool AstVisitor::TraverseDecl(Decl *D) { return Walk(*this).Base::TraverseDecl(D); }
bool AstVisitor::TraverseStmt(Stmt *S) { return Walk(*this).Base::TraverseStmt(S); }
bool AstVisitor::TraverseType(QualType T) { return Walk(*this).Base::TraverseType(T); }
bool AstVisitor::TraverseTypeLoc(TypeLoc Loc) {
  return Walk(*this).Base::TraverseTypeLoc(Loc);
}
bool AstVisitor::TraverseDecltypeTypeLoc(DecltypeTypeLoc Loc) {
  return Walk(*this).Base::TraverseDecltypeTypeLoc(Loc);
}
bool AstVisitor::TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Loc) {
  return Walk(*this).Base::TraverseTemplateArgumentLoc(Loc);
}
bool AstVisitor::TraverseLambdaCapture(LambdaExpr *Lambda, const LambdaCapture *Capture,
                                       Expr *Init) {
  return Walk(*this).Base::TraverseLambdaCapture(Lambda, Capture, Init);
}

#define ABSTRACT_DECL(DECL)
#define DECL(CLASS, BASE)                                                                \
  bool AstVisitor::Traverse##CLASS##Decl(CLASS##Decl *D) {                               \
    return Walk(*this).Base::Traverse##CLASS##Decl(D);                                   \
  }
#include "clang/AST/DeclNodes.inc"
#define ABSTRACT_STMT(STMT)
#define STMT(CLASS, BASE)                                                                \
  bool AstVisitor::Traverse##CLASS(CLASS *S) {                                           \
    return Walk(*this).Base::Traverse##CLASS(S);                                         \
  }
#include "clang/AST/StmtNodes.inc"

#endif
