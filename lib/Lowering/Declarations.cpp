//===- Declarations.cpp - Variables, references, bindings, local types ---===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   long a = 0;                     a = 0;
//   std::string s(3, 'x');          ::new (s_slot.storage()) std::string(3, 'x');
//   std::string s = "x";            s_slot.emplace_from([&]() -> std::string { return "x"; });
//   T& r = f();                     r = std::addressof(f());      uses: (*r)
//   const T& r = make();            the temporary is an object called r
//   auto [a, b] = f();              the hidden object is `bound`; a is bound.first
//   constexpr int n = 3;            static constexpr int n = 3;
//
// Copy-initialisation goes through a lambda's `return` where a parenthesised
// initialiser could choose another constructor ([dcl.init]/17.6.2 against .3):
// the result object is the slot itself ([class.copy.elision]/1).
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeKinds.h"
#include "Lowering/FunctionLowering.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

bool FunctionLowering::stays(const VarDecl *D) const {
  if (D->isConstexpr())
    return true;
  return D->getType().isConstQualified() && !D->getType()->isDependentType() &&
         D->getType()->isIntegralOrEnumerationType() && D->getInit() &&
         !D->getInit()->isValueDependent() &&
         D->isUsableInConstantExpressions(Context);
}

void FunctionLowering::lowerDeclarations(const DeclStmt *S, Nodes &Out) {
  bool Changes = Suspends.contains(S);
  for (const Decl *D : S->decls()) {
    if (const auto *V = dyn_cast<VarDecl>(D))
      Changes |= isLifted(V) || Kept.count(V) || Hoisted.count(V);
    else if (isa<TagDecl, TypedefNameDecl>(D))
      Changes |= Scope != 0 && Suspends.contains(What.Function->getBody());
  }
  if (!Changes)
    return verbatim(S, Out);

  for (const Decl *D : S->decls()) {
    if (const auto *V = dyn_cast<VarDecl>(D)) {
      if (Hoisted.count(V)) {
        F.Prefaces.push_back({Preface::Kind::Constant, hoistedConstant(V)});
        continue;
      }
      if (Kept.count(V)) {
        Node N;
        N.Uses = edit(V->getInit());
        if (S->isSingleDecl())
          N.Text = Text.render(S->getSourceRange());
        else // In a declaration of several, each gets its own type.
          N.Text = Piece{(V->isConstexpr() ? "constexpr " : "") +
                             Types.declarator(TypeSpelling::deduced(V->getType()),
                                              V->getName()) +
                             initialiserText(V) + ";",
                         line(V->getLocation())};
        N.Text.Text = "static " + N.Text.Text;
        Out.push_back(std::move(N));
        continue;
      }
      lowerVariable(V, S->isSingleDecl(), Out);
    } else if (const auto *Tag = dyn_cast<TagDecl>(D)) {
      lowerLocalType(Tag, Tag->getSourceRange());
    } else if (const auto *Alias = dyn_cast<TypedefNameDecl>(D)) {
      Piece P = Text.render(Alias->getSourceRange());
      QualType Under = Alias->getUnderlyingType();
      const TagDecl *Tag = Under->getAsTagDecl();
      if ((!Under->isDependentType() && TypeSpelling::deduced(Under) != Under) ||
          (Tag && Tag->isEmbeddedInDeclarator() && Unnamed.count(Tag)))
        P.Text = "using " + Alias->getName().str() + " = " + Types.type(Under);
      P.Text += ";";
      if (!LocalTypeNames.insert(Alias->getName().str()).second)
        reject(S, Diag::LocalTypeName, Alias->getName());
      F.Prefaces.push_back({Preface::Kind::Type, std::move(P)});
    } else {
      Node N;
      N.Text = Text.render(S->getSourceRange());
      Out.push_back(std::move(N));
      return;
    }
  }
}

