//===- FunctionLowering.h - From one function's AST to the explicit form -===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One object lowers one coroutine or fiber function. The work is spread over files by construct:
//
//   Lifting.cpp         which variables are lifted out of their blocks
//   Names.cpp           how each is called in the frame
//   Parameters.cpp      the function's parameters in the frame
//   Captures.cpp        what the frame of a lambda sees of its closure
//   FieldTypes.cpp      types spelled where the frame's fields are declared
//   Statements.cpp      blocks, branches, switches, labels, jumps
//   DiscardedBranches.cpp  types in branches of if constexpr
//   Loops.cpp           while, do and for
//   Returns.cpp         what `return` keeps
//   Handlers.cpp        try blocks and handlers
//   RangeFor.cpp        range-based for
//   Declarations.cpp    variables, references, bindings, local types
//   Initialisers.cpp    how objects in the frame are constructed
//   Expressions.cpp     full-expressions that hold a suspension
//   Arguments.cpp       operands as overload resolution sees them
//   Conditionals.cpp    &&, || and ?:
//   Aggregates.cpp      braced lists whose elements are constructed one by one
//   DefaultArguments.cpp  default arguments that live across a pause
//   Calls.cpp           calls of fiber functions
//   DependentCalls.cpp  calls of which only instantiations know what they call
//   Yields.cpp          what a coroutine yields and delegates to
//   Waits.cpp           waits
//   Delegation.cpp      `yield_from` in async generators
//   Edits.cpp           what changes inside text that is otherwise verbatim
//
// What does not suspend comes out verbatim. What suspends is taken apart along
// the path to the suspension, and only there.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LOWERING_FUNCTIONLOWERING_H
#define WEFT_LOWERING_FUNCTIONLOWERING_H

#include "Analysis/InstantiatedCode.h"
#include "Analysis/Coroutines.h"
#include "Analysis/Suspension.h"
#include "Flow/Flow.h"
#include "Lowering/EntryName.h"
#include "Lowering/TypeSpelling.h"
#include "Support/SourceText.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "clang/AST/StmtCXX.h"
#include <functional>
#include <optional>
#include <set>

namespace weft {

using Nodes = std::vector<Node>;

/// The frame of a fiber function that can be part of its caller's.
struct HeldFrame {
  std::string Name;
  std::optional<uint64_t> Size, Align; ///< Bytes.
};
using HeldFrames = llvm::DenseMap<const clang::FunctionDecl *, HeldFrame>;

class FunctionLowering {
public:
  FunctionLowering(TranslationUnit &Unit, SourceText &Text, Reporter &Report,
                   SuspensionMap &Suspends, const Coroutine &What,
                   std::string TemplateArguments,
                   const llvm::DenseSet<const clang::CallExpr *> &InPlaceCalls,
                   const HeldFrames &Frames);

  /// What the frame depends on besides the function's text: what the other
  /// functions and the instantiations are that this translation unit sees.
  /// Where it differs, so must the frames' names. Empty when there is nothing.
  std::string decisions();
  /// The explicit form; nothing when something was rejected and reported.
  std::optional<Flow> run(std::string FrameName);

private:
  friend class VerbatimEdits;
  struct TypeOnlyNames;
  using Form = Variable::Form;

  // --- Names.cpp ---
  void collectNames();
  void nameLocalTypes();
  void findHoisted();
  std::string uniqueName(llvm::StringRef Wanted);
  bool hasDestructor(clang::QualType T) const;
  VarId addVariable(Variable V, clang::QualType T);
  VarId hidden(llvm::StringRef Name, clang::QualType T, llvm::StringRef Why,
               unsigned Line);
  void asObject(Variable &V);
  /// The type of some expression, spelled as the user does where possible.
  std::string spelled(clang::QualType T) const;
  void measure(Variable &V, clang::QualType T) const;

  // --- Lifting.cpp ---
  void findLifted(const clang::Stmt *S);
  void findLiftedIn(const clang::CompoundStmt *Block);
  void lift(const clang::VarDecl *D);
  bool hasUnknownBound(const clang::VarDecl *D) const;
  /// The type of an array whose bound the initialiser of a template gives; null when
  /// that differs.
  clang::QualType deducedArray(const clang::VarDecl *D) const;
  /// Lifts what lambdas in \p S name: factories in front of the body make them.
  void liftNamesOf(const clang::Stmt *S);
  bool isLifted(const clang::ValueDecl *D) const { return Lifted.count(D); }

  // --- Parameters.cpp ---
  void nameParameters();
  void nameParameterPack(const clang::ParmVarDecl *P);

