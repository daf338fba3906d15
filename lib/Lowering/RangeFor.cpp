//===- RangeFor.cpp - Range-based for whose body suspends ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Becomes what [stmt.ranged]/1 says it is, with `range`, `begin` and `end` in
// the frame:
//
//   for (const auto& s : list()) { ... }
//
//   ::new (range_slot.storage()) std::vector<std::string>(list());
//   ::new (begin_slot.storage()) ...(range.begin());
//   ::new (end_slot.storage()) ...(range.end());
//   for (; begin != end; ++begin) { s = std::addressof(*begin); ... }
//
// Where the compiler does as C++23 says, the temporaries of the range live as long as
// the loop, in the frame.
//
//===----------------------------------------------------------------------===//

#include "Analysis/Objects.h"
#include "Lowering/FunctionLowering.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace weft;

/// For unwindTo(): nothing ends.
static constexpr unsigned KeepAll = ~0u;

bool FunctionLowering::extendsRangeTemporaries() const {
  return Unit.featureMacro("__cpp_range_based_for") >= 202211;
}

void FunctionLowering::lowerRangeFor(const CXXForRangeStmt *S, Nodes &Out) {
  unsigned Line = line(S->getForLoc());
  llvm::SaveAndRestore<ScopeId> InScope(Scope, newScope(Line));
  unsigned Level = Alive;
  Nodes Own;
  if (S->getInit())
    lower(S->getInit(), Own);
  const Expr *Init = S->getRangeInit();

  const Instances::RangeKind Kind = Suspends.colours().instances().of(S);
  const bool Steps = Suspends.contains(S->getInc()) || Kind.StepWaits;
  if (Kind.Differs) {
    Report.report(Init->getBeginLoc(), Diag::InstantiationsDiffer)
        << "a range that waits" << Init->getSourceRange();
    Failed = true;
    return;
  }
  if (Suspends.contains(S->getEndStmt()) || Suspends.contains(S->getCond()) ||
      (S->getLoopVariable()->getInit() && Suspends.contains(S->getLoopVarStmt())))
    return reject(Init, Diag::UnsupportedSuspension,
                  "the end, the comparison or the value of a range");
  std::optional<LoweredRange> Range =
      S->getBeginStmt() ? lowerRange(S, Own) : lowerDependentRange(S, Own);
  if (!Range)
    return;
  const VarId Begin = lowerIterator(S, *Range, "begin", Own);
  const VarId End = lowerIterator(S, *Range, "end", Own);
  // What an iterator refers to may be inside the range object.
  std::vector<VarId> All = {Range->Id, Begin, End};

  Node N;
  N.What = Node::Kind::Loop;
  std::string BeginName = F.Variables[Begin].Name;
  N.Text = Piece{"for (; " + BeginName + " != " + F.Variables[End].Name + ";" +
                     (Steps ? "" : " ++" + BeginName) + ")",
                 Line};
  N.Uses = All;
  unsigned Body = Alive;
  bool Used = false;
  const std::string Label = Steps ? uniqueName("continue_1") : "";
  Nodes Inside;
  Breaks.push_back({Body, "", nullptr});
  Continues.push_back({Body, Label, &Used});
  {
    Nodes &Here = Steps ? Inside : N.Body;
    llvm::SaveAndRestore<ScopeId> InBody(Scope, newScope(line(S->getBody()->getBeginLoc())));
    const VarDecl *D = S->getLoopVariable();
    checkpointOf(S, Here);
    const size_t First = Here.size();
    if (isLifted(D)) {
      GivenInit = "*" + BeginName;
      GivenType = "*std::declval<" + F.Variables[Begin].Type + "&>()";
      lowerVariable(D, true, Here);
      GivenInit.reset();
      // The value is read through the iterator just now.
      if (Here.size() > First)
        Here[First].Uses = All;
    }
    lowerInBlock(S->getBody(), Here);
    unwindTo(Body, Here, line(S->getEndLoc()));
  }
  Breaks.pop_back();
  Continues.pop_back();
  if (Steps) {
    N.Body.push_back(block(std::move(Inside), Line));
    if (Used)
      continueHere(Label, Line, N.Body);
    step(S, Begin, All, N.Body);
  }
  Own.push_back(std::move(N));
  unwindTo(Level, Own, line(S->getEndLoc()));
  llvm::move(Own, std::back_inserter(Out));
}

