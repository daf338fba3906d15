//===- Process.cpp - Running the compiler ---------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Process.h"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace weft;

static std::vector<char *> pointers(const std::vector<std::string> &Words) {
  std::vector<char *> Result;
  for (const std::string &Word : Words)
    Result.push_back(const_cast<char *>(Word.c_str()));
  Result.push_back(nullptr);
  return Result;
}

static int cannotRun(const std::string &Program) {
  int Reason = errno;
  fprintf(stderr, "weft: error: cannot run '%s': %s\n", Program.c_str(),
          strerror(Reason));
  return Reason == ENOENT ? 127 : 126;
}

int weft::become(const std::vector<std::string> &Words) {
  execvp(Words[0].c_str(), pointers(Words).data());
  return cannotRun(Words[0]);
}

bool weft::isProgram(const std::string &Name) {
  if (Name.find('/') != Name.npos)
    return access(Name.c_str(), X_OK) == 0;
  const char *Variable = getenv("PATH");
  std::string Path = Variable ? Variable : "/bin:/usr/bin";
  for (size_t At = 0; At <= Path.size();) {
    size_t Colon = std::min(Path.find(':', At), Path.size());
    std::string Directory = Path.substr(At, Colon - At);
    if (access(((Directory.empty() ? "." : Directory) + "/" + Name).c_str(),
               X_OK) == 0)
      return true;
    At = Colon + 1;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Signals
//===----------------------------------------------------------------------===//

static constexpr int Forwarded[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
static volatile sig_atomic_t Child, Received;

static void forward(int Signal) {
  Received = Signal;
  if (Child > 0)
    kill(Child, Signal);
}

namespace {

/// Sends signals on to the child while it runs.
class Forwarding {
public:
  Forwarding() {
    struct sigaction Action = {};
    Action.sa_handler = forward;
    sigemptyset(&Action.sa_mask);
    for (size_t I = 0; I < std::size(Forwarded); ++I) {
      sigaction(Forwarded[I], nullptr, &Before[I]);
      if (Before[I].sa_handler != SIG_IGN) // As under nohup.
        sigaction(Forwarded[I], &Action, nullptr);
    }
  }
  ~Forwarding() {
    for (size_t I = 0; I < std::size(Forwarded); ++I)
      sigaction(Forwarded[I], &Before[I], nullptr);
  }

private:
  struct sigaction Before[std::size(Forwarded)];
};

} // namespace

static void readAll(int Fd, std::string &To) {
  char Buffer[4096];
  ssize_t Count;
  while ((Count = read(Fd, Buffer, sizeof Buffer)) != 0)
    if (Count > 0)
      To.append(Buffer, Count);
    else if (errno != EINTR)
      return;
}

/// The child's side: never returns.
[[noreturn]] static void startChild(const std::vector<std::string> &Words,
                                    int Pipe) {
  for (int Signal : Forwarded) {
    struct sigaction Action;
    sigaction(Signal, nullptr, &Action);
    if (Action.sa_handler == forward)
      signal(Signal, SIG_DFL);
  }
  if (Pipe >= 0 && Pipe != 3)
    dup2(Pipe, 3);
  else if (Pipe == 3)
    fcntl(3, F_SETFD, 0);
  execvp(Words[0].c_str(), pointers(Words).data());
  _exit(cannotRun(Words[0]));
}

Ended weft::run(const std::vector<std::string> &Words, std::string *Listed) {
  Ended Result;
  int Pipe[2] = {-1, -1};
  if (Listed && pipe2(Pipe, O_CLOEXEC) != 0) {
    Result.Status = cannotRun(Words[0]);
    return Result;
  }
  fflush(nullptr);
  Received = 0;
  Forwarding Handlers;
  pid_t Pid = fork();
  if (Pid == 0)
    startChild(Words, Pipe[1]);
  if (Pid < 0) {
    Result.Status = cannotRun(Words[0]);
    return Result;
  }
  Child = Pid;
  if (Received)
    kill(Pid, Received);
  if (Listed) {
    close(Pipe[1]);
    readAll(Pipe[0], *Listed);
    close(Pipe[0]);
  }
  int Status = 0;
  while (waitpid(Pid, &Status, 0) < 0 && errno == EINTR)
    ;
  Child = 0;
  if (WIFSIGNALED(Status))
    Result.Signal = WTERMSIG(Status);
  else
    Result.Status = WEXITSTATUS(Status);
  if (Received && Result.Signal == 0 && Result.Status != 0)
    Result.Signal = Received; // The child cleaned up and exited.
  return Result;
}

void weft::dieOf(int Signal) {
  struct rlimit NoCore = {0, 0}; // The child has dumped one already.
  setrlimit(RLIMIT_CORE, &NoCore);
  signal(Signal, SIG_DFL);
  sigset_t Set;
  sigemptyset(&Set);
  sigaddset(&Set, Signal);
  sigprocmask(SIG_UNBLOCK, &Set, nullptr);
  raise(Signal);
  _exit(128 + Signal);
}
