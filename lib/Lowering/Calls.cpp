//===- Calls.cpp - Calls of fiber functions, and waits -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call of a fiber function calls its entry instead, and returns when the
// callee has paused; the result is constructed where it is wanted:
//
//   std::string reply = fetch(c, "key");    ::new (argument) std::string("key");
//                                           if (weft_call(1, fetch_fiber(reply, c, argument))) { return weft_end.paused(); }
//                                         suspended_1:
//                                           weft_resumed();
//
// What the arguments leave behind lives across the pause ([class.temporary]/4);
// so do parameters that are objects with a destructor, which the caller
// constructs and destroys at the end of the full-expression, as compilers for
// the Itanium ABI do ([expr.call]/4).
//
//===----------------------------------------------------------------------===//

#include "Lowering/EntryName.h"
#include "Lowering/FiberCall.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

const Expr *weft::resultOf(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (const auto *List = dyn_cast<ParenListExpr>(E); List && List->getNumExprs() == 1)
      E = List->getExpr(0); // `T x(f());` in a template.
    else if (const auto *Cast = dyn_cast<CastExpr>(E);
             Cast && Cast->getCastKind() == CK_NoOp &&
             (isa<ImplicitCastExpr>(Cast) || // or of a prvalue to its own type
              (Cast->isPRValue() && Cast->getType()->isRecordType())))
      E = Cast->getSubExpr();
    else
      return E;
  }
}

bool FunctionLowering::isFiberCall(const Expr *E) const {
  auto S = Suspends.at(resultOf(E));
  return S && S->What == SuspensionPoint::Kind::Call;
}

bool FunctionLowering::isWait(const Expr *E) const {
  auto S = Suspends.at(resultOf(E));
  return S && S->What == SuspensionPoint::Kind::Wait;
}

bool FunctionLowering::isDirectCall(const Expr *Init, QualType T,
                                    InstantiatedType *InInstance) const {
  if (!Init || !isFiberCall(Init) || !resultOf(Init)->isPRValue())
    return false;
  const auto *Call = Suspends.at(resultOf(Init))->Inner;
  if (!Call->isTypeDependent())
    return Context.hasSameUnqualifiedType(Call->getType(), T);
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    if (Context.hasSameUnqualifiedType(Callee->getReturnType(), T))
      return true;
  const bool IsAuto = T->getAs<AutoType>() != nullptr;
  if (!IsAuto && T->isDependentType() && !InInstance)
    return false;
  return llvm::all_of(
      Suspends.colours().instancesOf(Call), [&](const CallExpr *Each) {
        if (!Each->isPRValue() || Each->getType()->isVoidType())
          return false;
        const QualType Wanted = T->isDependentType() && InInstance
                                    ? (*InInstance)(Suspends.colours().instances().callerOf(Each))
                                    : T;
        return IsAuto || (!Wanted.isNull() &&
                          Context.hasSameUnqualifiedType(Each->getType(), Wanted));
      });
}

bool FunctionLowering::isDirectCall(const VarDecl *D) const {
  InstantiatedType InInstance = [&](const FunctionDecl *Function) {
    return Suspends.colours().instances().typeOf(D, Function);
  };
  return isDirectCall(D->getInit(), D->getType(), &InInstance);
}

bool FunctionLowering::isDirectCall(const ReturnStmt *S) const {
  const Expr *Value = S->getRetValue();
  if (isDirectCall(Value, What.Type.Returns))
    return true;
  if (!isFiberCall(Value) || !What.Type.Returns->isDependentType())
    return false;
  // Whatever the type is, when both have the same.
  const Instances &Seen = Suspends.colours().instances();
  return llvm::all_of(
      Seen.of(Suspends.at(resultOf(Value))->Inner), [&](const CallExpr *Each) {
        const FunctionDecl *Caller = Seen.callerOf(Each);
        return Caller && Context.hasSameUnqualifiedType(Each->getCallReturnType(Context),
                                                        Caller->getReturnType());
      });
}

