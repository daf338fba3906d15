// Structured concurrency in a thousand orders, and with a fault at every pause:
// nothing goes on behind the wait that began it, and what is told is so.

// RUN: mkdir -p %t && cd %t
// RUN: %weft %gxx -std=c++17 -O1 -Wall -Wextra -Werror -I%runtime %s %libweft -o structure && ./structure %seeds
// RUN: %weft %clangxx -std=c++17 -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror -I%runtime %s %libweft -o sanitized && ./sanitized 1

#include "Inputs/scenario.h"

#include <optional>
#include <stdexcept>
#include <tuple>
#include <variant>

namespace {

/// What all of these look at: how many children run, and how many waits for
/// children are under way.
class family {
public:
  bool holds() const { return waits > 0 || children == 0; }
  bool is_over(bool whole) const { return children == 0 && waits == 0 && (!whole || is_right); }

protected:
  [[weft::fiber]] int child(int turns) {
    const counted here(children);
    for (int i = 0; i < turns; ++i)
      weft::this_fiber::sleep_for(1ms);
    return turns;
  }

  int waits = 0, children = 0;
  bool is_right = false;
};

class scopes : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    int ended = 0;
    weft::with_scope([&, this](weft::scope& outer) {
      outer.spawn([&, this] { ended += child(2); });
      weft::with_scope([&, this](weft::scope& inner) {
        inner.spawn([&, this] { ended += child(1); });
        outer.spawn([&, this] { ended += child(3); });
        child(1);
      });
      is_right = ended >= 1;
      outer.spawn([&, this] { ended += child(1); });
    });
    is_right &= ended == 7 && children == 0;
  }
};

/// One fails: the others are cancelled, and it is told when they have ended.
class failing_scopes : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    bool went_on = false;
    try {
      weft::with_scope([&, this](weft::scope& all) {
        all.spawn([&, this] { child(9), went_on = true; });
        all.spawn([this] {
          child(2);
          throw std::runtime_error("failed");
        });
        child(9);
        went_on = true;
      });
    } catch (const std::runtime_error&) {
      is_right = children == 0 && !went_on;
    }
  }
};

class alls : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    const std::tuple<int, int, int> results = weft::when_all(
        [this] { return child(3); }, [this] { return child(1); }, [this] { return child(2); });
    is_right = children == 0 && results == std::tuple(3, 1, 2);
  }
};

class anys : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    const std::variant<int, int, int> result = weft::when_any(
        [this] { return child(3); }, [this] { return child(1); }, [this] { return child(2); });
    is_right = children == 0 && result.index() == 1 && std::get<1>(result) == 1;
  }
};

class timeouts : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    const std::optional<int> late = weft::with_timeout(5ms, [this] { return child(9); });
    const bool all_ended = children == 0;
    const std::optional<int> soon = weft::with_timeout(1h, [this] { return child(2); });
    const std::optional<int> within = weft::with_timeout(1h, [this] {
      return weft::with_timeout(1ms, [this] { return child(9); }).value_or(7);
    });
    is_right = all_ended && !late && soon == 2 && within == 7;
  }
};

/// What is shielded comes to its end when who waits for it is cancelled.
class shields : public family {
public:
  [[weft::fiber]] void run() {
    const counted waiting(waits);
    bool has_ended = false, was_cancelled = true;
    weft::with_scope([&, this](weft::scope& all) {
      all.spawn([&, this] {
        weft::shield([&, this] { child(3), has_ended = true; });
        child(1);
        was_cancelled = false;
      });
      weft::this_fiber::sleep_for(1ms);
      all.cancel();
    });
    is_right = has_ended && was_cancelled;
  }
};

const entry table[] = {
    {"scope", stands<scopes>},
    {"failing scope", stands<failing_scopes>},
    {"when_all", stands<alls>},
    {"when_any", stands<anys>},
    {"with_timeout", stands<timeouts>},
    {"shield", stands<shields>},
};

} // namespace

int main(int argc, char** argv) { return try_all(table, argc, argv); }
