//===- main.cpp - The program `weft` --------------------------------------===//
//
// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher/Main.h"

int main(int Argc, char **Argv) { return weft::runWeft(Argc, Argv); }
