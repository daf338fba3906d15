// Mutexes and condition variables in a thousand orders, and with a fault at every
// pause: the lock has one holder, those who wait get it in their order, and at the
// end it is free.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -O1 -Wall -Wextra -Werror -I%runtime %s %libweft -o locks && ./locks %seeds
// RUN: %weft %clangxx -std=c++17 -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -I%runtime %s %libweft -o sanitized && ./sanitized 1

#include "Inputs/scenario.h"

#include <deque>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

namespace {

/// Those who stand in line, by the numbers that they have drawn.
class numbers {
public:
  class place {
  public:
    /// Who does not stay is not missed by those behind.
    explicit place(numbers& of, bool stays = true) : of(of), number(of.next++) {
      if (stays)
        of.waiting.insert(number);
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() { of.waiting.erase(number); }
    bool is_first() const { return of.waiting.empty() || *of.waiting.begin() >= number; }

  private:
    numbers& of;
    int number;
  };

private:
  int next = 0;
  std::set<int> waiting;
};

class mutexes {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 3; ++i)
        all.spawn([this] { takes_turns(); });
      all.spawn([this] { is_impatient(); });
    });
  }
  bool holds() const { return inside <= 1; }
  bool is_over(bool whole) {
    return inside == 0 && m.try_lock() && (!whole || (visits >= 9 && in_order));
  }

private:
  [[weft::fiber]] void takes_turns() {
    for (int i = 0; i < 3; ++i) {
      {
        const numbers::place mine(line);
        m.lock();
        in_order &= mine.is_first();
      }
      const std::unique_lock held(m, std::adopt_lock);
      stay();
    }
  }
  [[weft::fiber]] void is_impatient() {
    for (int i = 0; i < 3; ++i) {
      std::unique_lock held(m, std::defer_lock);
      {
        const numbers::place mine(line, false);
        if (!held.try_lock_for(15ms))
          continue;
        in_order &= mine.is_first();
      }
      stay();
    }
  }
  [[weft::fiber]] void stay() {
    const counted here(inside);
    ++visits;
    weft::this_fiber::sleep_for(10ms);
  }

  weft::mutex m;
  numbers line;
  int inside = 0, visits = 0;
  bool in_order = true;
};

class shared_mutexes {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      for (int i = 0; i < 3; ++i)
        all.spawn([this] { reads(); });
      for (int i = 0; i < 2; ++i)
        all.spawn([this] { writes(); });
      all.spawn([this] { is_impatient(); });
    });
  }
  bool holds() const { return writers == 0 || (writers == 1 && readers == 0); }
  bool is_over(bool whole) {
    return writers + readers == 0 && m.try_lock() && (!whole || (visits >= 15 && in_order));
  }

private:
  [[weft::fiber]] void reads() {
    for (int i = 0; i < 3; ++i) {
      const std::shared_lock held(m);
      stay(readers);
    }
  }
  [[weft::fiber]] void writes() {
    for (int i = 0; i < 3; ++i) {
      {
        const numbers::place mine(writers_line);
        m.lock();
        in_order &= mine.is_first();
      }
      const std::unique_lock held(m, std::adopt_lock);
      stay(writers);
    }
  }
  [[weft::fiber]] void is_impatient() {
    for (int i = 0; i < 3; ++i) {
      std::shared_lock shared(m, std::defer_lock);
      if (shared.try_lock_for(5ms))
        stay(readers);
      else if (m.try_lock_for(15ms)) {
        const std::unique_lock held(m, std::adopt_lock);
        stay(writers);
      }
    }
  }
  [[weft::fiber]] void stay(int& as) {
    const counted here(as);
    ++visits;
    weft::this_fiber::sleep_for(10ms);
  }

  weft::shared_mutex m;
  numbers writers_line;
  int readers = 0, writers = 0, visits = 0;
  bool in_order = true;
};

/// One reads for hours; one who wants to write holds up other readers for as long
/// as he waits, and no longer.
class impatient_writers {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this] { reads(0ms); });
      all.spawn([this] { writes(); });
      all.spawn([this] { reads(2ms); });
    });
  }
  bool holds() const { return true; }
  bool is_over(bool whole) {
    return readers == 0 && m.try_lock() && (!whole || (given_up && together && !overtaken));
  }

