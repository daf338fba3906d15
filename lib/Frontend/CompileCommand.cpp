//===- CompileCommand.cpp - The real compiler's command, for Clang --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Frontend/CompileCommand.h"
#include "Frontend/CompilerQuery.h"
#include "Support/ClangCompat.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace weft;
using llvm::StringRef;
using llvm::opt::Arg;
namespace opts = weft::compat::options;
namespace sys = llvm::sys;

//===----------------------------------------------------------------------===//
// Which of the user's arguments matter
//===----------------------------------------------------------------------===//

namespace {

/// The user's arguments, sorted by who needs them.
struct SortedArgs {
  std::vector<std::string> Query;    ///< What predefined macros depend on.
  std::vector<std::string> Analysis; ///< What our Clang gets.
  std::vector<std::string> Includes; ///< `-include` files, in order.
  bool NamesStandard = false;
};

} // namespace

static bool startsWithAny(StringRef Text,
                          std::initializer_list<StringRef> Prefixes) {
  return llvm::any_of(Prefixes,
                      [&](StringRef P) { return Text.starts_with(P); });
}

/// Flags of the language, with the same meaning and name in GCC and Clang.
static bool isLanguageFlag(StringRef Flag) {
  Flag.consume_front("-f");
  Flag.consume_front("no-");
  static constexpr StringRef Same[] = {"exceptions",
                                       "rtti",
                                       "signed-char",
                                       "unsigned-char",
                                       "short-enums",
                                       "short-wchar",
                                       "ms-extensions",
                                       "char8_t",
                                       "openmp",
                                       "aligned-new",
                                       "builtin",
                                       "threadsafe-statics",
                                       "operator-names",
                                       "coroutines",
                                       "sized-deallocation",
                                       "access-control",
                                       "freestanding",
                                       "hosted",
                                       "signed-bitfields",
                                       "unsigned-bitfields",
                                       "dollars-in-identifiers",
                                       "extended-identifiers",
                                       "gnu-keywords",
                                       "openmp-simd"};
  return llvm::is_contained(Same, Flag) ||
         startsWithAny(Flag, {"template-depth", "constexpr-depth",
                              "aligned-new=", "macro-prefix-map=",
                              "file-prefix-map=", "template-backtrace-limit"});
}

/// Clang's flags that must not reach the analysis: plugins, files that would
/// be written or read in vain, formats of diagnostics that are not ours.
static bool isIrrelevantForClang(StringRef Flag) {
  return startsWithAny(Flag, {"-fplugin",
                              "-fpass-plugin",
                              "-flto",
                              "-fprofile",
                              "-fcoverage",
                              "-fdiagnostics",
                              "-fno-diagnostics",
                              "-fcolor-diagnostics",
                              "-fansi-escape-codes",
                              "-fmodules",
                              "-fno-modules",
                              "-fimplicit-modules",
                              "-fmodule",
                              "-fprebuilt-module",
                              "-fpch",
                              "-fuse-ld",
                              "-ftime-",
                              "-fsave-optimization",
                              "-fstack-usage",
                              "-fcrash-diagnostics",
                              "-fproc-stat-report",
                              "-fxray",
                              "-fverbose-asm",
                              "-fintegrated",
                              "-fno-integrated",
                              "-ftest-"});
}

/// True for what can change predefined macros or include directories.
static bool affectsQuery(const Arg &A, StringRef Spelled) {
  if (Spelled.starts_with("-f"))
    return !startsWithAny(Spelled, {"-fplugin",
                                    "-fdiagnostics",
                                    "-fno-diagnostics",
                                    "-fcolor-diagnostics",
                                    "-ffile-prefix-map",
                                    "-fmacro-prefix-map",
                                    "-fdebug-prefix-map",
                                    "-fpch",
                                    "-fmodule",
                                    "-fprofile",
                                    "-fsyntax-only",
                                    "-frandom-seed",
                                    "-fdump",
                                    "-ftime-",
                                    "-fstack-usage",
                                    "-fuse-ld",
                                    "-flto",
                                    "-fdeps",
                                    "-ftemplate",
                                    "-fconstexpr"});
  return startsWithAny(Spelled,
                       {"-std",      "--std",     "-m",       "-O",
                        "--sysroot", "-isysroot", "-nostd",   "-stdlib",
                        "--target",  "-target",   "-pthread", "-undef",
                        "-ansi",     "-B",        "--gcc-",   "-specs",
                        "-E",        "-arch",     "--config", "-gcc-"}) &&
         !startsWithAny(Spelled, {"-mllvm", "-E"});
}

/// A precompiled header is read as the text it was made from: GCC's cannot be
/// read by Clang at all, and Clang's only by the same Clang.
static std::string headerOfPch(StringRef Pch) {
  for (StringRef Extension : {".pch", ".gch"})
    if (Pch.consume_back(Extension))
      return Pch.str();
  return "";
}

