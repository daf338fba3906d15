// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls through base-class pointers.

#include "product.h"

namespace {
class bundle : public product {
public:
  bundle(std::unique_ptr<product> a, std::unique_ptr<product> b)
      : product("bundle"), a(std::move(a)), b(std::move(b)) {}
  [[weft::fiber]] money price(int amount) const override {
    money first = a->price(amount);
    return first.plus(b->price(amount));
  }
  [[weft::fiber]] std::string describe() const override {
    std::string text = a->describe();
    text += " and ";
    text += b->describe();
    if (a->costs_more_than(*b))
      text += ", mostly the first";
    return text;
  }

private:
  std::unique_ptr<product> a, b;
};
} // namespace

std::unique_ptr<product> make_bundle(std::unique_ptr<product> a,
                                     std::unique_ptr<product> b) {
  return std::make_unique<bundle>(std::move(a), std::move(b));
}
