//===- Options.cpp - weft's own command line ------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Options.h"
#include "Launcher/ResponseFile.h"
#include <algorithm>
#include <unistd.h>

using namespace weft;

static constexpr OptionInfo Table[] = {
#define OPTION(Id, Name, Argument, Metavar, Where, Help)                       \
  {OptionId::Id,       Name, OptionArgument::Argument, Metavar,                \
   OptionWhere::Where, Help},
#include "Launcher/Options.def"
};

bool CommandLine::has(OptionId Id) const {
  return std::any_of(Options.begin(), Options.end(),
                     [&](const GivenOption &O) { return O.Id == Id; });
}

std::string CommandLine::value(OptionId Id) const {
  for (auto It = Options.rbegin(); It != Options.rend(); ++It)
    if (It->Id == Id)
      return It->Value;
  return "";
}

std::vector<std::string> CommandLine::values(OptionId Id) const {
  std::vector<std::string> Result;
  for (const GivenOption &O : Options)
    if (O.Id == Id)
      Result.push_back(O.Value);
  return Result;
}

bool weft::hasCxxSourceExtension(std::string_view Name) {
  size_t Slash = Name.rfind('/');
  size_t Dot = Name.rfind('.');
  if (Dot == Name.npos || (Slash != Name.npos && Dot < Slash))
    return false;
  static constexpr std::string_view Known[] = {"cc",  "cp",  "cxx", "cpp",
                                               "CPP", "c++", "C"};
  return std::find(std::begin(Known), std::end(Known), Name.substr(Dot + 1)) !=
         std::end(Known);
}

//===----------------------------------------------------------------------===//
// Unknown options
//===----------------------------------------------------------------------===//

/// Levenshtein's distance.
static size_t distance(std::string_view A, std::string_view B) {
  std::vector<size_t> Row(B.size() + 1);
  for (size_t J = 0; J <= B.size(); ++J)
    Row[J] = J;
  for (size_t I = 1; I <= A.size(); ++I) {
    size_t Diagonal = Row[0];
    Row[0] = I;
    for (size_t J = 1; J <= B.size(); ++J) {
      size_t Replaced = Diagonal + (A[I - 1] != B[J - 1]);
      Diagonal = Row[J];
      Row[J] = std::min({Row[J] + 1, Row[J - 1] + 1, Replaced});
    }
  }
  return Row[B.size()];
}

