//===- StandardNames.cpp - What is called what in a library ---------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/StandardNames.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace weft;

std::string weft::plainName(const NamedDecl *D) {
  std::string Name = D->getNameAsString();
  for (const DeclContext *At = D->getDeclContext(); At; At = At->getParent()) {
    const auto *Outer = dyn_cast<NamedDecl>(At);
    const std::string Scope = Outer ? Outer->getNameAsString() : "";
    if (!Scope.empty() && !At->isInlineNamespace())
      Name = Scope + "::" + Name;
  }
  return Name;
}

bool weft::isOfStandardLibrary(const Decl *D) {
  for (const DeclContext *At = D->getDeclContext(); At; At = At->getParent())
    if (At->isStdNamespace())
      return true;
  return false;
}

/// The class that the object has where it is named, which may derive from the
/// function's.
static const CXXRecordDecl *objectClass(const CXXMemberCallExpr *Call) {
  const Expr *Object = Call->getImplicitObjectArgument();
  if (!Object)
    return nullptr;
  const QualType T = Object->IgnoreParenImpCasts()->getType();
  return T->isPointerType() ? T->getPointeeCXXRecordDecl() : T->getAsCXXRecordDecl();
}

std::string weft::calledAs(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return "";
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    if (const CXXRecordDecl *Class = objectClass(Member); Class && isOfStandardLibrary(Class))
      return plainName(Class) + "::" + Callee->getNameAsString();
  return plainName(Callee);
}

bool weft::isThreadMutex(QualType Type) {
  static constexpr llvm::StringRef Names[] = {
      "std::mutex",        "std::timed_mutex",  "std::recursive_mutex",
      "std::recursive_timed_mutex", "std::shared_mutex", "std::shared_timed_mutex"};
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && llvm::is_contained(Names, plainName(Class));
}

bool weft::isThreadLock(QualType Type) {
  static constexpr llvm::StringRef Names[] = {"std::lock_guard", "std::unique_lock",
                                              "std::scoped_lock", "std::shared_lock"};
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Class || !llvm::is_contained(Names, plainName(Class)))
    return false;
  auto isMutex = [](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && isThreadMutex(A.getAsType());
  };
  return llvm::any_of(Class->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), isMutex)
                                                 : isMutex(A);
  });
}
