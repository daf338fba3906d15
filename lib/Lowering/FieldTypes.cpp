//===- FieldTypes.cpp - Types spelled where fields are declared -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// There are no variables where the frame's fields are declared. In a type that an
// expression gives, each name of a lifted variable stands for an object of its type;
// a type that cannot be spelled at all, a closure's, gets its name from a function
// that makes the value:
//
//   auto twice = [n] { return 2 * n; };
//
//   constexpr auto make_f_twice = [](auto& n) { return [n] { return 2 * n; }; };
//   using twice_type = decltype(make_f_twice(std::declval<int &>()));
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Sema/Sema.h"

using namespace clang;
using namespace weft;

bool FunctionLowering::mayName(QualType T) const {
  class Find : public AstVisitor {
  public:
    Sema &Rules;
    bool Fine = true;
    explicit Find(Sema &Rules) : Rules(Rules) {}
    bool VisitTagType(TagType *T) override {
      for (const TagDecl *D = T->getDecl(); Fine && D;
           D = dyn_cast<TagDecl>(D->getDeclContext()))
        if (auto *Class = dyn_cast<CXXRecordDecl>(D->getDeclContext());
            Class && D->getAccess() != AS_public && D->getAccess() != AS_none)
          Fine = Rules.IsSimplyAccessible(const_cast<TagDecl *>(D),
                                          const_cast<CXXRecordDecl *>(Class), QualType());
      if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(T->getDecl()))
        for (const TemplateArgument &A : Special->getTemplateArgs().asArray())
          if (Fine && A.getKind() == TemplateArgument::Type)
            TraverseType(A.getAsType().getCanonicalType());
      return Fine;
    }
  };
  Sema &Rules = Unit.Compiler.getSema();
  Sema::ContextRAII Here(Rules, const_cast<FunctionDecl *>(What.Function));
  Find Types(Rules);
  Types.TraverseType(T.getCanonicalType());
  return Types.Fine;
}

bool FunctionLowering::mayNameTypeOf(const VarDecl *D) const {
  const QualType T = D->getType();
  return T->isDependentType() || TypeSpelling::deduced(T) == T || mayName(T);
}

std::string FunctionLowering::typeOfInitialiser(const VarDecl *D) {
  const QualType Made = D->getInit()->IgnoreImplicit()->getType();
  if (!D->getType()->getContainedAutoType() ||
      !Context.hasSameUnqualifiedType(Made, D->getType().getNonReferenceType())) {
    Report.report(D->getLocation(), Diag::UnnameableType) << D;
    Failed = true;
    return {};
  }
  return nameType(D->getName(),
                  "std::decay_t<decltype(" + typeOnlyText(D->getInit()) + ")>");
}

bool FunctionLowering::isNameable(QualType T) const {
  return TypeSpelling::isNameable(T) && mayName(T);
}

/// A type that refers to an object of \p Type, which may be a reference.
static std::string referenceTo(llvm::StringRef Type) {
  Type = Type.rtrim();
  if (Type.ends_with("&"))
    return Type.rtrim("&").rtrim().str() + " &"; // A name is an lvalue.
  if (Type.contains('(') || Type.contains('['))
    return "std::add_lvalue_reference_t<" + Type.str() + ">";
  return Type.str() + " &";
}

std::string FunctionLowering::nameType(llvm::StringRef For,
                                       const std::string &Type) {
  std::string Name = uniqueName((For + "_type").str());
  F.Prefaces.push_back(
      {Preface::Kind::Type, Piece{"using " + Name + " = " + Type + ";"}});
  return Name;
}

bool FunctionLowering::namesUnmoved(const Expr *E) const {
  class Find : public AstVisitor {
  public:
    const FunctionLowering *L;
    bool Found = false;
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *D = dyn_cast<VarDecl>(E->getDecl());
      return !(Found |= D && D->getDeclContext() == L->What.Function &&
                        (D->isStaticLocal() || D->isExceptionVariable()) &&
                        !L->Hoisted.count(D) && !L->Lifted.count(D));
    }
  } Static;
  Static.L = this;
  Static.TraverseStmt(const_cast<Expr *>(E));
  return Static.Found;
}

