//===- Verify.cpp - Checks the invariants of the explicit form -----------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flow/Verify.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"

using namespace weft;

static void walk(const std::vector<Node> &List,
                 llvm::function_ref<void(const Node &)> Visit) {
  for (const Node &N : List) {
    Visit(N);
    walk(N.Body, Visit);
    walk(N.Else, Visit);
    walk(N.Handlers, Visit);
  }
}

std::string weft::verify(const Flow &F) {
  std::string Wrong;
  auto complain = [&](const llvm::Twine &What) {
    if (Wrong.empty())
      Wrong = What.str();
  };
  std::vector<unsigned> Seen(F.Points.size() + 1);
  walk(F.Body, [&](const Node &N) {
    if (N.What == Node::Kind::Suspend) {
      if (N.Point == 0 || N.Point > F.Points.size())
        complain("suspension point without a number");
      else
        ++Seen[N.Point];
    }
    if (N.What == Node::Kind::Construct || N.What == Node::Kind::Begin)
      if (N.Vars.size() != 1 || N.Vars[0] >= F.Variables.size())
        complain("construction without its variable");
    if ((N.What == Node::Kind::Jump || N.What == Node::Kind::Unwind) &&
        N.Level > N.From && N.From != 0)
      complain("a jump or a scope's end would construct objects");
  });
  for (size_t Point = 1; Point < Seen.size(); ++Point)
    if (Seen[Point] != 1)
      complain("suspension point " + llvm::Twine(Point) + " occurs " +
               llvm::Twine(Seen[Point]) + " times");
  for (const Variable &V : F.Variables)
    if (V.HasDestructor && V.As == Variable::Form::Object &&
        (V.Alive == 0 || V.Outer >= V.Alive))
      complain("'" + V.Name + "' has a destructor and no place in the order of "
               "destruction");
  return Wrong;
}
