//===- Names.cpp - Which variables leave their blocks, and their names ---===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable is lifted out of its block when a suspension point follows it in
// its scope, for then the dispatch would jump over its declaration; one with a
// destructor already when its scope holds a suspension point anywhere, so that
// whatever such a scope destroys is destroyed by one mechanism, in one order.
//
//   { int a = 1; yield(a); int b = a; use(b); }      a is lifted, b is not
//
// A lifted variable keeps its name when nothing else in the function has it.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SetVector.h"
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
              class Find : public RecursiveASTVisitor<Find> {
              public:
                bool Found = false;
                bool VisitUsingDirectiveDecl(UsingDirectiveDecl *) {
                  return !(Found = true);
                }
                bool VisitUsingDecl(UsingDecl *) { return !(Found = true); }
                bool VisitNamespaceAliasDecl(NamespaceAliasDecl *) {
                  return !(Found = true);
                }
              } Usings;
              Usings.TraverseStmt(What.Function->getBody());
              return Usings.Found;
            }()) {
  F.TemplateArguments = std::move(TemplateArguments);
  F.Dependent = What.Dependent;
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

/// Where each local variable is named, and which ones' addresses get away.
class NameUses : public RecursiveASTVisitor<NameUses> {
public:
  std::map<std::string, std::set<unsigned>> Places;
  llvm::DenseSet<const ValueDecl *> Escaping, Captured;

  bool shouldVisitImplicitCode() const { return false; }

  bool VisitVarDecl(VarDecl *D) {
    if (D->getIdentifier())
      Places[D->getName().str()].insert(D->getLocation().getRawEncoding());
    if (D->getType()->isReferenceType() && D->getInit())
      escape(D->getInit());
    return true;
  }
  bool VisitBindingDecl(BindingDecl *D) {
    if (D->getIdentifier())
      Places[D->getName().str()].insert(D->getLocation().getRawEncoding());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    if (isa<VarDecl, BindingDecl>(D) && !D->isDefinedOutsideFunctionOrMethod() &&
        D->getIdentifier())
      Places[D->getName().str()].insert(E->getLocation().getRawEncoding());
    if (!Safe.count(E))
      Escaping.insert(D);
    if (InLambda)
      Captured.insert(D);
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *E) {
    ++InLambda;
    for (const LambdaCapture &C : E->captures())
      if (C.capturesVariable()) {
        Captured.insert(C.getCapturedVar());
        if (C.getCaptureKind() == LCK_ByRef)
          Escaping.insert(C.getCapturedVar());
      }
    bool Continue = RecursiveASTVisitor::TraverseLambdaExpr(E);
    --InLambda;
    return Continue;
  }
  bool VisitImplicitCastExpr(ImplicitCastExpr *E) {
    if (E->getCastKind() == CK_LValueToRValue)
      safe(E->getSubExpr());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isAssignmentOp())
      safe(E->getLHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *E) {
    if (E->isIncrementDecrementOp())
      safe(E->getSubExpr());
    else if (E->getOpcode() == UO_AddrOf)
      escape(E->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    for (const Expr *A : E->arguments())
      if (A->isGLValue())
        escape(A);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
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
  void escape(const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(object(E, true)))
      Escaping.insert(Ref->getDecl());
  }

  llvm::DenseSet<const Expr *> Safe;
  unsigned InLambda = 0;
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

void FunctionLowering::lift(const VarDecl *D) {
  if (isLifted(D) || Kept.count(D) || Hoisted.count(D) || D->isStaticLocal() || D->isLocalExternDecl())
    return;
  if (stays(D)) {
    Kept.insert(D);
    return;
  }
  QualType T = TypeSpelling::deduced(D->getType());
  // `struct S { ... } s;`: the type moves away, its definition with it.
  if (const TagDecl *Tag = Context.getBaseElementType(T)->getAsTagDecl();
      Tag && Tag->isEmbeddedInDeclarator() && !T->isDependentType())
    T = T.getCanonicalType();
  Variable V;
  V.Declared = D->getName().str();
  V.Line = line(D->getLocation());
  std::string Wanted = D->getIdentifier() ? D->getName().str() : "bound";
  // The user's name, when nothing else in the function is called so.
  if (D->getIdentifier() && Identifiers[Wanted] == 0 && Taken.insert(Wanted).second)
    V.Name = Wanted;
  else
    V.Name = uniqueName(Wanted);

  bool Extends = false;
  if (T->isReferenceType() && D->getInit())
    if (const Expr *Init = D->getInit()->IgnoreParens()) {
      if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Init))
        Init = Cleanups->getSubExpr();
      while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Init))
        Init = Cast->getSubExpr()->IgnoreParens();
      if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Init);
          Temp && Temp->getExtendingDecl() == D) {
        // A reference to a temporary of its own is that object's name.
        V.Bound = T.getNonReferenceType()->getContainedAutoType()
                      ? "auto& " + V.Name
                      : Types.declarator(Context.getLValueReferenceType(
                                             T.getNonReferenceType()),
                                         V.Name);
        T = Temp->getType();
        Extends = true;
      }
    }
  // In a template it may have to be the temporary itself. Only one to a type
  // that is not const cannot.
  const bool Unknown = T->isReferenceType() &&
                       (T->isDependentType() || !D->getInit() ||
                        D->getInit()->isTypeDependent()) &&
                       (T->isRValueReferenceType() ||
                        T->getPointeeType().isConstQualified());
  if (Unknown) {
    V.As = Form::Object;
    V.Indirect = true;
    V.HasDestructor = true;
    V.Bound = "auto& " + V.Name;
    T = Context.DependentTy;
  } else if (T->isReferenceType()) {
    V.As = Form::Pointer;
    V.Declarator = T->isDependentType()
                       ? std::string()
                       : Types.declarator(Context.getPointerType(
                                              T.getNonReferenceType()),
                                          V.Name);
    T = T->isDependentType() ? T : Context.getPointerType(T.getNonReferenceType());
  } else if (T->isScalarType() && !T->isDependentType() &&
             !T.isVolatileQualified() && !Extends && !D->hasAttr<AlignedAttr>()) {
    V.As = Form::Scalar;
    V.IsConst = T.isConstQualified();
    if (V.IsConst)
      V.Stored = uniqueName(V.Name + "_value");
    V.Declarator = Types.declarator(T.getUnqualifiedType(),
                                    V.IsConst ? V.Stored : V.Name);
  } else {
    V.As = Form::Object;
    V.HasDestructor = hasDestructor(T);
    V.IsArray = T->isArrayType();
    V.Type = Types.type(T);
    if (V.Bound.empty())
      V.Bound = "auto& " + V.Name;
  }
  if (T->isVariablyModifiedType() || T->isVariableArrayType()) {
    Report.report(D->getLocation(), Diag::VariableLengthArray) << D;
    Failed = true;
  }
  VarId Id = addVariable(std::move(V), T);
  Lifted[D] = Id;
  if (D->getInit() && D->getType()->getContainedAutoType())
    liftNamesOf(D->getInit());
  Variable &Added = F.Variables[Id];
  if (unsigned Bytes = D->getMaxAlignment() / 8;
      Added.Align && Bytes > *Added.Align) {
    Added.Alignas = Bytes;
    Added.Align = Bytes;
  }
}

