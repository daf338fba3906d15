// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An interface with virtual fiber functions.

#ifndef SHOP_PRODUCT_H
#define SHOP_PRODUCT_H

#include "log.h"
#include "money.h"

#include <memory>
#include <string>

class product {
public:
  explicit product(std::string name) : name_(std::move(name)) {}
  virtual ~product() = default;

  [[weft::fiber]] virtual money price(int amount) const = 0;
  [[weft::fiber]] virtual std::string describe() const {
    tick();
    return name_;
  }
  [[weft::fiber]] bool costs_more_than(const product& other) const {
    return price(1).cents > other.price(1).cents;
  }

protected:
  std::string name_;
};

std::unique_ptr<product> make_book(int pages);
std::unique_ptr<product> make_fruit(std::string name, int grams);
std::unique_ptr<product> make_bundle(std::unique_ptr<product> a,
                                     std::unique_ptr<product> b);

#endif