  // --- Captures.cpp ---
  void nameCaptures();
  void nameCaptured(const clang::ValueDecl *Captured, bool IsCopy,
                    clang::SourceLocation Where);
  void nameCapturedThis(const clang::LambdaCapture &C);

  // --- FieldTypes.cpp ---
  /// Whether the function has access to all that the name of \p T consists of
  /// ([class.access]).
  bool mayName(clang::QualType T) const;
  /// The same for the type of a variable, as far as it is deduced: what the user
  /// has spelled can be spelled.
  bool mayNameTypeOf(const clang::VarDecl *D) const;
  /// A name for the type that the initialiser of \p D has; empty when it is
  /// not also that of \p D, which is reported.
  std::string typeOfInitialiser(const clang::VarDecl *D);
  /// That and whether there is a name.
  bool isNameable(clang::QualType T) const;
  /// Whether \p E names a variable that has to stay in the body: a static one,
  /// or what a handler caught by reference.
  bool namesUnmoved(const clang::Expr *E) const;
  /// A function in front of the frame that makes a value whose type has no name.
  struct Factory {
    std::string Call;     ///< As the body calls it; empty: rejected.
    std::string TypeOnly; ///< Where there are no variables.
  };
  /// Whether \p Type can be spelled in front of the frame: with none of its names.
  bool isSpelledInFront(llvm::StringRef Type) const;
  Factory declareFactory(llvm::StringRef Name, const clang::Expr *Init);
  /// Has one make the value of \p Init; gives \p V its type and returns the call.
  /// Empty when rejected.
  std::string makeFactory(Variable &V, const clang::Expr *Init);
  /// Gives \p Type a name in the frame: that of \p For with `_type`.
  std::string nameType(llvm::StringRef For, const std::string &Type);
  /// Text for where the frame's fields are declared. There are no variables:
  /// each name stands for an object of its type.
  Piece typeOnly(const clang::TypedefNameDecl *Alias);
  std::string typeOnlyText(const clang::Expr *Init);
  /// The same for the awaiter that \p Call makes.
  std::string awaiterText(const clang::CallExpr *Call);
  /// The declared type of a variable, for the same place.
  std::string typeText(const clang::VarDecl *D);
  /// An expression that denotes some object of the variable's type.
  std::string someObject(VarId Id) const;
  std::string typeOfDeclarator(VarId Id) const;
  /// What `decltype(name)` is in the source.
  std::string declaredType(VarId Id) const;

  // --- Statements.cpp ---
  void lower(const clang::Stmt *S, Nodes &Out);
  void lowerInBlock(const clang::Stmt *S, Nodes &Out);
  void lowerCompound(const clang::CompoundStmt *S, Nodes &Out);
  void lowerIf(const clang::IfStmt *S, Nodes &Out);
  void lowerBranch(const clang::IfStmt *S, bool Then, Nodes &Out);
  std::vector<VarId> declaredIn(const clang::Stmt *Branch) const;
  /// Names the types of a branch, those behind \p FirstType and of the variables behind
  /// \p FirstVariable, so that they are there where the branch is; false if it cannot.
  bool nameTypesOfBranch(const clang::IfStmt *S, bool Then, size_t FirstType,
                         size_t FirstVariable);
  void lowerSwitch(const clang::SwitchStmt *S, Nodes &Out);
  void lowerJump(const clang::Stmt *S, Nodes &Out);
  void lowerExpressionStatement(const clang::Expr *E, Nodes &Out);
  void verbatim(const clang::Stmt *S, Nodes &Out);
  /// A condition's text; suspensions in it and its temporaries go to Out.
  Piece condition(const clang::Expr *Cond, Nodes &Out, std::vector<VarId> &Uses,
                  bool OfSwitch = false);
  /// The text that tests \p V, the variable of a condition.
  Piece conditionVariable(const clang::VarDecl *V, unsigned Line,
                          std::vector<VarId> &Uses);
  static Node block(Nodes Body, unsigned Line);
  /// A scope inside of the current one.
  ScopeId newScope(unsigned Line) {
    F.Scopes.push_back({Scope, Line});
    return F.Scopes.size() - 1;
  }
  bool needsSemicolon(const clang::Stmt *S) const;
  clang::SourceRange wholeStatement(const clang::Stmt *S) const;
  Node text(std::string Text, unsigned Line) const;
  void unwindTo(unsigned Level, Nodes &Out, unsigned Line);
  void resolveLabels(Nodes &List);
  /// Rejects what suspends in a place that no lowering has looked at.
  void checkComplete(const clang::Stmt *S);