void FunctionLowering::findLiftedIn(const CompoundStmt *Block) {
  bool Any = Suspends.contains(Block);
  llvm::SmallVector<const Stmt *> Children(Block->body_begin(),
                                           Block->body_end());
  bool Later = false;
  // From the end, so that Later says what follows.
  for (const Stmt *Child : llvm::reverse(Children)) {
    while (isa<LabelStmt, SwitchCase, AttributedStmt>(Child))
      Child = isa<LabelStmt>(Child)    ? cast<LabelStmt>(Child)->getSubStmt()
              : isa<SwitchCase>(Child) ? cast<SwitchCase>(Child)->getSubStmt()
                                       : cast<AttributedStmt>(Child)->getSubStmt();
    if (const auto *Declarations = dyn_cast<DeclStmt>(Child)) {
      llvm::SmallVector<const Decl *> Decls(Declarations->decl_begin(),
                                            Declarations->decl_end());
      for (const Decl *D : llvm::reverse(Decls)) {
        const auto *V = dyn_cast<VarDecl>(D);
        if (!V)
          continue;
        // A result is constructed in storage that the callee is told.
        const bool ByCall = V->getInit() && Suspends.contains(V->getInit()) &&
                            V->getType()->isRecordType() &&
                            isDirectCall(V);
        if (Later || ByCall ||
            (Any && (hasDestructor(V->getType()) || isa<DecompositionDecl>(V))))
          lift(V);
        Later |= V->getInit() && Suspends.contains(V->getInit());
      }
    } else {
      Later |= Suspends.contains(Child);
    }
  }
}

