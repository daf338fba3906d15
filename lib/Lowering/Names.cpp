//===- Names.cpp - How variables, parameters and types are called ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A lifted variable, a parameter and a local type each keep their name when
// nothing else in the function has it. What declarations in front of the body
// name, constants and types, moves in front of it too.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "Support/AstVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

FunctionLowering::FunctionLowering(TranslationUnit &Unit, SourceText &Text,
                                   Reporter &Report, SuspensionMap &Suspends,
                                   const Coroutine &What, std::string TemplateArguments,
                                   const llvm::DenseSet<const CallExpr *> &InPlaceCalls,
                                   const HeldFrames &Frames)
    : Unit(Unit), Context(Unit.AST), Text(Text), Report(Report),
      Suspends(Suspends), What(What), InPlaceCalls(InPlaceCalls), Frames(Frames),
      Types(Unit.AST,
            [&] {
              // Usings inside the body do not hold where fields are declared.
              class Find : public AstVisitor {
              public:
                bool Found = false;
                bool VisitUsingDirectiveDecl(UsingDirectiveDecl *) override {
                  return !(Found = true);
                }
                bool VisitUsingDecl(UsingDecl *) override { return !(Found = true); }
                bool VisitNamespaceAliasDecl(NamespaceAliasDecl *) override {
                  return !(Found = true);
                }
              } Usings;
              Usings.TraverseStmt(What.Function->getBody());
              return Usings.Found;
            }()) {
  F.TemplateArguments = std::move(TemplateArguments);
  F.Dependent = What.Dependent;
  if (What.Dependent)
    Instantiated = InstantiatedCode(
        What.Function, Suspends.colours().instances().of(What.Function), [&](const Stmt *S) {
          const auto *Default = dyn_cast<CXXDefaultArgExpr>(S);
          return Default ? isUnseenDefault(Default) : unseenList(S) != nullptr;
        });
}

bool FunctionLowering::hasDestructor(QualType T) const {
  T = Context.getBaseElementType(T.getNonReferenceType());
  return T->isDependentType() ||
         T.isDestructedType() == QualType::DK_cxx_destructor;
}

bool FunctionLowering::isByValue(QualType T) const {
  // The twin of weft::detail::kept_by_value.
  if (T->isDependentType() || T->isReferenceType() || T->isVoidType() ||
      T.isConstQualified() || T.isVolatileQualified() || T->isArrayType())
    return false;
  if (const auto *Record = T->getAsCXXRecordDecl())
    if (!Record->hasTrivialDefaultConstructor() || !Record->hasTrivialDestructor())
      return false;
  return T.isTriviallyCopyableType(Context) &&
         Context.getTypeSizeInChars(T).getQuantity() <= 16;
}

namespace {

/// Where each local variable is named, which ones change, and which ones' addresses
/// get away.
class NameUses : public AstVisitor {
public:
  std::map<std::string, std::set<unsigned>> Places;
  llvm::DenseSet<const ValueDecl *> Escaping, Captured;
  llvm::DenseSet<const ValueDecl *> Changed; ///< By an assignment that names it.

