//===- ResponseFile.cpp - Command lines kept in files ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/ResponseFile.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace weft;

bool weft::readFile(const std::string &Name, std::string &Text) {
  int Fd = open(Name.c_str(), O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return false;
  struct stat Status;
  Text.clear();
  if (fstat(Fd, &Status) == 0 && S_ISREG(Status.st_mode))
    Text.reserve(Status.st_size + 1);
  ssize_t Count;
  char Buffer[1 << 16];
  while ((Count = read(Fd, Buffer, sizeof Buffer)) != 0) {
    if (Count < 0 && errno == EINTR)
      continue;
    if (Count < 0)
      break;
    Text.append(Buffer, Count);
  }
  int Saved = errno;
  close(Fd);
  errno = Saved;
  return Count == 0;
}

static bool isSpace(char C) { return C == ' ' || (C >= '\t' && C <= '\r'); }

std::vector<std::string> weft::splitResponseText(std::string_view Text) {
  std::vector<std::string> Words;
  for (size_t I = 0; I < Text.size();) {
    if (isSpace(Text[I])) {
      ++I;
      continue;
    }
    std::string Word;
    char Quote = 0;
    for (; I < Text.size() && (Quote || !isSpace(Text[I])); ++I) {
      char C = Text[I];
      if (C == '\\' && I + 1 < Text.size())
        Word += Text[++I];
      else if (Quote && C == Quote)
        Quote = 0;
      else if (!Quote && (C == '\'' || C == '"'))
        Quote = C;
      else
        Word += C;
    }
    Words.push_back(std::move(Word));
  }
  return Words;
}

static void expandInto(std::vector<std::string> &To,
                       const std::vector<std::string> &Words, unsigned Depth) {
  for (const std::string &Word : Words) {
    std::string Text;
    if (Word.size() > 1 && Word[0] == '@' && Depth < 64 &&
        readFile(Word.substr(1), Text))
      expandInto(To, splitResponseText(Text), Depth + 1);
    else
      To.push_back(Word);
  }
}

std::vector<std::string>
weft::expandResponseFiles(const std::vector<std::string> &Words) {
  std::vector<std::string> Result;
  expandInto(Result, Words, 0);
  return Result;
}

std::string weft::quoteForResponseFile(const std::vector<std::string> &Words) {
  std::string Text;
  for (const std::string &Word : Words) {
    Text += '"';
    for (char C : Word) {
      if (C == '"' || C == '\\')
        Text += '\\';
      Text += C;
    }
    Text += "\"\n";
  }
  return Text;
}
