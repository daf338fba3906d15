//===- CompilerArgs.cpp - What a compiler's command line would do ---------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/CompilerArgs.h"
#include "Launcher/Options.h"
#include "Launcher/ResponseFile.h"
#include <algorithm>
#include <cstdlib>

using namespace weft;
using std::string_view;

static bool startsWith(string_view Text, string_view Prefix) {
  return Text.substr(0, Prefix.size()) == Prefix;
}

template <typename Names> static bool isOneOf(string_view Word, Names &Known) {
  return std::find(std::begin(Known), std::end(Known), Word) != std::end(Known);
}

static string_view baseName(string_view Path) {
  size_t Slash = Path.rfind('/');
  return Slash == Path.npos ? Path : Path.substr(Slash + 1);
}

//===----------------------------------------------------------------------===//
// The compiler behind its launchers
//===----------------------------------------------------------------------===//

/// True for `g++`, `x86_64-linux-gnu-g++-12`, `clang++-22`, `c++`, ...
static bool namesCompiler(string_view Word) {
  string_view Name = baseName(Word);
  while (!Name.empty() && (isdigit(static_cast<unsigned char>(Name.back())) ||
                           Name.back() == '.' || Name.back() == '-'))
    Name.remove_suffix(1);
  for (string_view Compiler : {"g++", "gcc", "clang++", "clang", "c++", "cc"})
    if (Name == Compiler ||
        (Name.size() > Compiler.size() &&
         Name.substr(Name.size() - Compiler.size()) == Compiler &&
         Name[Name.size() - Compiler.size() - 1] == '-'))
      return true;
  return false;
}

static size_t findCompiler(const std::vector<std::string> &Words) {
  static constexpr string_view Launchers[] = {
      "ccache",    "sccache", "distcc", "icecc", "cachepot", "buildcache",
      "fastbuild", "env",     "nice",   "time",  "weft"};
  size_t At = 0;
  while (At + 1 < Words.size()) {
    bool Launcher = isOneOf(baseName(Words[At]), Launchers);
    if (!Launcher &&
        (namesCompiler(Words[At]) || !namesCompiler(Words[At + 1])))
      break;
    ++At;
    // Its own settings, as in `env X=1 g++` and `ccache -v g++`.
    while (At + 1 < Words.size() && !namesCompiler(Words[At]) &&
           (startsWith(Words[At], "-") ||
            Words[At].find('=') != std::string::npos))
      ++At;
  }
  return At;
}

//===----------------------------------------------------------------------===//
// Its arguments
//===----------------------------------------------------------------------===//

/// Options whose value is always the next word.
static constexpr string_view TakesNextWord[] = {"-Xpreprocessor",
                                                "-Xassembler",
                                                "-Xlinker",
                                                "-Xclang",
                                                "-Xanalyzer",
                                                "-mllvm",
                                                "-T",
                                                "-u",
                                                "-z",
                                                "-e",
                                                "-aux-info",
                                                "-dumpbase",
                                                "-dumpdir",
                                                "-dumpbase-ext",
                                                "-wrapper",
                                                "-framework",
                                                "-arch",
                                                "-target",
                                                "--param",
                                                "-imultilib",
                                                "-isysroot",
                                                "-iprefix",
                                                "-iframework",
                                                "-ivfsoverlay",
                                                "-gcc-toolchain",
                                                "-working-directory",
                                                "--serialize-diagnostics",
                                                "-serialize-diagnostics",
                                                "-dependency-file",
                                                "-rpath",
                                                "-install_name",
                                                "-MJ",
                                                "-A",
                                                "-F",
                                                "-B",
                                                "-L",
                                                "-l",
                                                "-G",
                                                "-U",
                                                "--sysroot",
                                                "--target",
                                                "-Xopenmp-target",
                                                "-specs",
                                                "-imacros",
                                                "-index-store-path",
                                                "-h",
                                                "-R"};

/// Options whose value is joined or the next word, and that we read.
static constexpr string_view JoinedOrNext[] = {"-isystem",
                                               "-iquote",
                                               "-idirafter",
                                               "-cxx-isystem",
                                               "-include-pch",
                                               "-include",
                                               "-iwithprefixbefore",
                                               "-iwithprefix",
                                               "-stdlib++-isystem",
                                               "-I",
                                               "-D",
                                               "-MF",
                                               "-MT",
                                               "-MQ",
                                               "-o",
                                               "-x"};

namespace {

class Reader {
public:
  explicit Reader(CompilerArgs &Args) : Args(Args) {
    string_view Name = baseName(Args.Words[Args.Compiler]);
    CIsCxx = Name.find("++") != Name.npos;
  }

  void run() {
    for (At = Args.Compiler + 1; At < Args.Words.size(); ++At)
      word(Args.Words[At]);
    Args.SystemDirs.insert(Args.SystemDirs.end(), After.begin(), After.end());
  }

private:
  void word(string_view Word) {
    if (OnlyFiles || Word == "-" || Word.empty() || Word[0] != '-') {
      input(Word);
      return;
    }
    if (Word == "--") {
      OnlyFiles = true;
      return;
    }
    if (isOneOf(Word, TakesNextWord)) {
      if (At + 1 < Args.Words.size())
        passedOn(Word, Args.Words[++At]);
      return;
    }
    if (stage(Word))
      return;
    for (string_view Name : JoinedOrNext) {
      if (!startsWith(Word, Name))
        continue;
      string_view Value = Word.substr(Name.size());
      if (Value.empty() && At + 1 < Args.Words.size())
        Value = Args.Words[++At];
      option(Name, Value);
      return;
    }
    if (startsWith(Word, "--include="))
      option("-include", Word.substr(10));
    else if (startsWith(Word, "--output="))
      option("-o", Word.substr(9));
  }