/// Whether \p Name is a word of \p Text.
static bool names(llvm::StringRef Text, llvm::StringRef Name) {
  for (size_t At = Text.find(Name); At != llvm::StringRef::npos; At = Text.find(Name, At + 1)) {
    const size_t End = At + Name.size();
    if ((At == 0 || !isAsciiIdentifierContinue(Text[At - 1])) &&
        (End == Text.size() || !isAsciiIdentifierContinue(Text[End])))
      return true;
  }
  return false;
}

bool FunctionLowering::isSpelledInFront(llvm::StringRef Type) const {
  auto names_one = [&](const Piece &Alias) {
    llvm::StringRef Name = Alias.Text;
    return Name.consume_front("using ") && names(Type, Name.take_until([](char C) {
      return !isAsciiIdentifierContinue(C);
    }));
  };
  return llvm::none_of(LocalTypeNames,
                       [&](const std::string &Name) { return names(Type, Name); }) &&
         llvm::none_of(F.ParameterTypes, names_one) &&
         llvm::none_of(F.Prefaces, [&](const Preface &Each) {
           return Each.What == Preface::Kind::Type && names_one(Each.Text);
         });
}

FunctionLowering::Factory FunctionLowering::declareFactory(llvm::StringRef Name,
                                                           const Expr *Init) {
  // The expression's text stays; a function whose parameters are called as the
  // variables that it names gives its type a name.
  llvm::StringRef Function = F.FrameName;
  Function.consume_back("_frame");
  std::string Factory = uniqueName(("make_" + Function + "_" + Name).str());
  if (namesUnmoved(Init)) {
    reject(Init, Diag::UnnameableTemporary);
    return {};
  }
  std::string Parameters, Arguments, Types_, Expanded;
  const std::vector<VarId> Uses = edit(Init);
  const std::string Made = Text.text(Init->getSourceRange());
  for (VarId Id : Uses) {
    if (F.Pack && F.Pack->Var == Id) { // The last parameter, to be deduced.
      Expanded = "...";
      continue;
    }
    const Variable &U = F.Variables[Id];
    if (!names(Made, U.Name))
      continue; // What its operands took.
    std::string Type = U.As == Form::Object ? U.Type : typeOfDeclarator(Id);
    if (U.IsConst)
      Type = "const " + Type;
    // GCC 12 has trouble with generic lambdas in each other in a template.
    const std::string Taken =
        F.Dependent && isSpelledInFront(Type) ? referenceTo(Type) : "auto&";
    Parameters += (Parameters.empty() ? "" : ", ") + Taken + " " + U.Name;
    Arguments += (Arguments.empty() ? "" : ", ") + U.Name;
    Types_ += (Types_.empty() ? "" : ", ") + ("std::declval<" + referenceTo(Type) + ">()");
  }
  if (!Expanded.empty()) {
    const std::string Comma = Parameters.empty() ? "" : ", ";
    Parameters += Comma + "auto&... " + F.Pack->Name;
    Arguments += Comma + F.Pack->Name + "...";
    Types_ += Comma + someObject(F.Pack->Var) + "...";
  }
  F.Prefaces.push_back({Preface::Kind::Factory,
                        Piece{"constexpr auto " + Factory + " = [](" + Parameters +
                                  ") { return " + Made + "; };",
                              line(Init->getBeginLoc())}});
  Factory += F.TemplateArguments;
  return {Factory + "(" + Arguments + ")", Factory + "(" + Types_ + ")"};
}

std::string FunctionLowering::makeFactory(Variable &V, const Expr *Init) {
  const Factory Made = declareFactory(V.Name, Init);
  if (Made.Call.empty())
    return {};
  V.Type = nameType(V.Name, "decltype(" + Made.TypeOnly + ")");
  return "(" + Made.Call + ")";
}

std::string FunctionLowering::typeOfDeclarator(VarId Id) const {
  const Variable &V = F.Variables[Id];
  llvm::StringRef D = V.Declarator;
  const std::string &Name = V.Stored.empty() ? V.Name : V.Stored;
  size_t At = D.rfind(Name);
  return (D.take_front(At) + D.drop_front(At + Name.size())).str();
}

