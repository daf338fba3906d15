// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints by how many bytes the process grows for each fiber that sleeps:
//
//   WAY NUMBER MILLISECONDS
//
// One process for each way, as memory that was used once may be used again.

#include "fiber_workloads.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>

static long number, before;

/// Of memory that is present, in bytes; exact, unlike that of statm.
static long resident() {
  long kilobytes = 0;
  char line[256];
  if (std::FILE* file = std::fopen("/proc/self/smaps_rollup", "r")) {
    while (std::fgets(line, sizeof(line), file) &&
           std::sscanf(line, "Rss: %ld", &kilobytes) != 1) {
    }
    std::fclose(file);
  }
  return kilobytes * 1024;
}

static void asleep(const sleepers& all) {
  if (all.asleep != number || all.awake != 0) {
    std::fprintf(stderr, "of %ld fibers %ld sleep, %ld have woken\n", number,
                 all.asleep, all.awake);
    std::exit(1);
  }
  std::printf("%.1f\n", double(resident() - before) / double(number));
}

int main(int count, char** arguments) {
  const struct {
    const char* name;
    long (*sleeps)(long, sleepers&, void (*)(const sleepers&));
  } ways[] = {{"hand", hand_way::sleeps},
              {"native", native_way::sleeps},
              {"weft", weft_way::sleeps},
              {"boost", boost_way::sleeps}};
  if (count != 4)
    return 2;
  for (const auto& way : ways)
    if (std::strcmp(way.name, arguments[1]) == 0) {
      // Once for what is the same for one and for many: code, the scheduler.
      sleepers one{std::chrono::milliseconds(1)};
      way.sleeps(1, one, [](const sleepers&) {});
      before = resident();
      number = std::atol(arguments[2]);
      sleepers all{std::chrono::milliseconds(std::atol(arguments[3]))};
      return way.sleeps(number, all, asleep) == number ? 0 : 1;
    }
  return 2;
}
