//===- BodyWriter.cpp - The body of a coroutine, as weft_run() -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/BodyWriter.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace weft;

std::string weft::slotType(const Variable &V) {
  return V.IsArray ? "weft::array_slot<" + V.Type + ">"
                   : "weft::slot<" + V.Type + ">";
}

std::string weft::placeOf(const Flow &F, const FrameLayout &Layout, VarId Id) {
  const Variable &V = F.Variables[Id];
  if (V.Place.empty())
    return storageOf(F, Layout, Id) + (V.IsArray ? ".value.value" : ".value");
  std::string Place = V.Place;
  if (size_t At = Place.find('%'); At != std::string::npos)
    Place.replace(At, 1, placeOf(F, Layout, *V.PartOf));
  return Place;
}

std::string weft::storageOf(const Flow &F, const FrameLayout &Layout, VarId Id) {
  const Variable &V = F.Variables[Id];
  if (!V.Place.empty())
    return "weft::part(" + placeOf(F, Layout, Id) + ")";
  return Layout.Path[Id] + (V.Stored.empty() ? V.Name : V.Stored);
}

namespace {

class BodyWriter {
public:
  BodyWriter(const Flow &F, const FrameLayout &Layout, LineWriter &Out)
      : F(F), Layout(Layout), Out(Out) {}

  void write() {
    Out.breakLine();
    const std::string Noexcept = F.Noexcept.empty() ? "" : F.Noexcept + " ";
    if (F.Pack)
      expandPack();
    else
      Out.write(std::string(F.isActivation() ? "weft::outcome" : "void") +
                    " weft_run() " + Noexcept + "{",
                F.Line);
    Out.breakLine();
    Out.indent();
    Out.write(F.isActivation() ? "weft::activation_end weft_end(*this);"
                               : "const weft::ender weft_end(*this);",
              F.Line);
    HasBarriers = anyBarrier(F.Body);
    locals();
    Out.breakLine();
    dispatchHead();
    Out.breakLine();
    list(F.Body, false);
    if (!endsInJump(F.Body)) {
      unsigned Last = LastLine ? LastLine : F.Line;
      if (F.BundleAlive)
        Out.write("weft_unwind(0);", Last);
      if (F.IsMain)
        Out.write("weft_return([&]() -> int { return 0; });", Last);
      Out.write(F.isActivation() ? F.endStatement() : member("weft_finish") + "();", Last);
    }
    Out.outdent();
    Out.breakLine();
    Out.write("}", 0);
  }

private:
  using Kind = Node::Kind;

  std::string member(llvm::StringRef Name) const {
    return (F.Dependent ? "this->" : "") + Name.str();
  }

  /// The member that holds a variable, where a local may have its name.
  std::string member(VarId Id) const {
    return (Layout.Path[Id].empty() ? "this->" : "") + storageOf(F, Layout, Id);
  }

  /// The body has the parameter pack as a pack.
  void expandPack() {
    const std::string &Name = F.Pack->Name, &Element = F.Pack->Element;
    const bool Casts = llvm::StringRef(Element).ends_with("&&");
    Out.write("weft::outcome weft_run() { return std::apply([this](" +
                  (Casts ? "std::remove_reference_t<" + Element + ">&" : Element) +
                  "... " + Name + ") { return weft_body(" +
                  (Casts ? "static_cast<" + Element + ">(" + Name + ")" : Name) +
                  "...); }, " + storageOf(F, Layout, F.Pack->Var) + "); }",
              F.Line);
    Out.breakLine();
    Out.write("weft::outcome weft_body([[maybe_unused]] " + Element + "... " + Name + ") " +
                  (F.Noexcept.empty() ? "" : F.Noexcept + " ") + "{",
              F.Line);
  }

  static bool anyBarrier(const std::vector<Node> &List) {
    return llvm::any_of(List, [](const Node &N) {
      return (N.Barrier && !pointsIn(N).empty()) || anyBarrier(N.Body) ||
             anyBarrier(N.Else) || anyBarrier(N.Handlers);
    });
  }

