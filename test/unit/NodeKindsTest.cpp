// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The table of node kinds is total: no class of Clang's slips through.

#include "Analysis/NodeKinds.h"
#include "gtest/gtest.h"

TEST(NodeKinds, EveryStatementClassHasARow) {
#define STMT(Class, Base)                                                      \
  EXPECT_NE(weft::findNodeKind(#Class), nullptr) << #Class;
#define ABSTRACT_STMT(Class)
#include "clang/AST/StmtNodes.inc"
}

TEST(NodeKinds, WhatIsNotAClassHasNone) {
  EXPECT_EQ(weft::findNodeKind("NoSuchStmt"), nullptr);
}