void FunctionLowering::liftNamesOf(const Stmt *S) {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    FunctionLowering *L;
    unsigned InLambda = 0;
    bool TraverseLambdaExpr(LambdaExpr *E) {
      for (const LambdaCapture &C : E->captures())
        if (C.capturesVariable())
          name(C.getCapturedVar());
      ++InLambda;
      bool Continue = RecursiveASTVisitor::TraverseLambdaExpr(E);
      --InLambda;
      return Continue;
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) {
      if (InLambda)
        name(E->getDecl());
      return true;
    }
    void name(const ValueDecl *D) {
      const auto *V = dyn_cast<VarDecl>(D);
      if (V && V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
          V->getDeclContext() == L->What.Function && !V->isInitCapture() &&
          !V->isExceptionVariable())
        L->lift(V);
    }
  } Names;
  Names.L = this;
  Names.TraverseStmt(const_cast<Stmt *>(S));
}

void FunctionLowering::findLifted(const Stmt *S) {
  if (!S || !Suspends.contains(S) || isa<LambdaExpr>(S))
    return;
  if (isa<Expr>(S))
    return liftNamesOf(S);
  auto liftAll = [&](const Stmt *Declarations) {
    if (const auto *D = dyn_cast_or_null<DeclStmt>(Declarations))
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each))
          lift(V);
  };
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    findLiftedIn(Block);
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    liftAll(If->getInit());
    liftAll(If->getConditionVariableDeclStmt());
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    liftAll(While->getConditionVariableDeclStmt());
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    if (Suspends.contains(For->getCond()) || Suspends.contains(For->getInc()) ||
        Suspends.contains(For->getBody()) || For->getConditionVariable()) {
      liftAll(For->getInit());
      liftAll(For->getConditionVariableDeclStmt());
    } else {
      liftAll(For->getInit());
    }
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    liftAll(Switch->getInit());
    liftAll(Switch->getConditionVariableDeclStmt());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    liftAll(Range->getInit());
    lift(Range->getLoopVariable());
  }
  for (const Stmt *Child : S->children())
    findLifted(Child);
}

