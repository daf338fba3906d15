//===- TypeSpelling.cpp - Types written out ------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering/TypeSpelling.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/QualTypeNames.h"
#include "Support/AstVisitor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace weft;

std::string weft::qualifiersOf(QualType T) {
  const Qualifiers Of = T->isDependentType() ? Qualifiers() : T.getQualifiers();
  return Of.empty() ? "" : Of.getAsString() + " ";
}

TypeSpelling::TypeSpelling(ASTContext &Context, bool Qualified)
    : Context(Context), Policy(Context.getLangOpts()), Qualified(Qualified) {
  Policy.SuppressTagKeyword = true;
  Policy.Bool = true;
  Policy.AnonymousTagLocations = false;
  Policy.SuppressUnwrittenScope = true;
}

namespace {
class HasPlaceholder : public AstVisitor {
public:
  bool Found = false;
  bool VisitAutoType(AutoType *) override { return !(Found = true); }
  bool VisitDeducedTemplateSpecializationType(
      DeducedTemplateSpecializationType *) override {
    return !(Found = true);
  }
  bool VisitDecltypeType(DecltypeType *) override { return !(Found = true); }
};

class FindUnnamed : public AstVisitor {
public:
  bool Found = false;
  bool VisitTagType(TagType *T) override {
    const TagDecl *D = T->getDecl();
    if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
      Found |= Record->isLambda();
    Found |= !D->getIdentifier() && !D->getTypedefNameForAnonDecl();
    if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(D))
      for (const TemplateArgument &A : Special->getTemplateArgs().asArray())
        if (A.getKind() == TemplateArgument::Type)
          Found |= !TypeSpelling::isNameable(A.getAsType());
    return !Found;
  }
};
} // namespace

QualType TypeSpelling::deduced(QualType T) {
  HasPlaceholder Find;
  Find.TraverseType(T);
  return Find.Found && !T->isDependentType() ? T.getCanonicalType() : T;
}

bool TypeSpelling::isNameable(QualType T) {
  FindUnnamed Find;
  Find.TraverseType(T.getCanonicalType());
  return !Find.Found;
}

bool TypeSpelling::isInvented(QualType T) {
  class Find : public AstVisitor {
  public:
    bool Found = false;
    bool VisitTemplateTypeParmType(TemplateTypeParmType *T) override {
      Found |= T->getDecl() && T->getDecl()->isImplicit();
      return !Found;
    }
  } Invented;
  Invented.TraverseType(T);
  return Invented.Found;
}

std::string TypeSpelling::qualified(QualType T) const {
  std::string Text;
  // The parameters of a template have no names in a canonical type.
  (T->isDependentType() ? T : T.getCanonicalType()).getAsStringInternal(Text, Policy);
  // The one name that everybody uses for its type.
  const llvm::StringRef Long = "std::basic_string<char>";
  for (size_t At = 0; (At = Text.find(Long, At)) != std::string::npos;)
    Text.replace(At, Long.size(), "std::string");
  return Text;
}

std::string TypeSpelling::declarator(QualType T, llvm::StringRef Name) const {
  HasPlaceholder Find;
  Find.TraverseType(T);
  if (!T->isDependentType() && (Find.Found || Qualified))
    T = TypeName::getFullyQualifiedType(
        Find.Found ? T.getCanonicalType() : T, Context, false);
  std::string Text = Name.str();
  T.getAsStringInternal(Text, Policy);
  // A class whose parameters have no names; inside of it, it has one of its own.
  const QualType Bare = T.getNonReferenceType().getUnqualifiedType();
  const CXXRecordDecl *Class = Bare->getAsCXXRecordDecl();
  if (Class && Bare->isDependentType()) {
    std::string Long;
    Bare.getAsStringInternal(Long, Policy);
    const bool IsUnnamed = llvm::any_of(
        llvm::ArrayRef<llvm::StringRef>{"-parameter-", "<,", "<>", ", ,", ", >", "<...", ", ..."},
        [&](llvm::StringRef Part) { return llvm::StringRef(Long).contains(Part); });
    if (!IsUnnamed)
      return Text;
    if (const size_t At = Text.find(Long); At != std::string::npos)
      Text.replace(At, Long.size(), Class->getName());
  }
  return Text;
}