/// How many of the arguments of a template of the standard library are what it holds
/// behind a pointer, and can be anything; nothing: it is no such template.
static std::optional<unsigned> heldBehindPointer(llvm::StringRef Name) {
  if (Name == "map" || Name == "multimap" || Name == "unordered_map" ||
      Name == "unordered_multimap")
    return 2;
  if (llvm::is_contained({"basic_string", "vector", "unique_ptr", "shared_ptr", "weak_ptr",
                          "set", "multiset", "unordered_set", "unordered_multiset", "list",
                          "forward_list", "deque", "future", "shared_future", "promise"},
                         Name))
    return 1;
  return std::nullopt;
}

bool FunctionLowering::isMovedUnseen(QualType T) const {
  if (T.isTriviallyCopyableType(Context))
    return true;
  const CXXRecordDecl *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  const auto *Made = dyn_cast<ClassTemplateSpecializationDecl>(Record);
  if (Record->isInStdNamespace() && Made) {
    // What it holds itself, pairs and the like, is moved with it; so are comparators,
    // deleters and the like of the others.
    const bool IsAllHeld = llvm::is_contained({"pair", "tuple", "optional", "variant", "array"},
                                              Record->getName());
    const auto Held = IsAllHeld ? std::optional<unsigned>(0) : heldBehindPointer(Record->getName());
    auto isUnseen = [&](const TemplateArgument &Part) {
      return Part.getKind() != TemplateArgument::Type ||
             (IsAllHeld ? isMovedUnseen(Part.getAsType()) : isStateless(Part.getAsType()));
    };
    return Held && llvm::all_of(Made->getTemplateArgs().asArray().drop_front(*Held),
                                [&](const TemplateArgument &Part) {
                                  return Part.getKind() == TemplateArgument::Pack
                                             ? llvm::all_of(Part.pack_elements(), isUnseen)
                                             : isUnseen(Part);
                                });
  }
  if (Record->isInStdNamespace())
    return llvm::is_contained({"thread", "path", "locale"}, Record->getName());
  const std::string Name = T.getCanonicalType().getAsString();
  return Name == "std::__exception_ptr::exception_ptr" ||
         Name == "std::filesystem::__cxx11::path" || movesMembersOnly(Record);
}

/// Whether the compiler writes what moves a \p Record, and what ends the one that was
/// moved from, for members of which nobody can tell.
bool FunctionLowering::movesMembersOnly(const CXXRecordDecl *Record) const {
  const auto isWritten = [](const CXXConstructorDecl *C) {
    return C->isMoveConstructor() && (C->isUserProvided() || C->isDeleted());
  };
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  return !Record->isUnion() && Record->hasMoveConstructor() &&
         !(Destructor && Destructor->isUserProvided()) &&
         llvm::none_of(Record->ctors(), isWritten) &&
         llvm::all_of(Record->bases(),
                      [&](const CXXBaseSpecifier &B) { return isMovedUnseen(B.getType()); }) &&
         llvm::all_of(Record->fields(), [&](const FieldDecl *Field) {
           return isMovedUnseen(Context.getBaseElementType(Field->getType()));
         });
}

/// Whether moving a part of a container is nothing that the program sees.
bool FunctionLowering::isStateless(QualType Part) const {
  const auto *Record = Part->getAsCXXRecordDecl();
  return Part.isTriviallyCopyableType(Context) ||
         (Record && Record->isInStdNamespace() && Record->getIdentifier() &&
          (Record->getName() == "allocator" ||
           Record->getName() == "polymorphic_allocator"));
}

bool FunctionLowering::isPassedByReference(const ParmVarDecl *P) const {
  switch (passingOf(P)) {
  case Passing::AsDeclared:
    return false;
  case Passing::ByReference:
    return true;
  case Passing::ByTrait: // An object is right in both cases.
    return P->getType()->isDependentType() ||
           !P->getType().isTriviallyCopyableType(Context);
  }
  llvm_unreachable("all are listed");
}