std::string FunctionLowering::someObject(VarId Id) const {
  if (F.Pack && F.Pack->Var == Id) // Inside an expansion.
    return "std::declval<" + referenceTo(F.Pack->Element) + ">()";
  const Variable &V = F.Variables[Id];
  std::string Type = V.As == Form::Object ? V.Type : typeOfDeclarator(Id);
  std::string Value = "std::declval<" + referenceTo(Type) + ">()";
  return V.isIndirect() ? "(*" + Value + ")" : Value;
}

namespace {

/// Replaces the names of lifted variables, and of the frame's `this`, by
/// objects of their types.
template <class Names>
class TypeOnly : public AstVisitor {
public:
  TypeOnly(const Names &Of, SourceText &There) : Of(Of), There(There) {}

  /// What suspends stands for its value, which may be in the frame by now.
  bool TraverseStmt(Stmt *S) override {
    if (S)
      if (std::string Value = Of.value(S); !Value.empty()) {
        There.substitute(S->getSourceRange(), Value);
        return true;
      }
    if (const CallExpr *Inner = Of.awaited(S)) { // `weft::await` around a call.
      TraverseStmt(const_cast<CallExpr *>(Inner));
      There.substitute(S->getSourceRange(), There.text(Inner->getSourceRange()));
      return true;
    }
    return AstVisitor::TraverseStmt(S);
  }
  bool VisitCallExpr(CallExpr *Call) override {
    if (Of.isWait(Call))
      There.insertAfter(Call->getEndLoc(), ".await_resume()");
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    std::string Value = Of.object(E->getDecl());
    if (Value.empty())
      return true;
    There.replace(E->getSourceRange(), Value);
    // That reads `name->` by now.
    if (SourceLocation Next = There.next(E->getEndLoc());
        Next.isValid() && There.spelling(Next) == ".")
      There.replace(SourceRange(E->getBeginLoc(), Next), Value + ".");
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) override { return member(E); }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) override { return member(E); }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    return member(E);
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) override {
    if (std::string Self = Of.self(); !Self.empty() && Of.isMember(E))
      There.insertInstead(E->getBeginLoc(), Self + ".");
    return true;
  }
  bool VisitCXXThisExpr(CXXThisExpr *E) override {
    if (std::string Self = Of.self(); !Self.empty() && !E->isImplicit())
      There.replace(E->getSourceRange(), "(&" + Self + ")");
    return true;
  }
  bool VisitDecltypeTypeLoc(DecltypeTypeLoc Loc) override {
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Loc.getUnderlyingExpr()))
      if (std::string Type = Of.declared(Ref->getDecl()); !Type.empty())
        There.replace(SourceRange(Loc.getDecltypeLoc(), Loc.getRParenLoc()), Type);
    return true;
  }

private:
  template <class E> bool member(E *Access) {
    if (std::string Self = Of.self(); !Self.empty() && Access->isImplicitAccess())
      There.insertInstead(Access->getBeginLoc(), Self + ".");
    return true;
  }

  const Names &Of;
  SourceText &There;
};

} // namespace

struct FunctionLowering::TypeOnlyNames {
  const FunctionLowering &L;
  const CallExpr *Whole = nullptr; ///< Whose awaiter is asked for.

  std::string object(const ValueDecl *D) const {
    if (auto New = L.NewNames.find(D); New != L.NewNames.end())
      return New->second;
    auto It = L.Lifted.find(D);
    if (auto Bound = L.Bindings.find(D); Bound != L.Bindings.end()) {
      // `bound.first`, `(*a_get)`: the variable's name comes first.
      VarId Id = It != L.Lifted.end() ? It->second : 0;
      if (auto Held = L.HeldBy.find(D); Held != L.HeldBy.end())
        Id = Held->second;
      else if (const auto *B = dyn_cast<BindingDecl>(D))
        Id = L.Lifted.lookup(cast<ValueDecl>(B->getDecomposedDecl()));
      const Variable &V = L.F.Variables[Id];
      std::string Text = Bound->second;
      std::string Whole = V.isIndirect() ? "(*" + V.Name + ")" : V.Name;
      size_t At = Text.find(Whole);
      if (At == std::string::npos) { // `bound->first`
        Whole = V.Name + "->";
        At = Text.find(Whole);
        return At == std::string::npos
                   ? Text
                   : Text.replace(At, Whole.size(), L.someObject(Id) + ".");
      }
      return Text.replace(At, Whole.size(), L.someObject(Id));
    }
    return It == L.Lifted.end() ? std::string() : L.someObject(It->second);
  }
  std::string value(const Stmt *S) const { return L.TypeOnlyValues.lookup(S); }
  bool isWait(const CallExpr *Call) const {
    auto S = L.Suspends.at(Call);
    return Call != Whole && S && S->What == SuspensionPoint::Kind::Wait;
  }
  const CallExpr *awaited(const Stmt *Call) const {
    auto S = L.Suspends.at(Call);
    return S && S->suspendsFiber() && S->Inner != Call ? S->Inner : nullptr;
  }
  bool isMember(const Expr *Named) const {
    return L.Suspends.colours().instances().isMember(Named->getBeginLoc());
  }
  std::string self() const {
    return L.HasSelf ? L.someObject(L.SelfVar) : std::string();
  }
  std::string declared(const ValueDecl *D) const {
    auto It = L.Lifted.find(D);
    return It == L.Lifted.end() ? std::string() : L.declaredType(It->second);
  }
};

