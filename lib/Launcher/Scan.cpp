//===- Scan.cpp - Does this source use Weft? ------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Scan.h"
#include "Launcher/ResponseFile.h"
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unordered_map>
#include <unordered_set>

using namespace weft;
using std::string_view;

//===----------------------------------------------------------------------===//
// One file's text
//===----------------------------------------------------------------------===//

/// Takes out what joins lines: backslash, blanks, newline.
static void spliceLines(std::string &Text) {
  size_t Out = 0;
  for (size_t In = 0; In < Text.size(); ++In) {
    if (Text[In] == '\\') {
      size_t End = In + 1;
      while (End < Text.size() && (Text[End] == ' ' || Text[End] == '\t' ||
                                   Text[End] == '\r' || Text[End] == '\f'))
        ++End;
      if (End < Text.size() && Text[End] == '\n') {
        In = End;
        continue;
      }
    }
    Text[Out++] = Text[In];
  }
  Text.resize(Out);
}

static void skipBlanks(string_view &Text) {
  while (true) {
    size_t Count = Text.find_first_not_of(" \t\v\f\r");
    Text.remove_prefix(Count == Text.npos ? Text.size() : Count);
    if (Text.substr(0, 2) != "/*")
      return;
    size_t End = Text.find("*/", 2);
    Text.remove_prefix(End == Text.npos ? Text.size() : End + 2);
  }
}

static bool consume(string_view &Text, string_view Prefix) {
  if (Text.substr(0, Prefix.size()) != Prefix)
    return false;
  Text.remove_prefix(Prefix.size());
  return true;
}

namespace {

struct Include {
  std::string_view Name;
  bool Angled = false;
  bool Next = false;
  bool Computed = false; ///< By a macro: the name is not known.
};

/// Reads what stands behind a `#`; false when that is no include.
bool readInclude(string_view Rest, Include &Found) {
  skipBlanks(Rest);
  if (consume(Rest, "include_next"))
    Found.Next = true;
  else if (!consume(Rest, "include") && !consume(Rest, "import"))
    return false;
  skipBlanks(Rest);
  char Close = '"';
  if (consume(Rest, "<")) {
    Close = '>';
    Found.Angled = true;
  } else if (!consume(Rest, "\"")) {
    // A macro; what follows in prose ("# includes ...") is not a name.
    Found.Computed =
        !Rest.empty() &&
        (isalpha(static_cast<unsigned char>(Rest[0])) || Rest[0] == '_');
    return Found.Computed;
  }
  size_t End = Rest.find_first_of(Close == '>' ? ">\n" : "\"\n");
  if (End == Rest.npos || Rest[End] == '\n')
    return false;
  Found.Name = Rest.substr(0, End);
  return true;
}

//===----------------------------------------------------------------------===//
// The files that can be reached
//===----------------------------------------------------------------------===//

/// A file that waits to be searched.
struct Reached {
  std::string Name;
  bool System = false; ///< Found as a system header.
};

class Scanner {
public:
  explicit Scanner(const CompilerArgs &Args) : Args(Args) {
    for (const char *Variable : {"CPATH", "CPLUS_INCLUDE_PATH"})
      if (const char *Dirs = getenv(Variable))
        addPathList(Dirs);
    Standard.insert(Standard.end(), {"/usr/local/include", "/usr/include"});
  }

  bool run(const std::string &Source) {
    for (const std::string &Define : Args.Defines)
      if (Define.find("weft/") != Define.npos)
        return true;
    for (const std::string &File : Args.Forced)
      if (!enter(File, /*System=*/false))
        find(Reached(), Include{File});
    Top = Source;
    enter(Source, /*System=*/false);
    while (!Found && !Queue.empty()) {
      Reached File = std::move(Queue.back());
      Queue.pop_back();
      scan(File);
    }
    return Found;
  }

private:
  void addPathList(string_view Dirs) {
    while (true) {
      size_t Colon = Dirs.find(':');
      string_view Dir = Dirs.substr(0, Colon);
      Standard.emplace_back(Dir.empty() ? string_view(".") : Dir);
      if (Colon == Dirs.npos)
        return;
      Dirs.remove_prefix(Colon + 1);
    }
  }

