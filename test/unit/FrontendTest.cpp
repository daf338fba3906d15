//===- FrontendTest.cpp - Reading a translation unit ----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/TranslationUnit.h"
#include "Support/AstVisitor.h"
#include "gtest/gtest.h"

using namespace weft;
using Names = std::vector<std::string>;

namespace {

/// Reads \p Text as GCC would see it; false when it has errors.
bool read(llvm::StringRef Text, llvm::function_ref<void(TranslationUnit &)> Use,
          Names Flags = {"-std=c++17"}) {
  FrontendOptions Options;
  Options.Command = {"g++"};
  Options.Command.insert(Options.Command.end(), Flags.begin(), Flags.end());
  Options.MainFile = "main.cpp";
  Options.MainText = Text.str();
  return readTranslationUnit(Options, Use);
}

class Annotated : public weft::AstVisitor {
public:
  bool VisitFunctionDecl(clang::FunctionDecl *Function) override {
    for (const auto *Attr : Function->specific_attrs<clang::AnnotateAttr>()) {
      Found.push_back(Function->getNameAsString() + " " +
                      Attr->getAnnotation().str());
      EXPECT_TRUE(Attr->getRange().isValid());
    }
    return true;
  }
  bool VisitLambdaExpr(clang::LambdaExpr *Lambda) override {
    return VisitFunctionDecl(Lambda->getCallOperator());
  }
  Names Found;
};

} // namespace

TEST(Attributes, AreAnnotationsOnEveryKindOfFunction) {
  Annotated Visitor;
  bool Ok = read(R"cpp(
#define MINE [[weft::coroutine]]
[[weft::coroutine]] int free(int);
MINE int macro(int) { return 0; }
struct S {
  [[weft::fiber]] int member() { return 0; }
  template <class T> [[weft::green]] int generic(T) { return 0; }
  [[weft::coroutine]] static int stat();
  [[using weft: coroutine]] int operator()() { return 0; }
};
auto lambda = [] [[weft::coroutine]] (int) { return 0; };
auto bare = [] [[weft::coroutine]] { return 0; };
[[weft::coroutine, weft::coroutine]] int twice();
)cpp",
                 [&](TranslationUnit &Unit) {
                   Visitor.TraverseDecl(Unit.AST.getTranslationUnitDecl());
                   EXPECT_TRUE(Unit.StandsInForGcc);
                 });
  EXPECT_TRUE(Ok);
  EXPECT_EQ(Visitor.Found,
            (Names{"free weft::coroutine", "macro weft::coroutine",
                   "member weft::fiber", "generic weft::green",
                   "stat weft::coroutine", "operator() weft::coroutine",
                   "operator() weft::coroutine", "operator() weft::coroutine",
                   "twice weft::coroutine"}));
}

TEST(Frontend, LetsACoroutineReturnNothing) {
  bool Called = false;
  EXPECT_TRUE(read("struct G { int x; };\n"
                   "G bare(int i) { if (i) return; }\n"
                   "G falls() {}\n",
                   [&](TranslationUnit &) { Called = true; },
                   {"-Wall", "-Werror", "-pedantic-errors"}));
  EXPECT_TRUE(Called);
}

TEST(Frontend, RecordsDirectives) {
  std::string Text = "#pragma once // c\n"
                     "#define A defined(B) && \\\n 1 /* c */\n"
                     "#if A || __has_builtin(__builtin_trap)\n"
                     "#elif defined SKIPPED\n"
                     "%: endif\n"
                     "#ifdef C\n"
                     "#define INSIDE\n"
                     "#else\n"
                     "#  undef A\n"
                     "#endif\n"
                     "#line 50 \"other\"\n"
                     "#pragma GCC ivdep\n";
  std::vector<std::pair<Directive::Kind, std::string>> Seen;
  std::vector<Names> Tested;
  EXPECT_TRUE(read(Text, [&](TranslationUnit &Unit) {
    for (const Directive &D : Unit.Directives) {
      if (D.File != Unit.Sources.getMainFileID())
        continue;
      Seen.push_back({D.What, Text.substr(D.Begin, D.End - D.Begin)});
      Tested.push_back(D.Macros);
    }
  }));
  using K = Directive::Kind;
  std::vector<std::pair<K, std::string>> Expected = {
      {K::PragmaOnce, "#pragma once"},
      {K::Define, "#define A defined(B) && \\\n 1"},
      {K::Conditional, "#if A || __has_builtin(__builtin_trap)"},
      {K::Conditional, "#elif defined SKIPPED"},
      {K::Conditional, "%: endif"},
      {K::Conditional, "#ifdef C"},
      {K::Conditional, "#else"},
      {K::Undef, "#  undef A"},
      {K::Conditional, "#endif"},
      {K::Other, "#line 50 \"other\""},
      {K::Pragma, "#pragma GCC ivdep"}};
  EXPECT_EQ(Seen, Expected);
  ASSERT_EQ(Tested.size(), Expected.size());
  EXPECT_EQ(Tested[2], (Names{"A", "B", "__has_builtin", "__builtin_trap"}));
  EXPECT_EQ(Tested[3], Names{"SKIPPED"});
  EXPECT_EQ(Tested[5], Names{"C"});
  EXPECT_TRUE(isCompilerProbe("__has_builtin"));
}

TEST(Frontend, RecordsIncludes) {
  std::string Text = "#define NAME <cstddef>\n"
                     "#include <cstddef> // c\n"
                     "# include NAME\n"
                     "#include \"cstdint\"\n";
  Names Seen;
  EXPECT_TRUE(read(Text, [&](TranslationUnit &Unit) {
    for (const IncludeDirective &I : Unit.Includes)
      if (I.Includer == Unit.Sources.getMainFileID()) {
        Seen.push_back(Text.substr(I.Begin, I.End - I.Begin) + " " +
                       I.Spelling + (I.Angled ? " angled" : " quoted"));
        EXPECT_TRUE(I.File);
        if (I.Spelling == "cstdint") {
          EXPECT_TRUE(I.Included.isValid());
        }
      }
  }));
  EXPECT_EQ(Seen, (Names{"#include <cstddef> cstddef angled",
                         "# include NAME cstddef angled",
                         "#include \"cstdint\" cstdint quoted"}));
}