void FunctionLowering::lowerLocalType(const TagDecl *D, SourceRange Range) {
  if (!D->isThisDeclarationADefinition() && D->isEmbeddedInDeclarator())
    return;
  if (!LocalTypeNames.insert(D->getName().str()).second) {
    Report.report(D->getLocation(), Diag::LocalTypeName) << D->getName();
    Failed = true;
    return;
  }
  // In the frame its name would be found where another was meant.
  class Meant : public RecursiveASTVisitor<Meant> {
  public:
    llvm::StringRef Name;
    bool Found = false;
    bool VisitDeclRefExpr(DeclRefExpr *E) {
      const ValueDecl *D = E->getDecl();
      Found |= D->getIdentifier() && D->getName() == Name &&
               !E->hasQualifier() && D->isDefinedOutsideFunctionOrMethod();
      return true;
    }
  } Other;
  Other.Name = D->getName();
  Other.TraverseStmt(What.Function->getBody());
  if (Other.Found) {
    Report.report(D->getLocation(), Diag::LocalTypeHides) << D->getName();
    Failed = true;
    return;
  }
  // In front of the frame there are no variables, not even constants.
  class Find : public RecursiveASTVisitor<Find> {
  public:
    const FunctionDecl *Function;
    const llvm::DenseSet<const VarDecl *> *Hoisted;
    SourceRange Bad;
    bool VisitDeclRefExpr(DeclRefExpr *E) {
      if (const auto *V = dyn_cast<VarDecl>(E->getDecl()))
        if (V->getDeclContext() == Function && !Hoisted->count(V))
          Bad = E->getSourceRange();
      return true;
    }
  } Uses;
  Uses.Function = What.Function;
  Uses.Hoisted = &Hoisted;
  Uses.TraverseDecl(const_cast<TagDecl *>(D));
  if (Uses.Bad.isValid()) {
    Report.report(Uses.Bad.getBegin(), Diag::LocalTypeUsesLocal) << D->getName();
    Failed = true;
    return;
  }
  if (Unnamed.count(D))
    Text.insertAfter(D->getInnerLocStart(), " " + D->getName().str());
  Piece P = Text.render(Range);
  P.Text += ";";
  F.Prefaces.push_back({Preface::Kind::Type, std::move(P)});
}

Piece FunctionLowering::hoistedConstant(const VarDecl *D) {
  // Nothing else of the function is there, so `sizeof local` reads otherwise.
  std::string Value = typeOnlyText(D->getInit());
  if (D->getInitStyle() == VarDecl::CInit)
    Value = " = " + Value;
  else if (D->getInitStyle() == VarDecl::CallInit && !isa<ParenListExpr>(D->getInit()))
    Value = "(" + Value + ")";
  QualType T = D->getType();
  if (D->isStaticLocal() && !D->isConstexpr())
    return Piece{Types.declarator(TypeSpelling::deduced(T), D->getName()) + Value + ";",
                 line(D->getLocation())};
  if (T->isDependentType() && T->getContainedAutoType())
    return Piece{"constexpr auto " + D->getName().str() + Value + ";",
                 line(D->getLocation())};
  return Piece{"constexpr " +
                   Types.declarator(TypeSpelling::deduced(T).getUnqualifiedType(),
                                    D->getName()) +
                   Value + ";",
               line(D->getLocation())};
}

void FunctionLowering::lowerVariable(const VarDecl *D, bool IsOnly, Nodes &Out) {
  if (D->isStaticLocal() || D->isLocalExternDecl()) {
    if (Suspends.contains(D->getInit()))
      return reject(D->getInit(), Diag::UnsupportedSuspension,
                    "the initialiser of a static variable");
    Node N;
    N.Uses = edit(D->getInit());
    N.Text = Text.render(D->getSourceRange());
    N.Text.Text += ";";
    Out.push_back(std::move(N));
    return;
  }
  if (const auto *Bound = dyn_cast<DecompositionDecl>(D); Bound && isLifted(D))
    return lowerBindings(Bound, Out);
  unsigned Line = line(D->getLocation());
  if (!isLifted(D)) {
    // Declared after the last pause of its scope: stays a local variable, only
    // its initialiser may have to be taken apart.
    unsigned Level = Alive;
    std::vector<VarId> Uses;
    if (D->getInit() && Suspends.contains(D->getInit()))
      expression(D->getInit(), Out, Uses);
    else if (D->getInit())
      Uses = edit(D->getInit());
    Node N;
    N.Text = Text.render(D->getSourceRange());
    N.Text.Text += ";";
    // In a declaration of several, each gets its own type.
    const Expr *Bare = D->getInit() ? D->getInit()->IgnoreImplicit() : nullptr;
    const bool Parenthesised = Bare && D->getInitStyle() == VarDecl::CallInit &&
                               !isa<CXXConstructExpr, ParenListExpr>(Bare);
    if (!IsOnly || Parenthesised)
      N.Text = Piece{Types.declarator(TypeSpelling::deduced(D->getType()),
                                      D->getName()) +
                         initialiserText(D) + ";",
                     Line};
    N.Uses = std::move(Uses);
    Out.push_back(std::move(N));
    unwindTo(Level, Out, Line);
    return;
  }

  VarId Id = Lifted[D];
  F.Variables[Id].Scope = Scope;
  if (F.Variables[Id].isIndirect())
    return lowerReference(D, Out);
  if (F.Variables[Id].As == Form::Object)
    return lowerObject(D, Id, Out);

  // A scalar.
  unsigned Level = Alive;
  Node N;
  N.Defines = {Id};
  const Variable &V = F.Variables[Id];
  if (GivenInit) {
    N.Text = Piece{(V.IsConst ? V.Stored : V.Name) + " = " + *GivenInit + ";", Line};
  } else if (isDirectCall(D)) {
    constructByCall(Id, D->getInit(), Level, Line, Out);
    return;
  } else if (const Expr *Init = D->getInit()) {
    Piece P = expression(Init, Out, N.Uses);
    std::string Value = P.Text;
    const Expr *Bare = Init->IgnoreImplicit();
    if (const auto *List = dyn_cast<InitListExpr>(Bare)) {
      Value = List->getNumInits() == 0
                  ? Types.type(D->getType().getUnqualifiedType()) + "{}"
                  : Value;
      if (List->getNumInits() == 0)
        Value = "{}";
    } else if (isa<ImplicitValueInitExpr>(Bare) ||
               isa<CXXScalarValueInitExpr>(Bare)) {
      Value = isa<ImplicitValueInitExpr>(Bare) ? "{}" : Value;
    } else if (D->getInitStyle() == VarDecl::CallInit) {
      Value = "static_cast<" + Types.type(D->getType().getUnqualifiedType()) +
              ">(" + Value + ")";
      if (isa<ParenListExpr>(Bare))
        reject(Init, Diag::UnsupportedSuspension, "an initialiser list");
    }
    N.Text = Piece{(V.IsConst ? V.Stored : V.Name) + " = " + Value + ";", Line};
  } else {
    N.Text.Line = Line; // Only marks the beginning of its life.
  }
  Out.push_back(std::move(N));
  unwindTo(Level, Out, Line);
}