  /// Queues \p File if it exists; false when it does not. Through a link it
  /// is another file, because what it includes is searched beside the link.
  bool enter(const std::string &File, bool System) {
    auto [Slot, New] = Known.try_emplace(File, false);
    if (!New)
      return Slot->second;
    struct stat Status, Dir;
    if (stat(File.c_str(), &Status) != 0 || S_ISDIR(Status.st_mode))
      return false;
    Slot->second = true;
    size_t Slash = File.rfind('/');
    if (stat(Slash == File.npos ? "." : File.substr(0, Slash + 1).c_str(),
             &Dir) != 0)
      return false;
    std::string Identity =
        std::to_string(Status.st_dev) + ":" + std::to_string(Status.st_ino) +
        ":" + std::to_string(Dir.st_dev) + ":" + std::to_string(Dir.st_ino);
    if (Entered.insert(std::move(Identity)).second)
      Queue.push_back({File, System});
    return true;
  }

  void find(const Reached &Includer, const Include &What) {
    if (!What.Name.empty() && What.Name[0] == '/') {
      enter(std::string(What.Name), Includer.System);
      return;
    }
    bool Done = false;
    auto In = [&](const std::string &Dir, bool System) {
      if (!Done || What.Next) // include_next: any of them may be meant.
        Done |= enter((Dir.empty() ? "" : Dir + "/") + std::string(What.Name),
                      System || Includer.System);
    };
    if (!What.Angled) {
      size_t Slash = Includer.Name.rfind('/');
      In(Slash == std::string::npos ? "" : Includer.Name.substr(0, Slash),
         false);
      for (const std::string &Dir : Args.QuoteDirs)
        In(Dir, false);
    }
    for (const std::string &Dir : Args.SearchDirs)
      In(Dir, false);
    for (const std::string &Dir : Args.SystemDirs)
      In(Dir, true);
    for (const std::string &Dir : Standard)
      In(Dir, true);
  }

  void scan(const Reached &File) {
    std::string Text;
    if (!readFile(File.Name, Text))
      return; // The compiler will say so.
    if (Text.find('\\') != Text.npos)
      spliceLines(Text);
    if (File.Name == Top && Text.find("#define WEFT_TRANSFORMED") != Text.npos)
      return; // Our own output.
    if (Text.find("weft/") != Text.npos || Text.find("weft::") != Text.npos) {
      Found = true;
      return;
    }
    // Every `#` is looked at, also in comments, strings and skipped regions.
    string_view View = Text;
    for (size_t At = 0; (At = View.find_first_of("#%", At)) != View.npos;
         ++At) {
      bool Digraph = View[At] == '%';
      if (Digraph && View.substr(At, 2) != "%:")
        continue;
      Include What;
      if (!readInclude(View.substr(At + 1 + Digraph), What))
        continue;
      if (!What.Computed) {
        find(File, What);
      } else if (!File.System && isDirective(View, At)) {
        Found = true; // It could name anything.
        return;
      }
    }
  }

  /// True when only blanks and comments stand before \p At on its line.
  static bool isDirective(string_view Text, size_t At) {
    while (At > 0 && strchr(" \t\v\f\r", Text[At - 1]))
      --At;
    return At == 0 || Text[At - 1] == '\n' ||
           (At > 1 && Text.substr(At - 2, 2) == "*/");
  }

  const CompilerArgs &Args;
  std::vector<std::string> Standard;
  std::string Top;
  std::vector<Reached> Queue;
  std::unordered_map<std::string, bool> Known; ///< Whether the file exists.
  std::unordered_set<std::string> Entered;
  bool Found = false;
};

} // namespace

bool weft::usesWeft(const CompilerArgs &Args, const std::string &Source) {
  return Scanner(Args).run(Source);
}

bool weft::disclaimsWeft(const CompilerArgs &Args) {
  for (const std::string &Define : Args.Defines) {
    string_view Name = string_view(Define).substr(0, Define.find('='));
    if (Name == "WEFT_TRANSFORMED" || Name == "WEFT_UNPROCESSED")
      return true;
  }
  return false;
}
