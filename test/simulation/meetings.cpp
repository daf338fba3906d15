// Semaphores, events, latches and barriers in a thousand orders, and with a fault
// at every pause: nobody passes too early or stays behind, and no permit is lost.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -O1 -Wall -Wextra -Werror -I%runtime %s %libweft -o meetings && ./meetings %seeds
// RUN: %weft %clangxx -std=c++17 -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -I%runtime %s %libweft -o sanitized && ./sanitized 1

#include "Inputs/scenario.h"

#include <algorithm>
#include <utility>

namespace {

/// Gives back one that was acquired.
class permit {
public:
  explicit permit(weft::semaphore& of) : of(of) {}
  permit(const permit&) = delete;
  permit& operator=(const permit&) = delete;
  ~permit() { of.release(); }

private:
  weft::semaphore& of;
};

class semaphores {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 4; ++i)
        all.spawn([this] { visits(); });
      all.spawn([this] { is_impatient(); });
    });
  }
  bool holds() const {
    // A permit that was given to who has not gone on yet is nowhere.
    return inside + static_cast<int>(permits.available()) <= 2;
  }
  bool is_over(bool whole) const {
    return permits.available() == 2 && (!whole || (came >= 12 && in_order));
  }

private:
  [[weft::fiber]] void visits() {
    for (int i = 0; i < 3; ++i) {
      const int number = next++;
      permits.acquire();
      const permit taken(permits);
      // Two at most have a permit and have not gone on.
      in_order &= number >= last - 1;
      last = std::max(last, number);
      stay();
    }
  }
  [[weft::fiber]] void is_impatient() {
    for (int i = 0; i < 3; ++i)
      if (permits.try_acquire_for(15ms)) {
        const permit taken(permits);
        stay();
      }
  }
  [[weft::fiber]] void stay() {
    const counted here(inside);
    ++came;
    weft::this_fiber::sleep_for(10ms);
  }

  weft::semaphore permits{2};
  int inside = 0, came = 0, next = 0, last = 0;
  bool in_order = true;
};

/// One opens a gate for those who wait at it, and leaves it open in the end.
class events {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this, last = last_opening(*this)] {
        for (int i = 0; i < 3; ++i) {
          weft::this_fiber::sleep_for(10ms);
          ++openings;
          gate.set();
          gate.reset();
        }
      });
      for (int i = 0; i < 3; ++i)
        all.spawn([this] { passes(); });
      all.spawn([this] { is_impatient(); });
    });
  }
  bool holds() const { return passed_shut == 0; }
  bool is_over(bool whole) const { return !whole || (passed == 10 && in_vain == 1); }

private:
  class last_opening {
  public:
    explicit last_opening(events& of) : of(&of) {}
    last_opening(last_opening&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
    ~last_opening() {
      if (of == nullptr)
        return;
      ++of->openings;
      of->gate.set();
    }

  private:
    events* of;
  };

  [[weft::fiber]] void passes() {
    for (int i = 0; i < 3; ++i) {
      const int before = openings;
      gate.wait();
      pass(before);
    }
  }
  [[weft::fiber]] void is_impatient() {
    in_vain += !gate.wait_for(5ms);
    const int before = openings;
    if (gate.wait_for(1h))
      pass(before);
  }
  void pass(int before) {
    passed_shut += openings == before && !gate.is_set();
    ++passed;
  }

  weft::event gate;
  int openings = 0, passed = 0, passed_shut = 0, in_vain = 0;
};

/// Those who count down, also when they never begin, and those who wait.
class latches {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this] { waits(); });
      for (int i = 0; i < 3; ++i)
        all.spawn([this, one = arrival(*this)] { weft::this_fiber::sleep_for(5ms); });
      all.spawn([this] { waits(); });
      all.spawn([this] { in_time += all_done.wait_for(1ms), waits(); });
      all.spawn([this] {
        ++arrived;
        all_done.arrive_and_wait();
        too_early += arrived < 4;
      });
    });
  }
  bool holds() const { return too_early == 0 && all_done.try_wait() == (arrived >= 4); }
  bool is_over(bool whole) const { return !whole || (passed == 3 && in_time == 0); }

private:
  class arrival {
  public:
    explicit arrival(latches& at) : at(&at) {}
    arrival(arrival&& other) noexcept : at(std::exchange(other.at, nullptr)) {}
    ~arrival() {
      if (at == nullptr)
        return;
      ++at->arrived;
      at->all_done.count_down();
    }

  private:
    latches* at;
  };

  [[weft::fiber]] void waits() {
    if (!all_done.wait_for(1h))
      return;
    too_early += arrived < 4;
    ++passed;
  }

  weft::latch all_done{4};
  int arrived = 0, passed = 0, too_early = 0, in_time = 0;
};

/// A phase ends when all who are left wait.
class barriers {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 3; ++i)
        all.spawn([this, one = member(*this)] { meets(); });
    });
  }
  bool holds() const { return !early; }
  bool is_over(bool whole) const { return members == 0 && (!whole || ended == 4); }

private:
  /// Drops out, also when it has never begun.
  class member {
  public:
    explicit member(barriers& of) : of(&of) { ++of.members; }
    member(member&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
    ~member() {
      if (of == nullptr)
        return;
      --of->members;
      of->together.arrive_and_drop();
    }

  private:
    barriers* of;
  };
  struct completion {
    barriers& of;
    void operator()() const {
      ++of.ended;
      of.early |= of.waiting != of.members;
    }
  };

  [[weft::fiber]] void meets() {
    for (int i = 0; i < 3; ++i) {
      weft::this_fiber::yield();
      const counted here(waiting);
      together.arrive_and_wait();
    }
  }

  int members = 0, waiting = 0, ended = 0;
  bool early = false;
  weft::barrier<completion> together{3, completion{*this}};
};

const entry table[] = {
    {"semaphore", stands<semaphores>},
    {"event", stands<events>},
    {"latch", stands<latches>},
    {"barrier", stands<barriers>},
};

} // namespace

int main(int argc, char** argv) { return try_all(table, argc, argv); }
