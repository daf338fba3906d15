// Five philosophers, five forks. In a thousand orders neighbours never eat at
// the same time and all get their meals; with one fork each, or when all begin
// with the left one, simulation finds out, and finds the same again.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -Wall -Wextra -Werror -I%runtime %s %libweft -o fair && ./fair
// RUN: %weft %clangxx -std=c++17 -O2 -Wall -Wextra -Werror -I%runtime %s %libweft -o fair-clang && ./fair-clang
// RUN: %weft %gxx -std=c++17 -I%runtime -DONE_FORK %s %libweft -o one && not ./one 2> report
// RUN: FileCheck --check-prefix=ONE %s < report
// RUN: %weft %gxx -std=c++17 -I%runtime -DLEFT_FIRST %s %libweft -o left && { status=0; ./left 2> report || status=$?; test $status = 97; }
// RUN: FileCheck --check-prefix=LEFT %s < report
// RUN: status=0; sh -c "$(sed -n 's/.*again: //p' report)" 2> again || status=$?; test $status = 97
// RUN: sed -E 's/fiber [0-9]+|0x[0-9a-f]+//g' report | sort > a && sed -E 's/fiber [0-9]+|0x[0-9a-f]+//g' again | sort | diff a -

// ONE: weft: the simulation failed: the invariant failed
// LEFT: weft: deadlock: every fiber of the thread waits
// LEFT: weft: to run this simulation again: WEFT_SEED={{[0-9]+}} ./left

#include <weft/fiber.h>
#include <weft/simulation.h>

#include <array>
#include <chrono>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

constexpr int seats = 5;

struct table {
  std::array<weft::mutex, seats> forks;
  std::array<bool, seats> eats{};
  int meals = 0;

  bool is_fair() const {
    for (int seat = 0; seat < seats; ++seat)
      if (eats[seat] && eats[(seat + 1) % seats])
        return false;
    return true;
  }
};

[[weft::fiber]] void philosopher(table& at, int seat) {
  int first = seat, second = (seat + 1) % seats;
#ifndef LEFT_FIRST
  if (first > second)
    std::swap(first, second);
#endif
  for (int meal = 0; meal < 3; ++meal) {
    std::unique_lock one(at.forks[first]);
    weft::this_fiber::yield();
#ifndef ONE_FORK
    std::unique_lock two(at.forks[second]);
#endif
    at.eats[seat] = true;
    weft::this_fiber::sleep_for(std::chrono::minutes(10));
    at.eats[seat] = false;
    ++at.meals;
  }
}

static table* seated = nullptr;

[[weft::fiber]] bool dinner() {
  table shared;
  seated = &shared;
  std::vector<weft::task<void>> guests;
  for (int seat = 0; seat < seats; ++seat)
    guests.push_back(weft::spawn(philosopher, std::ref(shared), seat));
  for (weft::task<void>& each : guests)
    each.join();
  seated = nullptr;
  return shared.meals == 3 * seats;
}

int main() {
  auto fair = [] { return seated == nullptr || seated->is_fair(); };
  auto options = weft::runtime_options().virtual_clock().invariant(fair);
  return weft::explore(1000, dinner, options) ? 0 : 1;
}