  static void collect(const std::vector<Node> &List, std::vector<PointId> &Points) {
    for (const Node &N : List) {
      if (N.What == Kind::Suspend)
        Points.push_back(N.Point);
      collect(N.Body, Points);
      collect(N.Else, Points);
      collect(N.Handlers, Points);
    }
  }
  static std::vector<PointId> pointsIn(const Node &N) {
    std::vector<PointId> Points;
    collect(N.Body, Points);
    collect(N.Else, Points);
    collect(N.Handlers, Points);
    return Points;
  }
  static std::vector<PointId> pointsIn(const std::vector<Node> &List) {
    std::vector<PointId> Points;
    collect(List, Points);
    return Points;
  }

  /// Where the dispatch in front of \p List goes for each point inside: to the
  /// point, or to the barrier around it.
  void targets(const std::vector<Node> &List,
               std::vector<std::pair<PointId, std::string>> &Found) {
    for (const Node &N : List) {
      if (N.What == Kind::Suspend) {
        Found.push_back(
            {N.Point, F.LabelPrefix + "suspended_" + std::to_string(N.Point)});
      } else if (N.Barrier) {
        std::vector<PointId> Inside = pointsIn(N);
        for (PointId Point : Inside)
          Found.push_back({Point, barrierLabel(N)});
      } else {
        targets(N.Body, Found);
        targets(N.Else, Found);
        targets(N.Handlers, Found);
      }
    }
  }

  std::string barrierLabel(const Node &N) {
    unsigned &Number = BarrierNumbers[&N];
    if (Number == 0)
      Number = BarrierNumbers.size();
    return F.LabelPrefix + (N.What == Kind::Try ? "try_" : "branch_") +
           std::to_string(Number);
  }

  std::string dispatch(const std::vector<Node> &List, llvm::StringRef Operand,
                       bool WithStart) {
    std::vector<std::pair<PointId, std::string>> Found;
    targets(List, Found);
    if (Found.empty())
      return {};
    std::string Text = ("switch (" + Operand + ") { ").str();
    if (WithStart)
      Text += "case 0: break; ";
    for (size_t I = 0; I < Found.size(); ++I) {
      Text += "case " + std::to_string(Found[I].first) + ": ";
      if (I + 1 == Found.size() || Found[I + 1].second != Found[I].second)
        Text += "goto " + Found[I].second + "; ";
    }
    return Text + "}";
  }

  void dispatchHead() {
    std::string Enter = member("weft_enter") + "()";
    if (F.Points.empty()) {
      if (!F.isActivation())
        Out.write(Enter + ";", F.Line);
      return;
    }
    if (HasBarriers) {
      Out.write("std::uint16_t weft_at = " + Enter + ";", F.Line);
      Enter = "weft_at";
    }
    Out.write(dispatch(F.Body, Enter, true), F.Line);
  }

  /// What lives on the stack between two pauses, and short names for members.
  void locals() {
    for (VarId Id = 0; Id < F.Variables.size(); ++Id) {
      const Variable &V = F.Variables[Id];
      if (Layout.InFrame[Id] || !V.Place.empty())
        continue;
      if (V.As == Variable::Form::Object)
        Out.write(alignment(V) + slotType(V) + " " + V.Stored + ";", F.Line);
      else
        Out.write("[[maybe_unused]] " + V.Declarator + ";", F.Line);
    }
    for (VarId Id = 0; Id < F.Variables.size(); ++Id) {
      const Variable &V = F.Variables[Id];
      if (Layout.Cached[Id]) {
        Out.write("[[maybe_unused]] " + V.Declarator +
                      (V.As == Variable::Form::Parameter ? " = " + member(Id) : "") + ";",
                  F.Line);
        continue;
      }
      if (!V.Mentioned || (F.Pack && F.Pack->Var == Id))
        continue;
      std::string Storage = storageOf(F, Layout, Id);
      bool Direct = Layout.Path[Id].empty();
      switch (V.As) {
      case Variable::Form::Object:
        Out.write(V.Bound + " = " + placeOf(F, Layout, Id) + ";", F.Line);
        break;
      case Variable::Form::Scalar:
        if (V.IsConst) {
          if (!Direct)
            Out.write("auto& " + V.Stored + " = " + Storage + ";", F.Line);
          Out.write("const auto& " + V.Name + " = " + V.Stored + ";", F.Line);
        }
        else if (Layout.InFrame[Id] && (!Direct || V.Captured))
          Out.write("auto& " + V.Name + " = " + member(Id) + ";", F.Line);
        break;
      case Variable::Form::Pointer:
        if (Layout.InFrame[Id] && !Direct)
          Out.write("auto& " + V.Name + " = " + Storage + ";", F.Line);
        break;
      case Variable::Form::Parameter:
        if (!Direct || V.Captured)
          Out.write("auto& " + V.Name + " = " + member(Id) + ";", F.Line);
        break;
      }
    }
  }

