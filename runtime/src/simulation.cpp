// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Simulations as programs and their environment ask for them, and how to run a
// failed one again.

#define WEFT_TRANSFORMED 1 // the runtime itself has nothing to transform
#include "simulator.h"

#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#define WEFT_HAS_ABORT_REPORT 1
#else
#define WEFT_HAS_ABORT_REPORT 0
#endif

namespace weft::detail {

namespace {

struct fault_name {
  fault what;
  const char* name;
};
constexpr fault_name fault_names[] = {
    {fault::cancel, "cancel"}, {fault::raise, "raise"}, {fault::delay, "delay"}};

/// A number that is the whole of `text`.
bool read_number(const char* text, std::uint64_t& number) noexcept {
  char* end;
  number = std::strtoull(text, &end, 10);
  return std::isdigit(static_cast<unsigned char>(*text)) && *end == '\0';
}

/// The command line of the process, for a shell; empty: unknown.
std::string command_line() {
  std::string command;
  std::FILE* file = std::fopen("/proc/self/cmdline", "rb");
  if (file == nullptr)
    return command;
  std::string word;
  for (int c; (c = std::fgetc(file)) != EOF;) {
    if (c != 0) {
      word += static_cast<char>(c);
      continue;
    }
    const bool is_plain =
        !word.empty() &&
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
                               "VWXYZ0123456789_@%+=:,./-") == std::string::npos;
    if (!is_plain) {
      for (std::size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4)
        word.replace(at, 1, "'\\''");
      word = '\'' + word + '\'';
    }
    command += ' ' + word;
    word.clear();
  }
  std::fclose(file);
  return command;
}

#if WEFT_HAS_ABORT_REPORT
/// Of the simulation that lives on the thread, for the handler of SIGABRT.
thread_local char replay_text[1024];

void report_abort(int) {
  if (replay_text[0] != '\0')
    (void)!write(STDERR_FILENO, replay_text, std::strlen(replay_text));
  std::signal(SIGABRT, SIG_DFL);
}
#endif

} // namespace

bool simulator::read_environment(runtime_options& options) {
  bool found = false;
  std::uint64_t number = 0;
  if (const char* seed = std::getenv("WEFT_SEED"); seed && read_number(seed, number)) {
    options.seed(number);
    found = true;
  }
  if (const char* clock = std::getenv("WEFT_CLOCK"); clock && !std::strcmp(clock, "virtual")) {
    options.virtual_clock();
    found = true;
  }
  const char* wanted = std::getenv("WEFT_FAULT");
  for (const fault_name& each : fault_names) {
    const std::size_t length = std::strlen(each.name);
    if (wanted == nullptr || std::strncmp(wanted, each.name, length) != 0 ||
        !read_number(wanted + length + (wanted[length] != '\0'), number))
      continue;
    if (wanted[length] == '@')
      options.inject(each.what, number);
    else if (wanted[length] == '/')
      options.inject_randomly(each.what, number);
    else
      continue;
    found = true;
  }
  return found;
}

std::string simulator::replay() const {
  std::string text;
  if (options.seeded)
    text += " WEFT_SEED=" + std::to_string(options.seed_);
  if (options.is_virtual && std::getenv("WEFT_CLOCK") != nullptr)
    text += " WEFT_CLOCK=virtual";
  for (const fault_name& each : fault_names)
    if (options.injected == each.what)
      text += std::string(" WEFT_FAULT=") + each.name +
              (options.one_in != 0 ? "/" + std::to_string(options.one_in)
                                   : "@" + std::to_string(options.at_pause));
  return text.substr(text.empty() ? 0 : 1) + command_line();
}

void begin_simulation(scheduler& home) {
  runtime_options options;
  if (simulator::read_environment(options))
    new simulator(home, options); // Until `end_simulation`.
}

void end_simulation(scheduler& home) noexcept {
  delete home.simulated;
}

void print_replay() noexcept {
  if (ready.home != nullptr && ready.home->simulated != nullptr)
    std::fprintf(stderr, "weft: to run this simulation again: %s\n",
                 ready.home->simulated->replay().c_str());
}

seed_range::seed_range(std::uint64_t seeds) noexcept : first(1), last(seeds) {
  const char* only = std::getenv("WEFT_SEED");
  if (only != nullptr && read_number(only, first))
    last = first;
}

std::uint64_t fault_to_replay() noexcept {
  const char* wanted = std::getenv("WEFT_FAULT");
  const char* at = wanted != nullptr ? std::strchr(wanted, '@') : nullptr;
  std::uint64_t pause = 0;
  return at != nullptr && read_number(at + 1, pause) ? pause : 0;
}

} // namespace weft::detail

namespace weft {

using namespace detail;

simulation::simulation(const runtime_options& given) {
  runtime_options options = given;
  simulator::read_environment(options);
  world = new simulator(scheduler::mine(), options);
#if WEFT_HAS_ABORT_REPORT
  std::snprintf(replay_text, sizeof(replay_text),
                "weft: to run this simulation again: %s\n", world->replay().c_str());
  if (auto before = std::signal(SIGABRT, report_abort); before != SIG_DFL)
    std::signal(SIGABRT, before);
#endif
}

simulation::~simulation() {
#if WEFT_HAS_ABORT_REPORT
  replay_text[0] = '\0';
#endif
  delete world;
}

std::uint64_t simulation::pauses() const noexcept { return world->pauses; }
std::uint64_t simulation::faults() const noexcept { return world->faults; }
bool simulation::held() const noexcept { return world->held; }

void simulation::report(const char* how) const noexcept {
  std::fprintf(stderr, "weft: the simulation failed: %s\n", how);
  print_replay();
}

} // namespace weft