  /// Options without a value that decide what is made.
  bool stage(string_view Word) {
    using Stage = CompilerArgs::Stage;
    if (Word == "-E" || Word == "-M" || Word == "-MM" || Word == "-###" ||
        Word == "--version" || Word == "-dumpversion" ||
        Word == "-dumpmachine" || Word == "-dumpfullversion" ||
        Word == "--preprocess" || Word == "--precompile" ||
        Word == "-emit-pch" || startsWith(Word, "-print-") ||
        startsWith(Word, "--print-") || startsWith(Word, "--help"))
      Args.Until = Stage::Nothing;
    else if (Word == "-fsyntax-only")
      Args.Until = std::min(Args.Until, Stage::SyntaxOnly);
    else if (Word == "-S" || Word == "--assemble")
      Args.Until = std::min(Args.Until, Stage::Assembly);
    else if (Word == "-c" || Word == "--compile")
      Args.Until = std::min(Args.Until, Stage::Object);
    else if (Word == "-MD" || Word == "--write-dependencies")
      Args.Depfile = Args.DepfileHasSystem = true;
    else if (Word == "-MMD" || Word == "--write-user-dependencies")
      Args.Depfile = true;
    else
      return false;
    return true;
  }

  /// `-Xclang -include -Xclang file`, as CMake writes it.
  void passedOn(string_view Option, string_view Value) {
    if (Option == "-imacros")
      Args.Forced.emplace_back(Value);
    if (Option == "-iprefix")
      Prefix = Value;
    if (Option != "-Xclang" && Option != "-Xpreprocessor")
      return;
    if (!Pending.empty()) {
      option(Pending, Value);
      Pending = string_view();
    } else if (Value == "-include" || Value == "-include-pch" ||
               Value == "-isystem" || Value == "-I" || Value == "-D")
      Pending = Value;
  }

  void option(string_view Name, string_view Value) {
    if (Name == "-I")
      Args.SearchDirs.emplace_back(Value);
    else if (Name == "-isystem" || Name == "-cxx-isystem" ||
             Name == "-stdlib++-isystem")
      Args.SystemDirs.emplace_back(Value);
    else if (Name == "-iquote")
      Args.QuoteDirs.emplace_back(Value);
    else if (Name == "-idirafter")
      After.emplace_back(Value);
    else if (Name == "-iwithprefix" || Name == "-iwithprefixbefore")
      Args.SystemDirs.push_back(std::string(Prefix) + std::string(Value));
    else if (Name == "-include")
      Args.Forced.emplace_back(Value);
    else if (Name == "-include-pch")
      precompiled(Value);
    else if (Name == "-D")
      Args.Defines.emplace_back(Value);
    else if (Name == "-MF")
      Args.DepfileName = Value;
    else if (Name == "-MT" || Name == "-MQ")
      Args.DepfileTarget = true;
    else if (Name == "-o")
      Args.Output = Value;
    else if (Name == "-x")
      Language = Value == "none" ? string_view() : Value;
  }

  /// The header that a precompiled one was made from.
  void precompiled(string_view Pch) {
    if (Pch.size() > 4 && Pch.substr(Pch.size() - 4) == ".pch")
      Pch.remove_suffix(4);
    Args.Forced.emplace_back(Pch);
  }

  void input(string_view Word) {
    using Kind = CompilerInput::Kind;
    Kind What = Kind::Other;
    if (Word == "-" || startsWith(Word, "@"))
      What = Kind::Other;
    else if (!Language.empty())
      What = Language == "c++"          ? Kind::CxxSource
             : Language == "c++-header" ? Kind::CxxHeader
                                        : Kind::Other;
    else if (hasCxxSourceExtension(Word))
      What = Kind::CxxSource;
    else
      What = byExtension(Word);
    Args.Inputs.push_back({At, What, std::string(Language)});
  }

  CompilerInput::Kind byExtension(string_view Word) const {
    using Kind = CompilerInput::Kind;
    string_view Name = baseName(Word);
    size_t Dot = Name.rfind('.');
    if (Dot == Name.npos)
      return Kind::Other;
    string_view Extension = Name.substr(Dot + 1);
    static constexpr string_view Headers[] = {"hh",  "hp", "hxx", "hpp",
                                              "HPP", "H",  "h++", "tcc"};
    if (isOneOf(Extension, Headers) || (CIsCxx && Extension == "h"))
      return Kind::CxxHeader;
    return CIsCxx && Extension == "c" ? Kind::CxxSource : Kind::Other;
  }

  CompilerArgs &Args;
  size_t At = 0;
  bool CIsCxx;            ///< g++ and clang++ take .c files for C++.
  bool OnlyFiles = false; ///< Behind `--`.
  string_view Language, Pending, Prefix;
  std::vector<std::string> After; ///< `-idirafter`.
};

} // namespace

std::vector<size_t> CompilerArgs::cxxSources() const {
  std::vector<size_t> Result;
  for (size_t I = 0; I < Inputs.size(); ++I)
    if (Inputs[I].What == CompilerInput::Kind::CxxSource)
      Result.push_back(I);
  return Result;
}

CompilerArgs weft::understandCompiler(const std::vector<std::string> &Words) {
  CompilerArgs Args;
  Args.HadResponseFile =
      std::any_of(Words.begin(), Words.end(),
                  [](const std::string &W) { return startsWith(W, "@"); });
  Args.Words = Args.HadResponseFile ? expandResponseFiles(Words) : Words;
  if (Args.Words.empty())
    return Args;
  Args.Compiler = findCompiler(Args.Words);
  Reader(Args).run();
  return Args;
}
