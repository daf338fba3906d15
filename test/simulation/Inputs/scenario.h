// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Scenarios of the primitives, in many orders, and with a fault at each of their
// pauses. A `Scenario` is made anew for every run and has
//
//   [[weft::fiber]] void run();       // what takes place; all has ended behind it
//   bool holds() const;               // asked behind every turn
//   bool is_over(bool whole) const;   // asked at the end; whole: without a fault

#ifndef WEFT_TEST_SIMULATION_SCENARIO_H
#define WEFT_TEST_SIMULATION_SCENARIO_H

#include <weft/fiber.h>
#include <weft/simulation.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>

using namespace std::chrono_literals;

/// One more, as long as it lives.
class counted {
public:
  explicit counted(int& count) : count(&count) { ++count; }
  counted(const counted& other) : count(other.count) { ++*count; }
  counted& operator=(const counted&) = delete;
  ~counted() { --*count; }

private:
  int* count;
};

/// Runs a `Scenario` once. How often it has paused; 0: it failed, which is
/// reported with the command that runs it again.
template <class Scenario>
std::uint64_t pauses_of(const char* name, weft::runtime_options options) {
  Scenario scenario;
  auto holds = [&scenario] { return scenario.holds(); };
  weft::simulation world(options.virtual_clock().invariant(holds));
  const char* failure = nullptr;
  try {
    weft::run([&scenario] { scenario.run(); });
  } catch (...) {
    if (world.faults() == 0)
      failure = "an exception left it";
  }
  if (!world.held())
    failure = "the invariant failed";
  else if (failure == nullptr && !scenario.is_over(world.faults() == 0))
    failure = "its end is wrong";
  if (failure == nullptr)
    return world.pauses();
  std::fprintf(stderr, "%s: ", name);
  world.report(failure);
  return 0;
}

/// With each of a thousand seeds; then, in each of `orders`, with each fault at
/// the first pause, at the second, and so on. Whether all went well.
template <class Scenario> bool stands(const char* name, std::uint64_t orders) {
  weft::runtime_options options;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed)
    if (pauses_of<Scenario>(name, options.seed(seed)) == 0)
      return false;
  for (auto what : {weft::fault::cancel, weft::fault::raise, weft::fault::delay})
    for (std::uint64_t seed = 1; seed <= orders; ++seed) {
      options.seed(seed);
      for (std::uint64_t pause = 1, made = 1; pause <= made; ++pause)
        if ((made = pauses_of<Scenario>(name, options.inject(what, pause))) == 0)
          return false;
    }
  return true;
}

struct entry {
  const char* name;
  bool (*stands)(const char* name, std::uint64_t orders);
};

/// The rest of `main`: PROGRAM ORDERS [NAME].
template <std::size_t Count>
int try_all(const entry (&table)[Count], int argc, char** argv) {
  const std::uint64_t orders = std::strtoull(argv[1], nullptr, 10);
  for (const entry& each : table)
    if ((argc < 3 || !std::strcmp(argv[2], each.name)) && !each.stands(each.name, orders))
      return 1;
  return 0;
}

#endif // WEFT_TEST_SIMULATION_SCENARIO_H
