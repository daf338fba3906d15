// A bounded buffer between three producers and two consumers, of semaphores. In
// a thousand orders, and with delays on top, it never holds more than it has
// room for, and all that is put in comes out, each producer's in order. Without
// the semaphore that counts its room, simulation finds it too full.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime %s %libweft -o bounded && ./bounded
// RUN: %weft %clangxx -std=c++17 -O2 -Wall -Wextra -Werror -I%runtime %s %libweft -o bounded-clang && ./bounded-clang
// RUN: %weft %gxx -std=c++17 -I%runtime -DNO_ROOM_COUNTED %s %libweft -o full && not ./full 2> report
// RUN: FileCheck %s < report && not sh -c "$(sed -n 's/.*again: //p' report)" 2>&1 | diff report -

// CHECK: weft: the simulation failed: the invariant failed
// CHECK: weft: to run this simulation again: WEFT_SEED={{[0-9]+}}

#include <weft/fiber.h>
#include <weft/simulation.h>

#include <array>
#include <deque>
#include <functional>
#include <vector>

constexpr int producers = 3, consumers = 2, items = 8, room = 4;

struct buffer {
  weft::semaphore free{room}, full{0};
  std::deque<int> held;
  std::array<int, producers> next{}; ///< of each producer, to come out
  bool in_order = true;
};

[[weft::fiber]] void produce(buffer& into, int producer) {
  for (int item = 0; item < items; ++item) {
#ifndef NO_ROOM_COUNTED
    into.free.acquire();
#endif
    into.held.push_back(producer * items + item);
    into.full.release();
    weft::this_fiber::yield();
  }
}

[[weft::fiber]] void consume(buffer& from) {
  for (int count = 0; count < producers * items / consumers; ++count) {
    from.full.acquire();
    const int item = from.held.front();
    from.held.pop_front();
    from.in_order &= from.next[item / items]++ == item % items;
    from.free.release();
    weft::this_fiber::yield();
  }
}

static buffer* used = nullptr;

[[weft::fiber]] bool work() {
  buffer shared;
  used = &shared;
  std::vector<weft::task<void>> tasks;
  for (int producer = 0; producer < producers; ++producer)
    tasks.push_back(weft::spawn(produce, std::ref(shared), producer));
  for (int consumer = 0; consumer < consumers; ++consumer)
    tasks.push_back(weft::spawn(consume, std::ref(shared)));
  for (weft::task<void>& each : tasks)
    each.join();
  used = nullptr;
  return shared.in_order && shared.held.empty();
}

int main() {
  auto fits = [] { return used == nullptr || used->held.size() <= room; };
  auto options = weft::runtime_options().virtual_clock().invariant(fits);
  if (!weft::explore(1000, work, options))
    return 1;
  options.inject_randomly(weft::fault::delay, 5);
  return weft::explore(1000, work, options) ? 0 : 1;
}
