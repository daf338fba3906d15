//===- Crossing.cpp - Which variables live across a pause ----------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layout/Crossing.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <map>

using namespace weft;

namespace {

/// A place of the control-flow graph.
struct Place {
  llvm::SmallVector<unsigned, 2> Next;
  llvm::SmallVector<VarId, 4> Uses, Defines;
  PointId Point = 0;
};

class Graph {
public:
  explicit Graph(const Flow &F) : F(F) {
    End = add();
    Entry = build(F.Body, End);
    for (auto &[From, Label] : Gotos)
      if (auto It = Labels.find(Label); It != Labels.end())
        Places[From].Next.push_back(It->second);
  }

  Crossing solve() {
    unsigned Count = F.Variables.size();
    std::vector<llvm::BitVector> In(Places.size(), llvm::BitVector(Count));
    Crossing Result;
    Result.Points.resize(Count);
    std::vector<llvm::BitVector> After(F.Points.size() + 1,
                                       llvm::BitVector(Count));
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t I = 0; I < Places.size(); ++I) {
        const Place &P = Places[I];
        llvm::BitVector Live(Count);
        for (unsigned Next : P.Next)
          Live |= In[Next];
        if (P.Point)
          After[P.Point] = Live;
        for (VarId Id : P.Defines)
          Live.reset(Id);
        for (VarId Id : P.Uses)
          Live.set(Id);
        if (Live != In[I]) {
          In[I] = Live;
          Changed = true;
        }
      }
    }
    // Objects with a destructor, and escaped ones, cross what their life holds.
    lives(F.Body, llvm::BitVector(Count), Result);
    for (PointId Point = 1; Point <= F.Points.size(); ++Point)
      for (VarId Id : After[Point].set_bits())
        note(Result, Id, Point);
    for (auto &Points : Result.Points)
      std::sort(Points.begin(), Points.end());
    return Result;
  }

