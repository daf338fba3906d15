//===- Main.cpp - The command `weft`, all but main() ----------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Main.h"
#include "Launcher/Launch.h"
#include "Launcher/Options.h"
#include "Launcher/Process.h"
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <unistd.h>

using namespace weft;

/// weft-core stands beside this program.
static std::string findCore(const char *Self) {
  char Buffer[PATH_MAX];
  ssize_t Size = readlink("/proc/self/exe", Buffer, sizeof Buffer);
  std::string Path = Size > 0 ? std::string(Buffer, Size) : Self;
  size_t Slash = Path.rfind('/');
  return (Slash == Path.npos ? "" : Path.substr(0, Slash + 1)) + "weft-core";
}

int weft::runWeft(int Argc, char **Argv) {
  std::vector<std::string> Words(Argv + 1, Argv + Argc);
  CommandLine Line = parseCommandLine(Words);
  std::string Core = findCore(Argv[0]);
  if (Line.Error.empty() && !Line.Compile.empty())
    return launch(Line, Core);
  if (!Line.Compile.empty()) { // To the core the compiler would be a source.
    fprintf(stderr, "weft: error: %s\n", Line.Error.c_str());
    return ExitUsage;
  }
  // Everything else, other wrong usage included, is for the core to answer.
  Words.insert(Words.begin(), Core);
  execv(Core.c_str(), [&] {
    static std::vector<char *> Pointers;
    for (std::string &Word : Words)
      Pointers.push_back(Word.data());
    Pointers.push_back(nullptr);
    return Pointers.data();
  }());
  fprintf(stderr, "weft: error: cannot run '%s': %s\n", Core.c_str(),
          strerror(errno));
  return ExitInternalError;
}