  // --- Loops.cpp ---
  void lowerWhile(const clang::WhileStmt *S, Nodes &Out);
  void lowerDo(const clang::DoStmt *S, Nodes &Out);
  void lowerFor(const clang::ForStmt *S, Nodes &Out);
  /// A checkpoint, if \p S is a loop of a green function, or jumps back in one.
  void checkpointOf(const clang::Stmt *S, Nodes &Out);
  void checkpoint(clang::SourceLocation Where, Nodes &Out);
  /// Leaves the loop, down to what is alive at \p Level, if \p Cond, or unless.
  void breakIf(const std::string &Cond, std::vector<VarId> Uses, unsigned Level,
               unsigned Line, Nodes &Out);
  void breakUnless(const std::string &Cond, std::vector<VarId> Uses, unsigned Level,
                   unsigned Line, Nodes &Out);
  /// Where a `continue` goes to that has become a `goto`.
  void continueHere(const std::string &Label, unsigned Line, Nodes &Out);

  // --- Returns.cpp ---
  void lowerReturn(const clang::ReturnStmt *S, Nodes &Out);
  /// What keeps the operand of a `return`; empty when it has none.
  std::string resultText(const clang::ReturnStmt *S, Nodes &Out);
  /// Whether `return` moves from what \p Value names.
  /// \p Named as the rvalue that `return` and `throw` take \p Moved for.
  /// \p Operand, of \p S, moved from where the language does that unseen.
  std::string returnedText(const clang::ReturnStmt *S, std::string Operand,
                           clang::QualType CoroutineResult = {});
  std::string movedText(const clang::VarDecl *Moved, std::string Named);
  /// Constructs the result from \p E, which is taken apart.
  void giveResult(const clang::Expr *E, Nodes &Out);
  std::string fiberResult(const clang::ReturnStmt *S, Nodes &Out);

  // --- Handlers.cpp ---
  void lowerTry(const clang::CXXTryStmt *S, Nodes &Out);
  /// Leaves for where \p Level is alive; first out of a handler, if in one.
  void jump(Exit Way, unsigned Level, unsigned Line, Nodes &Out);
  Node lowerHandler(const clang::CXXCatchStmt *S);

  // --- RangeFor.cpp ---
  /// Whether the compiler lets the temporaries of a range live as long as the loop.
  bool extendsRangeTemporaries() const;
  void lowerRangeFor(const clang::CXXForRangeStmt *S, Nodes &Out);
  /// The range in the frame.
  struct LoweredRange {
    VarId Id = 0;
    std::string Object;    ///< An expression: the range.
    std::string Access;    ///< The same in front of a member's name.
    std::string Reference; ///< The type of a reference to it.
    bool IsArray = false;
  };
  std::optional<LoweredRange> lowerRange(const clang::CXXForRangeStmt *S, Nodes &Out);
  std::optional<LoweredRange> lowerDependentRange(const clang::CXXForRangeStmt *S,
                                                  Nodes &Out);
  void step(const clang::CXXForRangeStmt *S, VarId Begin, std::vector<VarId> Uses,
            Nodes &Out);
  VarId lowerIterator(const clang::CXXForRangeStmt *S, const LoweredRange &Range,
                      llvm::StringRef Name, Nodes &Out);
  VarId lowerDependentIterator(const clang::CXXForRangeStmt *S,
                               const LoweredRange &Range, llvm::StringRef Name,
                               Nodes &Out);

  // --- Declarations.cpp ---
  ScopeId scopeOf(const clang::Expr *Init);
  void lowerDeclarations(const clang::DeclStmt *S, Nodes &Out);
  void lowerVariable(const clang::VarDecl *D, bool IsOnly, Nodes &Out);
  void lowerBindings(const clang::DecompositionDecl *D, Nodes &Out);
  void lowerReference(const clang::VarDecl *D, Nodes &Out);
  void lowerObject(const clang::VarDecl *D, VarId Id, Nodes &Out);
  Piece hoistedConstant(const clang::VarDecl *D);
  /// The value of the constant \p D, whose initialiser names a call that suspends
  /// and is never evaluated.
  std::string valueText(const clang::VarDecl *D);
  bool stays(const clang::VarDecl *D) const;
  /// Lets \p V hold the frame that \p Init creates, when it is such a call.
  void keepInPlace(Variable &V, const clang::Expr *Init);
  /// The initialiser of a `weft::bound`, whose type is called \p Type.
  static std::string binding(const std::string &Type, const std::string &Value) {
    return "([&]() -> typename " + Type + "::type { return " + Value + "; })";
  }

