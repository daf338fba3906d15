// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Deterministic simulation: one thread's fibers in an order that a seed decides,
// by a clock that does not wait, with faults at chosen suspension points. What a
// seed has shown once, it shows again.

#ifndef WEFT_SIMULATION_H
#define WEFT_SIMULATION_H

#include <weft/clock.h>
#include <weft/spawn.h>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <type_traits>

namespace weft {

/// What is done to a fiber that has paused.
enum class fault : std::uint8_t {
  none,
  cancel, ///< it is cancelled
  raise,  ///< its suspension point throws `injected_fault`
  delay   ///< when it is ready it has to wait for up to a second more
};

/// Thrown by `fault::raise`.
class injected_fault : public std::exception {
public:
  const char* what() const noexcept override { return "an injected fault"; }
};

namespace detail {
class simulator;
}

/// How a thread runs its fibers.
class runtime_options {
public:
  /// Ready fibers run in an order that `n` decides, not in that in which they
  /// became ready.
  runtime_options& seed(std::uint64_t n) noexcept {
    seeded = true;
    seed_ = n;
    return *this;
  }
  /// When no fiber is ready, time goes on at once to the next deadline; unless
  /// something is awaited that another thread or the poller can bring, which is
  /// given that time.
  runtime_options& virtual_clock(bool on = true) noexcept {
    is_virtual = on;
    return *this;
  }
  /// At the `pause`th time, counted from 1, that a fiber pauses.
  runtime_options& inject(fault what, std::uint64_t pause) noexcept {
    injected = what;
    at_pause = pause;
    one_in = 0;
    return *this;
  }
  /// At about one pause in `n`; which, the seed decides.
  runtime_options& inject_randomly(fault what, std::uint64_t n) noexcept {
    injected = what;
    at_pause = 0;
    one_in = n;
    return *this;
  }
  /// Asked behind every turn of a fiber, outside of fibers, until it says false:
  /// then the simulation has failed. `holds` lives as long as the simulation, and
  /// throws nothing.
  template <class Predicate>
  runtime_options& invariant(Predicate& holds) noexcept {
    invariant_of = const_cast<std::remove_const_t<Predicate>*>(&holds);
    check = [](void* of) noexcept -> bool {
      return (*static_cast<Predicate*>(of))();
    };
    return *this;
  }

private:
  friend class detail::simulator;

  bool seeded = false;
  bool is_virtual = false;
  fault injected = fault::none;
  std::uint64_t seed_ = 0;
  std::uint64_t at_pause = 0; ///< 0: see `one_in`
  std::uint64_t one_in = 0;
  bool (*check)(void* of) noexcept = nullptr;
  void* invariant_of = nullptr;
};

/// While it lives, the fibers of the thread that made it run as `options` say,
/// in every `run`. One a thread at a time, made outside of fibers.
///
/// `WEFT_SEED` and `WEFT_FAULT` in the environment go before the options, so
/// that a failure can be replayed: WEFT_SEED=17 WEFT_FAULT=cancel@12. A deadlock,
/// an exception of a fiber that nobody asks for, and `explore` print that
/// command. They, and `WEFT_CLOCK=virtual`, also apply to a program that makes no
/// simulation.
class simulation {
public:
  explicit simulation(const runtime_options& options);
  ~simulation();
  simulation(const simulation&) = delete;
  simulation& operator=(const simulation&) = delete;

  /// How often fibers have paused.
  std::uint64_t pauses() const noexcept;
  /// How many faults have been injected.
  std::uint64_t faults() const noexcept;
  /// Whether the invariant held behind every turn.
  bool held() const noexcept;
  /// Writes a sentence that begins with `how`, as in "the invariant failed", and
  /// the command that replays the simulation, to stderr.
  void report(const char* how) const noexcept;

private:
  detail::simulator* world;
};

namespace detail {

/// Which seeds `explore` is to try: all below `seeds`, or the one that
/// `WEFT_SEED` names.
struct seed_range {
  explicit seed_range(std::uint64_t seeds) noexcept;
  std::uint64_t first, last;
};
/// The one pause that `WEFT_FAULT` names; 0: none.
std::uint64_t fault_to_replay() noexcept;

/// Runs `scenario` in `world`; whether it went well. A fault that comes out of
/// it does not count against it.
template <class F> bool succeeds(simulation& world, F& scenario) {
  const char* failure = "the scenario said so";
  bool is_well = true;
  auto attempt = [&] {
    using R = decltype(weft::run(scenario));
    if constexpr (std::is_same_v<R, bool>)
      is_well = weft::run(scenario);
    else
      weft::run(scenario);
  };
#if WEFT_HAS_EXCEPTIONS
  char text[240];
  try {
    attempt();
  } catch (const injected_fault&) {
  } catch (const cancelled&) {
  } catch (const std::exception& e) {
    is_well = false;
    std::snprintf(text, sizeof(text), "an exception left the scenario: %s", e.what());
    failure = text;
  } catch (...) {
    is_well = false;
    failure = "an exception left the scenario";
  }
#else
  attempt();
#endif
  if (is_well && !world.held()) {
    is_well = false;
    failure = "the invariant failed";
  }
  if (!is_well)
    world.report(failure);
  return is_well;
}

} // namespace detail

/// Runs `scenario()` as a fiber once with each of the seeds 1 to `seeds`, by a
/// virtual clock unless `options` are given. Fails, and stops, when an exception
/// leaves the scenario, when it returns false, or when the invariant does not
/// hold; a deadlock or an abort ends the process. Each prints the seed and the
/// command that replays it. Whether all went well.
template <class F>
bool explore(std::uint64_t seeds, [[weft::suspendable]] F&& scenario,
             runtime_options options = runtime_options().virtual_clock()) {
  const detail::seed_range range(seeds);
  for (std::uint64_t seed = range.first; seed <= range.last; ++seed) {
    simulation world(options.seed(seed));
    if (!detail::succeeds(world, scenario))
      return false;
  }
  return true;
}

/// The same with the fault `what`, once at every pause that the scenario makes:
/// at the first, at the second, and so on.
template <class F>
bool explore_faults(fault what, [[weft::suspendable]] F&& scenario,
                    runtime_options options = runtime_options().virtual_clock()) {
  const std::uint64_t only = detail::fault_to_replay();
  for (std::uint64_t pause = only != 0 ? only : 1;; ++pause) {
    simulation world(options.inject(what, pause));
    if (!detail::succeeds(world, scenario))
      return false;
    if (pause == only || world.pauses() < pause)
      return true;
  }
}

} // namespace weft

#endif // WEFT_SIMULATION_H