/// The object that a parameter by value is.
std::string FunctionLowering::keepArgument(const Expr *Arg, QualType T,
                                           std::vector<VarId> &Uses, Nodes &Out) {
  T = T.getUnqualifiedType();
  const unsigned Line = line(Arg->getBeginLoc());
  VarId Id = hidden("argument", T, "a parameter of the callee's", Line);
  asObject(F.Variables[Id]);
  F.Variables[Id].Escapes = true;
  F.Variables[Id].Bound = "auto& " + F.Variables[Id].Name;
  if (isDirectCall(Arg, T)) {
    ResultTarget = Id;
    split(Arg, Out);
    beginLife(Id, Line, Out);
  } else if (isGivenInPlace(Arg, T)) {
    give({ValuePlace::Kind::Variable, Id, T}, Arg, Out);
    beginLife(Id, Line, Out);
  } else {
    split(Arg, Out);
    Node N;
    N.What = Node::Kind::Construct;
    N.Vars = N.Defines = {Id};
    N.Uses = edit(Arg);
    if (isNameable(T))
      N.Text = Piece{"[&]() -> " + F.Variables[Id].Type + " { return " +
                         Text.text(Arg->getSourceRange()) + "; }",
                     Line};
    else if (Suspends.contains(Arg))
      reject(Arg, Diag::UnnameableTemporary);
    else
      N.Text = Piece{makeFactory(F.Variables[Id], Arg), Line};
    keepAlive(Id);
    Out.push_back(std::move(N));
  }
  Uses.push_back(Id);
  return F.Variables[Id].Name;
}

bool FunctionLowering::keepAlive(VarId Id) {
  Variable &V = F.Variables[Id];
  if (!V.HasDestructor)
    return false;
  V.Outer = Alive;
  Alive = V.Alive = ++LastAlive;
  return true;
}

void FunctionLowering::beginLife(VarId Id, unsigned Line, Nodes &Out) {
  if (!keepAlive(Id))
    return;
  Node Begin;
  Begin.What = Node::Kind::Begin;
  Begin.Vars = {Id};
  Begin.Text.Line = Line;
  Out.push_back(std::move(Begin));
}

PointId FunctionLowering::addPoint(SuspensionPoint::Kind What, SourceLocation Where) {
  SuspensionPoint Point;
  Point.What = What;
  Point.Line = line(Where);
  Point.Column = Unit.Sources.getExpansionColumnNumber(Where);
  Point.Scope = Scope;
  F.Points.push_back(Point);
  return F.Points.size();
}

/// Whether one operand is evaluated before the other ([over.match.oper]/2).
static bool isOrdered(OverloadedOperatorKind Op) {
  switch (Op) {
  case OO_LessLess:
  case OO_GreaterGreater:
  case OO_Subscript:
  case OO_Comma:
  case OO_AmpAmp:
  case OO_PipePipe:
  case OO_ArrowStar:
    return true;
  default:
    return CXXOperatorCallExpr::isAssignmentOp(Op);
  }
}

