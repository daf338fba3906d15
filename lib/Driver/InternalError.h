//===- InternalError.h - When weft itself is at fault ---------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef WEFT_DRIVER_INTERNALERROR_H
#define WEFT_DRIVER_INTERNALERROR_H

namespace weft {

/// From here on a crash, a failed assertion and a fatal error of LLVM's print
/// the command that reproduces them and end the process with status 70.
void reportInternalErrors(int Argc, char **Argv);

} // namespace weft

#endif // WEFT_DRIVER_INTERNALERROR_H
