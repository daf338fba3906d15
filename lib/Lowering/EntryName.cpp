//===- EntryName.cpp - A fiber function's entry: its name and parameters --===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering/EntryName.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

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
  const QualType T = P->getType();
  if (T->isReferenceType() || T->isAnyPointerType() || T->isMemberPointerType())
    return Passing::AsDeclared;
  if (!T->isDependentType())
    return T.isTriviallyCopyableType(P->getASTContext()) ? Passing::AsDeclared
                                                         : Passing::ByReference;
  return Function->getDescribedFunctionTemplate() ? Passing::ByReference
                                                  : Passing::ByTrait;
}