/// `++begin`, which waits.
void FunctionLowering::step(const CXXForRangeStmt *S, VarId Begin,
                            std::vector<VarId> Uses, Nodes &Out) {
  const unsigned Level = Alive, Line = line(S->getForLoc());
  const std::string Step = "++" + F.Variables[Begin].Name;
  VarId Wait;
  if (const Expr *Inc = S->getInc()) {
    auto Found = Suspends.at(Inc->IgnoreImplicit());
    if (!Found || Found->What != SuspensionPoint::Kind::Wait)
      return reject(Inc, Diag::UnsupportedSuspension,
                    "the increment of a range's iterator");
    Wait = await(*Found, awaiterType(*Found), Step, std::move(Uses), Out);
  } else {
    Wait = await(S->getForLoc(), Context.DependentTy,
                 "decltype(++std::declval<" + F.Variables[Begin].Type + "&>())", Step,
                 std::move(Uses), Out);
  }
  Node Take = text(F.Variables[Wait].Name + ".await_resume();", Line);
  Take.Uses = {Wait};
  Out.push_back(std::move(Take));
  unwindTo(Level, Out, Line);
}

std::optional<FunctionLowering::LoweredRange>
FunctionLowering::lowerRange(const CXXForRangeStmt *S, Nodes &Out) {
  const unsigned Line = line(S->getForLoc());
  const unsigned Level = Alive;
  const Expr *Init = S->getRangeInit();
  // A temporary is the range object itself ([stmt.ranged]/1: `auto&&`).
  const Expr *Value = Init;
  while (true) {
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Value))
      Value = Cleanups->getSubExpr();
    else if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Value))
      Value = Temp->getSubExpr();
    else
      break;
  }
  const bool Extends = extendsRangeTemporaries() && holdsRangeTemporaries(Init);
  llvm::SaveAndRestore<bool> Keep(KeepTemporaries, KeepTemporaries || Extends);
  llvm::SaveAndRestore<bool> Trivial(KeepTrivialTemporaries,
                                     KeepTrivialTemporaries || Extends);
  /// Down to which the temporaries end with the range's initialiser.
  auto ends = [&] { return Extends ? Alive : Level; };
  const VarDecl *RangeVar = cast<VarDecl>(S->getRangeStmt()->getSingleDecl());
  const QualType Type = RangeVar->getType().getNonReferenceType();
  std::vector<VarId> Uses;
  LoweredRange Range;
  Range.IsArray = Type->isArrayType();
  Range.Reference = Types.type(Context.getLValueReferenceType(Type));
  auto isObject = [&](VarId Id) {
    Variable &V = F.Variables[Id];
    V.Bound = "auto& " + V.Name;
    Range.Id = Id;
    Range.Object = V.Name;
    Range.Access = V.Name + ".";
  };

  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Value)) {
    if (Extends) {
      Report.report(Init->getBeginLoc(), Diag::RangeTemporaries)
          << "a braced list" << Init->getSourceRange();
      Failed = true;
      return std::nullopt;
    }
    // The backing array lives as long as the range ([dcl.init.list]/6).
    const Expr *Array = List->getSubExpr();
    if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Array))
      Array = Temp->getSubExpr();
    isObject(hidden("range", Array->getType(), "the range", Line));
    Range.IsArray = true;
    const std::string Elements = expression(Init, Out, Uses).Text;
    construct(Range.Id, "{" + Elements + "}", std::move(Uses), Level, Line, Out);
    return Range;
  }
  if (Value->isPRValue()) {
    isObject(hidden("range", Type, "the range", Line));
    Variable &V = F.Variables[Range.Id];
    std::string Made;
    if (isDirectCall(Value, Type)) {
      constructByCall(Range.Id, Init, Extends ? KeepAll : Level, Line, Out);
      Range.Reference = V.Type + "&";
      return Range;
    }
    if (isNameable(Type)) {
      keepInPlace(V, Value);
      Made = initialiser(Value, Type,
                         isa<InitListExpr>(Value->IgnoreImplicit())
                             ? VarDecl::ListInit
                             : VarDecl::CInit,
                         V.Type, Out, Uses);
    } else if (!Suspends.contains(Value)) {
      Made = makeFactory(V, Value);
      Uses = edit(Value);
    } else {
      reject(Init, Diag::UnnameableTemporary);
      return std::nullopt;
    }
    Range.Reference = V.Type + "&";
    construct(Range.Id, std::move(Made), std::move(Uses), ends(), Line, Out);
    return Range;
  }

  Range.Id = hidden("range", Context.getPointerType(Type), "the range", Line);
  Variable &V = F.Variables[Range.Id];
  // A local variable may be the frame of a coroutine, or have a type without
  // a name.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Init->IgnoreParens()))
    if (auto It = Lifted.find(Ref->getDecl()); It != Lifted.end())
      if (const Variable &Walked = F.Variables[It->second];
          Walked.As == Form::Object && !Type->isDependentType() &&
          (!Walked.Size || !isNameable(Type))) {
        Range.Reference = Walked.Type + "&";
        V.Declarator = "std::add_pointer_t<" + Walked.Type + "> " + V.Name;
      }
  Node N;
  std::string Operand = expression(Init, Out, N.Uses).Text;
  N.Text = Piece{V.Name + " = " +
                     (Init->isLValue() ? "std::addressof(" : "weft::address_of(") +
                     Operand + ");",
                 Line};
  N.Defines = {Range.Id};
  Out.push_back(std::move(N));
  unwindTo(ends(), Out, Line);
  Range.Object = "*" + V.Name;
  Range.Access = V.Name + "->";
  return Range;
}

