//===- DepfileTest.cpp - Dependency files ---------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Depfile.h"
#include "gtest/gtest.h"

using namespace weft;

TEST(Depfile, QuotesWhatMakeWouldRead) {
  EXPECT_EQ(quoteForMake("a b"), "a\\ b");
  EXPECT_EQ(quoteForMake("a\\ b"), "a\\\\\\ b");
  EXPECT_EQ(quoteForMake("$x#y"), "$$x\\#y");
  EXPECT_EQ(quoteForMake("back\\slash"), "back\\slash");
}

TEST(Depfile, ReadsBackWhatItPrints) {
  std::vector<std::string> Names = {"plain.h",   "with space.h", "do$lar.h",
                                    "ha#sh.h",   "b\\s.h",       "x\\ y.h",
                                    "c:/drive.h"};
  std::vector<DepRule> Rules = parseDepfile(printDepfile({{{"t"}, Names}}));
  ASSERT_EQ(Rules.size(), 1u);
  EXPECT_EQ(Rules[0].Files, Names);
}

TEST(Depfile, BreaksLinesAndJoinsThem) {
  std::vector<std::string> Names(40, "a/rather/long/name/of/a/header.h");
  std::string Text = printDepfile({{{"t"}, Names}});
  EXPECT_NE(Text.find(" \\\n "), std::string::npos);
  EXPECT_EQ(parseDepfile(Text)[0].Files, Names);
}

TEST(Depfile, NamesTheOriginal) {
  std::string Text =
      redirectDepfile("a.o: a.o.weft/a.weft.cpp x.h\n", "a.o.weft/a.weft.cpp",
                      "src/a.cpp", {"src/a.cpp", "x.h", "inlined.h"}, false);
  EXPECT_EQ(Text, "a.o: src/a.cpp x.h inlined.h\n");
}

TEST(Depfile, KeepsTargetsAsWritten) {
  std::string Text =
      redirectDepfile("$(O)/a.o b$$: g.cpp\n", "g.cpp", "a.cpp", {}, false);
  EXPECT_EQ(Text, "$(O)/a.o b$$: a.cpp\n");
}

TEST(Depfile, AddsPhonyRulesOnce) {
  std::string Text = redirectDepfile("t: g.cpp x.h\ng.cpp:\nx.h:\n", "g.cpp",
                                     "a.cpp", {"a.cpp", "x.h", "y.h"}, true);
  EXPECT_EQ(Text, "t: a.cpp x.h y.h\nx.h:\ny.h:\n");
}
