// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Members of class templates that call member templates with explicit arguments: in
// the frame they are sought in an object, where that takes the word `template`.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

template <class T> struct reader {
  T start;
  template <class V, bool Twice> [[weft::fiber]] V get(V from) {
    cede();
    return Twice ? from * 2 + start : from + start;
  }
  template <class V> V plain(V value) const { return value + start; }
  [[weft::fiber]] int both() {
    const int one = get<int, true>(3);
    const int two = plain<int>(one) + this->template get<int, false>(one);
    cede();
    const int last = plain<int>(two);
    return get<int, false>(last);
  }
};

[[weft::fiber]] static void members() { trace::at("both", reader<int>{5}.both()); }
int main() { trace::exercise("members", members); }
