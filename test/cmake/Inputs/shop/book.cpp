// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A class in an unnamed namespace.

#include "product.h"

namespace {
class book final : public product {
public:
  explicit book(int pages) : product("book"), pages(pages) {}
  [[weft::fiber]] money price(int amount) const override {
    tick();
    return per_page().times(pages * amount);
  }
  [[weft::fiber]] std::string describe() const override {
    std::string base = product::describe();
    return base + " of " + std::to_string(pages);
  }

private:
  [[weft::fiber]] money per_page() const { return money{5}.plus({0}); }
  int pages;
};
} // namespace

std::unique_ptr<product> make_book(int pages) { return std::make_unique<book>(pages); }
