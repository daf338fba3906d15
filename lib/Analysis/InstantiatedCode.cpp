//===- InstantiatedCode.cpp - What a template's expressions became --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis/InstantiatedCode.h"
#include "Frontend/EvaluatedCode.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace weft;

InstantiatedCode::Place InstantiatedCode::placeOf(const Stmt *S) {
  return {S->getBeginLoc().getRawEncoding(), S->getEndLoc().getRawEncoding()};
}

/// By \p Around alone, which is implicit.
InstantiatedCode::Use InstantiatedCode::useBy(const Expr *Around) {
  if (isa<CXXConstructExpr, CXXMemberCallExpr>(Around))
    return Use::Converted;
  const auto *Cast = dyn_cast<ImplicitCastExpr>(Around);
  switch (Cast ? Cast->getCastKind() : CK_NoOp) {
  case CK_LValueToRValue:
  case CK_LValueToRValueBitCast:
    return Use::Read;
  case CK_UserDefinedConversion:
  case CK_ConstructorConversion:
    return Use::Converted;
  default:
    return Use::Itself;
  }
}

/// The expressions of a template, and those that show their temporary.
class InstantiatedCode::PatternPlaces : public EvaluatedCode<> {
public:
  std::set<Place> Written, Shown;

  bool VisitExpr(Expr *E) override {
    Written.insert(placeOf(E));
    return true;
  }
  bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *E) override {
    Shown.insert(placeOf(E));
    return true;
  }
};

class InstantiatedCode::Collector : public EvaluatedCode<> {
public:
  Collector(InstantiatedCode &Found, const PatternPlaces &Pattern,
            llvm::function_ref<bool(const Stmt *)> IsUnseen)
      : Found(Found), Pattern(Pattern), IsUnseen(IsUnseen) {}

  bool TraverseStmt(Stmt *S) override {
    if (!S)
      return true;
    if (const auto *Array = dyn_cast<MaterializeTemporaryExpr>(S);
        Array && llvm::any_of(Around, IsUnseen) && Array->getType()->isArrayType())
      return TraverseStmt(Array->getSubExpr());
    Around.push_back(S);
    if (const auto *E = dyn_cast<Expr>(S);
        E && E == E->IgnoreUnlessSpelledInSource() && !isConversionFunction(E))
      note(E);
    const bool Continue = AstVisitor::TraverseStmt(S);
    Around.pop_back();
    return Continue;
  }
  bool TraverseCXXDefaultArgExpr(CXXDefaultArgExpr *E) override {
    return IsUnseen(E) || TraverseStmt(E->getExpr());
  }
  /// As it is meant: as it is written, nothing is converted.
  bool TraverseInitListExpr(InitListExpr *List) override {
    const InitListExpr *Meant = List->isSemanticForm() ? List : List->getSemanticForm();
    return llvm::all_of((Meant ? Meant : List)->inits(),
                        [&](Expr *Each) { return TraverseStmt(Each); });
  }
  bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *E) override {
    const Place At = placeOf(E);
    if (E->getExtendingDecl() || Pattern.Shown.count(At))
      return true;
    const bool HasDestructor = E->getType().isDestructedType() == QualType::DK_cxx_destructor;
    if (!Pattern.Written.count(At)) {
      for (const Stmt *Each : llvm::reverse(Around))
        if (Pattern.Written.count(placeOf(Each))) {
          Temporary &Hidden = Found.Temporaries[placeOf(Each)];
          Hidden.HasNoText = true;
          Hidden.HasDestructor |= HasDestructor;
          break;
        }
      return true;
    }
    const Expr *Operand = E->getSubExpr()->IgnoreUnlessSpelledInSource();
    const QualType T = E->getType().getCanonicalType().getUnqualifiedType();
    const bool Converts = isa<InitListExpr>(Operand) || Operand->isGLValue() ||
                          Operand->getType().getCanonicalType().getUnqualifiedType() != T;
    const QualType Converted = Converts ? T : QualType();
    auto [It, IsFirst] = Found.Temporaries.insert({At, {}});
    Temporary &Made = It->second;
    Made.Differs |= (!IsFirst && Made.Converted != Converted) || !Kept.insert(At).second;
    Made.Converted = Converted;
    Made.HasDestructor |= HasDestructor;
    return true;
  }

  void collect(const FunctionDecl *Instance) {
    In = Instance;
    Noted.clear();
    Kept.clear();
    TraverseStmt(Instance->getBody());
  }

private:
  /// Of an implicit call: it stands where its object does.
  static bool isConversionFunction(const Expr *E) {
    const auto *Member = dyn_cast<MemberExpr>(E);
    return Member && isa<CXXConversionDecl>(Member->getMemberDecl()) &&
           placeOf(Member) == placeOf(Member->getBase());
  }

  /// The outermost of those with the same text. What is implicit is around it.
  void note(const Expr *E) {
    if (!Noted.insert(placeOf(E)).second)
      return;
    Instance Became{E, In};
    for (const Stmt *Each : llvm::drop_begin(llvm::reverse(Around))) {
      const auto *Outer = dyn_cast<Expr>(Each);
      if (Outer && isConversionFunction(Outer))
        continue;
      if (!Outer || Outer->IgnoreUnlessSpelledInSource() != E)
        break;
      Became.UsedAs = std::max(Became.UsedAs, useBy(Outer));
      if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(Outer);
          Made && !Made->getExtendingDecl()) {
        Became.MakesTemporary = true;
        Became.IsTemporary |= Became.UsedAs != Use::Converted;
      }
    }
    Found.Expressions[placeOf(E)].push_back(Became);
  }

  InstantiatedCode &Found;
  const PatternPlaces &Pattern;
  llvm::function_ref<bool(const Stmt *)> IsUnseen;
  const FunctionDecl *In = nullptr;
  std::vector<const Stmt *> Around;
  std::set<Place> Noted, Kept; ///< In this instantiation.
};

InstantiatedCode::InstantiatedCode(const FunctionDecl *Pattern,
                                   llvm::ArrayRef<const FunctionDecl *> Instances,
                                   llvm::function_ref<bool(const Stmt *)> IsUnseen) {
  PatternPlaces Places;
  Places.TraverseStmt(Pattern->getBody());
  Collector Collect(*this, Places, IsUnseen);
  for (const FunctionDecl *Each : Instances)
    Collect.collect(Each);
}

llvm::ArrayRef<InstantiatedCode::Instance> InstantiatedCode::of(const Expr *Pattern) const {
  auto It = Expressions.find(placeOf(Pattern->IgnoreParens()));
  if (It == Expressions.end())
    return {};
  return It->second;
}

InstantiatedCode::Use InstantiatedCode::unseenUse(const Expr *Pattern) const {
  const Expr *Spelled = Pattern->IgnoreUnlessSpelledInSource();
  Use Shown = Use::Itself, Most = Use::Itself;
  for (const Expr *Each = Pattern; Each && Each != Spelled;) {
    Shown = std::max(Shown, useBy(Each));
    const auto Inner = Each->children();
    Each = Inner.empty() ? nullptr : dyn_cast_or_null<Expr>(*Inner.begin());
  }
  for (const Instance &Each : of(Spelled))
    Most = std::max(Most, Each.UsedAs);
  return Most > Shown ? Most : Use::Itself;
}

const InstantiatedCode::Temporary *
InstantiatedCode::temporaryAt(const Expr *Pattern) const {
  auto It = Temporaries.find(placeOf(Pattern));
  return It == Temporaries.end() ? nullptr : &It->second;
}
