//===- Process.h - Running the compiler -----------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers: how is another program run so that who called us cannot tell the
// difference? Its exit status becomes ours, the signal that ended it ends us,
// and a signal sent to us reaches it.
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_LAUNCHER_PROCESS_H
#define WEFT_LAUNCHER_PROCESS_H

#include <string>
#include <vector>

namespace weft {

/// Becomes the program \p Words. Returns only when that failed: the exit
/// status that a shell would give, the reason reported.
int become(const std::vector<std::string> &Words);

/// True when \p Name can be run, by itself or through PATH.
bool isProgram(const std::string &Name);

/// How a child ended.
struct Ended {
  int Status = 0; ///< Exit status.
  int Signal = 0; ///< The signal that ended it, or that we got meanwhile.

  bool ok() const { return Status == 0 && Signal == 0; }
};

/// Runs \p Words and waits. When \p Listed is set, the child finds a pipe at
/// descriptor 3, and what it writes there comes back.
Ended run(const std::vector<std::string> &Words, std::string *Listed = nullptr);

/// Ends this process by \p Signal, as the child was.
[[noreturn]] void dieOf(int Signal);

} // namespace weft

#endif // WEFT_LAUNCHER_PROCESS_H