/// Evaluates the operands, in an order that the source allows, as far as the
/// entry's call would not do so itself. Returns the arguments, each after a
/// comma; nothing when one was rejected.
std::optional<std::string> FunctionLowering::operands(FiberCall &C, Nodes &Out) {
  llvm::SmallVector<FiberCall::Operand> List;
  if (C.Object)
    List.push_back({C.Object, nullptr});
  for (unsigned I = 0; I < C.Args.size(); ++I)
    List.push_back({C.Args[I], isa<PackExpansionExpr>(C.Args[I])
                                   ? nullptr
                                   : C.Callee->getParamDecl(I)});
  const bool RightFirst = C.Operator && CXXOperatorCallExpr::isAssignmentOp(C.Operator);
  if (RightFirst)
    std::reverse(List.begin(), List.end());
  // In the entry's call, only its object comes before the arguments.
  const bool IsOrdered =
      C.Operator && isOrdered(C.Operator) && (RightFirst || !C.IsMember);

  llvm::SmallVector<const Expr *> Operands;
  for (const FiberCall::Operand &Each : List)
    if (Each.P)
      Operands.push_back(Each.E);

  const auto HasEntry = [&](const FunctionDecl *Other) { return Suspends.colours().isFiber(Other); };
  // An object among the default arguments lives as long as the call. The entry of a
  // generic lambda takes what it is given, and knows of none.
  const bool IsGeneric = C.IsClosure && C.Callee->isTemplateInstantiation();
  const bool SpellsDefaults = llvm::any_of(List, [&](const FiberCall::Operand &Each) {
    return isa<CXXDefaultArgExpr>(Each.E) &&
           (IsGeneric || Each.P->getType()->isReferenceType() ||
            passingOf(Each.P) != Passing::AsDeclared);
  });
  if (SpellsDefaults)
    C.HasDefaults = false;
  for (size_t I = 0; I < List.size(); ++I) {
    FiberCall::Operand &Each = List[I];
    auto Later = llvm::ArrayRef(List).drop_front(I + 1);
    const bool Pauses = llvm::any_of(Later, [&](const FiberCall::Operand &Next) {
      return Suspends.contains(Next.E);
    });
    const bool IsFirst =
        (IsOrdered && llvm::any_of(Later,
                                   [&](const FiberCall::Operand &Next) {
                                     return !isStable(Next.E);
                                   })) ||
        (!Each.P && Pauses && !isa<CXXThisExpr>(Each.E->IgnoreParenImpCasts())) ||
        (Each.P && isTornApart(Each.E, Operands));
    if (isa<PackExpansionExpr>(Each.E)) {
      Each.Text = packText(Each.E, C.Uses);
      continue;
    }
    if (isa<CXXDefaultArgExpr>(Each.E)) {
      if (!SpellsDefaults)
        continue; // The entry has it too.
      auto Value = keepDefault(cast<CXXDefaultArgExpr>(Each.E), Each.P, C.Uses, Out);
      if (!Value)
        return std::nullopt;
      Each.Text = *Value;
      continue;
    }
    if ((C.Operator == OO_PlusPlus || C.Operator == OO_MinusMinus) &&
        C.Call->getNumArgs() == 2 && I + 1 == List.size()) {
      Each.Text = "0"; // What tells `x++` from `++x`.
      continue;
    }
    const QualType Converted = Each.P && C.isDependent() && !C.isResolved()
                                   ? convertedTo(C.S, Each.P->getFunctionScopeIndex())
                                   : QualType();
    if (Each.P && isPassedByReference(Each.P)) {
      Each.Text = C.isResolved() || !C.isDependent()
                      ? keepArgument(Each.E, Each.P->getType(), C.Uses, Out)
                  : !Converted.isNull() ? keepArgument(Each.E, Converted, C.Uses, Out)
                                        : keepDependentArgument(Each.E, C.Uses, Out);
      takeAhead(Each.E);
      if (!C.isDependent() && Suspends.colours().overloads().mayTakeObject(
                                  C.Call, C.indexOf(Each.P), HasEntry))
        rejectOnce(Each.E, Diag::OverloadedArgument);
      continue;
    }
    if (Each.P && !Converted.isNull() && Each.P->getType()->isReferenceType()) {
      const std::string Name = keepConverted(Each.E, Converted, C.Uses, Out);
      Each.Text = Each.P->getType()->isRValueReferenceType() ? "std::move(" + Name + ")" : Name;
      continue;
    }
    if (Each.P && C.isDependent() && Each.P->getType()->isReferenceType()) {
      Each.Text = keepOperand(Each.E, C.Uses, Out);
      continue;
    }
    if (IsFirst && !Each.P)
      snapshotObject(Each.E, isArrow(C.Named), Out);
    else if (IsFirst)
      snapshot(Each.E, Out);
    else
      split(Each.E, Out);
    if (!Each.P)
      continue; // Part of the function's name.
    settleArgument(C.Call, C.indexOf(Each.P), Each.E, Each.P->getType(), C.isDependent(),
                   HasEntry);
    for (VarId Id : edit(Each.E))
      C.Uses.push_back(Id);
    Each.Text = Text.text(Each.E->getSourceRange());
  }

  if (RightFirst)
    std::reverse(List.begin(), List.end());
  std::string Arguments;
  for (const FiberCall::Operand &Each : List)
    if (!Each.Text.empty())
      Arguments += ", " + Each.Text;
  return Arguments;
}

/// The function's own name in what stands in front of the parentheses; invalid
/// when that is no name.
static SourceRange nameRange(const Expr *Named) {
  if (const auto *Member = dyn_cast<MemberExpr>(Named))
    return Member->getMemberNameInfo().getSourceRange();
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Named))
    return Member->getMemberNameInfo().getSourceRange();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Named))
    return Ref->getNameInfo().getSourceRange();
  if (const auto *Ref = dyn_cast<DependentScopeDeclRefExpr>(Named))
    return Ref->getNameInfo().getSourceRange();
  if (const auto *Overloaded = dyn_cast<OverloadExpr>(Named))
    return Overloaded->getNameInfo().getSourceRange();
  return {};
}