void FunctionLowering::nameParameters() {
  const FunctionDecl *Function = What.Function;
  // A leading std::allocator_arg_t says where the frame comes from.
  auto isAllocatorArg = [](QualType T) {
    const auto *Record = T.getNonReferenceType()->getAsCXXRecordDecl();
    return Record && Record->isInStdNamespace() &&
           Record->getName() == "allocator_arg_t";
  };
  unsigned Unnamed = 0;
  for (const ParmVarDecl *P : Function->parameters()) {
    QualType T = P->getType();
    // The caller of a fiber function keeps its parameters.
    bool Destroys = !What.IsFiber && !T->isReferenceType() && hasDestructor(T);
    bool Allocates = Function->getNumParams() > 1 &&
                     isAllocatorArg(Function->getParamDecl(0)->getType());
    if (Allocates && P == Function->getParamDecl(0))
      continue;
    bool IsAllocator = Allocates && P == Function->getParamDecl(1);
    std::string Given = P->getName().str();
    if (!P->getIdentifier() && ((Destroys && !T->isDependentType()) || IsAllocator)) {
      // It lives, or is needed, as long as the others: it gets a name.
      Given = "weft_unnamed_" + std::to_string(++Unnamed);
      SourceLocation End = P->getTypeSourceInfo()->getTypeLoc().getEndLoc();
      if (!End.isFileID() || T->isArrayType() || T->isFunctionPointerType()) {
        Report.report(P->getLocation(), Diag::UnnamedParameter) << T;
        Failed = true;
        continue;
      }
      Text.insertAfter(End, " " + Given);
      F.HeadInsertions.push_back(
          {Unit.Sources.getFileOffset(End) +
               static_cast<unsigned>(Text.spelling(End).size()),
           " " + Given});
    }
    if (IsAllocator)
      F.Allocator = "std::allocator_arg, " + Given;
    if (Given.empty() || (IsAllocator && !P->isReferenced()))
      continue;
    if (P->isParameterPack()) {
      Report.report(P->getLocation(), Diag::ParameterPack) << P;
      Failed = true;
      continue;
    }
    if (!P->isReferenced() && !Destroys)
      continue;
    Variable V;
    V.Declared = Given;
    V.Line = line(P->getLocation());
    V.As = Form::Parameter;
    if (Identifiers[V.Declared] == 0 && Taken.insert(V.Declared).second)
      V.Name = V.Declared;
    else
      V.Name = uniqueName(V.Declared);
    V.Bound = "auto& " + V.Name;
    V.Declarator = Types.declarator(T, V.Name);
    V.Escapes = true;
    FrameParameter Parameter;
    Parameter.Name = V.Name;
    if (What.IsFiber && TypeSpelling::isInvented(T)) {
      // Of a lambda. The entry's parameter tells its type; by value, it is a
      // reference to the caller's object.
      const std::string Type = uniqueName(Given + "_type");
      F.ParameterTypes.push_back(
          Piece{"using " + Type + " = decltype(" + Given + ");", V.Line});
      V.Declarator =
          Type + (passingOf(P) == Passing::AsDeclared && !T->isReferenceType() ? " "
                                                                              : " &&") +
          V.Name;
      Parameter.Declarator = V.Declarator;
      Parameter.Argument = "static_cast<decltype(" + Given + ")>(" + Given + ")";
      Parameter.Var = addVariable(std::move(V), Context.DependentTy);
      Lifted[P] = Parameter.Var;
      F.Parameters.push_back(std::move(Parameter));
      continue;
    }
    if (What.IsFiber) {
      const Passing As = passingOf(P);
      if (As == Passing::ByReference)
        V.Declarator = Types.declarator(Context.getLValueReferenceType(T), V.Name);
      else if (As == Passing::ByTrait)
        V.Declarator = "weft::passed<" + Types.type(T) + "> " + V.Name;
      Parameter.Declarator = V.Declarator;
      Parameter.Argument = T->isRValueReferenceType()
                               ? "static_cast<" + Types.type(T) + ">(" + Given + ")"
                               : Given;
      Parameter.Var = addVariable(
          std::move(V), As != Passing::AsDeclared ? Context.getLValueReferenceType(T) : T);
      Lifted[P] = Parameter.Var;
      F.Parameters.push_back(std::move(Parameter));
      continue;
    }
    bool ByMove = !T->isReferenceType() &&
                  (T->isDependentType() || !T->isScalarType());
    Parameter.Declarator =
        ByMove ? Types.declarator(Context.getRValueReferenceType(T), V.Name)
               : V.Declarator;
    std::string Original = Given;
    std::string TypeName = Types.type(T);
    if (TypeSpelling::isInvented(T)) {
      // `auto` has no name; the parameter itself tells its type. With `&&` the
      // alias stays the reference that it is.
      TypeName = uniqueName(Given + "_type");
      F.ParameterTypes.push_back(
          Piece{"using " + TypeName + " = decltype(" + Given + ");", V.Line});
      V.Declarator = TypeName + (T->isReferenceType() ? " &&" : " ") + V.Name;
      Parameter.Declarator = TypeName + " &&" + V.Name;
    }
    if (IsAllocator)
      Parameter.Argument = "decltype(" + Original + ")(" + Original + ")";
    else if (ByMove)
      Parameter.Argument = "std::move(" + Original + ")";
    else if (T->isRValueReferenceType())
      Parameter.Argument =
          "static_cast<" + TypeName + ">(" + Original + ")";
    else
      Parameter.Argument = Original;
    Parameter.InBundle = Destroys;
    V.HasDestructor = Destroys;
    Parameter.Var = addVariable(std::move(V), T);
    Lifted[P] = Parameter.Var;
    F.Parameters.push_back(std::move(Parameter));
    if (T->isReferenceType() && !T->isDependentType()) {
      bool Temporary = T->isRValueReferenceType() ||
                       T->getPointeeType().isConstQualified();
      if (Temporary && !F.Dependent && !Suspends.contains(nullptr))
        Report.report(P->getLocation(), Diag::DanglingParameter) << P;
    }
  }
}