/// `-Xclang` words that say something about the language.
static void sortXclang(llvm::ArrayRef<std::string> Words, SortedArgs &To) {
  for (size_t I = 0; I < Words.size(); ++I) {
    StringRef Word = Words[I];
    if (Word == "-include" && I + 1 < Words.size())
      To.Includes.push_back(Words[++I]);
    else if (Word == "-include-pch" && I + 1 < Words.size())
      To.Includes.push_back(headerOfPch(Words[++I]));
    else if (startsWithAny(Word, {"-emit", "-building", "-load", "-plugin",
                                  "-add-plugin"})) {
      if (Word != "-emit-pch" && Word != "-emit-llvm")
        ++I;
    } else if (Word.starts_with("-f") && !isIrrelevantForClang(Word)) {
      To.Analysis.push_back("-Xclang");
      To.Analysis.push_back(Word.str());
    }
  }
}

static void append(std::vector<std::string> &To, const Arg &A,
                   const llvm::opt::InputArgList &Args) {
  llvm::opt::ArgStringList Words;
  A.render(Args, Words);
  To.insert(To.end(), Words.begin(), Words.end());
}

/// Clang's table does not know these of GCC's, whose value is a second word.
static bool takesSecondWordInGcc(StringRef Word) {
  return Word == "-aux-info" || Word == "-dumpbase" || Word == "-dumpdir" ||
         Word == "-dumpbase-ext" || Word == "-wrapper" || Word == "-imultilib";
}

static SortedArgs sortArgs(llvm::ArrayRef<std::string> Words, bool IsClang) {
  SortedArgs To;
  std::vector<const char *> Pointers;
  for (size_t I = 0; I < Words.size(); ++I)
    if (takesSecondWordInGcc(Words[I]))
      ++I;
    else
      Pointers.push_back(Words[I].c_str());
  unsigned MissingIndex, MissingCount;
  llvm::opt::InputArgList Args = compat::driverOptions().ParseArgs(
      Pointers, MissingIndex, MissingCount,
      llvm::opt::Visibility(opts::ClangOption));

  std::vector<std::string> Xclang;
  for (const Arg *A : Args) {
    const llvm::opt::Option &Option = A->getOption();
    std::string Whole = A->getAsString(Args);
    StringRef Spelled = Whole;
    if (Option.matches(opts::OPT_INPUT))
      continue;
    if (Option.matches(opts::OPT_Xclang)) {
      Xclang.push_back(A->getValue());
      continue;
    }
    if (Option.matches(opts::OPT_include)) {
      To.Includes.push_back(A->getValue());
      continue;
    }
    if (Option.matches(opts::OPT_include_pch)) {
      To.Includes.push_back(headerOfPch(A->getValue()));
      continue;
    }
    if (affectsQuery(*A, Spelled))
      append(To.Query, *A, Args);
    if (Option.matches(opts::OPT_UNKNOWN))
      continue;
    if (Option.matches(opts::OPT_std_EQ) || Option.matches(opts::OPT_ansi))
      To.NamesStandard = true;
    if (Option.matches(opts::OPT_D)) {
      // Its inline wrappers use builtins that only GCC has.
      if (!StringRef(A->getValue()).starts_with("_FORTIFY_SOURCE"))
        append(To.Analysis, *A, Args);
      continue;
    }
    bool Keep =
        Option.matches(opts::OPT_I_Group) || Option.matches(opts::OPT_U) ||
        Option.matches(opts::OPT_imacros) || Option.matches(opts::OPT_std_EQ) ||
        Option.matches(opts::OPT_ansi) ||
        startsWithAny(Spelled, {"-iquote", "-isystem", "-idirafter", "-iprefix",
                                "-iwithprefix", "-cxx-isystem", "-F",
                                "-iframework", "-ivfsoverlay", "-trigraphs",
                                "-working-directory", "-m32", "-m64", "-mx32"});
    if (Spelled.starts_with("-f"))
      Keep = IsClang ? !isIrrelevantForClang(Spelled) : isLanguageFlag(Spelled);
    else if (IsClang && startsWithAny(Spelled, {"-m", "-arch"}))
      Keep = !Spelled.starts_with("-mllvm");
    if (Keep)
      append(To.Analysis, *A, Args);
  }
  sortXclang(Xclang, To);

  // CMake names a header both as PCH and as text.
  std::vector<std::string> Unique;
  for (std::string &File : To.Includes)
    if (!File.empty() && !llvm::is_contained(Unique, File))
      Unique.push_back(std::move(File));
  To.Includes = std::move(Unique);
  return To;
}

//===----------------------------------------------------------------------===//
// What Clang would say of itself, replaced by what the compiler says
//===----------------------------------------------------------------------===//

