// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

int plain() { return 42; }