std::optional<FunctionLowering::LoweredRange>
FunctionLowering::lowerDependentRange(const CXXForRangeStmt *S, Nodes &Out) {
  const unsigned Line = line(S->getForLoc());
  const unsigned Level = Alive;
  const Expr *Init = S->getRangeInit();
  if (isa<InitListExpr>(Init->IgnoreImplicit())) {
    reject(S, Diag::DependentRange);
    return std::nullopt;
  }
  if (extendsRangeTemporaries() &&
      Suspends.colours().instances().of(S).HoldsTemporaries) {
    Report.report(Init->getBeginLoc(), Diag::RangeTemporaries)
        << "a range of dependent type" << Init->getSourceRange();
    Failed = true;
    return std::nullopt;
  }
  const VarId Id = hidden("range", Context.DependentTy, "the range", Line);
  Variable &V = F.Variables[Id];
  const std::string Operand = "decltype((" + typeOnlyText(Init) + "))";
  V.Type = nameType(V.Name, "weft::bound<" + Operand + "&&, " + Operand + ">");
  V.Indirect = true;
  std::vector<VarId> Uses;
  std::string Value = expression(Init, Out, Uses).Text;
  construct(Id, binding(V.Type, Value), std::move(Uses), Level, Line, Out);
  return LoweredRange{Id, "*" + V.Name, V.Name + "->", Operand + "&", false};
}