std::string FunctionLowering::typeOnlyText(const Expr *Init) {
  SourceText There = Text;
  TypeOnlyNames Names{*this};
  TypeOnly<TypeOnlyNames>(Names, There).TraverseStmt(const_cast<Expr *>(Init));
  return There.text(Init->getSourceRange());
}

Piece FunctionLowering::typeOnly(const TypedefNameDecl *Alias) {
  SourceText There = Text;
  TypeOnlyNames Names{*this};
  TypeOnly<TypeOnlyNames>(Names, There).TraverseTypeLoc(
      Alias->getTypeSourceInfo()->getTypeLoc());
  return There.render(Alias->getSourceRange());
}

std::string FunctionLowering::awaiterText(const CallExpr *Call) {
  SourceText There = Text;
  TypeOnlyNames Names{*this, Call};
  TypeOnly<TypeOnlyNames>(Names, There).TraverseStmt(const_cast<CallExpr *>(Call));
  return There.text(Call->getSourceRange());
}

/// Whether the type names what is declared elsewhere in the function.
static bool hasDecltype(QualType T) {
  class Find : public AstVisitor {
  public:
    bool Found = false;
    bool VisitDecltypeType(DecltypeType *) override { return !(Found = true); }
  } Decltype;
  Decltype.TraverseType(T);
  return Decltype.Found;
}

std::string FunctionLowering::typeText(const VarDecl *D) {
  const QualType T = D->getType();
  if (!hasDecltype(T) || !T->isDependentType())
    return Types.type(hasUnknownBound(D) ? deducedArray(D) : T);
  SourceText There = Text;
  TypeOnlyNames Names{*this};
  TypeLoc Loc = D->getTypeSourceInfo()->getTypeLoc();
  TypeOnly<TypeOnlyNames>(Names, There).TraverseTypeLoc(Loc);
  std::string Bounds; // Behind the name.
  if (hasUnknownBound(D))
    Bounds = "[" + std::to_string(cast<InitListExpr>(D->getInit())->getNumInits()) + "]";
  for (ArrayTypeLoc Array = Loc.getAs<ArrayTypeLoc>(); Array; Array = Loc.getAs<ArrayTypeLoc>()) {
    if (Array.getSizeExpr())
      Bounds += There.text(Array.getBracketsRange());
    Loc = Array.getElementLoc();
  }
  // The qualifiers are not part of the range.
  return (Context.getBaseElementType(T.getNonReferenceType()).isConstQualified() ? "const " : "") +
         There.text(Loc.getUnqualifiedLoc().getSourceRange()) + Bounds;
}

std::string FunctionLowering::declaredType(VarId Id) const {
  if (F.Pack && F.Pack->Var == Id)
    return F.Pack->Declared;
  if (auto It = DeclaredTypes.find(Id); It != DeclaredTypes.end())
    return It->second;
  const Variable &V = F.Variables[Id];
  if (V.Indirect)
    return "typename " + V.Type + "::declared";
  if (V.As == Form::Object)
    return V.Type;
  if (V.As == Form::Pointer) // An lvalue reference, or a non-dependent one.
    return "std::remove_pointer_t<" + typeOfDeclarator(Id) + ">&";
  return typeOfDeclarator(Id);
}
