// What the environment asks of a program that knows nothing of simulations: its
// clock, its order, a fault, and a watchdog. Nonsense asks for nothing.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime %s %libweft -pthread -o program
// RUN: WEFT_CLOCK=virtual timeout 60 ./program sleep | FileCheck --check-prefix=SLEPT %s
// RUN: ./program order > usual && WEFT_SEED=x WEFT_FAULT=cancel ./program order | diff usual -
// RUN: FileCheck --check-prefix=USUAL %s < usual
// RUN: WEFT_SEED=3 ./program order > seeded && WEFT_SEED=3 ./program order | diff seeded -
// RUN: not diff usual seeded > /dev/null && tr ' ' '\n' < seeded | sort | tr -d '\n' | FileCheck --check-prefix=SORTED %s
// RUN: WEFT_FAULT=cancel@1 ./program order | FileCheck --check-prefix=CANCELLED %s
// RUN: WEFT_WATCHDOG=20 ./program work 2>&1 | FileCheck --check-prefix=WATCHED %s
// RUN: WEFT_WATCHDOG=x ./program work 2>&1 | count 0

// SLEPT: a day has passed

// USUAL: 0 1 2 3 4 5 6 7

// SORTED: 01234567

// CANCELLED: cancelled

// WATCHED: weft: fiber {{[0-9]+}} has run for {{[0-9]+}} ms without a pause: in 'work', since {{.*}}environment.cpp:[[#@LINE + 38]]

#include <weft/fiber.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace std::chrono_literals;

static void sleep() {
  const auto begin = weft::clock::now();
  weft::this_fiber::sleep_for(24h);
  if (weft::clock::now() - begin >= 24h)
    std::puts("a day has passed");
}

static void order() {
  std::vector<weft::task<void>> tasks;
  for (int i = 0; i < 8; ++i)
    tasks.push_back(weft::spawn([i] {
      weft::this_fiber::yield();
      std::printf("%d ", i);
    }));
  for (weft::task<void>& each : tasks)
    each.join();
  std::puts("");
}
static void all_in_order() {
  try {
    order();
  } catch (const weft::cancelled&) {
    std::puts("cancelled");
  }
}

static void work() {
  weft::this_fiber::yield();
  const auto end = std::chrono::steady_clock::now() + 300ms;
  while (std::chrono::steady_clock::now() < end)
    continue;
}

int main(int argc, char** argv) {
  if (argc != 2)
    return 1;
  if (!std::strcmp(argv[1], "sleep"))
    weft::run(sleep);
  else if (!std::strcmp(argv[1], "order"))
    weft::run(all_in_order);
  else
    weft::run(work);
}
