// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Objects that print every construction, copy, move and destruction, places
// that can throw, and what leaves a piece of code. Light to compile.

#ifndef WEFT_TEST_RUN_OBJECTS_H
#define WEFT_TEST_RUN_OBJECTS_H

#include <cstdint>
#include <cstdio>
#include <exception>
#include <type_traits>
#include <utility>

namespace trace {

/// Objects alive.
inline int live = 0;

#ifdef __cpp_exceptions
/// What a place throws.
struct failure {
  const char* where;
};
/// How many places pass before one throws; 0: none does.
inline int fuse = 0;
inline void place(const char* where) {
  if (fuse != 0 && --fuse == 0) {
    std::printf("  ! %s throws\n", where);
    throw failure{where};
  }
}
#else
inline void place(const char*) {}
#endif

/// A line that says where control is; a place that can throw.
inline void at(const char* where) {
  std::printf("  at %s\n", where);
  place(where);
}
inline void at(const char* where, long number) {
  std::printf("  at %s %ld\n", where, number);
  place(where);
}

/// An object whose life is printed; each construction is a place that can throw.
class tracer {
public:
  tracer() : tracer("default") {}
  explicit tracer(const char* name, int number = 0) : name(name), number(number) {
    begin("+");
  }
  tracer(const tracer& from) : name(from.name), number(from.number) {
    from.check();
    begin("copy");
  }
  tracer(tracer&& from) : name(from.name), number(from.number) {
    from.check();
    begin("move");
    from.name = "moved-from";
  }
  tracer& operator=(const tracer& from) {
    check(), from.check();
    std::printf("  %s = copy of %s\n", name, from.name);
    name = from.name, number = from.number;
    return *this;
  }
  tracer& operator=(tracer&& from) {
    check(), from.check();
    std::printf("  %s = move of %s\n", name, from.name);
    name = from.name, number = from.number;
    from.name = "moved-from";
    return *this;
  }
  ~tracer() {
    check();
    std::printf("  - %s %d\n", name, number);
    alive = 0xdead;
    --live;
  }

  /// For uses that must reach a live object.
  const tracer& check() const {
    if (alive != 0xbeef)
      std::printf("BROKEN: not alive\n");
    return *this;
  }

  const char* name;
  int number;

private:
  void begin(const char* how) {
    place(name);
    alive = 0xbeef;
    ++live;
    std::printf("  %s %s %d\n", how, name, number);
  }

  unsigned alive = 0;
};

/// Neither copied nor moved.
struct pinned : tracer {
  using tracer::tracer;
  pinned(const pinned&) = delete;
  pinned& operator=(const pinned&) = delete;
};

/// Moved, not copied.
struct movable : tracer {
  using tracer::tracer;
  movable(movable&&) = default;
  movable& operator=(movable&&) = default;
};

/// Checks its own address.
struct alignas(64) aligned : tracer {
  explicit aligned(const char* name, int number = 0) : tracer(name, number) {
    verify();
  }
  aligned(const aligned& from) : tracer(from) { verify(); }
  ~aligned() { verify(); }
  void verify() const {
    if (reinterpret_cast<std::uintptr_t>(this) % 64 != 0)
      std::printf("BROKEN: misaligned %s\n", name);
  }
};

inline void show(int value) { std::printf("%d", value); }
inline void show(long value) { std::printf("%ld", value); }
inline void show(unsigned value) { std::printf("%u", value); }
inline void show(unsigned long value) { std::printf("%lu", value); }
inline void show(char value) { std::printf("'%c'", value); }
inline void show(bool value) { std::printf(value ? "true" : "false"); }
inline void show(double value) { std::printf("%g", value); }
inline void show(const char* value) { std::printf("%s", value); }
inline void show(const tracer& value) {
  std::printf("%s %d", value.check().name, value.number);
}
template <class T> auto show(const T& text) -> decltype(void(text.c_str())) {
  std::printf("\"%s\"", text.c_str());
}

/// A line with a value.
template <class T> void print(const char* what, const T& value) {
  std::printf("  %s ", what);
  show(value);
  std::printf("\n");
}

#ifdef __cpp_exceptions
/// What a test raises.
struct raised : std::exception {
  const char* what() const noexcept override { return "raised"; }
};

/// Runs `body` and prints what leaves it; says whether nothing did.
template <class F> bool guarded(F&& body) {
  try {
    body();
    return true;
  } catch (const failure& error) {
    std::printf("  left by failure: %s\n", error.where);
  } catch (const std::exception& error) {
    std::printf("  left by exception: %s\n", error.what());
  } catch (int number) {
    std::printf("  left by %d\n", number);
  } catch (const tracer& thrown) {
    std::printf("  left by %s %d\n", thrown.check().name, thrown.number);
  } catch (...) {
    std::printf("  left by something\n");
  }
  return false;
}

inline void end_of_section() {
  std::printf("  live %d\n", live);
  live = 0;
}

#endif

} // namespace trace

using trace::at;
using trace::tracer;

#endif // WEFT_TEST_RUN_OBJECTS_H