static std::string unknownOption(std::string_view Word) {
  std::string_view Name = Word.substr(0, Word.find('='));
  std::string Message = "unknown option '" + std::string(Name) + "'";
  const OptionInfo *Nearest = nullptr;
  size_t Best = Name.size() / 3 + 1;
  for (const OptionInfo &Row : Table) {
    size_t Far = distance(Name, Row.Name);
    if (Row.Where != OptionWhere::Hidden && Far < Best) {
      Best = Far;
      Nearest = &Row;
    }
  }
  if (Nearest)
    return Message + "; did you mean '" + std::string(Nearest->Name) + "'?";
  return Message + "; options for the compiler come after '--'";
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

/// Whether a lone first word is a program to run and not a source.
static bool namesProgram(const std::string &Word) {
  return Word != "-" && !hasCxxSourceExtension(Word) &&
         (access(Word.c_str(), F_OK) != 0 || access(Word.c_str(), X_OK) == 0);
}

namespace {

class Parser {
public:
  Parser(std::vector<std::string> Words, bool MayLaunch)
      : Words(std::move(Words)), MayLaunch(MayLaunch) {}

  CommandLine run() {
    for (; At < Words.size() && Line.Error.empty(); ++At)
      if (!word(Words[At]))
        break;
    if (Line.Error.empty() && !Line.Compile.empty())
      for (const GivenOption &O : Line.Options)
        if (Table[static_cast<size_t>(O.Id)].Where != OptionWhere::Both)
          Line.Error = "'" + O.Spelled + "' does not go with a compiler to run";
    return std::move(Line);
  }

private:
  /// Takes one word; false when it took the rest.
  bool word(const std::string &Word) {
    if (Word == "--") {
      std::vector<std::string> Rest(Words.begin() + At + 1, Words.end());
      if (!Line.Sources.empty()) {
        Line.HasCompilerArgs = true;
        Line.CompilerArgs = std::move(Rest);
      } else {
        Line.Compile = std::move(Rest);
        if (Line.Compile.empty())
          Line.Error = "there is no source in front of '--' and no compiler "
                       "behind it";
      }
      return false;
    }
    if (Word.size() > 1 && Word[0] == '@')
      return responseFile(Word);
    if (Word.size() > 1 && Word[0] == '-')
      return option(Word);
    if (MayLaunch && Line.Sources.empty() && namesProgram(Word)) {
      Line.Compile.assign(Words.begin() + At, Words.end());
      return false;
    }
    if (Word.empty())
      Line.Error = "a source's name is empty";
    Line.Sources.push_back(Word);
    return true;
  }

  bool responseFile(const std::string &Word) {
    std::string Text;
    if (!readFile(Word.substr(1), Text)) {
      Line.Sources.push_back(Word); // A name that starts with @, as in GCC.
      return true;
    }
    if (++Depth > 64) {
      Line.Error = "response file '" + Word + "' includes itself";
      return false;
    }
    std::vector<std::string> More = splitResponseText(Text);
    Words.erase(Words.begin() + At);
    Words.insert(Words.begin() + At, More.begin(), More.end());
    --At; // run() goes on to the first of them.
    return true;
  }

  bool option(const std::string &Word) {
    for (const OptionInfo &Row : Table)
      if (Word == Row.Name && Row.Argument != OptionArgument::Prefix)
        return take(Row, Word);
    for (const OptionInfo &Row : Table) {
      if (Word.compare(0, Row.Name.size(), Row.Name) != 0)
        continue;
      std::string Rest = Word.substr(Row.Name.size());
      bool Long = Row.Name.substr(0, 2) == "--";
      if (Row.Argument == OptionArgument::Prefix) {
        Line.Options.push_back({Row.Id, Word, Word});
        return true;
      }
      if (Row.Argument == OptionArgument::Value && (!Long || Rest[0] == '=')) {
        if (Rest[0] == '=' && (Long || Row.Id == OptionId::BuildPath))
          Rest.erase(0, 1);
        Line.Options.push_back({Row.Id, Rest, Word});
        return true;
      }
    }
    Line.Error = unknownOption(Word);
    return false;
  }

  bool take(const OptionInfo &Row, const std::string &Word) {
    std::string Value;
    if (Row.Argument == OptionArgument::Value) {
      if (At + 1 >= Words.size()) {
        Line.Error = "'" + Word + "' needs a value: " + std::string(Row.Name) +
                     " " + std::string(Row.Metavar);
        return false;
      }
      Value = Words[++At];
    }
    Line.Options.push_back({Row.Id, Value, Word});
    return true;
  }

  std::vector<std::string> Words;
  bool MayLaunch;
  size_t At = 0;
  unsigned Depth = 0;
  CommandLine Line;
};

} // namespace

CommandLine weft::parseCommandLine(const std::vector<std::string> &Words,
                                   bool MayLaunch) {
  return Parser(Words, MayLaunch).run();
}

//===----------------------------------------------------------------------===//
// Help
//===----------------------------------------------------------------------===//

static void printHelpRow(std::string &To, const OptionInfo &Row) {
  constexpr size_t Column = 28;
  if (Row.Where == OptionWhere::Hidden)
    return;
  std::string Left = "  " + std::string(Row.Name);
  if (Row.Argument == OptionArgument::Value)
    Left += Row.Name.substr(0, 2) == "--" ? "=" : " ";
  Left += Row.Metavar;
  if (Left.size() + 2 > Column)
    Left += "\n" + std::string(Column, ' ');
  else
    Left.resize(Column, ' ');
  To += Left + std::string(Row.Help) + "\n";
}

std::string weft::helpText() {
  std::string Text =
      "Weft turns annotated C++ functions into explicit state machines.\n"
      "\n"
      "Usage: weft [options] <source>... [-- <compiler arguments>]\n"
      "       weft [options] [--] <compiler> <its arguments>\n"
      "\n"
      "The first form writes the transformed source. The second runs the\n"
      "compiler on what it makes of the sources in its command line; words of\n"
      "@<file> are read from that file in both.\n";
#define HEADING(Name) Text += "\n" Name ":\n";
#define OPTION(Id, Name, Argument, Metavar, Where, Help)                       \
  printHelpRow(Text, Table[static_cast<size_t>(OptionId::Id)]);
#include "Launcher/Options.def"
  Text += "\nExit status: 0 success, 1 errors in the source, 2 wrong usage, "
          "3 input or output\nfailed, 70 internal error; in front of a "
          "compiler: the compiler's own.\n";
  return Text;
}
