//===- Declarations.cpp - Variables, references, bindings ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   long a = 0;                     a = 0;
//   std::string s(3, 'x');          ::new (s_slot.storage()) std::string(3, 'x');
//   T& r = f();                     r = std::addressof(f());      uses: (*r)
//   const T& r = make();            the temporary is an object called r
//   auto [a, b] = f();              the hidden object is `bound`; a is bound.first
//   constexpr int n = 3;            static constexpr int n = 3;
//
//===----------------------------------------------------------------------===//

#include "Analysis/NodeKinds.h"
#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"
#include "llvm/ADT/StringExtras.h"
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
      if (Kept.count(V) && Suspends.contains(V->getInit())) {
        Out.push_back(text("static constexpr " +
                               Types.declarator(TypeSpelling::deduced(V->getType())
                                                    .getUnqualifiedType(),
                                                V->getName()) +
                               " = " + valueText(V) + ";",
                           line(V->getLocation())));
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
      lowerAlias(Alias);
    } else {
      Node N;
      N.Text = Text.render(S->getSourceRange());
      Out.push_back(std::move(N));
      return;
    }
  }
}

std::string FunctionLowering::valueText(const VarDecl *D) {
  const APValue *Value = D->evaluateValue();
  if (!Value || !Value->isInt())
    return {}; // Reported as a place that nothing has looked at.
  Discarded.insert(D->getInit());
  return "static_cast<" +
         Types.type(TypeSpelling::deduced(D->getType()).getUnqualifiedType()) + ">(" +
         toString(Value->getInt(), 10) + ")";
}

Piece FunctionLowering::hoistedConstant(const VarDecl *D) {
  // Nothing else of the function is there, so `sizeof local` reads otherwise.
  std::string Value = typeOnlyText(D->getInit());
  if (Suspends.contains(D->getInit()))
    Value = " = " + valueText(D);
  else if (D->getInitStyle() == VarDecl::CInit)
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

/// What an initialiser that suspends makes for itself ends with it, and shares storage
/// with what other statements make.
ScopeId FunctionLowering::scopeOf(const Expr *Init) {
  return Suspends.contains(Init) ? newScope(line(Init->getBeginLoc())) : Scope;
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
  const ScopeId Around = Scope;
  llvm::SaveAndRestore<ScopeId> InScope(Scope, scopeOf(D->getInit()));
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
  F.Variables[Id].Scope = Around;
  if (F.Variables[Id].isIndirect())
    return lowerReference(D, Out);
  if (F.Variables[Id].As == Form::Object)
    return lowerObject(D, Id, Out);

  // A scalar.
  unsigned Level = Alive;
  Node N;
  N.Defines = {Id};
  Variable &V = F.Variables[Id];
  if (D->getInit() && !mayNameTypeOf(D)) {
    const std::string Type = typeOfInitialiser(D);
    if (Type.empty())
      return;
    V.Declarator = Type + " " + (V.IsConst ? V.Stored : V.Name);
  }
  if (GivenInit) {
    N.Text = Piece{(V.IsConst ? V.Stored : V.Name) + " = " + *GivenInit + ";", Line};
  } else if (isDirectCall(D) || isGivenInPlace(D)) {
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

/// Whether \p D makes a temporary that its initialiser binds to live on.
static bool extendsTemporary(const VarDecl *D) {
  class Extended : public AstVisitor {
  public:
    const ValueDecl *By;
    bool Found = false;
    Extended() { ShouldVisitImplicitCode = true; }
    bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *E) override {
      Found |= E->getExtendingDecl() == By;
      return true;
    }
  } Find;
  Find.By = D;
  Find.TraverseStmt(const_cast<Expr *>(D->getInit()));
  return Find.Found;
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
  const bool IsUnseen = T->isDependentType() || T->isUndeducedType();
  // A written type is one that the closure is converted to.
  const bool IsWritten = T->isDependentType() && !T->getContainedDeducedType();
  if (Made && ((isa<LambdaExpr>(Made) && !IsWritten) ||
               (IsUnseen && T->getContainedAutoType() && holdsLambda(Made)) ||
               (!T->isReferenceType() && !T->isDependentType() &&
                !TypeSpelling::isNameable(T)))) {
    const bool Splits = Suspends.contains(Init);
    if ((Splits && (F.Dependent || !isa<LambdaExpr>(Made))) ||
        !D->getType()->getContainedAutoType() || D->getInitStyle() == VarDecl::ListInit) {
      Report.report(D->getLocation(), Diag::UnnameableType) << D;
      Failed = true;
      return;
    }
    if (Splits && expression(Init, Out, Uses).Text.find("weft_received") != std::string::npos &&
        !What.IsFiber) // The frame's, which a factory does not see.
      return reject(Init, Diag::UnnameableType, D->getName());
    std::string Call = makeFactory(V, Init);
    if (T.isConstQualified())
      V.Type = "const " + V.Type;
    construct(Id, std::move(Call), edit(Init), Level, Line, Out);
    return;
  }
  keepInPlace(V, Init);
  if (IsUnseen) {
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
  if (Init && !mayNameTypeOf(D)) {
    V.Type = typeOfInitialiser(D);
    if (V.Type.empty())
      return;
    if (T.getNonReferenceType().isConstQualified())
      V.Type = "const " + V.Type;
  }
  if (!T->isReferenceType() && (isDirectCall(D) || isGivenInPlace(D)))
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
    if (isGivenInPlace(Temp->getSubExpr(), Temp->getType()))
      return constructByCall(Id, Temp->getSubExpr(), Level, Line, Out);
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
    } else if (D->getInitStyle() == VarDecl::ParenListInit) {
      Text = "{{" + llvm::StringRef(Braced).drop_front().drop_back().str() + "}}";
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
      T->isDependentType() || !isNameable(T) ? typeOnlyText(Init) : std::string();
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
    if (!isNameable(T)) {
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
  {
    llvm::SaveAndRestore<ScopeId> InScope(Scope, scopeOf(D->getInit()));
    if (IsReference)
      lowerReference(D, Out);
    else if (F.Variables[Id].As == Form::Object)
      lowerObject(D, Id, Out);
  }
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
