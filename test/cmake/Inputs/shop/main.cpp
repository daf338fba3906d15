// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs the shop.

#include "cart.h"
#include "expression.h"
#include "log.h"
#include "mail.h"
#include "report.h"
#include "tax.h"

#include <cstdio>

[[weft::fiber]] int archived(int from);

[[weft::fiber]] void checkout(post_office& office) {
  cart c;
  c.add(make_book(100), 2);
  c.add(make_fruit("apple", 150), 3);
  c.add(make_bundle(make_book(20), make_fruit("pear", 90)), 1);
  money total = c.total();
  note("total", total.cents);
  note("taxed", with_tax(total).cents);
  note("taxed less", with_tax(discounted(total, "HALF"), 10).cents);
  note("heaviest", c.heaviest());
  report r("shop");
  r.add(total);
  r.add(money::parse("12.34"));
  note(r.text());
  office.send({"customer", total.cents});
  office.send({"audit", r.checksum()});
  office.send({"archive", archived(3) + later(5)});
}

[[weft::fiber]] int main() {
  post_office office;
  auto shop = weft::spawn(checkout, std::ref(office));
  office.deliver(3);
  shop.join();
  const char* text = "(1+(2+3))+4";
  note("expression", parse_sum(text));
  return 0;
}