  bool VisitVarDecl(VarDecl *D) override {
    if (D->getIdentifier())
      Places[D->getName().str()].insert(D->getLocation().getRawEncoding());
    if (D->getType()->isReferenceType() && D->getInit())
      escape(D->getInit());
    return true;
  }
  bool VisitBindingDecl(BindingDecl *D) override {
    if (D->getIdentifier())
      Places[D->getName().str()].insert(D->getLocation().getRawEncoding());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const ValueDecl *D = E->getDecl();
    if (isa<VarDecl, BindingDecl>(D) && !D->isDefinedOutsideFunctionOrMethod() &&
        D->getIdentifier())
      Places[D->getName().str()].insert(E->getLocation().getRawEncoding());
    // In a template Clang leaves implicit captures to the instantiation.
    if (!Safe.count(E) || ByReference)
      Escaping.insert(D);
    if (InLambda)
      Captured.insert(D);
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *E) override {
    const bool IsByReference = E->getCaptureDefault() == LCD_ByRef;
    ++InLambda;
    ByReference += IsByReference;
    for (const LambdaCapture &C : E->captures())
      if (C.capturesVariable()) {
        Captured.insert(C.getCapturedVar());
        if (C.getCaptureKind() == LCK_ByRef)
          Escaping.insert(C.getCapturedVar());
      }
    bool Continue = AstVisitor::TraverseLambdaExpr(E);
    --InLambda;
    ByReference -= IsByReference;
    return Continue;
  }
  bool VisitImplicitCastExpr(ImplicitCastExpr *E) override {
    if (E->getCastKind() == CK_LValueToRValue)
      safe(E->getSubExpr());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) override {
    if (E->isAssignmentOp())
      changed(E->getLHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *E) override {
    if (E->isIncrementDecrementOp())
      changed(E->getSubExpr());
    else if (E->getOpcode() == UO_AddrOf)
      escape(E->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *E) override {
    for (const Expr *A : E->arguments())
      if (A->isGLValue())
        escape(A);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) override {
    for (const Expr *A : E->arguments())
      if (A->isGLValue())
        escape(A);
    return true;
  }

private:
  static const Expr *object(const Expr *E, bool ThroughAssignment) {
    for (;;) {
      E = E->IgnoreParens();
      if (const auto *M = dyn_cast<MemberExpr>(E); M && !M->isArrow())
        E = M->getBase();
      else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
        E = A->getBase();
      else if (const auto *C = dyn_cast<ImplicitCastExpr>(E);
               C && (C->getCastKind() == CK_ArrayToPointerDecay ||
                     C->getCastKind() == CK_NoOp))
        E = C->getSubExpr();
      else if (const auto *B = dyn_cast<BinaryOperator>(E);
               B && ThroughAssignment && B->isAssignmentOp())
        E = B->getLHS();
      else if (const auto *U = dyn_cast<UnaryOperator>(E);
               U && ThroughAssignment && U->isIncrementDecrementOp())
        E = U->getSubExpr();
      else
        return E;
    }
  }
  void safe(const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(object(E, false)))
      if (!Ref->getType()->isArrayType() || E->IgnoreParens() != Ref)
        Safe.insert(Ref);
  }
  void changed(const Expr *E) {
    safe(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(object(E, true)))
      Changed.insert(Ref->getDecl());
  }
  void escape(const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(object(E, true)))
      Escaping.insert(Ref->getDecl());
  }

  llvm::DenseSet<const Expr *> Safe;
  unsigned InLambda = 0;
  unsigned ByReference = 0; ///< Lambdas around here that capture so by default.
};

} // namespace

std::string FunctionLowering::uniqueName(llvm::StringRef Wanted) {
  for (unsigned N = 1;; ++N) {
    std::string Name = N == 1 ? Wanted.str()
                              : (Wanted + "_" + llvm::Twine(N)).str();
    if (!Identifiers.count(Name) && Taken.insert(Name).second)
      return Name;
  }
}

void FunctionLowering::measure(Variable &V, QualType T) const {
  if (T.isNull() || T->isDependentType() || T->isIncompleteType())
    return;
  if (T->isReferenceType())
    T = Context.VoidPtrTy;
  V.Size = Context.getTypeSizeInChars(T).getQuantity();
  V.Align = Context.getTypeAlignInChars(T).getQuantity();
}

VarId FunctionLowering::addVariable(Variable V, QualType T) {
  measure(V, T);
  if (V.As == Form::Object)
    V.Stored = uniqueName(V.Name + "_slot");
  F.Variables.push_back(std::move(V));
  return F.Variables.size() - 1;
}

std::string FunctionLowering::spelled(QualType T) const {
  if (T->isDependentType())
    return Types.type(T);
  // An expression's type is spelled where its function was declared, with names
  // that mean nothing here; but these the user wrote.
  for (QualType Known : {What.Type.Yields, What.Type.Receives, What.Type.Returns})
    if (!Known->isDependentType() && !Known->isReferenceType() &&
        Context.hasSameType(Known.getUnqualifiedType(), T))
      return Types.type(Known.getUnqualifiedType());
  return Types.qualified(T);
}

