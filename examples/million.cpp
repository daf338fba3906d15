// A million fibers that sleep at the same time, and what they need: all memory
// of fibers comes from two functions that a program can replace, here by two
// that count.
//
//   million [NUMBER]

#include <weft/fiber.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

static std::size_t bytes_in_use = 0;

static void* allocate(std::size_t bytes) {
  bytes_in_use += bytes;
  return std::malloc(bytes);
}
static void deallocate(void* storage, std::size_t bytes) {
  bytes_in_use -= bytes;
  std::free(storage);
}

static long asleep = 0;
static long most_asleep = 0;

// Its frame holds `number`, which the function needs after the pause, and the
// timer.
static long nap(long number) {
  if (++asleep > most_asleep)
    most_asleep = asleep;
  weft::this_fiber::sleep_for(std::chrono::seconds(2));
  --asleep;
  return number;
}

static void sleep_all(long number) {
  std::vector<weft::task<long>> sleepers;
  sleepers.reserve(static_cast<std::size_t>(number));
  const std::size_t before = bytes_in_use;
  for (long i = 1; i <= number; ++i)
    sleepers.push_back(weft::spawn(nap, i));
  weft::this_fiber::yield(); // they start, and go to sleep
  std::printf("%ld fibers sleep, %zu bytes each\n", asleep,
              (bytes_in_use - before) / static_cast<std::size_t>(number));

  long sum = 0;
  for (weft::task<long>& each : sleepers)
    sum += each.get();
  std::printf("%ld slept at once, the sum of their numbers is %ld\n",
              most_asleep, sum);
}

// An ordinary function: the memory is set up before there is a fiber.
int main(int argc, char** argv) {
  const long number = argc > 1 ? std::atol(argv[1]) : 1000000;
  if (number < 1)
    return 2;
  weft::set_memory_functions({allocate, deallocate});
  weft::run(sleep_all, number);
}
