// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the bodies in the table of constructs (constructs.py) are made of: types
// and functions that never pause.

#ifndef WEFT_TEST_TORTURE_CONSTRUCTS_H
#define WEFT_TEST_TORTURE_CONSTRUCTS_H

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <tuple>
#include <typeinfo>
#include <utility>
#include <vector>

struct point {
  int x, y;
};
struct couple {
  tracer first;
  int second;
};
struct nest {
  couple inner;
  tracer outer;
};
struct three {
  tracer first, second, third;
};
struct with_defaults {
  int number = 1;
  tracer member{"default member"};
};
struct bits {
  unsigned low : 3;
  int high : 5;
};
union either {
  int number;
  float real;
};
struct based : tracer {
  int more;
};

/// Whose operators say when they are evaluated.
struct stream {
  tracer object{"stream"};
  int sum = 0;
  stream& operator<<(int value) {
    at("<<", value);
    sum += value;
    return *this;
  }
  stream& operator<<(const tracer& value) {
    at("<< object", value.check().number);
    sum += value.number;
    return *this;
  }
  stream& operator>>(int& value) {
    value = sum;
    return *this;
  }
};
struct boxed {
  int value;
  operator int() const {
    at("converts", value);
    return value;
  }
  boxed operator+(const boxed& other) const { return {value + other.value}; }
  boxed& operator+=(const boxed& other) {
    value += other.value;
    return *this;
  }
  boxed operator-() const { return {-value}; }
  boxed& operator++() {
    ++value;
    return *this;
  }
  bool operator<(const boxed& other) const { return value < other.value; }
  boxed operator,(const boxed& other) const { return {value * 10 + other.value}; }
};
struct holder {
  tracer object;
  int numbers[3] = {1, 2, 3};
  explicit holder(const char* name, int number = 0) : object(name, number) {}
  int operator[](int index) const { return numbers[index & 1]; }
  int operator()(int more) const { return object.check().number + more; }
  int add(int more) const { return object.check().number + more; }
  int with(const tracer& other, int more) const { return object.check().number + other.check().number + more; }
  holder& self() { return *this; }
  const tracer* operator->() const { return &object; }
  static int twice(int value) { return 2 * value; }
};
struct base {
  int number;
  explicit base(int number) : number(number) {}
  virtual ~base() { std::printf("  ~base %d\n", number); }
  virtual int get() const { return number; }
};
struct derived : base {
  using base::base;
  int get() const override { return 10 * number; }
};

inline int numbers[] = {6, 7, 8};
inline int grid[2][2] = {{1, 2}, {3, 4}};
inline tracer everywhere("everywhere", 9);

inline int look(const tracer& object) {
  at("look", object.check().number);
  return object.number;
}
inline int look(const tracer& object, int more) { return look(object) + more; }
inline int look(int more, const tracer& object) { return look(object) + more; }
inline int sink(tracer object) { return look(object); }
inline int sink_movable(trace::movable object) { return look(object); }
inline int sink_pinned(trace::pinned object) { return look(object); }
inline int take(tracer&& object) { return look(object); }
inline tracer made(const char* name, int number) { return tracer(name, number); }
inline tracer& refer(tracer& object) { return object; }
inline int add(int a, int b) {
  at("add", 10 * a + b);
  return a + b;
}
inline int& same(int& number) { return number; }
inline int twice(int value) { return 2 * value; }
inline int thrice(int value) { return 3 * value; }
inline int by_reference(const int& value) { return value + 1; }
inline int with_default(int value, const tracer& other = tracer("default argument", 3)) {
  return look(other) + value;
}
inline int index_of(int value) {
  at("index", value);
  return value & 1;
}
inline int* pointer_to(int value) { return numbers + (value & 1); }
inline int c_variadic(int count, ...) { return count; }
template <class... T> int sum_of(const T&... values) { return (static_cast<int>(values) + ... + 0); }
inline int sum_list(std::initializer_list<int> values) {
  int sum = 0;
  for (int value : values)
    sum += value;
  return sum;
}
inline int sum_objects(std::initializer_list<tracer> values) {
  int sum = 0;
  for (const tracer& value : values)
    sum += look(value);
  return sum;
}
inline std::vector<tracer> objects(int count) {
  std::vector<tracer> all;
  all.reserve(4);
  for (int i = 0; i < count; ++i)
    all.emplace_back("element", i);
  return all;
}
inline std::unique_ptr<holder> owned(int number) { return std::make_unique<holder>("owned", number); }
inline base* new_derived(int number) { return new derived(number); }
inline int operator""_n(unsigned long long number) { return static_cast<int>(number); }
inline int (*const function)(int) = holder::twice;

#define SAME(...) __VA_ARGS__
#define PLUS(a, b) ((a) + (b))
#define STATEMENT(...)                                                                              \
  do {                                                                                              \
    at("statement", __VA_ARGS__);                                                                   \
  } while (false)
#define TWICE(e) ((e) + (e))

#endif // WEFT_TEST_TORTURE_CONSTRUCTS_H
