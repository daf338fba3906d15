//===- AtomicFile.cpp - Files that are written whole or not at all --------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/AtomicFile.h"
#include "Launcher/ResponseFile.h"
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace weft;

namespace {

/// Holds back the signals that end a process: none may come between the
/// creation of a temporary file and its renaming or removal.
class SignalsHeld {
public:
  SignalsHeld() {
    sigset_t Ending;
    sigemptyset(&Ending);
    for (int Signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM})
      sigaddset(&Ending, Signal);
    sigprocmask(SIG_BLOCK, &Ending, &Before);
  }
  ~SignalsHeld() { sigprocmask(SIG_SETMASK, &Before, nullptr); }

private:
  sigset_t Before;
};

} // namespace

std::string weft::writeTo(int Fd, std::string_view Text) {
  while (!Text.empty()) {
    ssize_t Count = write(Fd, Text.data(), Text.size());
    if (Count >= 0)
      Text.remove_prefix(Count);
    else if (errno != EINTR)
      return strerror(errno);
  }
  return "";
}

static std::string writeDirectly(const std::string &Name,
                                 std::string_view Text) {
  int Fd = open(Name.c_str(), O_WRONLY | O_CLOEXEC);
  if (Fd < 0)
    return strerror(errno);
  std::string Why = writeTo(Fd, Text);
  if (close(Fd) != 0 && Why.empty())
    Why = strerror(errno);
  return Why;
}

static bool hasText(const std::string &Name, const struct stat &Status,
                    std::string_view Text) {
  std::string Old;
  return static_cast<size_t>(Status.st_size) == Text.size() &&
         readFile(Name, Old) && Old == Text;
}

/// A link stays a link: its target, there or not, is what changes.
static std::string behindLinks(std::string Name) {
  char Target[4096];
  for (int Hops = 0; Hops < 40; ++Hops) {
    ssize_t Size = readlink(Name.c_str(), Target, sizeof Target);
    if (Size < 0)
      break;
    size_t Slash = Target[0] == '/' ? Name.npos : Name.rfind('/');
    Name.resize(Slash == Name.npos ? 0 : Slash + 1);
    Name.append(Target, Size);
  }
  return Name;
}

std::string weft::writeFile(const std::string &Wanted, std::string_view Text) {
  std::string Name = behindLinks(Wanted);
  struct stat Status;
  mode_t Mode;
  if (stat(Name.c_str(), &Status) == 0) {
    if (S_ISDIR(Status.st_mode))
      return strerror(EISDIR);
    if (!S_ISREG(Status.st_mode))
      return writeDirectly(Name, Text);
    if (hasText(Name, Status, Text))
      return "";
    if (access(Name.c_str(), W_OK) != 0)
      return strerror(errno); // Renaming would get round the protection.
    Mode = Status.st_mode & 07777;
  } else {
    mode_t Mask = umask(0);
    umask(Mask);
    Mode = 0666 & ~Mask;
  }

  SignalsHeld Held;
  size_t Slash = Name.rfind('/');
  std::string Temporary =
      (Slash == Name.npos ? "" : Name.substr(0, Slash + 1)) + ".weft-XXXXXX";
  int Fd = mkstemp(Temporary.data());
  if (Fd < 0)
    return strerror(errno);
  std::string Why = writeTo(Fd, Text);
  if (Why.empty() && fchmod(Fd, Mode) != 0)
    Why = strerror(errno);
  if (close(Fd) != 0 && Why.empty())
    Why = strerror(errno);
  if (Why.empty() && rename(Temporary.c_str(), Name.c_str()) != 0)
    Why = strerror(errno);
  if (!Why.empty())
    unlink(Temporary.c_str());
  return Why;
}
