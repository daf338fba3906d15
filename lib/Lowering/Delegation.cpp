//===- Delegation.cpp - `yield_from` in async generators ------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each value may have to be waited for; so this is a loop, with a point where the
// fiber waits and one where the value is handed on:
//
//   weft::yield_from(inner);    for (;;) {
//                                 if (weft_call(1, weft_delegate(inner))) { return weft_end.paused(); }
//                               suspended_1:
//                                 weft_resumed();
//                                 if (inner.done()) { break; }
//                                 weft_yield(2, inner.value()); return weft_end.done();
//                               suspended_2:;
//                               }
//
// What is raised at the second point is raised in the inner one by `weft_delegate`.
//
//===----------------------------------------------------------------------===//

#include "Lowering/FunctionLowering.h"

using namespace clang;
using namespace weft;

void FunctionLowering::delegateAsync(const Suspension &S, const std::string &Inner,
                                     std::vector<VarId> Uses, Nodes &Out) {
  const unsigned Line = line(S.Call->getBeginLoc());
  auto suspendAt = [&](SuspensionPoint::Kind Kind, const std::string &Operand, Nodes &To) {
    Node N;
    N.What = Node::Kind::Suspend;
    N.Point = addPoint(Kind, S.Call->getBeginLoc());
    N.Text = Piece{Operand, Line};
    N.Uses = Uses;
    To.push_back(std::move(N));
  };
  Node Loop;
  Loop.What = Node::Kind::Loop;
  Loop.Text = Piece{"for (;;)", Line};
  suspendAt(SuspensionPoint::Kind::Call, member("weft_delegate") + "(" + Inner + ")", Loop.Body);
  breakIf(Inner + ".done()", Uses, Alive, Line, Loop.Body);
  suspendAt(S.What, Inner + ".value()", Loop.Body);
  Out.push_back(std::move(Loop));
  for (VarId Id : Uses)
    Retained.push_back({S.Call->getSourceRange(), Id});
  if (Pending)
    --Pending;
  Text.substitute(S.Call->getSourceRange(), "void()");
}