  static std::string alignment(const Variable &V) {
    return V.Alignas ? "alignas(" + std::to_string(V.Alignas) + ") " : "";
  }

  void list(const std::vector<Node> &List, bool InBarrier) {
    const Node *Before = nullptr;
    for (const Node &N : List) {
      // Nothing is left to destroy behind a jump.
      if (N.What == Kind::Unwind && Before && Before->What == Kind::Jump)
        continue;
      node(N, InBarrier);
      Before = &N;
    }
  }

  static bool endsInJump(const std::vector<Node> &List) {
    for (const Node &N : llvm::reverse(List)) {
      if (N.What == Kind::Unwind)
        continue;
      return N.What == Kind::Jump && N.Exits[0].What == Exit::Kind::Return;
    }
    return false;
  }

  void braces(const std::vector<Node> &Body, bool InBarrier, unsigned Line,
              const std::string &First = {}) {
    Out.indent();
    if (!First.empty())
      Out.write(First, Line);
    list(Body, InBarrier);
    Out.outdent();
  }

  void node(const Node &N, bool InBarrier) {
    unsigned Line = N.Text.Line;
    if (Line)
      LastLine = std::max(LastLine, Line);
    switch (N.What) {
    case Kind::Text:
      if (!N.Text.Text.empty())
        Out.write(N.Text.Text, Line, N.Text.Column, N.Text.HasRawString);
      break;
    case Kind::Construct:
      construct(N);
      break;
    case Kind::Begin:
      if (F.Variables[N.Vars[0]].IsArm)
        Out.write(storageOf(F, Layout, N.Vars[0]) + " = weft_alive;", Line);
      Out.write("weft_alive = " + std::to_string(F.Variables[N.Vars[0]].Alive) + ";",
                Line);
      break;
    case Kind::Suspend:
      suspend(N, InBarrier);
      break;
    case Kind::Unwind:
      unwind(N.From, N.Level, Line);
      break;
    case Kind::Block:
      Out.write("{", Line);
      braces(N.Body, InBarrier, Line);
      Out.write("}", LastLine);
      break;
    case Kind::If: {
      bool Barrier = N.Barrier && !pointsIn(N).empty();
      if (Barrier) {
        Out.outdent();
        Out.write(barrierLabel(N) + ":", Line);
        Out.indent();
      }
      Out.write(N.Text.Text + " {", Line, N.Text.Column);
      bool Inside = InBarrier || Barrier;
      braces(N.Body, Inside, Line, Barrier ? dispatch(N.Body, "weft_at", false) : "");
      if (N.HasElse) {
        Out.write("} else {", LastLine);
        braces(N.Else, Inside, LastLine,
               Barrier ? dispatch(N.Else, "weft_at", false) : "");
      }
      Out.write("}", LastLine);
      break;
    }
    case Kind::Loop:
      Out.write(N.Text.Text + " {", Line, N.Text.Column);
      braces(N.Body, InBarrier, Line);
      Out.write(N.Tail.empty() ? "}" : "} " + N.Tail, LastLine);
      break;
    case Kind::Switch:
      Out.write(N.Text.Text + " {", Line, N.Text.Column);
      braces(N.Body, InBarrier, Line);
      Out.write("}", LastLine);
      break;
    case Kind::Case:
    case Kind::Label:
      Out.outdent();
      Out.write(N.What == Kind::Label ? N.Text.Text + ";" : N.Text.Text, Line);
      Out.indent();
      break;
    case Kind::Jump:
      jump(N);
      break;
    case Kind::Stub:
      Out.write("if (false) {", Line);
      Out.write(N.Text.Text + ":;", Line);
      braces(N.Body, InBarrier, Line);
      Out.write("}", Line);
      break;
    case Kind::Try:
      tryBlock(N);
      break;
    case Kind::Handler:
      break;
    }
  }

