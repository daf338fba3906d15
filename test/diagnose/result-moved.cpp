// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No result is moved once more than in the plain program.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <string>

struct noisy {
  noisy();
  noisy(noisy&&);
  int size() const;
};
[[weft::fiber]] noisy make();
[[weft::fiber]] std::string text();
void take(noisy);
void look(const noisy&);
void take(std::string);

[[weft::fiber]] noisy moves() {
  take(make());
  // CHECK: [[#@LINE-1]]:8: error: the result of type 'noisy' would be moved here once more than in the plain program [weft-result-moved]
  look(make());
  noisy in_place = make();
  int size = make().size();
  take(text()); // Nobody can tell.
  make();
  return size ? make() : noisy();
  // CHECK: [[#@LINE-1]]:10: error: cannot suspend inside an arm of '?:' yet
}
[[weft::fiber]] noisy passes_on() { return make(); }
