// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Another, with its member defined outside.

#include "product.h"

namespace {
class fruit : public product {
public:
  fruit(std::string name, int grams) : product(std::move(name)), grams(grams) {}
  [[weft::fiber]] money price(int amount) const override;

private:
  int grams;
};
money fruit::price(int amount) const { return money{grams}.times(amount, 10); }
} // namespace

std::unique_ptr<product> make_fruit(std::string name, int grams) {
  return std::make_unique<fruit>(std::move(name), grams);
}
