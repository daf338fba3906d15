//===- Overloads.cpp - What else a call could mean ------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/Overloads.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace weft;

/// The function that \p D declares, or that a template is the pattern of.
static const FunctionDecl *functionOf(const Decl *D) {
  if (const auto *Friend = dyn_cast<FriendDecl>(D))
    D = Friend->getFriendDecl();
  if (const auto *Shadow = dyn_cast_or_null<UsingShadowDecl>(D))
    D = Shadow->getTargetDecl();
  if (const auto *Template = dyn_cast_or_null<FunctionTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast_or_null<FunctionDecl>(D);
}

/// Functions in namespaces, and the friends of classes, which are found by their
/// arguments only.
void Overloads::collect(const DeclContext *In) {
  for (const Decl *D : In->decls()) {
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    if (const FunctionDecl *F = functionOf(D); F && !isa<CXXMethodDecl>(F))
      Free[F->getDeclName()].push_back(F);
    else if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl, CXXRecordDecl>(D))
      collect(cast<DeclContext>(D));
  }
}

void Overloads::addMembers(const CXXRecordDecl *Record, DeclarationName Name, unsigned Shift,
                           llvm::SmallVectorImpl<Candidate> &To) const {
  auto add = [&](const CXXRecordDecl *Class) {
    for (const NamedDecl *D : Class->lookup(Name))
      if (const FunctionDecl *F = functionOf(D))
        To.push_back({F, Shift});
    return true;
  };
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record)
    return;
  add(Record);
  if (Name.getNameKind() != DeclarationName::CXXConstructorName)
    Record->forallBases(add);
}

llvm::SmallVector<Overloads::Candidate, 8> Overloads::candidates(const Expr *E) {
  llvm::SmallVector<Candidate, 8> Found;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const CXXConstructorDecl *Chosen = Construct->getConstructor();
    addMembers(Chosen->getParent(), Chosen->getDeclName(), 0, Found);
    return Found;
  }
  const auto *Call = cast<CallExpr>(E);
  const FunctionDecl *Chosen = Call->getDirectCallee();
  if (!Chosen)
    return Found;
  const auto *Method = dyn_cast<CXXMethodDecl>(Chosen);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    addMembers(Operator->getArg(0)->getType()->getAsCXXRecordDecl(), Chosen->getDeclName(), 1,
               Found);
  } else if (const auto *OnObject = dyn_cast<CXXMemberCallExpr>(Call)) {
    addMembers(OnObject->getRecordDecl(), Chosen->getDeclName(), 0, Found);
  } else if (Method) {
    addMembers(Method->getParent(), Chosen->getDeclName(), 0, Found);
  }
  if (Method && !isa<CXXOperatorCallExpr>(Call))
    return Found;
  if (!std::exchange(IsCollected, true))
    collect(Context->getTranslationUnitDecl());
  for (const FunctionDecl *Each : Free.lookup(Chosen->getDeclName()))
    Found.push_back({Each, 0});
  return Found;
}

llvm::SmallVector<Overloads::Candidate, 8> Overloads::candidates(const Expr *Call,
                                                                 Filter Among) {
  llvm::SmallVector<Candidate, 8> Found = candidates(Call);
  llvm::erase_if(Found, [&](const Candidate &Each) { return !Among(Each.Function); });
  return Found;
}

/// What \p Function takes argument \p Index as; null: it takes no such.
static QualType takenAs(const FunctionDecl *Function, unsigned Index) {
  const unsigned Count = Function->getNumParams();
  if (Count == 0)
    return {};
  const ParmVarDecl *Last = Function->getParamDecl(Count - 1);
  if (Index < Count && !Function->getParamDecl(Index)->isParameterPack())
    return Function->getParamDecl(Index)->getType();
  const auto *Pack = Last->getType()->getAs<PackExpansionType>();
  return Pack ? Pack->getPattern() : QualType();
}