/// The entry's name, behind the object that it is called on.
std::string FunctionLowering::entryOf(FiberCall &C) {
  if (C.isByObject() || !C.Operator)
    for (VarId Id : edit(C.isByObject() ? C.Object : C.Named))
      C.Uses.push_back(Id);
  if (!C.isByObject()) {
    if (C.Operator)
      return entryName(C.Callee);
    Text.replace(nameRange(C.Named), entryName(C.Callee));
    return Text.text(C.Named->getSourceRange());
  }
  const std::string Name = C.IsClosure ? "weft_begin" : entryName(C.Callee);
  const Expr *Bare = C.Object->IgnoreImplicit();
  if (Bare->isImplicitCXXThis())
    return Self + "." + Name;
  const bool IsPrimary =
      isa<DeclRefExpr, MemberExpr, CallExpr, ParenExpr, CXXFunctionalCastExpr,
          CXXTemporaryObjectExpr, LambdaExpr, MaterializeTemporaryExpr>(Bare) &&
      !isa<CXXOperatorCallExpr>(Bare);
  const bool IsArrow =
      isa<MemberExpr>(C.Named) && cast<MemberExpr>(C.Named)->isArrow();
  const std::string Object = Text.text(C.Object->getSourceRange());
  return (IsPrimary ? Object : "(" + Object + ")") + (IsArrow ? "->" : ".") + Name;
}

/// A result may be of a type that only the call can tell: a private one, say.
void FunctionLowering::nameResult(const FiberCall &C, VarId Id) {
  const QualType R = C.Callee->getReturnType();
  if (isNameable(R.getNonReferenceType()))
    return;
  if (!TypeSpelling::isNameable(R.getNonReferenceType()))
    return reject(C.Call, Diag::UnnameableTemporary);
  Variable &V = F.Variables[Id];
  const std::string Made = "decltype(" + C.TypeOnlyText + ")";
  V.Type = nameType(V.Name, R->isReferenceType()
                                ? "std::add_pointer_t<" + Made + ">"
                                : Made);
  if (V.As == Form::Scalar)
    V.Declarator = V.Type + " " + V.Name;
}

/// Where the callee constructs its result, and how that reads afterwards.
FunctionLowering::ResultPlace FunctionLowering::placeResult(const FiberCall &C,
                                                            std::optional<VarId> Target,
                                                            bool Returned, bool Kept) {
  const unsigned Line = line(C.Call->getBeginLoc());
  if (C.isDependent())
    return placeDependentResult(C, Target, Returned, Kept);
  const QualType R = C.Callee->getReturnType();
  if (Returned)
    return {member("weft_result"), "void()", std::nullopt};
  if (R->isVoidType())
    return {"{}", "void()", std::nullopt};
  if (R->isReferenceType()) {
    VarId Id = hidden("result", Context.getPointerType(R.getNonReferenceType()),
                      "a result", Line);
    nameResult(C, Id);
    const std::string &Name = F.Variables[Id].Name;
    return {Name,
            R->isLValueReferenceType() ? "(*" + Name + ")"
                                       : "static_cast<" + spelled(R) + ">(*" + Name + ")",
            Id};
  }
  const VarId Id = Target ? *Target : hidden("result", R, "a result", Line);
  if (!Target)
    nameResult(C, Id);
  const Variable &V = F.Variables[Id];
  if (!Target && !Kept && !isMovedUnseen(R)) {
    Report.report(C.S.Call->getBeginLoc(), Diag::ResultMoved)
        << R << C.S.Call->getSourceRange();
    Failed = true;
  }
  if (V.As == Form::Scalar)
    standsFor(Id, C.S.Call);
  const std::string Words = V.As == Form::Scalar ? "" : qualifiersOf(R);
  return {V.As == Form::Scalar && V.IsConst ? V.Stored : V.Name,
          V.As == Form::Scalar && !Kept
              ? V.Name
              : "static_cast<" + Words + V.Type + "&&>(" + V.Name + ")",
          Id};
}

