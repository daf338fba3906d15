//===- UserCodeVisitor.h - A walk over what the user wrote ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Visits the declarations of the translation unit as they stand in the source:
// not those in system headers, no instantiations, nothing implicit.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FRONTEND_USERCODEVISITOR_H
#define WEFT_FRONTEND_USERCODEVISITOR_H

#include "Support/AstVisitor.h"
#include "clang/Basic/SourceManager.h"

namespace weft {

class UserCodeVisitor : public AstVisitor {
public:
  explicit UserCodeVisitor(const clang::SourceManager &Sources)
      : Sources(Sources) {}

  bool TraverseDecl(clang::Decl *D) override {
    return !D || isForeign(D) || AstVisitor::TraverseDecl(D);
  }

protected:
  bool isForeign(const clang::Decl *D) const {
    return !llvm::isa<clang::TranslationUnitDecl>(D) &&
           Sources.isInSystemHeader(D->getLocation());
  }

private:
  const clang::SourceManager &Sources;
};

} // namespace weft

#endif // WEFT_FRONTEND_USERCODEVISITOR_H
