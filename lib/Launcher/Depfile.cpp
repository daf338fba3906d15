//===- Depfile.cpp - Dependency files for Make and Ninja ------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Depfile.h"
#include <algorithm>
#include <unordered_set>

using namespace weft;
using std::string_view;

std::string weft::quoteForMake(string_view Name) {
  std::string Quoted;
  for (size_t I = 0; I < Name.size(); ++I) {
    if (Name[I] == ' ' || Name[I] == '\t') {
      // Backslashes in front of a blank would quote each other.
      for (size_t Back = I; Back > 0 && Name[Back - 1] == '\\'; --Back)
        Quoted += '\\';
      Quoted += '\\';
    } else if (Name[I] == '$')
      Quoted += '$';
    else if (Name[I] == '#')
      Quoted += '\\';
    Quoted += Name[I];
  }
  return Quoted;
}

namespace {

/// Splits Make's text into names, colons and line ends.
class Lexer {
public:
  enum class Token { Name, Colon, EndOfRule, EndOfFile };

  explicit Lexer(string_view Text) : Text(Text) {}

  /// \p Raw is the name as it is written.
  Token next(std::string &Name, string_view &Raw) {
    Name.clear();
    while (!Text.empty()) {
      if (Text[0] == ' ' || Text[0] == '\t' || Text[0] == '\r')
        Text.remove_prefix(1);
      else if (size_t Size = continuation())
        Text.remove_prefix(Size);
      else
        break;
    }
    if (Text.empty())
      return Token::EndOfFile;
    if (Text[0] == '\n') {
      Text.remove_prefix(1);
      return Token::EndOfRule;
    }
    if (isColon()) {
      Text.remove_prefix(1);
      return Token::Colon;
    }
    Raw = Text;
    while (!Text.empty() && !startsWithOneOf(" \t\r\n") && !continuation() &&
           !isColon())
      character(Name);
    Raw.remove_suffix(Text.size());
    return Token::Name;
  }

private:
  bool startsWithOneOf(string_view Set) const {
    return Set.find(Text[0]) != Set.npos;
  }

  /// The size of a backslash and the line end behind it, or 0.
  size_t continuation() const {
    if (Text.substr(0, 2) == "\\\n")
      return 2;
    return Text.substr(0, 3) == "\\\r\n" ? 3 : 0;
  }

  /// A colon ends the targets only in front of a blank: `c:/a.h` is one name.
  bool isColon() const {
    return Text[0] == ':' &&
           (Text.size() == 1 || Text[1] == ' ' || Text[1] == '\t' ||
            Text[1] == '\n' || Text[1] == '\r' || Text.substr(1, 2) == "\\\n");
  }

  void character(std::string &Name) {
    if (Text[0] == '\\') {
      size_t Count = Text.find_first_not_of('\\');
      char After = Count == Text.npos ? 0 : Text[Count];
      if (After == ' ' || After == '\t') { // 2N+1 of them quote N and it.
        Name.append(Count / 2, '\\');
        Text.remove_prefix(Count);
        if (Count % 2) {
          Name += After;
          Text.remove_prefix(1);
        }
        return;
      }
      if (After == '#') {
        Name.append(Count - 1, '\\');
        Name += '#';
        Text.remove_prefix(Count + 1);
        return;
      }
      if (After == '\n' || After == '\r')
        --Count; // The last one continues the line.
      Name.append(Count, '\\');
      Text.remove_prefix(Count);
      return;
    }
    if (Text.substr(0, 2) == "$$")
      Text.remove_prefix(1);
    Name += Text[0];
    Text.remove_prefix(1);
  }

  string_view Text;
};

} // namespace

std::vector<DepRule> weft::parseDepfile(string_view Text) {
  std::vector<DepRule> Rules;
  DepRule Rule;
  bool InFiles = false;
  Lexer Input(Text);
  std::string Name;
  string_view Raw;
  while (true) {
    Lexer::Token Token = Input.next(Name, Raw);
    if (Token == Lexer::Token::Name && InFiles)
      Rule.Files.push_back(Name);
    else if (Token == Lexer::Token::Name)
      Rule.Targets.emplace_back(Raw);
    else if (Token == Lexer::Token::Colon)
      InFiles = true;
    else {
      if (!Rule.Targets.empty())
        Rules.push_back(std::move(Rule));
      Rule = DepRule();
      InFiles = false;
      if (Token == Lexer::Token::EndOfFile)
        return Rules;
    }
  }
}

std::string weft::printDepfile(const std::vector<DepRule> &Rules) {
  std::string Text;
  for (const DepRule &Rule : Rules) {
    size_t Column = 0;
    auto Add = [&](const std::string &Quoted) {
      if (Column > 0 && Column + Quoted.size() > 75) {
        Text += " \\\n ";
        Column = 1;
      } else if (Column > 0) {
        Text += ' ';
      }
      Text += Quoted;
      Column += Quoted.size() + 1;
    };
    for (const std::string &Target : Rule.Targets)
      Add(Target);
    Text += ':';
    for (const std::string &File : Rule.Files)
      Add(quoteForMake(File));
    Text += '\n';
  }
  return Text;
}

std::string weft::redirectDepfile(string_view Text, string_view Generated,
                                  string_view Original,
                                  const std::vector<std::string> &Further,
                                  bool Phony) {
  std::vector<DepRule> Rules = parseDepfile(Text);
  std::vector<DepRule> Result;
  for (DepRule &Rule : Rules) {
    if (Rule.Targets.size() == 1 &&
        Rule.Targets[0] == quoteForMake(Generated) && Rule.Files.empty())
      continue; // A phony rule for the main file, of Clang's.
    bool Main = std::find(Rule.Files.begin(), Rule.Files.end(), Generated) !=
                Rule.Files.end();
    std::replace(Rule.Files.begin(), Rule.Files.end(), std::string(Generated),
                 std::string(Original));
    if (Main) {
      std::unordered_set<std::string> Named(Rule.Files.begin(),
                                            Rule.Files.end());
      for (const std::string &File : Further)
        if (Named.insert(File).second)
          Rule.Files.push_back(File);
    }
    Result.push_back(std::move(Rule));
  }
  if (Phony) {
    std::unordered_set<std::string> Targets;
    for (const DepRule &Rule : Result)
      Targets.insert(Rule.Targets.begin(), Rule.Targets.end());
    for (const std::string &File : Further)
      if (File != Original && Targets.insert(quoteForMake(File)).second)
        Result.push_back({{quoteForMake(File)}, {}});
  }
  return printDepfile(Result);
}
