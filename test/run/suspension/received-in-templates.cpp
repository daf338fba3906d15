// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Coroutine templates in which a received value waits for another pause.

// RUN: %check %s %t

#include "objects.h"

#include <string>
#include <weft/coroutine.h>

using namespace trace;

template <class T> [[weft::coroutine]] weft::coroutine<T, T, void> echo(T first) {
  T got = weft::yield<T>(first);
  weft::yield<T>(weft::yield<T>(got));
  weft::yield<T>(weft::yield<T>(got) + got);
  T more = weft::yield<T>(weft::yield<T>(weft::yield<T>(first) + first));
  weft::yield<T>(more);
}
template <class T, class N> [[weft::coroutine]] weft::coroutine<T, N, void> objects(T first) {
  weft::yield<N>(T("made", weft::yield<N>(first)));
  weft::yield<N>(T("outer", weft::yield<N>(T("inner", 1))));
}

int main() {
  auto numbers = echo(1);
  numbers.next();
  for (int i = 10; !numbers.done(); ++i) {
    at("number", numbers.value());
    numbers.send(i);
  }
  auto strings = echo(std::string("first"));
  strings.next();
  for (int i = 10; !strings.done(); ++i) {
    std::printf("  %s\n", strings.value().c_str());
    strings.send(std::to_string(i));
  }
  auto all = objects<tracer, int>(tracer("given"));
  all.next();
  for (int i = 10; !all.done(); ++i) {
    at(all.value().name, all.value().number);
    all.send(i);
  }
}