  void construct(const Node &N) {
    VarId Id = N.Vars[0];
    const Variable &V = F.Variables[Id];
    std::string Storage = storageOf(F, Layout, Id);
    std::string Text;
    if (!N.Text.Text.empty() && N.Text.Text[0] == '[' && !V.IsArray)
      Text = Storage + ".emplace_from(" + N.Text.Text + ");";
    else
      Text = "::new (" + Storage + ".storage()) " +
             (V.IsArray ? "weft::box<" + V.Type + ">" : V.Type) + N.Text.Text + ";";
    if (V.Alive && !N.Deferred)
      Text += " weft_alive = " + std::to_string(V.Alive) + ";";
    Out.write(Text, N.Text.Line, 1);
  }

  /// Destroys what lies between two indices; a single object directly.
  void unwind(unsigned From, unsigned Level, unsigned Line) {
    for (VarId Id = 0; Id < F.Variables.size(); ++Id)
      if (F.Variables[Id].Alive == From && From != 0 && !F.Variables[Id].IsArm &&
          !F.Variables[Id].Whole && F.Variables[Id].Outer == Level) {
        Out.write("weft_alive = " + std::to_string(Level) + "; " +
                      storageOf(F, Layout, Id) + ".destroy();",
                  Line);
        return;
      }
    Out.write("weft_unwind(" + std::to_string(Level) + ");", Line);
  }

  void suspend(const Node &N, bool InBarrier) {
    std::string Number = std::to_string(N.Point);
    std::string Operands = Number;
    if (!N.Text.Text.empty())
      Operands += ", " + N.Text.Text;
    switch (F.Points[N.Point - 1].What) {
    case SuspensionPoint::Kind::Yield:
      Out.write(F.IsAsync ? member("weft_yield") + "(" + Operands +
                                "); return weft_end.done();"
                          : "return " + member("weft_yield") + "(" + Operands + ");",
                N.Text.Line);
      break;
    case SuspensionPoint::Kind::Await:
      Out.write("return " + member("weft_await") + "(" + Operands + ");",
                N.Text.Line);
      break;
    case SuspensionPoint::Kind::Delegate:
      if (F.IsAsync) {
        // What is raised here is for the one that it delegates to.
        Out.write(member("weft_yield") + "(" + Operands + "); return weft_end.done();",
                  N.Text.Line);
        Out.outdent();
        Out.write(F.LabelPrefix + "suspended_" + Number + (InBarrier ? ":" : ":;"),
                  N.Text.Line);
        Out.indent();
        if (InBarrier)
          Out.write("weft_at = 0;", N.Text.Line);
        return;
      }
      if (F.Points[N.Point - 1].ToNew)
        Out.write("return " + member("weft_delegate_new") + "(" + Operands + ");",
                  N.Text.Line);
      else
        Out.write("if (" + member("weft_delegate") + "(" + Operands +
                      ")) { return; }",
                  N.Text.Line);
      break;
    case SuspensionPoint::Kind::Call:
      Out.write("if (" + member("weft_call") + "(" + Operands +
                    ")) { return weft_end.paused(); }",
                N.Text.Line);
      break;
    case SuspensionPoint::Kind::Wait:
      Out.write("if (" + member("weft_wait") + "(" + Operands +
                    ")) { return weft_end.paused(); }",
                N.Text.Line);
      break;
    case SuspensionPoint::Kind::Checkpoint:
      checkpoint(N, InBarrier);
      return;
    }
    Out.outdent();
    Out.write(F.LabelPrefix + "suspended_" + Number + ":", N.Text.Line);
    Out.indent();
    if (InBarrier)
      Out.write("weft_at = 0;", N.Text.Line);
    Out.write(member("weft_resumed") + "();", N.Text.Line);
  }