std::string FunctionLowering::initialiserText(const VarDecl *D) {
  if (!D->getInit())
    return {};
  std::string Value = Text.text(D->getInit()->getSourceRange());
  switch (D->getInitStyle()) {
  case VarDecl::CInit:
    return " = " + Value;
  case VarDecl::ListInit:
    return Value;
  default:
    return isa<ParenListExpr>(D->getInit()) ? Value : "(" + Value + ")";
  }
}

void FunctionLowering::construct(VarId Id, std::string Init,
                                 std::vector<VarId> Uses, unsigned LevelBefore,
                                 unsigned Line, Nodes &Out) {
  Variable &V = F.Variables[Id];
  Node N;
  N.What = Node::Kind::Construct;
  N.Vars = {Id};
  N.Defines = {Id};
  N.Uses = std::move(Uses);
  N.Text = Piece{std::move(Init), Line};
  N.Deferred = V.HasDestructor && Alive != LevelBefore;
  if (V.HasDestructor) {
    V.Outer = LevelBefore;
    V.Alive = ++LastAlive;
  }
  bool Deferred = N.Deferred;
  Out.push_back(std::move(N));
  unwindTo(LevelBefore, Out, Line);
  if (Deferred) {
    Node Begin;
    Begin.What = Node::Kind::Begin;
    Begin.Vars = {Id};
    Begin.Text.Line = Line;
    Out.push_back(std::move(Begin));
  }
  if (F.Variables[Id].HasDestructor)
    Alive = F.Variables[Id].Alive;
}

/// Whether \p D makes a temporary that its initialiser binds to live on.
static bool extendsTemporary(const VarDecl *D) {
  class Extended : public RecursiveASTVisitor<Extended> {
  public:
    const ValueDecl *By;
    bool Found = false;
    bool shouldVisitImplicitCode() const { return true; }
    bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *E) {
      Found |= E->getExtendingDecl() == By;
      return true;
    }
  } Find;
  Find.By = D;
  Find.TraverseStmt(const_cast<Expr *>(D->getInit()));
  return Find.Found;
}

void FunctionLowering::constructByCall(VarId Id, const Expr *Init, unsigned Level,
                                       unsigned Line, Nodes &Out) {
  std::vector<VarId> Uses;
  ResultTarget = Id;
  expression(Init, Out, Uses);
  unwindTo(Level, Out, Line);
  beginLife(Id, Line, Out);
}

/// True when `T(x)` and `T v = x` cannot choose different constructors.
static bool directIsCopy(const Expr *Init, QualType T, ASTContext &Context) {
  const Expr *Bare = Init;
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Bare))
    Bare = Cleanups->getSubExpr();
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Bare))
    Bare = Bind->getSubExpr();
  if (!Context.hasSameUnqualifiedType(Bare->getType(), T))
    return false;
  // A prvalue as written: no constructor is called for the initialisation.
  return isa<CallExpr, CXXTemporaryObjectExpr, CXXFunctionalCastExpr,
             LambdaExpr>(Bare) &&
         Bare->isPRValue();
}