/// A callee's frame as part of the caller's, in a scope of its own: such frames
/// are never there together.
VarId FunctionLowering::holdFrame(const FiberCall &C, const HeldFrame &Frame) {
  const unsigned Line = line(C.Call->getBeginLoc());
  Scope = newScope(Line);
  Variable V;
  const std::string Entry = entryName(C.Callee);
  llvm::StringRef Word = Entry;
  Word.consume_back("_fiber");
  V.Name = uniqueName((Word + "_call").str());
  V.As = Form::Object;
  V.Type = Frame.Name;
  V.Bound = "auto& " + V.Name;
  V.Extra = "a callee's frame";
  V.Line = Line;
  V.Scope = Scope;
  V.Mentioned = V.Escapes = true;
  V.Size = Frame.Size;
  V.Align = Frame.Align;
  V.Stored = uniqueName(V.Name + "_slot");
  F.Variables.push_back(V);
  return F.Variables.size() - 1;
}

void FunctionLowering::callFiber(const Suspension &S, Nodes &Out) {
  LoweredCalls.insert(S.Inner);
  std::optional<VarId> Target = std::exchange(ResultTarget, std::nullopt);
  const bool Returned = std::exchange(ResultIsReturned, false);
  const bool Kept = std::exchange(ResultIsKept, false);
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, true);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries, true);

  if (!checkInstances(S))
    return;
  FiberCall C(S);
  // As long as it has the names of the source.
  if (F.Dependent || !isNameable(C.Callee->getReturnType().getNonReferenceType()))
    C.TypeOnlyText = typeOnlyText(C.Call);
  const unsigned Line = line(C.Call->getBeginLoc());
  const bool IsObject = isObjectCall(S);
  if (!IsObject && !C.isByObject() && !C.Operator && nameRange(C.Named).isInvalid()) {
    reject(C.Call, Diag::FiberArgument, "this way to name the function");
    return;
  }
  checkHidden(C.Call);
  checkHidden(C.Named);
  std::optional<std::string> Arguments = "";
  std::string Begin;
  if (IsObject) {
    Begin = beginObjectCall(C, Out);
  } else {
    Arguments = operands(C, Out);
    if (!Arguments)
      return;
    Begin = entryOf(C);
  }
  const ResultPlace Result = placeResult(C, Target, Returned, Kept);
  if (Result.Id) {
    F.Variables[*Result.Id].Escapes = true;
    F.Variables[*Result.Id].Mentioned = true;
    C.Uses.push_back(*Result.Id);
    Node Begins; // Of its storage's use.
    Begins.Defines = {*Result.Id};
    Begins.Text.Line = Line;
    Out.push_back(std::move(Begins));
  }

  const std::string Given = "(" + Result.Into + *Arguments + ")";
  std::string Started = Begin + Given;
  llvm::SaveAndRestore<ScopeId> InScope(Scope);
  auto Frame = C.HasDefaults || !isSameInAll(S)
                   ? Frames.end()
                   : Frames.find(C.Callee->getCanonicalDecl());
  if (Frame != Frames.end()) {
    const VarId Id = holdFrame(C, Frame->second);
    Node Make;
    Make.What = Node::Kind::Construct;
    Make.Vars = Make.Defines = {Id};
    Make.Uses = C.Uses;
    Make.Text = Piece{Given, Line};
    Out.push_back(std::move(Make));
    Started = "weft::start(" + F.Variables[Id].Name + ")";
    C.Uses.push_back(Id);
  }
  Node N;
  N.What = Node::Kind::Suspend;
  N.Point = addPoint(S.What, S.Call->getBeginLoc());
  N.Text = Piece{std::move(Started), Line};
  N.Uses = C.Uses;
  for (VarId Id : C.Uses)
    Retained.push_back({S.Call->getSourceRange(), Id});
  Out.push_back(std::move(N));
  if (Pending)
    --Pending;
  if (Result.Id && !Target)
    beginLife(*Result.Id, Line, Out);
  if (!C.TypeOnlyText.empty())
    TypeOnlyValues[S.Call] = TypeOnlyValues[S.Inner] = C.TypeOnlyText;
  Text.substitute(S.Call->getSourceRange(), Result.Value);
}