  // --- LocalTypes.cpp ---
  void lowerLocalType(const clang::TagDecl *D, clang::SourceRange Range);
  void lowerAlias(const clang::TypedefNameDecl *D);
  /// Where the declaration \p D, which moves in front of the body, names a variable
  /// that is not there.
  clang::SourceRange nameOfLocal(const clang::Decl *D) const;

  // --- Initialisers.cpp ---
  /// The callee, or what is taken of a conditional, constructs the variable.
  void constructByCall(VarId Id, const clang::Expr *Init, unsigned Level,
                       unsigned Line, Nodes &Out);
  /// Text that constructs an object from an initialiser, exactly as the
  /// declaration would: what follows `::new (...) T`, or a lambda for
  /// emplace_from, which begins with `[`.
  std::string initialiser(const clang::Expr *Init, clang::QualType T,
                          clang::VarDecl::InitializationStyle Style,
                          llvm::StringRef TypeText, Nodes &Out,
                          std::vector<VarId> &Uses);
  std::string initialiserText(const clang::VarDecl *D);
  void construct(VarId Id, std::string Init, std::vector<VarId> Uses,
                 unsigned LevelBefore, unsigned Line, Nodes &Out);

  // --- Expressions.cpp ---
  /// The text of a full-expression once its suspensions have been written to
  /// Out. Temporaries that cross are alive afterwards.
  Piece expression(const clang::Expr *E, Nodes &Out, std::vector<VarId> &Uses);
  void split(const clang::Expr *E, Nodes &Out);
  void splitNode(const clang::Expr *E, Nodes &Out);
  bool mayBeAggregate(clang::QualType T) const;
  void splitArguments(llvm::ArrayRef<const clang::Expr *> Args, bool Ordered,
                      Nodes &Out);
  /// The same for a call whose arguments end at \p End, default ones among them.
  void splitArguments(const clang::Expr *Call, llvm::ArrayRef<const clang::Expr *> Args,
                      bool Ordered, clang::SourceLocation End, Nodes &Out);
  void splitCaptures(const clang::LambdaExpr *E, Nodes &Out);
  void splitNew(const clang::CXXNewExpr *E, Nodes &Out);
  bool isResultItself(const clang::Expr *E) const;
  void splitBinary(const clang::Expr *Whole, const clang::Expr *Left,
                   const clang::Expr *Right, clang::BinaryOperatorKind Op,
                   Nodes &Out);
  void splitLeftOfComma(const clang::Expr *Left, Nodes &Out);
  void splitCall(const clang::CallExpr *Call, Nodes &Out);
  unsigned countSuspensions(const clang::Stmt *S) const;
  bool mustSplit(const clang::Expr *E);
  bool isUnseenUse(const clang::Expr *E) const;
  bool goesToFrame(const clang::Expr *E);
  bool maySnapshot(const clang::Expr *E);
  /// Has the value of \p E, or the object that it denotes, found before what follows.
  void snapshot(const clang::Expr *E, Nodes &Out);
  /// Whether something of another operand \p Among them would come between the pause
  /// of \p E and what is left of it.
  bool isTornApart(const clang::Expr *E, llvm::ArrayRef<const clang::Expr *> Among);
  void splitUnordered(llvm::ArrayRef<const clang::Expr *> Args, Nodes &Out);
  /// The value of \p E by itself: of `p->`, what the operator returns.
  std::string operandText(const clang::Expr *E) const;
  /// Lets \p Value stand for \p E in its full-expression.
  void putInstead(const clang::Expr *E, std::string Value);
  bool isStable(const clang::Expr *E) const;
  void reject(const clang::Stmt *S, Diag Id, llvm::StringRef What = {});

  /// Text is visited more than once; a finding is reported once.
  void rejectOnce(const clang::Stmt *S, Diag Id, llvm::StringRef What = {}) {
    if (Reported.insert(S).second)
      reject(S, Id, What);
  }

  // --- Temporaries.cpp ---
  const clang::InitListExpr *unseenList(const clang::Stmt *S) const;
  /// Whether \p Default makes an object of which nobody can tell when it dies.
  static bool isUnseenDefault(const clang::CXXDefaultArgExpr *Default);
  bool holdsTemporary(const clang::Stmt *E) const;
  /// Whether a temporary has to move to the frame here.
  bool keeps(const clang::MaterializeTemporaryExpr *E) const;
  void giveTemporary(const clang::MaterializeTemporaryExpr *E, Nodes &Out);
  void useTemporary(const clang::MaterializeTemporaryExpr *E, VarId Id);
  void keepTemporary(const clang::MaterializeTemporaryExpr *E, Nodes &Out);