std::string FunctionLowering::initialiser(const Expr *Init, QualType T,
                                          VarDecl::InitializationStyle Style,
                                          llvm::StringRef TypeText, Nodes &Out,
                                          std::vector<VarId> &Uses) {
  if (!Init)
    return {};
  const Expr *Bare = Init->IgnoreImplicit();
  // `T x;` has a constructor call for an initialiser, but no text.
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
      Construct && Style == VarDecl::CallInit && !isa<CXXTemporaryObjectExpr>(Bare) &&
      Construct->getParenOrBraceRange().isInvalid() &&
      llvm::all_of(Construct->arguments(), [](const Expr *A) {
        return isa<CXXDefaultArgExpr>(A);
      }))
    return {};
  Piece P = expression(Init, Out, Uses);
  switch (Style) {
  case VarDecl::ListInit:
    // `T x{...}`: the constructor's range, or the list's, is the braces.
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
        Construct && Construct->getParenOrBraceRange().isValid())
      return Text.text(Construct->getParenOrBraceRange());
    return P.Text;
  case VarDecl::CallInit:
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
        Construct && !isa<CXXTemporaryObjectExpr>(Bare) &&
        Construct->getParenOrBraceRange().isValid())
      return Text.text(Construct->getParenOrBraceRange());
    if (isa<ParenListExpr>(Bare)) // Of dependent type; it has its parentheses.
      return P.Text;
    return "(" + P.Text + ")";
  default:
    break;
  }
  if (!T->isDependentType() && directIsCopy(Init, T, Context))
    return "(" + P.Text + ")";
  // A function's result of scalar type has no qualifiers.
  std::string Result = T->isScalarType() && !T->isDependentType()
                           ? Types.qualified(T.getUnqualifiedType())
                           : TypeText.str();
  return "[&]() -> " + Result + " { return " + P.Text + "; }";
}

void FunctionLowering::keepInPlace(Variable &V, const Expr *Init) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Init ? Init->IgnoreImplicit() : nullptr);
  if (!Call || !InPlaceCalls.count(Call))
    return;
  V.Type = nameType(V.Name, "decltype(" + typeOnlyText(Call) + ")");
  V.Size.reset(); // That of the other frame.
  V.Align.reset();
}

void FunctionLowering::lowerObject(const VarDecl *D, VarId Id, Nodes &Out) {
  unsigned Level = Alive;
  unsigned Line = line(D->getLocation());
  std::vector<VarId> Uses;
  const Expr *Init = D->getInit();
  QualType T = TypeSpelling::deduced(D->getType());
  Variable &V = F.Variables[Id];
  // In the frame it would not ([class.temporary]/6).
  if (Init && !T->isReferenceType() && !isa<DecompositionDecl>(D) && extendsTemporary(D))
    return reject(Init, Diag::ExtendedSubobject, D->getName());

  const Expr *Made = Init ? Init->IgnoreImplicit() : nullptr;
  if (Made && (isa<LambdaExpr>(Made) ||
               (!T->isReferenceType() && !T->isDependentType() &&
                !TypeSpelling::isNameable(T)))) {
    if (Suspends.contains(Init) || !D->getType()->getContainedAutoType() ||
        D->getInitStyle() == VarDecl::ListInit) {
      Report.report(D->getLocation(), Diag::UnnameableType) << D;
      Failed = true;
      return;
    }
    std::string Call = makeFactory(V, Init);
    if (T.isConstQualified())
      V.Type = "const " + V.Type;
    construct(Id, std::move(Call), edit(Init), Level, Line, Out);
    return;
  }
  keepInPlace(V, Init);
  if (T->isDependentType() || T->isUndeducedType()) {
    const AutoType *Auto = T->getContainedAutoType();
    if (isa<DecompositionDecl>(D) && Auto)
      V.Type = "std::remove_cv_t<std::remove_reference_t<decltype(" +
               (GivenInit ? GivenType : typeOnlyText(Init)) + ")>>";
    else if (Auto && !Auto->isDecltypeAuto() && (T->getAs<AutoType>() || T->isPointerType()))
      V.Type = "std::decay_t<decltype(" +
               (GivenInit ? GivenType : typeOnlyText(Init)) + ")>";
    else if (T->getContainedDeducedType()) {
      Report.report(D->getLocation(), Diag::DependentAuto) << D;
      Failed = true;
      return;
    }
    else
      V.Type = typeText(D);
    if (Auto && T.isConstQualified())
      V.Type = "const " + V.Type;
  }
  if (GivenInit && !Init) { // A range-for in a template.
    construct(Id, "[&]() -> " + V.Type + " { return " + *GivenInit + "; }",
              std::move(Uses), Level, Line, Out);
    return;
  }
  if (!T->isReferenceType() && isDirectCall(D))
    return constructByCall(Id, Init, Level, Line, Out);
  std::string Type = V.Type;
  if (T->isReferenceType()) {
    // A lifetime-extended temporary: the object is the initialiser's value.
    const Expr *Value = Init;
    while (true) {
      Value = Value->IgnoreParens();
      if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Value))
        Value = Cleanups->getSubExpr();
      else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Value))
        Value = Cast->getSubExpr();
      else
        break;
    }
    const auto *Temp = cast<MaterializeTemporaryExpr>(Value);
    if (!TypeSpelling::isNameable(Temp->getType())) {
      Report.report(D->getLocation(), Diag::UnnameableType) << D;
      Failed = true;
      return;
    }
    if (isDirectCall(Temp->getSubExpr(), Temp->getType()))
      return constructByCall(Id, Init, Level, Line, Out);
    std::string Text = initialiser(Temp->getSubExpr(), Temp->getType(),
                                   D->getInitStyle() == VarDecl::ListInit &&
                                           isa<InitListExpr>(Temp->getSubExpr())
                                       ? VarDecl::ListInit
                                       : VarDecl::CInit,
                                   Type, Out, Uses);
    construct(Id, std::move(Text), std::move(Uses), Level, Line, Out);
    return;
  }
  std::string Text =
      initialiser(Init, T, D->getInitStyle(), Type, Out, Uses);
  if (V.IsArray && Init && !Text.empty()) {
    // Arrays are initialised as the only member of an aggregate.
    std::string Braced = this->Text.text(Init->getSourceRange());
    const Expr *Bare = Init->IgnoreImplicit();
    const auto *Copy = dyn_cast<ArrayInitLoopExpr>(Bare);
    const auto *Shape = Context.getAsConstantArrayType(T);
    if (Copy && (!isStable(Copy->getCommonExpr()->getSourceExpr()) || !Shape ||
                 Shape->getElementType()->isArrayType()))
      return reject(Init, Diag::UnsupportedSuspension, kindOf(Bare).Words);
    if (isa<CXXConstructExpr>(Bare)) {
      Text = {};
    } else if (Copy) {
      // Each element is copied from its counterpart ([dcl.struct.bind]/1).
      Text = "{{";
      for (uint64_t I = 0; I < Shape->getZExtSize(); ++I)
        Text += (I ? ", (" : "(") + Braced + ")[" + std::to_string(I) + "]";
      Text += "}}";
    } else
      Text = "{" + Braced + "}";
  }
  construct(Id, std::move(Text), std::move(Uses), Level, Line, Out);
}

