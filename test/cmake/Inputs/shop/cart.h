// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Includes one header twice; a private nested class with a fiber function.

#pragma once
#include "product.h"
#include "product.h" // again

#include <vector>

class cart {
public:
  void add(std::unique_ptr<product> item, int amount);
  [[weft::fiber]] money total() const;
  [[weft::fiber]] int heaviest() const;
  std::size_t size() const { return lines_.size(); }

private:
  struct line {
    std::unique_ptr<product> item;
    int amount;
    [[weft::fiber]] money sum() const { return item->price(amount); }
  };
  std::vector<line> lines_;
};