  // --- Conditionals.cpp ---
  /// Where a value goes.
  struct ValuePlace {
    enum class Kind {
      Nowhere,  ///< Nobody wants it.
      Variable, ///< `Id`, whose life does not begin by that.
      Result    ///< What this function returns.
    } What = Kind::Nowhere;
    VarId Id = 0;
    clang::QualType Type{};
    bool OfLvalue = false; ///< The variable points to it.
    /// In a template, the expression that has the type of the place; and the name of
    /// its type where the variable is a `weft::held_result`.
    const clang::Expr *Like = nullptr;
    std::string Held{};
  };
  /// Evaluates \p E, which has the type of the place, into it.
  void give(const ValuePlace &To, const clang::Expr *E, Nodes &Out);
  void splitArms(const ValuePlace &To, const clang::ConditionalOperator *C, Nodes &Out);
  void splitConditional(const clang::Expr *Whole, Nodes &Out);
  void splitDependentConditional(const clang::Expr *Whole, Nodes &Out);
  void splitCondition(const clang::Expr *E, Nodes &Out);
  void splitLogical(const clang::Expr *Whole, const clang::Expr *Left,
                    const clang::Expr *Right, clang::BinaryOperatorKind Op,
                    Nodes &Out);
  /// Whether \p Operation, a `&&`, `||` or `,`, calls no function.
  bool isBuiltIn(const clang::Expr *Operation);
  /// The built-in comma operation that \p E is, but for conversions; or null.
  const clang::BinaryOperator *commaOf(const clang::Expr *E);
  /// Whether \p E is a `?:` with an arm that has to be taken apart.
  bool isSplitConditional(const clang::Expr *E);
  /// Whether an object of type \p T is the value of \p E only after that was taken
  /// apart: give() constructs it in place.
  bool isGivenInPlace(const clang::Expr *E, clang::QualType T);
  /// The same for a variable, and for what a function returns.
  bool isGivenInPlace(const clang::VarDecl *D);
  bool isGivenInPlace(const clang::ReturnStmt *S);
  /// The `?:` of dependent type that \p E is, whose arms suspend; or null.
  const clang::ConditionalOperator *dependentConditional(const clang::Expr *E);
  /// Whether the value of \p E is an object of the type that \p Wanted says for
  /// every instantiation.
  bool isObjectOf(const clang::Expr *E,
                  llvm::function_ref<clang::QualType(const clang::FunctionDecl *)> Wanted) const;
  /// Whether the call \p E constructs what is to be at \p To.
  bool isDirectCall(const clang::Expr *E, const ValuePlace &To) const;
  /// Behind operands of which one was evaluated: each left alive what \p Ends says.
  void joinArms(unsigned Level, llvm::ArrayRef<unsigned> Ends, unsigned Line, Nodes &Out);

  // --- Aggregates.cpp ---
  /// The elements of a list in order, those of lists in it among them.
  static void elementsOf(const clang::InitListExpr *List,
                         llvm::SmallVectorImpl<const clang::Expr *> &Elements);
  /// Whether an element can only be constructed where it is to be, before others
  /// suspend.
  bool needsParts(const clang::InitListExpr *List);
  void giveAggregate(const ValuePlace &To, const clang::InitListExpr *List, Nodes &Out);
  void giveParts(VarId Whole, const clang::InitListExpr *List,
                 std::vector<VarId> &Parts, Nodes &Out);
  void completeParts(VarId Whole, llvm::ArrayRef<VarId> Parts, unsigned Before, size_t First,
                     unsigned Line, Nodes &Out);
  VarId part(VarId Whole, std::string Place, llvm::StringRef Name, clang::QualType T,
             unsigned Line);

  // --- Arguments.cpp ---
  struct Value {
    VarId Id;
    clang::SourceRange Range; ///< Which the variable's name has taken.
  };
  const clang::Expr *bareValue(const clang::Expr *E);
  /// The variable \p Id, a scalar, stands in the text of \p E from now on.
  void standsFor(VarId Id, const clang::Expr *E);
  /// Where a variable stands for the value of \p E: with the category that this has.
  void keepCategory(const clang::Expr *E);
  /// The conversion that makes \p Arg of what is written is evaluated ahead.
  void takeAhead(const clang::Expr *Arg);
  bool isTakenAhead(const clang::Expr *Arg);
  /// Has \p Call, of a function that takes \p Arg as a \p P, mean the same function
  /// after \p Arg has been taken apart; \p Always: whatever other functions there are.
  void settleArgument(const clang::Expr *Call, unsigned Index, const clang::Expr *Arg,
                      clang::QualType P, bool Always,
                      Overloads::Filter Among = Overloads::All);
  void keepOperands(const clang::Expr *Operator, llvm::ArrayRef<const clang::Expr *> Operands);
  /// The same for all operands of \p E.
  void keepArguments(const clang::Expr *E);

