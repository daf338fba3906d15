// A coroutine that another thread resumes sees that thread's variables: the address
// of one is not kept over a pause, not in a loop either.
// ORACLE: expected
// FLAGS: -pthread
// RUN: %check %s %t

/* EXPECTED
  yielded 101
  yielded 210
  yielded 111
  yielded 220
  here 111
  there 220
*/

#include "trace.h"

#include <thread>

thread_local int mine = 0;

[[weft::coroutine]] weft::generator<int> reads() {
  mine += 1;
  for (;;) {
    weft::yield(mine);
    mine += 10;
  }
}

int main() {
  auto c = reads();
  int there = 200;
  auto resume = [&] {
    c.next();
    trace::print("yielded", c.value());
  };
  auto resume_there = [&] {
    std::thread([&] {
      mine = there;
      resume();
      there = mine;
    }).join();
  };
  mine = 100;
  resume();
  resume_there();
  resume();
  resume_there();
  trace::print("here", mine);
  trace::print("there", there);
}
