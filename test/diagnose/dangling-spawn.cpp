// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A fiber that is handed a reference to what ends before it begins is warned about.

// RUN: %weft --check %s -- -std=c++17 -I%runtime 2>&1 \
// RUN:   | FileCheck --implicit-check-not=error: --implicit-check-not=warning: %s
// RUN: not %weft --check -Werror=weft-dangling-spawn %s -- -std=c++17 -I%runtime
// RUN: %weft --check -Wno-weft-dangling-spawn %s -- -std=c++17 -I%runtime 2>&1 | count 0

#include <weft/fiber.h>

#include <functional>
#include <vector>

[[weft::fiber]] void add(int &to);
[[weft::fiber]] void set(int *to);

weft::task<void> returns(int n) {
  int local = n;
  if (n == 1)
    return weft::spawn(add, std::ref(local));
  // CHECK: [[#@LINE-1]]:29: warning: the new fiber refers to 'local', whose lifetime ends before the fiber begins [-Wweft-dangling-spawn]
  // CHECK: [[#@LINE-4]]:7: note: declared here
  if (n == 2)
    return weft::spawn(set, &local);
  // CHECK: [[#@LINE-1]]:29: warning: the new fiber refers to 'local'
  // CHECK: note: declared here
  return weft::spawn([&] { add(n); });
  // CHECK: [[#@LINE-1]]:22: warning: the new fiber refers to 'n'
  // CHECK: [[#@LINE-12]]:30: note: declared here
}

[[weft::fiber]] void detaches() {
  int local = 1;
  weft::spawn(add, std::ref(local)).detach();
  // CHECK: [[#@LINE-1]]:20: warning: the new fiber refers to 'local'
  // CHECK: note: declared here
}

[[weft::fiber]] void collects(std::vector<weft::task<void>> &tasks) {
  for (int i = 0; i < 3; ++i) {
    int twice = 2 * i;
    tasks.push_back(weft::spawn([&] { add(twice); }));
    // CHECK: [[#@LINE-1]]:33: warning: the new fiber refers to 'twice'
    // CHECK: note: declared here
  }
  std::vector<weft::task<void>> own;
  weft::task<void> last;
  {
    int inner = 1;
    own.emplace_back(weft::spawn(add, std::ref(inner)));
    // CHECK: [[#@LINE-1]]:39: warning: the new fiber refers to 'inner'
    // CHECK: note: declared here
    last = weft::spawn(add, std::ref(inner));
    // CHECK: [[#@LINE-1]]:29: warning: the new fiber refers to 'inner'
    // CHECK: note: declared here
  }
  weft::this_fiber::yield();
}

[[weft::fiber]] void scoped() {
  weft::with_scope([](weft::scope &fibers) {
    int local = 1;
    fibers.spawn([&local] { add(local); });
    // CHECK: [[#@LINE-1]]:18: warning: the new fiber refers to 'local'
    // CHECK: note: declared here
  });
}

template <class T> [[weft::fiber]] void dependent(T n) {
  weft::spawn([&n] { n = 1; }).detach();
  // CHECK: [[#@LINE-1]]:15: warning: the new fiber refers to 'n'
  // CHECK: note: declared here
}
template void dependent(int);
template void dependent(long);

// --- Without a warning ---

[[weft::fiber]] void waits(int &given) {
  int local = 1, other = 2;
  weft::spawn(add, std::ref(local)).detach();
  weft::spawn([&] { add(other); }).join();
  auto task = weft::spawn(add, std::ref(local));
  weft::spawn(add, std::ref(given)).detach();
  weft::spawn([&given] { add(given); }).detach();
  weft::spawn([local]() mutable { add(local); }).detach();
  static int kept;
  weft::spawn(add, std::ref(kept)).detach();
  task.get();
}
[[weft::fiber]] void ends_with_it() {
  int local = 1;
  std::vector<weft::task<void>> tasks; // Gone first, and so the fibers never begin.
  tasks.push_back(weft::spawn(add, std::ref(local)));
  auto last = weft::spawn(add, std::ref(local));
}
[[weft::fiber]] void all_wait() {
  std::vector<weft::task<void>> tasks;
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    tasks.push_back(weft::spawn([&] { add(sum); }));
  for (auto &each : tasks)
    each.join();
  weft::with_scope([&](weft::scope &fibers) { fibers.spawn([&] { add(sum); }); });
}
weft::task<void> hands_on(int &given) { return weft::spawn(add, std::ref(given)); }
struct counter {
  int n = 0;
  weft::task<void> start() {
    return weft::spawn([this] { add(n); });
  }
};
// Which of its calls run fibers an ordinary function does not show.
int main() {
  int local = 1;
  weft::spawn(add, std::ref(local)).detach();
  weft::run([] { weft::this_fiber::yield(); });
}