/// The compiler's macros, less what makes its headers use what Clang lacks.
static std::string predefinesFor(const CompilerFacts &Facts) {
  std::string Text = "# 1 \"<built-in>\" 3\n" + Facts.Macros;
  if (!llvm::StringRef(Text).ends_with("\n"))
    Text += '\n';
  if (Facts.isClang())
    return Text;
  Text += "#undef _FORTIFY_SOURCE\n"
          "#define __float80 long double\n";
#if CLANG_VERSION_MAJOR < 21
  // glibc: __attribute__ ((__malloc__ (free, 1))).
  Text += "#define __malloc__(...) __malloc__\n";
#endif
  if (Facts.number("__GNUC__") >= 13) // These became keywords in C++.
    // Types of their own, because glibc specialises templates for them.
    Text += "#define WEFT_FLOAT(Name, Like) struct Name { Like value; "
            "Name() = default; constexpr Name(Like v) : value(v) {} "
            "constexpr operator Like() const { return value; } };\n"
            "WEFT_FLOAT(_Float32, float)\n"
            "WEFT_FLOAT(_Float64, double)\n"
            "WEFT_FLOAT(_Float32x, double)\n"
            "WEFT_FLOAT(_Float64x, long double)\n"
            "#undef WEFT_FLOAT\n"
            "#define _Float128 __float128\n"
            "#undef __STDCPP_FLOAT16_T__\n"
            "#undef __STDCPP_FLOAT32_T__\n"
            "#undef __STDCPP_FLOAT64_T__\n"
            "#undef __STDCPP_FLOAT128_T__\n"
            "#undef __STDCPP_BFLOAT16_T__\n"
            // From GCC 13 on libstdc++ asks for the types by these.
            "#undef __FLT16_DIG__\n"
            "#undef __FLT32_DIG__\n"
            "#undef __FLT64_DIG__\n"
            "#undef __FLT128_DIG__\n"
            "#undef __FLT32X_DIG__\n"
            "#undef __FLT64X_DIG__\n"
            "#undef __BFLT16_DIG__\n";
  return Text;
}

/// The standard that the compiler took by default.
static std::string defaultStandard(const CompilerFacts &Facts) {
  std::string Std =
      Facts.defines("__STRICT_ANSI__") ? "-std=c++" : "-std=gnu++";
  unsigned Year = Facts.number("__cplusplus");
  return Std + (Year > 202302   ? "2c"
                : Year > 202002 ? "23"
                : Year > 201703 ? "20"
                : Year > 201402 ? "17"
                : Year > 201103 ? "14"
                : Year > 199711 ? "11"
                                : "98");
}

/// The directory of a compiler's own headers, which call its own builtins.
static bool belongsToCompiler(StringRef Dir) {
  llvm::SmallString<128> Header(Dir);
  sys::path::append(Header, "stdarg.h");
  return sys::fs::exists(Header) || Dir.ends_with("/include-fixed");
}

static void addIncludeDirs(const CompilerFacts &Facts, StringRef Resources,
                           std::vector<std::string> &Args) {
  auto Add = [&](StringRef Dir) {
    for (StringRef Word : {StringRef("-Xclang"), StringRef("-internal-isystem"),
                           StringRef("-Xclang"), Dir})
      Args.push_back(Word.str());
  };
  std::vector<StringRef> Last;
  bool Ours = false;
  for (StringRef Dir : Facts.IncludeDirs) {
    if (!belongsToCompiler(Dir)) {
      Add(Dir);
      continue;
    }
    if (!Ours)
      Add((Resources + "/include").str());
    Ours = true;
    Last.push_back(Dir); // <omp.h>, <quadmath.h>: Clang has none of these.
  }
  for (StringRef Dir : Last)
    if (!Dir.ends_with("/include-fixed"))
      Add(Dir);
}

llvm::Expected<AnalysisCommand>
weft::prepareAnalysis(const FrontendOptions &Options, StringRef Resources) {
  llvm::ArrayRef<std::string> Words(Options.Command);
  if (Words.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the compile command is empty");
  // Flags may depend on who compiles, but what to ask does not.
  SortedArgs ForQuery = sortArgs(Words.drop_front(), /*IsClang=*/true);
  auto Facts = queryCompiler(Words[0], ForQuery.Query, Options.Directory);
  if (!Facts)
    return Facts.takeError();

  SortedArgs User = sortArgs(Words.drop_front(), Facts->isClang());
  AnalysisCommand Result;
  Result.StandsInForGcc = !Facts->isClang();
  Result.ProbesMayDiffer =
      Result.StandsInForGcc ||
      Facts->number("__clang_major__") != CLANG_VERSION_MAJOR;
  Result.Predefines = predefinesFor(*Facts);

  std::vector<std::string> &Args = Result.Args;
  Args = {"clang++", "-resource-dir", Resources.str(), "-nostdinc"};
  if (!Facts->Target.empty())
    Args.push_back("--target=" + Facts->Target);
  if (!User.NamesStandard)
    Args.push_back(defaultStandard(*Facts));
  Args.insert(Args.end(), User.Analysis.begin(), User.Analysis.end());
  for (const std::string &File : User.Includes)
    Args.insert(Args.end(), {"-include", File});
  addIncludeDirs(*Facts, Resources, Args);
  Args.insert(Args.end(), {"-Wno-everything", "-DWEFT_ANALYSIS=1", "-x", "c++",
                           Options.MainFile});
  return Result;
}