  // --- DefaultArguments.cpp ---
  /// A default argument as it reads in this function; nothing when it cannot be
  /// spelled here.
  std::optional<std::string> spelledDefault(const clang::Expr *E);
  /// Keeps an object that the default argument \p Value makes; alive afterwards.
  VarId keepDefaultObject(clang::QualType T, llvm::StringRef Name,
                          const std::string &Value, unsigned Line, Nodes &Out);
  /// A default argument of a fiber function's call, written out; nothing when it
  /// was rejected.
  std::optional<std::string> keepDefault(const clang::CXXDefaultArgExpr *Default,
                                         const clang::ParmVarDecl *P,
                                         std::vector<VarId> &Uses, Nodes &Out);
  /// Writes out the default arguments of a call, of which one has to be kept.
  void writeDefaults(const clang::Expr *Call, llvm::ArrayRef<const clang::Expr *> Args,
                     clang::SourceLocation End, Nodes &Out);

  // --- Yields.cpp ---
  void suspend(const Suspension &S, Nodes &Out);
  std::string yieldOperand(const Suspension &S, Nodes &Out,
                           std::vector<VarId> &Uses);
  std::string keepYielded(VarId Id, std::string Made, unsigned Line,
                          std::vector<VarId> &Uses, Nodes &Out);

  // --- Waits.cpp ---
  void waitFor(const Suspension &S, Nodes &Out);
  /// The type of the awaiter where it depends, or cannot be told; else empty.
  std::string awaiterType(const Suspension &S);
  /// What makes the awaiter: the call, or a conversion, which is not written, to it.
  std::string awaiterMade(const Suspension &S);
  /// Waits for the awaiter that the text \p Made makes; it is alive afterwards. \p Type
  /// is what awaiterType() says.
  VarId await(const Suspension &S, const std::string &Type, const std::string &Made,
              std::vector<VarId> Uses, Nodes &Out);
  /// The same at \p Where for an awaiter of type \p T, which is called \p Type when
  /// it depends.
  VarId await(clang::SourceLocation Where, clang::QualType T, const std::string &Type,
              const std::string &Made, std::vector<VarId> Uses, Nodes &Out);

  // --- Delegation.cpp ---
  /// Hands on the values of \p Inner, an expression that \p Uses.
  void delegateAsync(const Suspension &S, const std::string &Inner,
                     std::vector<VarId> Uses, Nodes &Out);

  // --- Calls.cpp ---
  struct FiberCall;
  struct ResultPlace {
    std::string Into, Value;
    std::optional<VarId> Id; ///< Of the object or pointer there.
  };
  void callFiber(const Suspension &S, Nodes &Out);
  std::optional<std::string> operands(FiberCall &C, Nodes &Out);
  std::string entryOf(FiberCall &C);
  void nameResult(const FiberCall &C, VarId Id);
  ResultPlace placeResult(const FiberCall &C, std::optional<VarId> Target,
                          bool Returned, bool Kept);
  VarId holdFrame(const FiberCall &C, const HeldFrame &Frame);
  /// Whether nobody can tell when, or how often, an object of this type is made
  /// and moved: that of types of the standard library that own what they hold
  /// through a pointer, and of classes of which the compiler moves the members.
  bool isMovedUnseen(clang::QualType T) const;
  bool movesMembersOnly(const clang::CXXRecordDecl *Record) const;
  bool isStateless(clang::QualType Part) const;
  bool isFiberCall(const clang::Expr *E) const;
  /// The same for the value of a wait.
  bool isWait(const clang::Expr *E) const;
  /// Whether the result of a fiber function's call is the value of \p Init, an
  /// object of type \p T, so that it can be constructed where that is wanted.
  /// What an instantiation makes of a type that depends.
  using InstantiatedType =
      const std::function<clang::QualType(const clang::FunctionDecl *)>;
  bool isDirectCall(const clang::Expr *Init, clang::QualType T,
                    InstantiatedType *InInstance = nullptr) const;
  /// The same for a variable, and for what a function returns.
  bool isDirectCall(const clang::VarDecl *D) const;
  bool isDirectCall(const clang::ReturnStmt *S) const;
  bool isPassedByReference(const clang::ParmVarDecl *P) const;
  std::string keepArgument(const clang::Expr *Arg, clang::QualType T,
                           std::vector<VarId> &Uses, Nodes &Out);
  /// The same for the object of type \p T that a reference is bound to.
  std::string keepConverted(const clang::Expr *Arg, clang::QualType T,
                            std::vector<VarId> &Uses, Nodes &Out);
  /// Makes an object that is being constructed the innermost alive; false when
  /// it has no destructor.
  bool keepAlive(VarId Id);
  /// The same for one that the callee has constructed.
  void beginLife(VarId Id, unsigned Line, Nodes &Out);
  PointId addPoint(SuspensionPoint::Kind Kind, clang::SourceLocation Where);

