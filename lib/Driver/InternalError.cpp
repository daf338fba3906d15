//===- InternalError.cpp - When weft itself is at fault -------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Driver/InternalError.h"
#include "Launcher/Options.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>
#include <string>
#include <unistd.h>

using namespace weft;

/// Made in advance: a crash is no time for allocations.
static std::string Message;

[[noreturn]] static void giveUp() {
  const char *Text = Message.c_str();
  size_t Left = Message.size();
  while (Left > 0) {
    ssize_t Count = ::write(STDERR_FILENO, Text, Left);
    if (Count <= 0)
      break;
    Text += Count;
    Left -= Count;
  }
  _exit(ExitInternalError);
}

void weft::reportInternalErrors(int Argc, char **Argv) {
  llvm::SmallString<128> Directory;
  llvm::sys::fs::current_path(Directory);
  llvm::raw_string_ostream Out(Message);
  Out << "weft: internal error; please report it with the source and this "
         "command, run in '"
      << Directory << "':\n ";
  for (int I = 0; I < Argc; ++I) {
    Out << ' ';
    llvm::sys::printArg(Out, Argv[I], /*Quote=*/false);
  }
  Out << '\n';
  Out.flush();

  llvm::sys::AddSignalHandler([](void *) { giveUp(); }, nullptr);
  llvm::install_fatal_error_handler([](void *, const char *Reason, bool) {
    llvm::errs() << "weft: " << Reason << '\n';
    giveUp();
  });
}
