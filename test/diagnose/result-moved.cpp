// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No result is moved once more than in the plain program.

// RUN: not %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

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

struct by_size {
  by_size(const by_size&);
  bool operator()(int a, int b) const;
};
[[weft::fiber]] std::map<int, noisy, by_size> sorted();
[[weft::fiber]] std::map<int, noisy> plain();
void take(const noisy*, std::map<int, noisy>);
void take(std::map<int, noisy, by_size>);
struct closer {
  closer(closer&&);
  void operator()(int*) const;
};
[[weft::fiber]] std::unique_ptr<int, closer> handle();
void take(std::unique_ptr<int, closer>);

struct record {
  std::string name;
  std::optional<std::vector<noisy>> items;
  std::pair<std::unique_ptr<int>, int> owned;
};
struct with_noisy {
  std::string name;
  noisy part;
};
struct with_end {
  with_end(with_end&&) = default;
  ~with_end();
  std::string name;
};
struct copied {
  copied(const copied&);
  std::string name;
};
struct derived : record {
  derived(derived&&) = default;
};
template <class T> [[weft::fiber]] T a();
template <class T> void by_value(T);

[[weft::fiber]] void members() {
  by_value(a<record>());
  by_value(a<derived>());
  by_value(a<std::tuple<record, int>>());
  by_value(a<with_noisy>());
  // CHECK: [[#@LINE-1]]:12: error: the result of type 'with_noisy'
  by_value(a<with_end>());
  // CHECK: [[#@LINE-1]]:12: error: the result of type 'with_end'
  by_value(a<copied>());
  // CHECK: [[#@LINE-1]]:12: error: the result of type 'copied'
  by_value(a<std::pair<record, noisy>>());
  // CHECK: [[#@LINE-1]]:12: error: the result of type 'std::pair<record, noisy>'
}

[[weft::fiber]] noisy moves() {
  take(make());
  // CHECK: [[#@LINE-1]]:8: error: the result of type 'noisy' would be moved here once more than in the plain program [weft-result-moved]
  look(make());
  noisy in_place = make();
  int size = make().size();
  take(text()); // Nobody can tell.
  take(sorted()); // The comparator is copied.
  // CHECK: [[#@LINE-1]]:8: error: the result of type 'std::map<int, noisy, by_size>'
  take(handle());
  // CHECK: [[#@LINE-1]]:8: error: the result of type 'std::unique_ptr<int, closer>'
  take(nullptr, plain());
  make();
  take(size ? make() : noisy());
  // CHECK: [[#@LINE-1]]:8: error: the result of type 'noisy'
  throw make();
  // CHECK: [[#@LINE-1]]:9: error: the result of type 'noisy'
  return size ? make() : noisy();
}
[[weft::fiber]] noisy passes_on() { return make(); }