private:
  static void note(Crossing &Result, VarId Id, PointId Point) {
    auto &Points = Result.Points[Id];
    if (std::find(Points.begin(), Points.end(), Point) == Points.end())
      Points.push_back(Point);
  }

  unsigned add() {
    Places.emplace_back();
    if (!Handlers.empty())
      for (unsigned Handler : Handlers.back())
        Places.back().Next.push_back(Handler);
    return Places.size() - 1;
  }

  unsigned add(const Node &N, unsigned Next) {
    unsigned At = add();
    Places[At].Uses.append(N.Uses.begin(), N.Uses.end());
    Places[At].Defines.append(N.Defines.begin(), N.Defines.end());
    Places[At].Next.push_back(Next);
    return At;
  }

  void leave(unsigned From, const Exit &Way) {
    switch (Way.What) {
    case Exit::Kind::Break:
      if (!Breaks.empty())
        Places[From].Next.push_back(Breaks.back());
      break;
    case Exit::Kind::Continue:
      if (!Continues.empty())
        Places[From].Next.push_back(Continues.back());
      break;
    case Exit::Kind::Goto:
      Gotos.push_back({From, Way.Label});
      break;
    case Exit::Kind::Return:
      Places[From].Next.push_back(End);
      break;
    }
  }

  /// Builds from the last statement to the first; returns where it begins.
  unsigned build(const std::vector<Node> &List, unsigned Next) {
    for (auto It = List.rbegin(); It != List.rend(); ++It)
      Next = build(*It, Next);
    return Next;
  }

  unsigned build(const Node &N, unsigned Next) {
    using Kind = Node::Kind;
    switch (N.What) {
    case Kind::Text: {
      unsigned At = add(N, Next);
      for (const Exit &Way : N.Exits)
        leave(At, Way);
      return At;
    }
    case Kind::Construct:
    case Kind::Begin:
    case Kind::Unwind:
      return add(N, Next);
    case Kind::Suspend: {
      unsigned At = add(N, Next);
      Places[At].Point = N.Point;
      return At;
    }
    case Kind::Block:
      return build(N.Body, Next);
    case Kind::If: {
      unsigned Then = build(N.Body, Next);
      unsigned Else = N.HasElse ? build(N.Else, Next) : Next;
      unsigned At = add(N, Then);
      Places[At].Next.push_back(Else);
      return At;
    }
    case Kind::Loop: {
      unsigned Head = add(N, Next);
      if (N.Endless)
        Places[Head].Next.pop_back();
      Breaks.push_back(Next);
      Continues.push_back(Head);
      unsigned Body = build(N.Body, Head);
      Breaks.pop_back();
      Continues.pop_back();
      Places[Head].Next.push_back(Body);
      return N.Tail.empty() ? Head : Body;
    }
    case Kind::Switch: {
      unsigned At = add(N, Next);
      if (N.HasDefault)
        Places[At].Next.pop_back();
      Switches.push_back(At);
      Breaks.push_back(Next);
      build(N.Body, Next);
      Breaks.pop_back();
      Switches.pop_back();
      return At;
    }
    case Kind::Case: {
      unsigned At = add(N, Next);
      if (!Switches.empty())
        Places[Switches.back()].Next.push_back(At);
      return At;
    }
    case Kind::Label: {
      unsigned At = add(N, Next);
      Labels[N.Exits[0].Label] = At;
      return At;
    }
    case Kind::Jump: {
      unsigned At = add(N, Next);
      Places[At].Next.pop_back();
      leave(At, N.Exits[0]);
      return At;
    }
    case Kind::Stub: {
      unsigned At = build(N.Body, Next);
      Labels[N.Text.Text] = At;
      return Next;
    }
    case Kind::Try: {
      llvm::SmallVector<unsigned, 2> Here;
      for (const Node &Handler : N.Handlers)
        Here.push_back(build(Handler.Body, Next));
      // An exception may also pass by to the handlers further out.
      if (!Handlers.empty())
        Here.append(Handlers.back().begin(), Handlers.back().end());
      Handlers.push_back(Here);
      unsigned At = build(N.Body, Next);
      unsigned Head = add(); // Anything may throw, from the first statement.
      Handlers.pop_back();
      Places[Head].Next.push_back(At);
      return Head;
    }
    case Kind::Handler:
      return build(N.Body, Next);
    }
    return Next;
  }

  bool encloses(ScopeId Outer, ScopeId Inner) const {
    for (std::optional<ScopeId> At = Inner; At; At = F.Scopes[*At].Parent)
      if (*At == Outer)
        return true;
    return false;
  }

  /// Marks what \p Open holds at each point of \p List; returns what it holds behind.
  llvm::BitVector lives(const std::vector<Node> &List, llvm::BitVector Open,
                        Crossing &Result) {
    for (const Node &N : List) {
      if (N.What == Node::Kind::Suspend)
        for (VarId Id : Open.set_bits())
          if (encloses(F.Variables[Id].Scope, F.Points[N.Point - 1].Scope))
            note(Result, Id, N.Point);
      if (N.What == Node::Kind::Unwind)
        for (VarId Id : Open.set_bits())
          if (F.Variables[Id].Alive > N.Level)
            Open.reset(Id);
      if (N.What == Node::Kind::Handler && !N.Vars.empty())
        Open.set(N.Vars[0]);
      for (VarId Id : N.Defines)
        if (F.Variables[Id].Escapes || F.Variables[Id].HasDestructor)
          Open.set(Id);
      llvm::BitVector Then = lives(N.Body, Open, Result);
      llvm::BitVector Else = lives(N.Else, Open, Result);
      if (N.What == Node::Kind::If) { // What the operands of a `?:` make lives on.
        Open |= Then;
        Open |= Else;
      }
      for (const Node &Handler : N.Handlers) {
        llvm::BitVector Inside = Open;
        if (!Handler.Vars.empty())
          Inside.set(Handler.Vars[0]);
        lives(Handler.Body, Inside, Result);
      }
    }
    return Open;
  }

  const Flow &F;
  std::vector<Place> Places;
  unsigned Entry = 0, End = 0;
  std::vector<unsigned> Breaks, Continues, Switches;
  std::vector<llvm::SmallVector<unsigned, 2>> Handlers;
  std::map<std::string, unsigned> Labels;
  std::vector<std::pair<unsigned, std::string>> Gotos;
};

} // namespace

Crossing weft::findCrossing(const Flow &F) { return Graph(F).solve(); }