  // --- DependentCalls.cpp ---
  /// Whether the instantiations agree on what \p S calls; reports it if not.
  bool checkInstances(const Suspension &S);
  /// The same for the arguments of one of them.
  bool checkArguments(const Suspension &S, const clang::CallExpr *Each);
  /// Whether what \p Written becomes calls both functions by their entries.
  bool haveSameEntry(const clang::FunctionDecl *A, const clang::FunctionDecl *B,
                     const clang::CallExpr *Written) const;
  /// Whether all instantiations call the same function.
  bool isSameInAll(const Suspension &S) const;
  /// Whether every instantiation of \p Call has a result that can be moved
  /// unseen; where one has not, that is reported.
  bool checkResultMoved(const clang::CallExpr *Call);
  /// The type of the object that argument \p Index becomes in all instantiations,
  /// where the template shows it; null where it does not, or where a reference
  /// needs no object.
  clang::QualType convertedTo(const Suspension &S, unsigned Index) const;
  bool isVoidInstantiated(const clang::CallExpr *Call) const;
  bool isObjectCall(const Suspension &S) const;
  std::string beginObjectCall(FiberCall &C, Nodes &Out);
  ResultPlace placeDependentResult(const FiberCall &C, std::optional<VarId> Target,
                                   bool Returned, bool Kept);

  // --- DependentOperands.cpp ---
  /// The temporary to keep that \p S is, or that is made for it, in an instantiation.
  const InstantiatedCode::Temporary *unseenTemporary(const clang::Stmt *S) const;
  /// The value of \p E goes to a place that is there for it: it is no temporary more.
  void hasPlace(const clang::Expr *E);
  /// Rejects \p E when something in it that has no text makes a temporary.
  void checkHidden(const clang::Expr *E);
  static std::pair<unsigned, unsigned> rangeOf(const clang::Expr *E) {
    return {E->getBeginLoc().getRawEncoding(), E->getEndLoc().getRawEncoding()};
  }
  void keepUnseenTemporary(const clang::Expr *E, const InstantiatedCode::Temporary &Made,
                           Nodes &Out);
  /// Has factories make the closures in \p E, so that its type can be spelled; false
  /// when one was rejected.
  bool nameClosures(const clang::Expr *E);
  bool isKeptUnseen(const InstantiatedCode::Instance &Each) const;
  bool mayBind(const clang::Expr *E) const;
  void splitAtOnce(const clang::Expr *E, Nodes &Out);
  /// As snapshot(), for one whose type depends.
  void snapshotDependent(const clang::Expr *E, Nodes &Out);
  /// As snapshot(), for what a member is sought in, by `.` or by `->`.
  void snapshotObject(const clang::Expr *E, bool IsArrow, Nodes &Out);
  /// Whether both have one type and category in each instantiation.
  bool haveSameType(const clang::Expr *A, const clang::Expr *B) const;
  /// Keeps the operand of a call of which nobody knows what it is bound to;
  /// returns how it reads.
  std::string keepOperand(const clang::Expr *E, std::vector<VarId> &Uses, Nodes &Out);
  /// Binds its text to a `weft::bound` of type \p Type, which is the operand then.
  VarId bindOperand(const clang::Expr *E, llvm::StringRef Name, const std::string &Type,
                    std::vector<VarId> &Uses, Nodes &Out);
  std::string valueOfBound(VarId Id) const;
  /// An argument that becomes a parameter by value.
  std::string keepDependentArgument(const clang::Expr *E, std::vector<VarId> &Uses,
                                    Nodes &Out);
  /// A pack that a call expands: references that are there anyway.
  std::string packText(const clang::Expr *E, std::vector<VarId> &Uses);

  // --- Edits.cpp ---
  /// Registers the edits inside \p S; returns the lifted variables it mentions.
  std::vector<VarId> edit(const clang::Stmt *S,
                          std::vector<Exit> *Exits = nullptr,
                          Nodes *Stubs = nullptr);
  std::string member(llvm::StringRef Name) const {
    return (F.Dependent ? "this->" : "") + Name.str();
  }

  unsigned line(clang::SourceLocation Where) const { return Text.line(Where); }
  bool isByValue(clang::QualType T) const;

