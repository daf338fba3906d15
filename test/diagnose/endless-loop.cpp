// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loop in a fiber that is seen neither to end nor to suspend is warned about.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-endless-loop %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-endless-loop %s -- -std=c++17 -I%runtime 2>&1 | count 0
// RUN: cp %s %t.cpp && %weft --fix -Werror=weft-endless-loop %t.cpp -- -std=c++17 -I%runtime 2>&1; \
// RUN:   FileCheck --check-prefix=FIXED %s < %t.cpp

#include <weft/coroutine.h>
#include <weft/fiber.h>

#include <cstdlib>
#include <vector>

void work(int = 0);
bool ready();
[[weft::fiber]] int fetch(int n);

[[weft::fiber]] void forever() {
  for (;;) {
    work(1);
  }
  // CHECK: [[#@LINE-3]]:3: warning: this loop neither ends nor suspends: no other fiber of the thread goes on [-Wweft-endless-loop]
  // CHECK: [[#@LINE-4]]:3: note: let the others go on in each round
  // FIXED: {{^  }}for (;;) {
  // FIXED-NEXT: {{^    }}weft::this_fiber::yield();
  // FIXED-NEXT: {{^    }}work(1);
}

[[weft::fiber]] void while_true() {
  while (true) { work(2); }
  // CHECK: [[#@LINE-1]]:3: warning: this loop neither ends nor suspends
  // FIXED: while (true) { weft::this_fiber::yield(); work(2); }
}

[[weft::fiber]] void leaves_only_inner(int n) {
  do {
    switch (n) {
    case 1:
      work();
      break;
    }
    for (int each : std::vector<int>{1, 2})
      if (each == n)
        break;
    [] { return fetch(1); };
    auto later = [] { return 1; };
    work(later());
  } while (1);
  // CHECK: [[#@LINE-13]]:3: warning: this loop neither ends nor suspends
}

template <class T> [[weft::fiber]] void dependent(T) {
  while (sizeof(T) > 0)
    work();
  // CHECK: [[#@LINE-2]]:3: warning: this loop neither ends nor suspends
}
template void dependent(int);
template void dependent(char);

// --- Without a warning ---

[[weft::fiber]] int ends(int n) {
  for (;;) {
    if (n > 1)
      break;
    ++n;
  }
  while (ready())
    work();
  while (true)
    if (ready())
      return n;
}
[[weft::fiber]] void jumps() {
  for (;;) {
    if (ready())
      goto out;
  }
out:
  for (;;) {
    if (ready())
      throw 1;
  }
}
[[weft::fiber]] void exits() {
  for (;;) {
    work();
    if (ready())
      std::exit(0);
  }
}
[[weft::fiber]] void caught() {
  try {
    for (;;)
      work();
  } catch (int) {
  }
  for (;;)
    try {
      work();
    } catch (int) {
      break;
    }
}
[[weft::fiber]] void cedes(weft::channel<int> &values) {
  for (;;) {
    work();
    weft::this_fiber::yield();
  }
}
[[weft::fiber]] void receives(weft::channel<int> &values) {
  while (true)
    for (int each : values)
      work(each);
}
template <class F> [[weft::fiber]] void repeats(F f) {
  for (;;)
    f(1);
}
template void repeats(weft::function<int(int)>);
void ordinary() {
  for (;;)
    work();
}
[[weft::green]] void green() {
  for (;;)
    work();
}
[[weft::coroutine]] weft::generator<int> numbers() {
  for (int i = 0;; ++i)
    weft::yield(i);
}
[[weft::fiber]] void constant() {
  if constexpr (sizeof(int) > 100)
    for (;;)
      work();
  fetch(1);
}