void FunctionLowering::lowerReference(const VarDecl *D, Nodes &Out) {
  VarId Id = Lifted[D];
  unsigned Level = Alive;
  unsigned Line = line(D->getLocation());
  Variable &V = F.Variables[Id];
  const Expr *Init = D->getInit();
  QualType T = D->getType();
  if (extendsTemporary(D))
    return reject(Init, Diag::ExtendedSubobject, D->getName());
  if (V.Indirect) {
    // Whether it is a reference or the object shows in the instantiation.
    const AutoType *Auto = T->getContainedAutoType();
    const std::string Operand = GivenInit ? GivenType : typeOnlyText(Init);
    std::string Declared = typeText(D);
    if (Auto && T.getNonReferenceType()->getAs<AutoType>()) {
      Declared = "decltype((" + Operand + "))";
      if (T.getNonReferenceType().isConstQualified())
        Declared = "const std::remove_reference_t<" + Declared + ">";
      Declared += T->isRValueReferenceType() ? "&&" : "&";
    } else if (Auto) {
      return reject(Init, Diag::DependentAuto, D->getName());
    }
    V.Type = nameType(V.Name, "weft::bound<" + Declared + ", decltype((" + Operand + "))>");
    std::vector<VarId> Uses;
    std::string Value = GivenInit && !Init ? *GivenInit : expression(Init, Out, Uses).Text;
    if (const auto *List = dyn_cast_or_null<InitListExpr>(Init ? Init->IgnoreImplicit() : nullptr))
      Value = List->getNumInits() == 1 ? Text.text(List->getInit(0)->getSourceRange()) : Value;
    construct(Id, binding(V.Type, Value), std::move(Uses), Level, Line, Out);
    return;
  }
  Node N;
  N.Defines = {Id};
  if (GivenInit && !Init) { // A range-for in a template.
    V.Declarator = "std::add_pointer_t<decltype((" + GivenType + "))> " + V.Name;
    if (!T.getNonReferenceType()->getContainedAutoType())
      V.Declarator = "std::add_pointer_t<" + typeText(D) + "> " + V.Name;
    N.Text = Piece{V.Name + " = std::addressof(" + *GivenInit + ");", Line};
    Out.push_back(std::move(N));
    return;
  }
  // As long as it has the names of the source.
  const std::string TypeOnly =
      T->isDependentType() || !TypeSpelling::isNameable(T) ? typeOnlyText(Init) : std::string();
  std::string Value = expression(Init, Out, N.Uses).Text;
  if (const auto *List = dyn_cast<InitListExpr>(Init->IgnoreImplicit());
      List && List->getNumInits() == 1)
    Value = Text.text(List->getInit(0)->getSourceRange());
  if (T->isDependentType()) {
    if (const AutoType *Auto = T->getContainedAutoType()) {
      if (T.getNonReferenceType()->getAs<AutoType>() == nullptr) {
        reject(Init, Diag::DependentAuto, D->getName());
        return;
      }
      (void)Auto;
      V.Declarator = "std::add_pointer_t<decltype((" + TypeOnly + "))> " + V.Name;
    } else {
      V.Declarator = "std::add_pointer_t<" + typeText(D) + "> " + V.Name;
    }
    // Refuses a temporary: the object would be gone.
    N.Text = Piece{V.Name + " = std::addressof(" + Value + ");", Line};
  } else {
    const Expr *Bare = Init->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Bare))
      Bare = Cleanups->getSubExpr()->IgnoreParens();
    // To const or to a base, a pointer converts as the reference does.
    while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Bare)) {
      if (Cast->getCastKind() != CK_NoOp && Cast->getCastKind() != CK_DerivedToBase &&
          Cast->getCastKind() != CK_UncheckedDerivedToBase)
        break;
      Bare = Cast->getSubExpr()->IgnoreParens();
    }
    bool Same = Bare->isGLValue() && !isa<ImplicitCastExpr, InitListExpr>(Bare);
    if (!TypeSpelling::isNameable(T)) {
      if (!Same)
        return reject(Init, Diag::UnnameableTemporary);
      V.Declarator = (T->getPointeeType().isConstQualified() ? "const " : "") +
                     ("std::remove_reference_t<decltype((" + TypeOnly + "))>* ") +
                     V.Name;
    }
    if (!Same)
      Value = "static_cast<" + Types.type(T) + ">(" + Value + ")";
    N.Text = Piece{V.Name + " = " +
                       (T->isLValueReferenceType() ? "std::addressof("
                                                   : "weft::address_of(") +
                       Value + ");",
                   Line};
  }
  Out.push_back(std::move(N));
  unwindTo(Level, Out, Line);
}

