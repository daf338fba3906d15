// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What decides, on a thread that is simulated, which fiber comes next, what time
// it is, and where a fault is injected.

#ifndef WEFT_SRC_SIMULATOR_H
#define WEFT_SRC_SIMULATOR_H

#include <weft/scheduler.h>
#include <weft/simulation.h>

#include <random>
#include <string>
#include <vector>

namespace weft::detail {

/// The loop of the scheduler asks it; one random number after the other decides,
/// so that the same seed decides the same.
class simulator {
public:
  simulator(scheduler& home, const runtime_options& options);
  /// Goes back to the one that was there before.
  ~simulator();
  simulator(const simulator&) = delete;
  simulator& operator=(const simulator&) = delete;

  /// Takes a fiber out of the queue of ready ones, which is not empty; null: it
  /// is delayed. O(ready).
  fiber* choose();
  /// No fiber is ready: goes on to the next deadline. False: there is none.
  bool pass_time();
  /// Behind a turn; of a fiber that has paused, or null.
  void end_turn(fiber* paused);
  /// Replaces what the environment asks for; whether it asks for anything.
  static bool read_environment(runtime_options& options);

  /// What a fiber that is `cancel_now` is to throw; null: the cancellation.
  std::exception_ptr fault_of(const fiber& f);

  std::uint64_t pauses = 0;
  std::uint64_t faults = 0;
  bool held = true; ///< the invariant
  /// The command that runs the program with the same options again.
  std::string replay() const;

private:
  struct delayed {
    fiber* of;
    std::int64_t until;
  };

  void end_delays();
  void inject(fiber& f);
  void wait_outside(std::int64_t deadline);

  scheduler& home;
  runtime_options options;
  simulator* outer;
  const std::int64_t* outer_time;
  std::int64_t time;
  std::mt19937_64 random;
  std::vector<delayed> waiting;       ///< ready, and kept back
  std::vector<std::uint32_t> slow;    ///< to be delayed when they are ready
  std::vector<std::uint32_t> raising; ///< cancelled to throw a fault
};

} // namespace weft::detail

#endif // WEFT_SRC_SIMULATOR_H
