//===- LauncherTest.cpp - Command lines in front of a compiler ------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/CompilerArgs.h"
#include "Launcher/Options.h"
#include "Launcher/ResponseFile.h"
#include "gtest/gtest.h"

using namespace weft;
using Words = std::vector<std::string>;
using Stage = CompilerArgs::Stage;

TEST(ResponseFile, SplitsLikeGcc) {
  EXPECT_EQ(splitResponseText("a 'b c' \"d\\\"e\" f\\ g ''\n'x'y"),
            (Words{"a", "b c", "d\"e", "f g", "", "xy"}));
  Words Odd = {"", "a b", "\\", "\"", "'", "new\nline"};
  EXPECT_EQ(splitResponseText(quoteForResponseFile(Odd)), Odd);
}

TEST(Options, TellsItsTwoFormsApart) {
  EXPECT_EQ(parseCommandLine({"a.cpp", "--", "-O2"}).CompilerArgs,
            Words{"-O2"});
  EXPECT_EQ(parseCommandLine({"g++", "-c", "a.cpp"}).Compile,
            (Words{"g++", "-c", "a.cpp"}));
  EXPECT_EQ(parseCommandLine({"--", "ccache", "g++"}).Compile,
            (Words{"ccache", "g++"}));
  EXPECT_EQ(parseCommandLine({"-Werror", "g++", "-c", "a.cpp"}).Compile.size(),
            3u);
  EXPECT_EQ(parseCommandLine({"-"}).Sources, Words{"-"});
}

TEST(Options, TakesValuesJoinedOrNot) {
  for (const Words &Form : {Words{"-o", "x", "a.cpp"}, Words{"-ox", "a.cpp"}})
    EXPECT_EQ(parseCommandLine(Form).value(OptionId::Output), "x");
  for (const Words &Form :
       {Words{"--out-dir=x", "a.cpp"}, Words{"--out-dir", "x", "a.cpp"}})
    EXPECT_EQ(parseCommandLine(Form).value(OptionId::OutDir), "x");
  for (const Words &Form : {Words{"-p", "x"}, Words{"-px"}, Words{"-p=x"}})
    EXPECT_EQ(parseCommandLine(Form).value(OptionId::BuildPath), "x");
}

TEST(CompilerArgs, FindsTheCompilerBehindLaunchers) {
  auto Index = [](const Words &Command) {
    return understandCompiler(Command).Compiler;
  };
  EXPECT_EQ(Index({"g++", "-c", "a.cpp"}), 0u);
  EXPECT_EQ(Index({"ccache", "g++", "-c", "a.cpp"}), 1u);
  EXPECT_EQ(Index({"ccache", "distcc", "clang++-22", "a.cpp"}), 2u);
  EXPECT_EQ(Index({"env", "X=1", "/usr/bin/x86_64-linux-gnu-g++-12"}), 2u);
  EXPECT_EQ(Index({"my-wrapper", "g++", "a.cpp"}), 1u);
  EXPECT_EQ(Index({"ccache", "my-compiler", "a.cpp"}), 1u);
}

TEST(CompilerArgs, SortsInputs) {
  CompilerArgs Args =
      understandCompiler({"g++", "-o", "out.cpp", "-I", "dir.cpp", "-include",
                          "pre.cpp", "a.cc", "b.o", "-x", "c", "c.cpp", "-x",
                          "none", "d.C", "-l", "e.cpp", "--", "-f.cpp"});
  Words Sources;
  for (size_t Index : Args.cxxSources())
    Sources.push_back(Args.Words[Args.Inputs[Index].Word]);
  EXPECT_EQ(Sources, (Words{"a.cc", "d.C", "-f.cpp"}));
  EXPECT_EQ(Args.Output, "out.cpp");
  EXPECT_EQ(Args.SearchDirs, Words{"dir.cpp"});
  EXPECT_EQ(Args.Forced, Words{"pre.cpp"});
}

TEST(CompilerArgs, KnowsHowFarACommandGoes) {
  auto Until = [](const char *Flag) {
    return understandCompiler({"g++", Flag, "a.cpp"}).Until;
  };
  EXPECT_EQ(Until("-E"), Stage::Nothing);
  EXPECT_EQ(Until("-M"), Stage::Nothing);
  EXPECT_EQ(Until("-MM"), Stage::Nothing);
  EXPECT_EQ(Until("-fsyntax-only"), Stage::SyntaxOnly);
  EXPECT_EQ(Until("-S"), Stage::Assembly);
  EXPECT_EQ(Until("-c"), Stage::Object);
  EXPECT_EQ(Until("-MD"), Stage::Link);
  EXPECT_EQ(Until("-MMD"), Stage::Link);
}

TEST(CompilerArgs, ReadsCMakesPrecompiledHeaders) {
  CompilerArgs Args = understandCompiler(
      {"clang++", "-Xclang", "-include-pch", "-Xclang", "d/pch.hxx.pch",
       "-Xclang", "-include", "-Xclang", "d/pch.hxx", "-c", "a.cpp"});
  EXPECT_EQ(Args.Forced, (Words{"d/pch.hxx", "d/pch.hxx"}));
}