bool Overloads::seesCategory(const Expr *Call, unsigned Index, Filter Among) {
  return llvm::any_of(candidates(Call, Among), [&](const Candidate &Each) {
    const QualType T =
        Index < Each.Shift ? QualType() : takenAs(Each.Function, Index - Each.Shift);
    if (T.isNull() || !T->isReferenceType())
      return false;
    const QualType To = T.getNonReferenceType();
    return (To->isDependentType() || To->isScalarType()) &&
           !(T->isLValueReferenceType() && To.isConstQualified());
  });
}

/// Whether \p T, of a template's parameter, might be deduced from a \p From
/// ([temp.deduct.call]).
static bool mayDeduce(QualType T, QualType From) {
  T = T.getNonReferenceType().getUnqualifiedType();
  if (!T->isDependentType() || T->getAs<DependentNameType>() || T->isArrayType())
    return false;
  if (T->isAnyPointerType())
    return From->isAnyPointerType();
  const auto *Written = T->getAs<TemplateSpecializationType>();
  const auto *Class = From->getAsCXXRecordDecl();
  const auto *Template =
      Written ? dyn_cast_or_null<ClassTemplateDecl>(Written->getTemplateName().getAsTemplateDecl())
              : nullptr;
  if (!Template)
    return true;
  auto isOther = [&](const CXXRecordDecl *Each) {
    const auto *Made = dyn_cast<ClassTemplateSpecializationDecl>(Each);
    return !Made || Made->getSpecializedTemplate()->getCanonicalDecl() !=
                        Template->getCanonicalDecl();
  };
  return Class && (!isOther(Class) || !Class->hasDefinition() || !Class->forallBases(isOther));
}

/// Whether \p Chosen, or the template that it was made from, is \p F.
static bool isSame(const FunctionDecl *F, const FunctionDecl *Chosen) {
  return declaresSameEntity(F, Chosen) ||
         declaresSameEntity(F, Chosen->getTemplateInstantiationPattern(false));
}

bool Overloads::mayTakeConverted(const Expr *Call, unsigned Index, QualType To,
                                 Filter Among) {
  const auto *Construct = dyn_cast<CXXConstructExpr>(Call);
  const auto *AsCall = dyn_cast<CallExpr>(Call);
  const FunctionDecl *Chosen =
      Construct ? Construct->getConstructor() : AsCall->getDirectCallee();
  const unsigned Given = Construct ? Construct->getNumArgs() : AsCall->getNumArgs();
  const auto *Class = To->getAsCXXRecordDecl();
  const DeclContext *Theirs = Class ? Class->getEnclosingNamespaceContext() : nullptr;
  return llvm::any_of(candidates(Call, Among), [&](const Candidate &Each) {
    const FunctionDecl *F = Each.Function;
    const QualType T = Index < Each.Shift ? QualType() : takenAs(F, Index - Each.Shift);
    if (T.isNull() || F->getMinRequiredArguments() > Given - Each.Shift || isSame(F, Chosen))
      return false;
    const DeclContext *Own = F->getEnclosingNamespaceContext();
    const bool IsFoundByType =
        Theirs && Theirs->Equals(Own) && !isa<CXXMethodDecl>(F) &&
        !Own->Equals(Chosen->getEnclosingNamespaceContext()) && !T->isDependentType();
    return IsFoundByType || mayDeduce(T, To);
  });
}

bool Overloads::mayTakeObject(const Expr *Call, unsigned Index, Filter Among) {
  const FunctionDecl *Chosen = cast<CallExpr>(Call)->getDirectCallee();
  const unsigned Given = cast<CallExpr>(Call)->getNumArgs();
  return llvm::any_of(candidates(Call, Among), [&](const Candidate &Each) {
    const FunctionDecl *F = Each.Function;
    const QualType T = Index < Each.Shift ? QualType() : takenAs(F, Index - Each.Shift);
    return !T.isNull() && T->isReferenceType() && !isSame(F, Chosen) &&
           F->getMinRequiredArguments() <= Given - Each.Shift &&
           (T->isDependentType() ||
            (T->isLValueReferenceType() && T->getPointeeType()->isRecordType()));
  });
}