VarId FunctionLowering::lowerDependentIterator(const CXXForRangeStmt *S,
                                               const LoweredRange &Range,
                                               llvm::StringRef Name, Nodes &Out) {
  const unsigned Line = line(S->getForLoc()), Level = Alive;
  const std::string Call = ("weft::range_" + Name + "(").str();
  std::string Type =
      "decltype(" + Call + "*std::declval<" + F.Variables[Range.Id].Type + "&>()))";
  std::string Value = "(" + Call + Range.Object + "))";
  std::vector<VarId> Uses = {Range.Id};
  if (Name == "begin" && Suspends.colours().instances().of(S).BeginWaits) {
    const VarId Wait = await(S->getForLoc(), Context.DependentTy, Type,
                             Call + Range.Object + ")", Uses, Out);
    const Variable &Waited = F.Variables[Wait];
    Type = "std::decay_t<decltype(std::declval<" + Waited.Type + "&>().await_resume())>";
    Value = "[&] { return " + Waited.Name + ".await_resume(); }";
    Uses.push_back(Wait);
  }
  const VarId Id = hidden(Name, Context.DependentTy, ("the range's " + Name).str(), Line);
  Variable &V = F.Variables[Id];
  V.Type = nameType(V.Name, Type);
  construct(Id, std::move(Value), std::move(Uses), Level, Line, Out);
  return Id;
}

VarId FunctionLowering::lowerIterator(const CXXForRangeStmt *S,
                                      const LoweredRange &Range,
                                      llvm::StringRef Name, Nodes &Out) {
  const unsigned Line = line(S->getForLoc());
  const std::string Why = ("the range's " + Name).str();
  if (!S->getBeginStmt())
    return lowerDependentIterator(S, Range, Name, Out);

  const DeclStmt *Declaration = Name == "begin" ? S->getBeginStmt() : S->getEndStmt();
  const auto *D = cast<VarDecl>(Declaration->getSingleDecl());
  const Expr *Value = D->getInit()->IgnoreImplicit();
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Value))
    Value = Cast->getSubExpr();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
      Construct && Construct->getNumArgs() == 1)
    Value = Construct->getArg(0)->IgnoreImplicit();
  const bool IsMember = isa<CXXMemberCallExpr>(Value);
  std::string Call;
  if (Range.IsArray)
    Call = ("std::" + Name + "(" + Range.Object + ")").str();
  else if (IsMember)
    Call = (Range.Access + Name + "()").str();
  else
    Call = ("weft::" + Name + "_of(" + Range.Object + ")").str();

  const QualType T = TypeSpelling::deduced(D->getType()).getUnqualifiedType();
  const VarId Id = hidden(Name, T, Why, Line);
  Variable &V = F.Variables[Id];
  if (auto S = Suspends.at(Value)) {
    if (S->What != SuspensionPoint::Kind::Wait || V.As == Form::Scalar) {
      reject(Value, Diag::UnsupportedSuspension, "'begin()'");
      return Id;
    }
    const unsigned Level = Alive;
    const VarId Wait = await(*S, awaiterType(*S), Call, {Range.Id}, Out);
    construct(Id, "[&] { return " + F.Variables[Wait].Name + ".await_resume(); }",
              {Wait, Range.Id}, Level, Line, Out);
    return Id;
  }
  if (V.As == Form::Scalar) {
    Node N;
    N.Text = Piece{V.Name + " = " + Call + ";", Line};
    N.Defines = {Id};
    N.Uses = {Range.Id};
    Out.push_back(std::move(N));
    return Id;
  }
  // Of a coroutine in place the iterator has another type than Clang saw; that
  // of a range without a name cannot be spelled either.
  const bool IsOther = !F.Variables[Range.Id].Size || !isNameable(T);
  if (IsOther || IsMember) {
    std::string Type =
        "decltype(" +
        (IsMember ? "std::declval<" + Range.Reference + ">()." + Name.str() + "()"
                  : "weft::" + Name.str() + "_of(std::declval<" + Range.Reference + ">())") +
        ")";
    V.Type = IsOther ? nameType(V.Name, Type) : Type;
  }
  construct(Id, "(" + Call + ")", {Range.Id}, Alive, Line, Out);
  return Id;
}
