// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A class with members defined in two files.

#pragma once
#include "tax.h"
#include <string>
class report {
public:
  explicit report(const std::string& title);
  [[weft::fiber]] void add(const money& sum);
  [[weft::fiber]] std::string text() const;
  [[weft::fiber]] int checksum() const;

private:
  std::string text_;
  money sum_;
};
