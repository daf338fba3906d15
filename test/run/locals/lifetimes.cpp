// A local begins where it is declared and ends with its scope, in every round of
// a loop anew: neither at the pause nor at the coroutine's end.
// RUN: %check %s %t

#include "trace.h"

#include <mutex>
#include <string>

[[weft::coroutine]] weft::generator<int> not_too_wide(bool a) {
  if (a) {
    tracer background("background");
    at("started");
  }
  weft::yield(1);
  {
    tracer early("early");
  }
  weft::yield(2);
  tracer late("late");
  weft::yield(3);
}

[[weft::coroutine]] weft::generator<int> not_too_short() {
  tracer releaser("releaser");
  weft::yield(1);
  at("still held");
  weft::yield(2);
}

[[weft::coroutine]] weft::generator<std::string> fresh_in_each_round(int n) {
  while (n-- > 0) {
    std::string s;
    weft::yield(s);
    s += "x";
    weft::yield(s);
  }
}

[[weft::coroutine]] weft::generator<int> locks(std::mutex& m) {
  {
    std::unique_lock held(m);
    weft::yield(1);
  }
  std::printf("  free: %d\n", m.try_lock());
  m.unlock();
  std::lock_guard<std::mutex> guard(m);
  weft::yield(2);
}

[[weft::coroutine]] weft::generator<int> unused_objects() {
  tracer a("a");
  weft::yield(1);
  tracer b("b");
  tracer("temporary", 2);
  weft::yield(2);
  tracer c("c");
}

int main() {
  trace::exercise("not too wide", [] { return not_too_wide(true); });
  trace::exercise("not too wide", [] { return not_too_wide(false); });
  trace::exercise("not too short", [] { return not_too_short(); });
  trace::exercise("fresh", [] { return fresh_in_each_round(2); });
  std::mutex m;
  trace::exercise("locks", [&] { return locks(m); });
  trace::exercise("unused", [] { return unused_objects(); });
}