  TranslationUnit &Unit;
  clang::ASTContext &Context;
  SourceText &Text;
  Reporter &Report;
  SuspensionMap &Suspends;
  const Coroutine &What;
  /// Calls whose coroutine is kept where it is created; their text says so.
  const llvm::DenseSet<const clang::CallExpr *> &InPlaceCalls;
  /// By canonical declaration.
  const HeldFrames &Frames;
  TypeSpelling Types;
  InstantiatedCode Instantiated; ///< What this function became, if a template.
  Flow F;
  bool Failed = false;

  llvm::DenseMap<const clang::ValueDecl *, VarId> Lifted;
  /// Parameters that the frame has otherwise than the source declares them.
  llvm::DenseMap<VarId, std::string> DeclaredTypes;
  /// Structured bindings of lifted objects, as their uses read.
  llvm::DenseMap<const clang::ValueDecl *, std::string> Bindings;
  llvm::DenseSet<const clang::VarDecl *> Kept; ///< To be made `static`.
  /// Constants that declarations in front of the body need, and what these
  /// are called when not as in the source.
  llvm::DenseSet<const clang::VarDecl *> Hoisted;
  llvm::DenseMap<const clang::ValueDecl *, std::string> NewNames;
  std::map<std::string, unsigned> Identifiers; ///< In the function's text.
  std::set<std::string> Taken;
  std::set<std::string> LocalTypeNames;
  llvm::DenseSet<const clang::TagDecl *> Unnamed; ///< Before they got a name.
  std::string Self;            ///< Name of the frame's `this` object.
  VarId SelfVar = 0;
  bool HasSelf = false;

  // Where the lowering stands.
  ScopeId Scope = 0;
  unsigned Alive = 0;          ///< Innermost object alive here.
  unsigned LastAlive = 0;      ///< Largest index given out.
  struct JumpTarget {
    unsigned Level;
    std::string Label;         ///< Not empty: `continue` is a goto.
    bool *Used;
  };
  std::vector<JumpTarget> Breaks, Continues;
  struct HandlerLevel {
    unsigned Level, Breaks, Continues;
  };
  std::vector<HandlerLevel> HandlerLevels; ///< Of the handlers around here.
  struct HandlerExit {
    std::string Label;
    Exit Way;
    unsigned Level, Line;
  };
  std::vector<HandlerExit> HandlerExits;
  std::set<std::string> Labels; ///< Labels inside the innermost handler.
  /// Stand for the next initialiser, and for its operand where only the type
  /// counts: that of a range-for's variable.
  std::optional<std::string> GivenInit;
  std::string GivenType;
  llvm::DenseMap<const clang::LabelDecl *, unsigned> LabelLevels;
  std::map<std::string, unsigned> LevelOfLabel;
  unsigned LabelCount = 0;
  unsigned Pending = 0;        ///< Suspensions to come in this full-expression.
  bool KeepTrivialTemporaries = false; ///< Also those without destructor.
  /// Operands that live in variables by now, by their place in the source.
  std::vector<std::pair<clang::SourceRange, VarId>> Retained;
  llvm::DenseMap<const clang::Expr *, Value> Values; ///< That scalar variables hold.
  llvm::DenseSet<const clang::Expr *> ConvertedAhead;
  llvm::DenseMap<const clang::Expr *, std::string> KeptArrows; ///< Results of `->`.
  std::set<std::pair<unsigned, unsigned>> Placed; ///< Operands, by their ranges.
  /// The same where only their types count.
  llvm::DenseMap<const clang::Stmt *, std::string> TypeOnlyValues;
  /// Where the next fiber function that is called constructs its result; that
  /// this is this function's own; that it is a temporary, which nobody moves.
  std::optional<VarId> ResultTarget;
  bool ResultIsReturned = false, ResultIsKept = false;
  /// The operand behind which nothing of its full-expression is evaluated.
  const clang::Expr *LastOperand = nullptr;
  bool KeepTemporaries = false;///< split() also moves temporaries to the frame.
  llvm::DenseMap<const clang::ValueDecl *, VarId> HeldBy; ///< get<i> results.
  llvm::DenseSet<const clang::CallExpr *> LoweredCalls;
  llvm::DenseSet<const clang::Stmt *> Discarded; ///< Of which only the value is left.
  std::vector<VarId> ResultUses; ///< Of the last resultText.
  llvm::DenseSet<const clang::Stmt *> Reported;
  std::set<unsigned> Inserted; ///< Places that have an inserted text already.
};

} // namespace weft

#endif // WEFT_LOWERING_FUNCTIONLOWERING_H