VarId FunctionLowering::hidden(llvm::StringRef Name, QualType T,
                               llvm::StringRef Why, unsigned Line) {
  Variable V;
  V.Name = uniqueName(Name);
  V.Line = Line;
  V.Scope = Scope;
  V.Extra = Why.str();
  V.As = T->isScalarType() && !T->isDependentType() ? Form::Scalar : Form::Object;
  V.Cacheable = V.As == Form::Scalar;
  V.HasDestructor = V.As == Form::Object && hasDestructor(T);
  V.Type = spelled(T.getUnqualifiedType());
  V.Bound = "auto& " + V.Name;
  if (V.As == Form::Scalar)
    V.Declarator = Types.declarator(T.getUnqualifiedType().getCanonicalType(),
                                    V.Name);
  V.IsArray = T->isArrayType();
  V.Mentioned = true;
  V.Escapes = V.As == Form::Object;
  return addVariable(std::move(V), T);
}

/// Gives local types without a name one, for variables of such a type that
/// leave the function.
void FunctionLowering::nameLocalTypes() {
  class Find : public AstVisitor {
  public:
    const FunctionDecl *Function;
    std::vector<TagDecl *> Found;
    bool VisitTagDecl(TagDecl *D) override {
      const auto *Record = dyn_cast<CXXRecordDecl>(D);
      if (!D->getIdentifier() && D->getLexicalDeclContext() == Function &&
          !(Record && (Record->isLambda() || Record->isAnonymousStructOrUnion())))
        Found.push_back(D);
      return true;
    }
  } Types;
  Types.Function = What.Function;
  Types.TraverseStmt(const_cast<Stmt *>(What.Function->getBody()));
  for (TagDecl *D : Types.Found) {
    if (D->hasAttrs() || !D->getInnerLocStart().isFileID()) {
      Report.report(D->getLocation(), Diag::UnnamedLocalType);
      Failed = true;
      continue;
    }
    Unit.rename(*D, uniqueName("unnamed_type"));
    Unnamed.insert(D);
  }
}

/// Finds the constants that are named by types, by local classes or by lambdas,
/// any of which may have to stand in front of the body; in a template also by
/// expressions whose types are spelled there. Static variables of constant value
/// go with them.
void FunctionLowering::findHoisted() {
  class Find : public AstVisitor {
  public:
    FunctionLowering *L;
    unsigned Needed = 0;
    bool InType = false; ///< What is named here has to be a constant.

    bool TraverseTypeLoc(TypeLoc Loc WEFT_AND_QUALIFIER) override {
      llvm::SaveAndRestore<bool> Constant(InType, true);
      return inside([&] { return AstVisitor::TraverseTypeLoc(Loc); });
    }
    bool TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Loc) override {
      llvm::SaveAndRestore<bool> Constant(InType, true);
      return inside([&] { return AstVisitor::TraverseTemplateArgumentLoc(Loc); });
    }
    bool TraverseLambdaExpr(LambdaExpr *E) override {
      llvm::SaveAndRestore<bool> Constant(InType, false);
      return inside([&] { return AstVisitor::TraverseLambdaExpr(E); });
    }
    bool TraverseCXXRecordDecl(CXXRecordDecl *D) override {
      return inside([&] { return AstVisitor::TraverseCXXRecordDecl(D); });
    }
    bool TraverseEnumDecl(EnumDecl *D) override {
      return inside([&] { return AstVisitor::TraverseEnumDecl(D); });
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *D = dyn_cast<VarDecl>(E->getDecl());
      if (!D || !(Needed || L->F.Dependent) || !D->isLocalVarDecl() ||
          D->getDeclContext() != L->What.Function || !D->getInit() ||
          !isConstant(D) || !L->Hoisted.insert(D).second)
        return true;
      std::string Name = D->getName().str();
      if (L->Identifiers[Name] != 0 || !L->Taken.insert(Name).second) {
        Name = L->uniqueName(Name);
        L->NewNames[D] = Name;
        // Types that are spelled name it too.
        L->Unit.rename(const_cast<VarDecl &>(*D), Name);
      }
      // What its own value is made from is needed before it.
      return inside([&] { return TraverseStmt(const_cast<Expr *>(D->getInit())); });
    }

  private:
    bool isConstant(const VarDecl *D) const {
      if (L->stays(D))
        return true;
      // In a template it may be seen to be one only from its use.
      if (D->getInit()->isValueDependent())
        return InType && D->getType().isConstQualified();
      return Needed && D->isStaticLocal() && D->hasConstantInitialization();
    }
    bool inside(llvm::function_ref<bool()> Traverse) {
      ++Needed;
      bool Continue = Traverse();
      --Needed;
      return Continue;
    }
  } Constants;
  Constants.L = this;
  Constants.TraverseStmt(const_cast<Stmt *>(What.Function->getBody()));
}

