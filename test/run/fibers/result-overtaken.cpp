// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An exception that a destructor throws behind a `return`, which has made the
// result already, destroys that ([except.ctor]/2). Clang, the oracle of other
// tests, forgets to.

// ORACLE: expected
// RUN: %check %s %t

#include "fibers.h"

#include <exception>

struct last_word {
  int number;
  ~last_word() noexcept(false) {
    at("last word", number);
    if (std::uncaught_exceptions() == 0)
      throw number;
  }
};

[[weft::fiber]] tracer make(int number) {
  tracer made("made", number);
  cede();
  return made;
}
[[weft::fiber]] tracer own(int number) {
  last_word guard{number};
  cede();
  return tracer("own", number);
}
[[weft::fiber]] tracer handed_on(int number) {
  last_word guard{number};
  return make(number);
}
[[weft::fiber]] tracer second(int number) {
  try {
    last_word guard{number};
    return make(number);
  } catch (int) {
    at("again");
    cede();
  }
  return make(number + 1);
}

[[weft::fiber]] void overtaken() {
  try {
    at("number", own(1).number);
  } catch (int number) {
    at("caught", number);
  }
  try {
    at("number", handed_on(2).number);
  } catch (int number) {
    at("caught", number);
  }
  at("number", second(3).number);
}

int main() {
  weft::run([] {
    auto task = weft::spawn(overtaken);
    trace::running = &task;
    task.get();
  });
  trace::end_run("end", 0);
  for (int nth : {1, 2}) {
    trace::cancel_at = nth;
    weft::run([] {
      auto task = weft::spawn(overtaken);
      trace::running = &task;
      task.join();
    });
    trace::end_run("cancelled", nth);
  }
}

/* EXPECTED
  + own 1
  at last word 1
  - own 1
  at caught 1
  + made 2
  move made 2
  - moved-from 2
  at last word 2
  - made 2
  at caught 2
  + made 3
  move made 3
  - moved-from 3
  at last word 3
  - made 3
  at again
  + made 4
  move made 4
  - moved-from 4
  at number 4
  - made 4
  end 0: pauses 5, live 0
  at last word 1
  cancelled 1: pauses 1, live 0
  + own 1
  at last word 1
  - own 1
  at caught 1
  + made 2
  - made 2
  at last word 2
  cancelled 2: pauses 2, live 0
*/
