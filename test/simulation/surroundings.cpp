// Timers, callbacks, helper threads and what belongs to a fiber, in a thousand
// orders, and with a fault at every pause.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -O1 -Wall -Wextra -Werror -I%runtime %s %libweft -o surroundings && ./surroundings %seeds
// RUN: %weft %clangxx -std=c++17 -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -I%runtime %s %libweft -o sanitized && ./sanitized 1

#include "Inputs/scenario.h"

#include <atomic>
#include <functional>
#include <utility>
#include <vector>

namespace {

/// Nobody wakes before the time has come, and time goes by no further than to
/// the next that somebody waits for.
class timers {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 1; i <= 4; ++i)
        all.spawn([this, i] { sleeps(std::chrono::hours(i)); });
      all.spawn([this] {
        const auto end = weft::clock::now() + 150min;
        weft::this_fiber::sleep_until(end);
        woke(end);
      });
    });
  }
  bool holds() const { return !early; }
  bool is_over(bool whole) const { return !whole || (!late && wakings == 9); }

private:
  [[weft::fiber]] void sleeps(weft::clock::duration time) {
    for (int i = 0; i < 2; ++i) {
      const auto end = weft::clock::now() + time;
      weft::this_fiber::sleep_for(time);
      woke(end);
    }
  }
  void woke(weft::clock::time_point end) {
    const auto present = weft::clock::now();
    early |= present < end;
    late |= present > end + 1s; // The clock goes on where others act.
    ++wakings;
  }

  bool early = false, late = false;
  int wakings = 0;
};

/// An engine that calls back later; who waited may be gone by then, or the engine.
class callbacks {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this, one = engine(*this)] { calls_back(); });
      for (int i = 0; i < 3; ++i)
        all.spawn([this, i] { asks(i); });
    });
  }
  bool holds() const { return answered <= served && !wrong; }
  bool is_over(bool whole) const { return !whole || answered == 9; }

private:
  /// Without it nobody is answered any more.
  class engine {
  public:
    explicit engine(callbacks& of) : of(&of) {}
    engine(engine&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
    ~engine() {
      if (of == nullptr)
        return;
      of->stopped = true;
      of->requests.clear();
    }

  private:
    callbacks* of;
  };

  [[weft::fiber]] void asks(int number) {
    for (int i = 0; i < 3 && !stopped; ++i) {
      const int answer = weft::from_callback<int>([&](weft::completion<int> done) {
        requests.push_back([done, number] { done(2 * number); });
      });
      wrong |= answer != 2 * number;
      ++answered;
    }
  }
  [[weft::fiber]] void calls_back() {
    for (int idle = 0; idle < 9; ++idle) {
      weft::this_fiber::sleep_for(1ms);
      while (!requests.empty()) {
        idle = 0;
        const std::function<void()> next = std::move(requests.front());
        requests.erase(requests.begin());
        ++served;
        next();
        weft::this_fiber::yield();
      }
    }
  }

  std::vector<std::function<void()>> requests;
  int answered = 0, served = 0;
  bool stopped = false, wrong = false;
};

/// Each fiber has its own value, and children begin with that of who waits.
class locals {
public:
  [[weft::fiber]] void run() {
    value.set(100);
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 3; ++i)
        all.spawn([this, i] { has_its_own(i); });
    });
    keeps(100);
  }
  bool holds() const { return !wrong; }
  bool is_over(bool whole) const { return !whole || looks == 13; }

private:
  [[weft::fiber]] void has_its_own(int number) {
    keeps(100);
    value.set(number);
    keeps(number);
    weft::when_all([this, number] { keeps(number); },
                   [this] { value.set(50), keeps(50); });
    wrong |= value.get() != number;
  }
  [[weft::fiber]] void keeps(int expected) {
    wrong |= value.get() != expected;
    weft::this_fiber::yield();
    wrong |= value.get() != expected;
    ++looks;
  }

  weft::fiber_local<int> value{-1};
  int looks = 0;
  bool wrong = false;
};

/// Work on helper threads is begun by no more of them than there may be, and what
/// it refers to lives as long.
class offloads {
public:
  offloads() { weft::set_offload_threads(2); }
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 3; ++i)
        all.spawn([this, i] { works(i); });
    });
  }
  bool holds() const { return running <= 2 && !wrong; }
  bool is_over(bool whole) const { return running == 0 && (!whole || done == 6); }

private:
  [[weft::fiber]] void works(int number) {
    for (int i = 0; i < 2; ++i) {
      int begun = 0;
      const int result = weft::offload([&, this, number] {
        ++running;
        ++begun;
        --running;
        return 2 * number;
      });
      wrong |= result != 2 * number || begun != 1;
      ++done;
      weft::this_fiber::yield();
    }
  }

  std::atomic<int> running{0};
  int done = 0;
  bool wrong = false;
};

const entry table[] = {
    {"timers", stands<timers>},
    {"from_callback", stands<callbacks>},
    {"fiber_local", stands<locals>},
    // Last: from then on there are other threads, which are given their time.
    {"offload", stands<offloads>},
};

} // namespace

int main(int argc, char** argv) { return try_all(table, argc, argv); }