void FunctionLowering::lowerBindings(const DecompositionDecl *D, Nodes &Out) {
  VarId Id = Lifted[D];
  F.Variables[Id].Scope = Scope;
  F.Variables[Id].Escapes = true;
  F.Variables[Id].Mentioned = true;
  bool IsReference = F.Variables[Id].isIndirect();
  std::string Object =
      IsReference ? "(*" + F.Variables[Id].Name + ")" : F.Variables[Id].Name;
  std::string Access = IsReference ? F.Variables[Id].Name + "->"
                                   : F.Variables[Id].Name + ".";
  unsigned Line = line(D->getLocation());
  if (IsReference)
    lowerReference(D, Out);
  else if (F.Variables[Id].As == Form::Object)
    lowerObject(D, Id, Out);
  unsigned Index = 0;
  for (const BindingDecl *B : D->bindings()) {
    std::string Place = std::to_string(Index++);
    Lifted[D] = Id;
    if (D->getType()->isDependentType()) {
      Bindings[B] = "weft::binding<" + Place + ", " +
                    std::to_string(D->bindings().size()) + ">(" + Object + ")";
      continue;
    }
    if (const VarDecl *Holder = B->getHoldingVar()) {
      // get<i>(e) is called once, here ([dcl.struct.bind]/4).
      const Expr *Init = Holder->getInit()->IgnoreImplicit();
      while (const auto *Sub = dyn_cast<ImplicitCastExpr>(Init))
        Init = Sub->getSubExpr();
      bool IsXvalue = !D->getType()->isLValueReferenceType();
      std::string Whole = IsXvalue ? "std::move(" + Object + ")" : Object;
      std::string Call;
      if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init))
        Call = Whole + ".template get<" + Place + ">()", (void)Member;
      else if (const auto *Free = dyn_cast<CallExpr>(Init);
               Free && Free->getDirectCallee()) {
        std::string Space;
        if (const auto *NS = dyn_cast<NamespaceDecl>(
                Free->getDirectCallee()->getDeclContext()->getEnclosingNamespaceContext()))
          Space = NS->isInlineNamespace() || NS->getQualifiedNameAsString().rfind("std", 0) == 0
                      ? "std::"
                      : NS->getQualifiedNameAsString() + "::";
        else
          Space = "::";
        Call = Space + "get<" + Place + ">(" + Whole + ")";
      } else {
        return reject(D->getInit(), Diag::UnsupportedSuspension,
                      "a tuple-like binding");
      }
      QualType T = Holder->getType();
      Variable V;
      V.Declared = B->getName().str();
      V.Name = uniqueName(V.Declared + "_get");
      V.As = Form::Pointer;
      V.Scope = Scope;
      V.Line = Line;
      V.Extra = "get<" + Place + "> of a structured binding";
      if (T->isRValueReferenceType() && Init->isPRValue())
        return reject(D->getInit(), Diag::BindingByValue, B->getName());
      V.Declarator = Types.declarator(
          Context.getPointerType(T.getNonReferenceType()), V.Name);
      std::string Name = V.Name;
      VarId Held = addVariable(std::move(V), Context.VoidPtrTy);
      Node N;
      N.Text = Piece{Name + " = weft::address_of(" + Call + ");", Line};
      N.Defines = {Held};
      N.Uses = {Id};
      Out.push_back(std::move(N));
      Bindings[B] = "(*" + Name + ")";
      HeldBy[B] = Held;
    } else if (const auto *M = dyn_cast_or_null<MemberExpr>(
                   B->getBinding()->IgnoreImplicit())) {
      Bindings[B] = Access + M->getMemberDecl()->getName().str();
    } else {
      Bindings[B] = Object + "[" + Place + "]";
    }
  }
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
  class Find : public RecursiveASTVisitor<Find> {
  public:
    const FunctionLowering *L;
    bool Found = false;
    bool VisitDeclRefExpr(DeclRefExpr *E) {
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

std::string FunctionLowering::makeFactory(Variable &V, const Expr *Init) {
  // The expression's text stays; a function whose parameters are called as the
  // variables that it names gives its type a name.
  llvm::StringRef Function = F.FrameName;
  Function.consume_back("_frame");
  std::string Factory = uniqueName(("make_" + Function + "_" + V.Name).str());
  if (namesUnmoved(Init)) {
    reject(Init, Diag::UnnameableTemporary);
    return {};
  }
  std::string Parameters, Arguments, Types_;
  for (VarId Id : edit(Init)) {
    const Variable &U = F.Variables[Id];
    std::string Type = U.As == Form::Object ? U.Type : typeOfDeclarator(Id);
    if (U.IsConst)
      Type = "const " + Type;
    Parameters += (Parameters.empty() ? "auto& " : ", auto& ") + U.Name;
    Arguments += (Arguments.empty() ? "" : ", ") + U.Name;
    Types_ += (Types_.empty() ? "" : ", ") + ("std::declval<" + referenceTo(Type) + ">()");
  }
  F.Prefaces.push_back({Preface::Kind::Factory,
                        Piece{"constexpr auto " + Factory + " = [](" + Parameters +
                                  ") { return " + Text.text(Init->getSourceRange()) +
                                  "; };",
                              line(Init->getBeginLoc())}});
  Factory += F.TemplateArguments;
  V.Type = nameType(V.Name, "decltype(" + Factory + "(" + Types_ + "))");
  return "(" + Factory + "(" + Arguments + "))";
}

std::string FunctionLowering::typeOfDeclarator(VarId Id) const {
  const Variable &V = F.Variables[Id];
  llvm::StringRef D = V.Declarator;
  const std::string &Name = V.Stored.empty() ? V.Name : V.Stored;
  size_t At = D.rfind(Name);
  return (D.take_front(At) + D.drop_front(At + Name.size())).str();
}

std::string FunctionLowering::someObject(VarId Id) const {
  const Variable &V = F.Variables[Id];
  std::string Type = V.As == Form::Object ? V.Type : typeOfDeclarator(Id);
  std::string Value = "std::declval<" + referenceTo(Type) + ">()";
  return V.isIndirect() ? "(*" + Value + ")" : Value;
}

namespace {

/// Replaces the names of lifted variables, and of the frame's `this`, by
/// objects of their types.
template <class Names>
class TypeOnly : public RecursiveASTVisitor<TypeOnly<Names>> {
public:
  TypeOnly(const Names &Of, SourceText &There) : Of(Of), There(There) {}

  /// What suspends stands for its value, which may be in the frame by now.
  bool TraverseStmt(Stmt *S) {
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
    return RecursiveASTVisitor<TypeOnly<Names>>::TraverseStmt(S);
  }
  bool VisitCallExpr(CallExpr *Call) {
    if (Of.isWait(Call))
      There.insertAfter(Call->getEndLoc(), ".await_resume()");
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
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
  bool VisitMemberExpr(MemberExpr *E) { return member(E); }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) { return member(E); }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    return member(E);
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    if (std::string Self = Of.self(); !Self.empty() && Of.isMember(E))
      There.insertInstead(E->getBeginLoc(), Self + ".");
    return true;
  }
  bool VisitCXXThisExpr(CXXThisExpr *E) {
    if (std::string Self = Of.self(); !Self.empty() && !E->isImplicit())
      There.replace(E->getSourceRange(), "(&" + Self + ")");
    return true;
  }
  bool VisitDecltypeTypeLoc(DecltypeTypeLoc Loc) {
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

std::string FunctionLowering::awaiterText(const CallExpr *Call) {
  SourceText There = Text;
  TypeOnlyNames Names{*this, Call};
  TypeOnly<TypeOnlyNames>(Names, There).TraverseStmt(const_cast<CallExpr *>(Call));
  return There.text(Call->getSourceRange());
}

std::string FunctionLowering::typeText(const VarDecl *D) {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    bool Found = false;
    bool VisitDecltypeType(DecltypeType *) { return !(Found = true); }
  } Decltype;
  const QualType T = D->getType();
  Decltype.TraverseType(T);
  if (!Decltype.Found || !T->isDependentType())
    return Types.type(T);
  SourceText There = Text;
  TypeOnlyNames Names{*this};
  TypeLoc Loc = D->getTypeSourceInfo()->getTypeLoc();
  TypeOnly<TypeOnlyNames>(Names, There).TraverseTypeLoc(Loc);
  // The qualifiers are not part of the range.
  return (T.getNonReferenceType().isConstQualified() ? "const " : "") +
         There.text(Loc.getUnqualifiedLoc().getSourceRange());
}

std::string FunctionLowering::declaredType(VarId Id) const {
  const Variable &V = F.Variables[Id];
  if (V.Indirect)
    return "typename " + V.Type + "::declared";
  if (V.As == Form::Object)
    return V.Type;
  if (V.As == Form::Pointer) // An lvalue reference, or a non-dependent one.
    return "std::remove_pointer_t<" + typeOfDeclarator(Id) + ">&";
  return typeOfDeclarator(Id);
}

// --- return ---

std::string FunctionLowering::resultText(const ReturnStmt *S, Nodes &Out) {
  ResultUses.clear();
  const Expr *Value = S->getRetValue();
  const CoroutineType &Type = What.Type;
  if (!Value)
    return {};
  if (What.IsFiber)
    return fiberResult(S, Out);
  const Expr *Bare = Value;
  auto peel = [&] {
    for (;;) {
      if (const auto *C = dyn_cast<ExprWithCleanups>(Bare))
        Bare = C->getSubExpr();
      else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Bare))
        Bare = B->getSubExpr();
      else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Bare))
        Bare = M->getSubExpr();
      else if (const auto *C = dyn_cast<ImplicitCastExpr>(Bare);
               C && (C->getCastKind() == CK_ConstructorConversion ||
                     C->getCastKind() == CK_NoOp))
        Bare = C->getSubExpr();
      else
        return;
    }
  };
  peel();
  auto isCoroutine = [&](QualType T) {
    return Context.hasSameUnqualifiedType(T, What.Function->getReturnType());
  };
  if (const auto *List = dyn_cast<InitListExpr>(Bare); List && List->getNumInits() == 0)
    return {};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
      Construct && isCoroutine(Construct->getType()) && !Value->isTypeDependent()) {
    if (Construct->getNumArgs() == 0)
      return {};
    bool IsList = Construct->isListInitialization() && Construct->getNumArgs() > 1;
    if (!IsList && (Construct->getNumArgs() != 1 ||
                    isCoroutine(Construct->getArg(0)->getType()))) {
      reject(S, Diag::ReturnsCoroutine);
      return {};
    }
    Bare = IsList ? Construct : Construct->getArg(0);
  } else if (!Value->isTypeDependent() && isCoroutine(Bare->getType())) {
    reject(S, Diag::ReturnsCoroutine);
    return {};
  }
  if (Type.Returns->isVoidType()) {
    reject(S, Diag::ReturnsCoroutine);
    return {};
  }
  std::string ResultType = Types.type(Type.Returns);
  std::string Operand;
  Operand = expression(Value, Out, ResultUses).Text;
  if (isMovedFrom(Bare))
    Operand = "std::move(" + Operand + ")";
  return member("weft_return") + "([&]() -> " + ResultType + " { return " +
         Operand + "; });";
}

bool FunctionLowering::isMovedFrom(const Expr *Value) const {
  // A local variable is moved from, as `return` would ([class.copy.elision]/3).
  const Expr *Named = Value;
  while (true) {
    Named = Named->IgnoreParenImpCasts();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Named);
        Construct && Construct->getNumArgs() == 1 &&
        !isa<CXXTemporaryObjectExpr>(Named))
      Named = Construct->getArg(0);
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Named))
      Named = Bind->getSubExpr();
    else if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Named))
      Named = Temp->getSubExpr();
    else if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Named))
      Named = Cleanups->getSubExpr();
    else
      break;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Named);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->hasLocalStorage() && !V->getType()->isReferenceType() &&
         !V->getType().isConstQualified() && !V->getType().isVolatileQualified() &&
         !V->getType()->isScalarType() && !What.Type.Returns->isReferenceType();
}