private:
  [[weft::fiber]] void reads(std::chrono::milliseconds after) {
    weft::this_fiber::sleep_for(after);
    const std::shared_lock held(m);
    const counted here(readers);
    overtaken |= after == 2ms && weft::clock::now() < end;
    together |= readers == 2;
    weft::this_fiber::sleep_for(1h);
  }
  [[weft::fiber]] void writes() {
    weft::this_fiber::sleep_for(1ms);
    std::unique_lock held(m, std::defer_lock);
    end = weft::clock::now() + 5ms;
    given_up = !held.try_lock_until(end);
  }

  weft::shared_mutex m;
  int readers = 0;
  weft::clock::time_point end; ///< of the writer's patience
  bool given_up = false, together = false, overtaken = false;
};

/// All wait for one who begins, and who tells them also when he never does.
class beginnings {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      all.spawn([this, one = starter(*this)] { weft::this_fiber::sleep_for(1ms); });
      for (int i = 0; i < 3; ++i)
        all.spawn([this] {
          std::unique_lock held(m);
          has_begun.wait(held, [this] { return begun; });
          ++gone;
          weft::this_fiber::yield();
        });
    });
  }
  bool holds() const { return begun || gone == 0; }
  bool is_over(bool whole) { return m.try_lock() && (!whole || gone == 3); }

private:
  class starter {
  public:
    explicit starter(beginnings& of) : of(&of) {}
    starter(starter&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
    ~starter() {
      if (of == nullptr)
        return;
      of->begun = true;
      of->has_begun.notify_all();
    }

  private:
    beginnings* of;
  };

  weft::mutex m;
  weft::condition_variable has_begun;
  bool begun = false;
  int gone = 0;
};

/// A bounded buffer of a mutex and two condition variables. Who leaves tells the
/// others, which do not wait for it then.
class condition_variables {
public:
  [[weft::fiber]] void run() {
    weft::with_scope([this](weft::scope& all) {
      // Also of those that never begin.
      all.spawn([this, one = one_of(*this, producers)] { produces(0); });
      all.spawn([this, one = one_of(*this, producers)] { produces(1); });
      all.spawn([this, one = one_of(*this, consumers)] { consumes(); });
      all.spawn([this, one = one_of(*this, consumers)] { consumes_in_time(); });
    });
  }
  bool holds() const { return items.size() <= 2 && inside <= 1 && in_order; }
  bool is_over(bool whole) {
    return inside == 0 && m.try_lock() && (!whole || (taken == 8 && items.empty()));
  }

private:
  class one_of {
  public:
    one_of(condition_variables& in, int& count) : in(in), count(count) { ++count; }
    one_of(const one_of& other) : one_of(other.in, other.count) {}
    one_of& operator=(const one_of&) = delete;
    ~one_of() {
      --count;
      in.not_full.notify_all();
      in.not_empty.notify_all();
    }

  private:
    condition_variables& in;
    int& count;
  };
  [[weft::fiber]] void produces(int producer) {
    for (int item = 0; item < 4; ++item) {
      std::unique_lock held(m);
      not_full.wait(held, [this] { return items.size() < 2 || consumers == 0; });
      if (items.size() == 2)
        return;
      const counted here(inside);
      weft::this_fiber::yield();
      items.push_back({producer, item});
      not_empty.notify_one();
    }
  }
  [[weft::fiber]] void consumes() {
    for (;;) {
      std::unique_lock held(m);
      while (items.empty()) {
        if (producers == 0)
          return;
        not_empty.wait(held);
      }
      take();
      weft::this_fiber::yield();
    }
  }
  [[weft::fiber]] void consumes_in_time() {
    for (;;) {
      std::unique_lock held(m);
      if (not_empty.wait_for(held, 1ms, [this] { return !items.empty(); }))
        take();
      else if (producers == 0)
        return;
    }
  }
  void take() {
    const counted here(inside);
    in_order &= items.front().second == next[items.front().first]++;
    items.pop_front();
    ++taken;
    not_full.notify_one();
  }

  weft::mutex m;
  weft::condition_variable not_full, not_empty;
  std::deque<std::pair<int, int>> items; ///< Each producer's have numbers.
  int next[2] = {0, 0};
  int producers = 0, consumers = 0, inside = 0, taken = 0;
  bool in_order = true;
};

const entry table[] = {
    {"mutex", stands<mutexes>},
    {"shared_mutex", stands<shared_mutexes>},
    {"shared_mutex, impatient", stands<impatient_writers>},
    {"condition_variable", stands<condition_variables>},
    {"condition_variable, all", stands<beginnings>},
};

} // namespace

int main(int argc, char** argv) { return try_all(table, argc, argv); }