/// Whether the body of \p Function names the function but to call it, and pause.
static bool namesOtherwise(const FunctionDecl *Function, const SuspensionMap &Suspends) {
  class Find : public AstVisitor {
  public:
    const FunctionDecl *Function;
    const SuspensionMap *Suspends;
    llvm::DenseSet<const Expr *> Called;
    bool Found = false;
    bool VisitCallExpr(CallExpr *Call) override {
      if (Suspends->at(Call))
        Called.insert(Call->getCallee()->IgnoreParenImpCasts());
      return true;
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      return !(Found |= E->getDecl()->getCanonicalDecl() == Function->getCanonicalDecl() &&
                        !Called.count(E));
    }
  } Names;
  Names.Function = Function;
  Names.Suspends = &Suspends;
  Names.TraverseStmt(Function->getBody());
  return Names.Found;
}

void FunctionLowering::collectNames() {
  const FunctionDecl *Function = What.Function;
  const Stmt *Body = Function->getBody();
  SourceRange Head(Function->getTypeSpecStartLoc().isValid() && !What.Lambda
                       ? Function->getOuterLocStart()
                       : Function->getBeginLoc(),
                   Body->getEndLoc());
  if (What.Lambda)
    Head.setBegin(What.Lambda->getBeginLoc());
  Identifiers = Text.identifiers(Head);
  Taken = {"parameters"};

  NameUses Uses;
  for (const ParmVarDecl *P : Function->parameters())
    Uses.TraverseDecl(const_cast<ParmVarDecl *>(P));
  Uses.TraverseStmt(const_cast<Stmt *>(Body));
  if (What.Lambda)
    for (const LambdaCapture &C : What.Lambda->captures())
      if (C.capturesVariable() && C.isExplicit())
        Uses.Places[C.getCapturedVar()->getName().str()].insert(
            C.getLocation().getRawEncoding());
  // Zero now means: every token with this spelling names a local variable.
  for (auto &[Name, Places] : Uses.Places) {
    auto It = Identifiers.find(Name);
    if (It != Identifiers.end() && It->second == Places.size())
      It->second = 0;
  }

  for (const auto &[Name, Count] : Identifiers)
    for (llvm::StringRef Prefix : {"suspended_", "try_", "branch_"})
      if (llvm::StringRef(Name).starts_with(Prefix))
        F.LabelPrefix = "weft_";
  for (const auto &[Name, Count] : Identifiers)
    if (llvm::StringRef(Name).starts_with("weft_")) {
      Report.report(Function->getLocation(), Diag::ReservedName) << Name;
      Failed = true;
    }

  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function);
      Method && Method->isInstance() && !What.Lambda) {
    HasSelf = true;
    Variable V;
    V.Name = Self = uniqueName("self");
    V.Declared = "*this";
    V.As = Form::Parameter;
    V.Extra = "the object of the call";
    V.Bound = "auto& " + V.Name;
    QualType T = Context.getLValueReferenceType(
        Method->getFunctionObjectParameterType());
    V.Declarator = Types.declarator(T, V.Name);
    V.Line = line(Function->getLocation());
    SelfVar = addVariable(V, T);
    F.Parameters.push_back({V.Declarator, "*this", V.Name, false, SelfVar});
  }
  if (What.Lambda)
    nameCaptures();
  F.NamesItself = !What.Lambda && Function->getIdentifier() &&
                  Text.identifiers(Body->getSourceRange())
                          .count(Function->getName().str()) > 0 &&
                  (!What.IsFiber || What.Dependent || namesOtherwise(Function, Suspends));
  nameParameters();
  nameLocalTypes();
  findHoisted();
  findLifted(Body);
  for (auto &[D, Id] : Lifted) {
    F.Variables[Id].Escapes |= Uses.Escaping.count(D) > 0;
    F.Variables[Id].Captured |= Uses.Captured.count(D) > 0;
    F.Variables[Id].Cacheable &= Uses.Changed.count(D) > 0;
  }
  if (HasSelf)
    F.Variables[SelfVar].Captured = true;
}