  /// What follows a pause stands on its branch, as does what is moved into the frame
  /// and back.
  void checkpoint(const Node &N, bool InBarrier) {
    const std::string Number = std::to_string(N.Point);
    const std::vector<VarId> &Saved = Layout.Saved[N.Point - 1];
    std::string Text;
    if (!Saved.empty())
      Text = "if (" + member("weft_slice_is_over") + "()) { ";
    for (VarId Id : Saved)
      Text += member(Id) + " = " + F.Variables[Id].Name + "; ";
    Text += "if (" + member(Saved.empty() ? "weft_checkpoint" : "weft_switch") + "(" + Number +
            ")) { return weft_end.paused(); " + F.LabelPrefix + "suspended_" + Number + ": ";
    if (InBarrier)
      Text += "weft_at = 0; ";
    for (VarId Id : Saved)
      if (F.Variables[Id].As != Variable::Form::Parameter)
        Text += F.Variables[Id].Name + " = " + member(Id) + "; ";
    Text += member("weft_resumed") + "(); }";
    Out.write(Saved.empty() ? Text : Text + " }", N.Text.Line);
  }

  void jump(const Node &N) {
    unsigned Line = N.Text.Line;
    if (N.From > N.Level)
      unwind(N.From, N.Level, Line);
    const Exit &Way = N.Exits[0];
    switch (Way.What) {
    case Exit::Kind::Break:
      Out.write("break;", Line);
      break;
    case Exit::Kind::Continue:
      Out.write("continue;", Line);
      break;
    case Exit::Kind::Goto:
      Out.write("goto " + Way.Label + ";", Line);
      break;
    case Exit::Kind::Return:
      Out.write(F.endStatement(), Line);
      break;
    }
  }

  /// Whether something with a destructor can be alive in \p List beyond what
  /// was alive in front of it.
  bool constructs(const std::vector<Node> &List) const {
    return llvm::any_of(List, [&](const Node &N) {
      return ((N.What == Kind::Construct || N.What == Kind::Begin) &&
              F.Variables[N.Vars[0]].Alive) ||
             (N.What == Kind::Handler && !N.Vars.empty()) || constructs(N.Body) ||
             constructs(N.Else) || constructs(N.Handlers);
    });
  }

  void tryBlock(const Node &N) {
    unsigned Line = N.Text.Line;
    bool Resumed = !pointsIn(N).empty();
    if (Resumed) {
      Out.outdent();
      Out.write(barrierLabel(N) + ":", Line);
      Out.indent();
    }
    Out.write("try {", Line);
    Out.indent();
    for (const Node &Handler : N.Handlers) {
      std::vector<PointId> Points = pointsIn(Handler);
      if (Points.empty())
        continue;
      std::string Test;
      for (PointId Point : Points)
        Test += (Test.empty() ? "" : " || ") + ("weft_at == " + std::to_string(Point));
      Out.write("if (" + Test + ") { std::rethrow_exception(" +
                    storageOf(F, Layout, Handler.Vars[0]) + ".value); }",
                Line);
    }
    if (constructs(N.Body))
      Out.write((F.isActivation() ? "const weft::activation_scope weft_scope(weft_end, "
                                  : "const weft::unwinder weft_scope(*this, ") +
                    std::to_string(N.Level) + ");",
                Line);
    std::string Switch = dispatch(N.Body, "weft_at", false);
    if (!Switch.empty())
      Out.write(Switch, Line);
    list(N.Body, true);
    Out.outdent();
    for (const Node &Handler : N.Handlers) {
      Out.write("} " + Handler.Text.Text + " {", Handler.Text.Line);
      LastLine = std::max(LastLine, Handler.Text.Line);
      Out.indent();
      if (!Handler.Vars.empty()) {
        std::string Inner = dispatch(Handler.Body, "weft_at", false);
        if (!Inner.empty())
          Out.write(Inner, Handler.Text.Line);
        VarId Id = Handler.Vars[0];
        Out.write("::new (" + storageOf(F, Layout, Id) +
                      ".storage()) std::exception_ptr(std::current_exception()); "
                      "weft_alive = " +
                      std::to_string(F.Variables[Id].Alive) + ";",
                  Handler.Text.Line);
      }
      list(Handler.Body, true);
      Out.outdent();
    }
    Out.write("}", LastLine);
  }

  const Flow &F;
  const FrameLayout &Layout;
  LineWriter &Out;
  bool HasBarriers = false;
  unsigned LastLine = 0;
  std::map<const Node *, unsigned> BarrierNumbers; ///< Only looked up.
};

} // namespace

void weft::writeBody(const Flow &F, const FrameLayout &Layout, LineWriter &Out) {
  BodyWriter(F, Layout, Out).write();
}
