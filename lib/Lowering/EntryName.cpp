//===- EntryName.cpp - A fiber function's entry: its name and parameters --===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering/EntryName.h"
#include "Analysis/DeducedResult.h"
#include "Lowering/TypeSpelling.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "Support/AstVisitor.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace weft;

static llvm::StringRef wordFor(OverloadedOperatorKind Kind) {
  switch (Kind) {
#define OVERLOADED_OPERATOR(Name, Spelling, Token, Unary, Binary, MemberOnly)   \
  case OO_##Name:                                                              \
    return #Name;
#include "clang/Basic/OperatorKinds.def"
  default:
    return "";
  }
}

std::string weft::entryName(const FunctionDecl *Function) {
  if (Function->isOverloadedOperator())
    return "operator_" + wordFor(Function->getOverloadedOperator()).lower() +
           "_fiber";
  const auto *Conversion = dyn_cast<CXXConversionDecl>(Function);
  if (!Conversion)
    return Function->getNameAsString() + "_fiber";
  // A member of a class template has the name that its pattern gets.
  if (const FunctionDecl *Pattern =
          Conversion->getTemplateInstantiationPattern(/*ForDefinition=*/false))
    Conversion = cast<CXXConversionDecl>(Pattern);
  std::string Name = "operator_to_";
  for (char C : Conversion->getConversionType().getCanonicalType().getAsString())
    if (llvm::isAlnum(C))
      Name += C;
    else if (C == '*' || C == '&')
      Name += C == '*' ? "_pointer" : "_reference";
    else if (Name.back() != '_')
      Name += '_';
  return Name + "_fiber";
}

/// The text of \p E, where each parameter is an object of its type.
static std::string ofParameters(const Expr *E, const TypeSpelling &Types,
                                const SourceText &Text) {
  class Names : public AstVisitor {
  public:
    const TypeSpelling *Types;
    SourceText *There;
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      if (const auto *P = dyn_cast<ParmVarDecl>(E->getDecl()))
        There->replace(E->getSourceRange(),
                       "std::declval<" +
                           Types->type(weft::elementTypeOf(P).getNonReferenceType()) +
                           "&>()");
      return true;
    }
  } Replace;
  SourceText There = Text;
  Replace.Types = &Types;
  Replace.There = &There;
  Replace.TraverseStmt(const_cast<Expr *>(E));
  return There.text(E->getSourceRange());
}

std::string weft::resultTypeOf(const FunctionDecl *Declared, const SourceText &Text) {
  const TypeSpelling Types(Declared->getASTContext(), false);
  if (!deducesResult(Declared))
    return Types.type(TypeSpelling::deduced(Declared->getReturnType()));
  const DeducedResult Result = deducedFrom(Declared);
  if (Result.IsVoid)
    return "void";
  const bool Decays = !Declared->getReturnType()->getAs<AutoType>()->isDecltypeAuto();
  const auto *Ref = dyn_cast<DeclRefExpr>(Result.Operand->IgnoreImplicit());
  const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (P && (!Decays || !P->getType()->isReferenceType()))
    return Types.type(P->getType().getUnqualifiedType());
  const std::string Operand = ofParameters(Result.Operand, Types, Text);
  return Decays ? "std::decay_t<decltype((" + Operand + "))>" : "decltype(" + Operand + ")";
}

QualType weft::elementTypeOf(const ParmVarDecl *P) {
  const auto *Pack = P->getType()->getAs<PackExpansionType>();
  return Pack ? Pack->getPattern() : P->getType();
}

weft::Passing weft::passingOf(const ParmVarDecl *P) {
  if (P->getType()->isReferenceType())
    return Passing::AsDeclared; // Also where the template's parameter is a `T`.
  const auto *Function = cast<FunctionDecl>(P->getDeclContext());
  if (const FunctionDecl *Pattern =
          Function->getTemplateInstantiationPattern(/*ForDefinition=*/false)) {
    Function = Pattern;
    // A pack may have become several; it is the last.
    P = Pattern->getParamDecl(
        std::min(P->getFunctionScopeIndex(), Pattern->getNumParams() - 1));
  }
  const QualType T = elementTypeOf(P);
  if (T->isReferenceType() || T->isAnyPointerType() || T->isMemberPointerType())
    return Passing::AsDeclared;
  if (!T->isDependentType())
    return T.isTriviallyCopyableType(P->getASTContext()) ? Passing::AsDeclared
                                                         : Passing::ByReference;
  return Function->getDescribedFunctionTemplate() ? Passing::ByReference
                                                  : Passing::ByTrait;
}