/// Gives local types without a name one, for variables of such a type that
/// leave the function.
void FunctionLowering::nameLocalTypes() {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    const FunctionDecl *Function;
    std::vector<TagDecl *> Found;
    bool VisitTagDecl(TagDecl *D) {
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
    D->setDeclName(&Context.Idents.get(uniqueName("unnamed_type")));
    Unnamed.insert(D);
  }
}

/// Finds the constants that are named by types, by local classes or by lambdas,
/// any of which may have to stand in front of the body; in a template also by
/// expressions whose types are spelled there. Static variables of constant value
/// go with them.
void FunctionLowering::findHoisted() {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    FunctionLowering *L;
    unsigned Needed = 0;
    bool InType = false; ///< What is named here has to be a constant.

    bool shouldVisitImplicitCode() const { return false; }
    bool TraverseTypeLoc(TypeLoc Loc, bool = true) {
      llvm::SaveAndRestore<bool> Constant(InType, true);
      return inside([&] { return RecursiveASTVisitor::TraverseTypeLoc(Loc); });
    }
    bool TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Loc) {
      llvm::SaveAndRestore<bool> Constant(InType, true);
      return inside(
          [&] { return RecursiveASTVisitor::TraverseTemplateArgumentLoc(Loc); });
    }
    bool TraverseLambdaExpr(LambdaExpr *E) {
      llvm::SaveAndRestore<bool> Constant(InType, false);
      return inside([&] { return RecursiveASTVisitor::TraverseLambdaExpr(E); });
    }
    bool TraverseCXXRecordDecl(CXXRecordDecl *D) {
      return inside([&] { return RecursiveASTVisitor::TraverseCXXRecordDecl(D); });
    }
    bool TraverseEnumDecl(EnumDecl *D) {
      return inside([&] { return RecursiveASTVisitor::TraverseEnumDecl(D); });
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) {
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
        const_cast<VarDecl *>(D)->setDeclName(&L->Context.Idents.get(Name));
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

/// The variables around a lambda that it names and does not list as captured.
static std::vector<const VarDecl *> implicitCaptures(const LambdaExpr *Lambda) {
  class Find : public RecursiveASTVisitor<Find> {
  public:
    const LambdaExpr *Lambda;
    llvm::SetVector<const VarDecl *> Found;
    bool VisitDeclRefExpr(DeclRefExpr *E) {
      const auto *D = dyn_cast<VarDecl>(E->getDecl());
      const DeclContext *Own = Lambda->getCallOperator();
      if (D && D->hasLocalStorage() && !Own->Equals(D->getDeclContext()) &&
          !Own->Encloses(D->getDeclContext()))
        Found.insert(D);
      return true;
    }
  } Names;
  Names.Lambda = Lambda;
  Names.TraverseStmt(Lambda->getBody());
  for (const LambdaCapture &C : Lambda->captures())
    if (C.capturesVariable())
      if (const auto *D = dyn_cast<VarDecl>(C.getCapturedVar()))
        Names.Found.remove(D);
  return {Names.Found.begin(), Names.Found.end()};
}

/// A parameter of the frame for a member of the closure.
void FunctionLowering::nameCaptured(const ValueDecl *Captured, bool IsCopy,
                                    SourceLocation Where) {
  const auto *D = dyn_cast<VarDecl>(Captured);
  if (!D) {
    Report.report(Where, Diag::LambdaCapturesBinding);
    Failed = true;
    return;
  }
  // The closure outlives its activations, as in C++20: refer to its members.
  Variable V;
  V.Declared = D->getName().str();
  V.Name = V.Declared;
  Taken.insert(V.Name);
  V.As = Form::Parameter;
  V.Extra = "captured";
  V.Bound = "auto& " + V.Name;
  QualType T = D->getType().getNonReferenceType();
  if (IsCopy &&
      !(cast<CXXMethodDecl>(What.Function)->isConst() == false))
    T = T.withConst();
  if (D->isInitCapture() && D->getType()->isReferenceType())
    T = D->getType().getNonReferenceType();
  T = Context.getLValueReferenceType(T);
  V.Declarator = Types.declarator(T, V.Name);
  V.Line = line(Where);
  if (!TypeSpelling::isNameable(T) || T->getContainedAutoType() ||
      TypeSpelling::isInvented(T)) {
    std::string TypeName = uniqueName(V.Name + "_type");
    bool IsConst = T.getNonReferenceType().isConstQualified();
    F.ParameterTypes.push_back(
        Piece{"using " + TypeName + " = " + (IsConst ? "const " : "") +
                  "std::remove_reference_t<decltype(" + V.Declared + ")>;",
              V.Line});
    V.Declarator = TypeName + " &" + V.Name;
  }
  VarId Id = addVariable(V, T);
  Lifted[D] = Id;
  F.Parameters.push_back({V.Declarator, V.Declared, V.Name, false, Id});
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
    for (const LambdaCapture &C : What.Lambda->captures()) {
      if (C.capturesThis()) {
        // The enclosing member function's object, or the closure's copy.
        const DeclContext *Around = What.Lambda->getLambdaClass()->getDeclContext();
        const CXXMethodDecl *Method = nullptr;
        for (; Around && !Method; Around = Around->getParent())
          if (const auto *M = dyn_cast<CXXMethodDecl>(Around);
              M && !M->getParent()->isLambda())
            Method = M;
        if (!Method || HasSelf) {
          Report.report(C.getLocation(), Diag::LambdaCapturesThis);
          Failed = true;
          continue;
        }
        QualType T = Method->getFunctionObjectParameterType();
        if (C.getCaptureKind() == LCK_StarThis &&
            cast<CXXMethodDecl>(Function)->isConst())
          T = T.withConst();
        T = Context.getLValueReferenceType(T);
        HasSelf = true;
        Variable V;
        V.Name = Self = uniqueName("self");
        V.As = Form::Parameter;
        V.Extra = "captured";
        V.Bound = "auto& " + V.Name;
        V.Declarator = Types.declarator(T, V.Name);
        V.Line = line(C.getLocation());
        SelfVar = addVariable(V, T);
        // In a body that has moved, `this` has a name.
        const auto *Outer = dyn_cast<FunctionDecl>(
            What.Lambda->getLambdaClass()->getDeclContext());
        std::string Object = "*this";
        if (Outer && Suspends.colours().isMoved(Outer)) {
          const auto Known = Text.identifiers(Outer->getSourceRange());
          Object = "self";
          for (unsigned N = 2; Known.count(Object); ++N)
            Object = "self_" + std::to_string(N);
        }
        F.Parameters.push_back({V.Declarator, Object, V.Name, false, SelfVar});
        continue;
      }
      if (C.capturesVariable())
        nameCaptured(C.getCapturedVar(), C.getCaptureKind() == LCK_ByCopy,
                     C.getLocation());
    }
  // In a template Clang leaves implicit captures to the instantiation.
  if (What.Lambda && What.Dependent && What.Lambda->getCaptureDefault() != LCD_None)
    for (const VarDecl *D : implicitCaptures(What.Lambda))
      nameCaptured(D, What.Lambda->getCaptureDefault() == LCD_ByCopy,
                   What.Lambda->getCaptureDefaultLoc());
  F.NamesItself = !What.Lambda && Function->getIdentifier() &&
                  Text.identifiers(Body->getSourceRange())
                          .count(Function->getName().str()) > 0;
  nameParameters();
  nameLocalTypes();
  findHoisted();
  findLifted(Body);
  for (auto &[D, Id] : Lifted) {
    F.Variables[Id].Escapes |= Uses.Escaping.count(D) > 0;
    F.Variables[Id].Captured |= Uses.Captured.count(D) > 0;
  }
  if (HasSelf)
    F.Variables[SelfVar].Captured = true;
}
