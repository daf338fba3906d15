// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Knows nothing of Weft.

#pragma once

#include <string>

void note(const std::string& text);
void note(const std::string& text, int number);
