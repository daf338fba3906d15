//===- Flow.h - The explicit form of a coroutine -------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The form between Clang's AST and the output. Here everything that C++ leaves
// implicit is written down: where an object is constructed, what is alive at
// each place, what a jump destroys, which variables a piece of text reads.
// Control flow is still a tree of statements, so that the output keeps the
// source's shape; expressions are text.
//
// Invariants (checked by verify()):
//  - every suspension point occurs in the tree exactly once;
//  - a variable with a destructor has an alive index, larger than the one that
//    lies below it (`Outer`): objects are destroyed in falling order;
//  - a jump names the alive index that holds at its target.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_FLOW_FLOW_H
#define WEFT_FLOW_FLOW_H

#include "Support/SourceText.h"
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace weft {

using VarId = unsigned;   ///< Index into Flow::Variables.
using ScopeId = unsigned; ///< Index into Flow::Scopes.
using PointId = unsigned; ///< 1-based number of a suspension point: its state.

/// An object, or a reference, whose scope holds a suspension point.
struct Variable {
  enum class Form {
    Scalar,   ///< Declared as it is, assigned where the source initialises it.
    Object,   ///< Raw storage, constructed in place.
    Pointer,  ///< A reference: its uses read `(*name)`.
    Parameter ///< A field that the frame's constructor initialises.
  };
  Form As = Form::Scalar;
  std::string Name;       ///< In the output; unique in the frame.
  std::string Stored;     ///< The member or local that holds it, when not Name.
  std::string Declared;   ///< In the source; empty: a temporary or hidden object.
  std::string Type;       ///< What an Object's storage holds, spelled out.
  std::string Declarator; ///< Declaration of a Scalar, Pointer or Parameter.
  std::string Bound;      ///< Type of the name bound to an Object: `auto&`, ...
  unsigned Line = 0;
  ScopeId Scope = 0;
  bool IsArray = false;
  unsigned Alignas = 0;   ///< Bytes asked for beyond the type's own; 0: none.
  bool IsConst = false;   ///< A Scalar that uses see through a const reference.
  bool Cacheable = false; ///< Of a scalar type, and changes: a local may stand for it.
  bool Indirect = false;  ///< An Object whose uses read `(*name)`: weft::bound.
  bool Escapes = false;   ///< Its address may be known elsewhere.
  bool InUnwind = false;  ///< Read where objects are destroyed: always a member.
  /// A Scalar that keeps which objects the operand taken of a conditional has left
  /// alive; its end makes these the innermost again.
  bool IsArm = false;
  /// An Object that is a part of another, constructed by itself: where it is, as an
  /// expression; `%` stands for PartOf. Empty: it has storage of its own.
  std::string Place;
  std::optional<VarId> PartOf;
  std::optional<VarId> Whole; ///< A flag: the part has become one of a whole object.
  bool Captured = false;  ///< A lambda names it: the name must be a variable.
  bool Mentioned = false; ///< Some text uses the name.
  bool HasDestructor = false;
  unsigned Alive = 0;     ///< Value of weft_alive while it is the innermost.
  unsigned Outer = 0;     ///< Value below it.
  std::string Extra;      ///< Why a hidden one exists, for comments and JSON.
  /// Bytes; absent where they depend on template parameters.
  std::optional<uint64_t> Size, Align;

  /// Whether uses read `(*name)`.
  bool isIndirect() const { return As == Form::Pointer || Indirect; }
};

/// A block of the source that declares variables.
struct Scope {
  std::optional<ScopeId> Parent;
  unsigned Line = 0;
};

/// Where the function pauses.
struct SuspensionPoint {
  enum class Kind {
    Yield,    ///< A coroutine hands out a value.
    Await,    ///< It also takes one.
    Delegate, ///< It lets another work for it.
    Call,     ///< A fiber function calls another.
    Wait,     ///< It waits for an awaiter.
    Checkpoint ///< It cedes control if its time slice is over.
  } What = Kind::Yield;
  bool ToNew = false; ///< Delegate: to a coroutine that has just been created.
  unsigned Line = 0, Column = 0;
  ScopeId Scope = 0; ///< Innermost around it.
};

/// A way out of a piece of verbatim text.
struct Exit {
  enum class Kind { Break, Continue, Goto, Return } What = Kind::Break;
  std::string Label;
};

struct Node {
  enum class Kind {
    Text,      ///< Text, with Exits.
    Construct, ///< Vars[0] from Text; sets its alive index unless Deferred.
    Begin,     ///< Vars[0] becomes the innermost object alive.
    Suspend,   ///< Point; Text: the operands of the operation.
    Unwind,    ///< Destroys what is alive beyond Level.
    Block,     ///< Body.
    If,        ///< Text is `if (...)`; Body, Else.
    Loop,      ///< Text is the header; a `do` has its tail in Tail.
    Switch,    ///< Text is the header; Body.
    Case,      ///< Text is `case ...:` or `default:`.
    Label,     ///< Text is `name:`.
    Jump,      ///< Exits[0], to where Level is alive.
    Stub,      ///< Text is a label; the rest as Jump. Reached only by goto.
    Try,       ///< Body; Handlers.
    Handler    ///< Text is `catch (...)`; Body. Vars[0]: the saved exception.
  };
  Kind What = Kind::Text;
  Piece Text;
  std::string Tail;
  std::vector<Node> Body, Else, Handlers;
  std::vector<VarId> Vars;
  std::vector<VarId> Uses;    ///< Read or written by Text.
  std::vector<VarId> Defines; ///< Given a new value whatever it held.
  std::vector<Exit> Exits;
  PointId Point = 0;
  unsigned Level = 0;
  unsigned From = 0;          ///< Jump, Unwind: alive index before it.
  bool Deferred = false;      ///< Construct: a Begin follows.
  bool HasElse = false;
  bool Endless = false;       ///< Loop: its header cannot end it.
  bool Barrier = false;       ///< Must be entered at its head: try, if constexpr.
  bool HasDefault = false;    ///< Switch.
  bool Resumes = false;       ///< Handler: holds a suspension point.
};

/// A parameter of the frame's constructor.
struct FrameParameter {
  std::string Declarator; ///< As declared there.
  std::string Argument;   ///< What the coroutine function passes.
  std::string Name;
  bool InBundle = false;  ///< Has a destructor: a member of `parameters`.
  VarId Var = 0;
};

/// A parameter pack: a tuple of references in the frame, a pack in the body.
struct ParameterPack {
  VarId Var = 0;
  std::string Name;
  std::string Declared; ///< The type of one of its parameters.
  std::string Element;  ///< A reference to that, or the reference that it is.
};

/// A declaration that the frame's own declarations need.
struct Preface {
  enum class Kind {
    Type,     ///< A local type, or a name for a type.
    Constant, ///< Text lacks `static`.
    Factory   ///< A function object that makes a value of a type that has no
              ///< name, mostly a closure, so that `decltype` can spell the
              ///< type. Text lacks `static` or `inline`.
  } What = Kind::Type;
  Piece Text;
  bool OfBranch = false; ///< Part of the types of a branch of `if constexpr`.
};

/// One coroutine function, ready for layout and emission.
struct Flow {
  std::string FunctionName;  ///< Qualified, for people.
  std::string FrameName;
  std::string LabelPrefix;   ///< Of generated labels; keeps clear of the user's.
  std::string BaseType;      ///< The typed base of the frame.
  bool IsFiber = false;
  bool IsAsync = false;      ///< A coroutine that may wait.
  /// Whether the frame is an activation of the fiber that runs it.
  bool isActivation() const { return IsFiber || IsAsync; }
  /// `noexcept`, when no exception leaves it, also behind a pause; in a template
  /// perhaps with the condition.
  std::string Noexcept;
  bool IsMain = false;       ///< Ends with `return 0;`, written or not.
  std::string ReturnType;    ///< Of a fiber function.
  std::string File;          ///< As the user named it.
  unsigned Line = 0;
  bool Dependent = false;    ///< Members of the base need `this->`.
  std::string AliveType = "std::uint8_t";
  std::deque<Variable> Variables; ///< Grows while references to it are held.
  std::vector<Scope> Scopes; ///< [0]: the function's body.
  std::vector<SuspensionPoint> Points; ///< [0] is number 1.
  std::vector<FrameParameter> Parameters;
  struct Insertion {
    unsigned Offset;         ///< In the function's file.
    std::string Text;
  };
  std::vector<Insertion> HeadInsertions; ///< Names for parameters without one.
  bool NamesItself = false;  ///< The body mentions the function.
  std::string Allocator;     ///< Arguments in front: `std::allocator_arg, a`.
  std::vector<Piece> ParameterTypes; ///< Names for invented types.
  std::vector<Preface> Prefaces;     ///< In the order of the source.
  std::string TemplateArguments; ///< Of a frame in front of a template: `<T>`.
  std::vector<Node> Body;
  unsigned AliveCount = 0;   ///< Largest alive index.
  unsigned BundleAlive = 0;  ///< That of the parameters, 0: none.
  bool Delegates = false;
  std::optional<ParameterPack> Pack;
  std::optional<uint64_t> HeaderBytes; ///< Data size of the base.

  /// The statement that ends the activation.
  std::string endStatement() const {
    if (isActivation())
      return IsAsync ? "return weft_end.ended();" : "return weft_end.done();";
    return Dependent ? "return this->weft_finish();" : "return weft_finish();";
  }
};

} // namespace weft

#endif // WEFT_FLOW_FLOW_H
