// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Templates of fiber functions: free, members of class templates, member
// templates; calls that depend on a parameter, of functions, members and
// objects.

// ORACLE: plain
// RUN: %check %s %t

#include "fibers.h"

#include <memory>
#include <string>
#include <vector>

// --- Functions ---

template <class T> [[weft::fiber]] T passed_on(T value) {
  cede();
  return value;
}
template <class T, int N = 2> [[weft::fiber]] int times(const T& value);
template <class T, int N> int times(const T& value) {
  int sum = 0;
  for (int i = 0; i < N; ++i)
    sum += cede(value.number);
  return sum;
}
template <class T> [[weft::fiber]] T& same(T& value) {
  cede();
  return value;
}
template <class T> [[weft::fiber]] void discard(T&& value) {
  at("discard", value.number);
  cede();
}
template <class T> [[weft::fiber]] auto spelled(T value) -> decltype(T() + 1) {
  cede();
  return value + 1;
}
template <class T> static T inferred(T value) {
  cede();
  return value;
}
[[weft::fiber]] void functions() {
  tracer a("a", 1);
  at("copied", passed_on(a).number);
  at("made", passed_on(tracer("b", 2)).number);
  tracer in_place = passed_on(a);
  at("scalar", passed_on(3) + passed_on<long>(4));
  at("times", times(a) + times<tracer, 3>(in_place));
  same(a).number = 5;
  discard(a);
  discard(tracer("c", 6));
  at("spelled", spelled(7));
  at("inferred", inferred(a).number);
}

// --- Calls that depend ---

template <class T> [[weft::fiber]] tracer through(T value) {
  tracer first = passed_on(value);
  auto second = passed_on(tracer("second", value.number));
  at("times", times(value) + times(first));
  const int next = same(value).number + 1;
  same(second).number = next;
  discard(value);
  discard(tracer("temporary", 2));
  const T& bound = same(value);
  at("bound", bound.number);
  return tracer("result", second.number);
}
template <class T> [[weft::fiber]] int deep(T n) {
  if (n == 0)
    return cede(1);
  return deep(n - 1) + 1;
}
[[weft::fiber]] void dependent() {
  at("through", through(tracer("given", 3)).number);
  at("deep", deep(4) + deep(2L));
}

// --- Members ---

template <class T> class shelf {
public:
  explicit shelf(T first) : items{first} {}
  [[weft::fiber]] void put(T value) {
    cede();
    items.push_back(value);
    added(value);
  }
  [[weft::fiber]] T get(int at) const;
  [[weft::fiber]] T& front() {
    cede();
    return items.front();
  }
  [[weft::fiber]] void all(const std::vector<T>& from) {
    for (const T& each : from)
      put(each);
    this->put(from.front());
    shelf<T>::put(get(0));
  }
  template <class U> [[weft::fiber]] int count(U what) {
    cede();
    int found = 0;
    for (const T& each : items)
      found += each.number == what.number ? 1 : 0;
    return found;
  }
  [[weft::fiber]] static int cost(const T& value) { return cede(value.number * 2); }
  [[weft::fiber]] virtual void added(const T& value) {
    cede();
    at("added", value.number);
  }
  virtual ~shelf() = default;

protected:
  std::vector<T> items;
};
template <class T> T shelf<T>::get(int at) const {
  cede();
  return items[at];
}
template <class T> struct loud : shelf<T> {
  using shelf<T>::shelf;
  [[weft::fiber]] void added(const T& value) override {
    shelf<T>::added(value);
    at("loud", value.number + this->front().number);
  }
};
template <class S> [[weft::fiber]] int use(S& shelf, tracer value) {
  shelf.put(value);
  shelf.front().number += 1;
  int sum = shelf.get(0).number + S::cost(value);
  auto got = shelf.get(1);
  return sum + got.number + shelf.template count<tracer>(value) + shelf.count(got);
}
[[weft::fiber]] void members() {
  shelf<tracer> plain(tracer("p", 1));
  at("use", use(plain, tracer("v", 2)));
  loud<tracer> other(tracer("q", 3));
  at("use", use(other, tracer("w", 4)));
  std::vector<tracer> some;
  some.emplace_back("x", 5);
  other.all(some);
  at("get", other.get(2).number);
}

// --- Objects that are called ---

template <class F> [[weft::fiber]] void repeat(int n, F body) {
  for (int i = 0; i < n; ++i)
    body(i);
}
template <class T, class F> [[weft::fiber]] std::vector<T> mapped(const std::vector<T>& from,
                                                                 const F& f) {
  std::vector<T> to;
  for (const T& each : from)
    to.push_back(f(each));
  return to;
}
template <class F> [[weft::fiber]] int sum_of(F&& f) {
  auto first = f(1, tracer("one", 1));
  int second = f(2, tracer("two", 2));
  return first + second;
}
template <class F> static int twice(F f) { return f() + f(); }
static void plain_function(int n) { at("plain", n); }
struct functor {
  tracer t{"functor", 0};
  void operator()(int n) { at("functor", t.number += n); }
};
[[weft::fiber]] void objects() {
  int total = 0;
  repeat(2, [&](int n) {
    cede();
    total += n + 1;
  });
  repeat(2, [&](int n) { total += n; });
  repeat(2, plain_function);
  repeat(2, &plain_function);
  repeat(2, functor());
  at("total", total);
  auto longer = mapped(std::vector<std::string>{"a", "b"}, [](const std::string& s) {
    cede();
    return s + s;
  });
  auto same = mapped(std::vector<std::string>{"c"}, [](const std::string& s) { return s; });
  trace::print("mapped", longer[0] + longer[1] + same[0]);
  tracer captured("captured", 3);
  at("sum", sum_of([&](int n, const tracer& t) {
       cede();
       return n + t.number + captured.number;
     }));
  at("sum", sum_of([&](int n, const tracer& t) { return n * t.number; }));
  at("twice", twice([] { return cede(4); }));
  at("twice", twice([] { return 5; }));
}

// --- Statements ---

template <class T> struct adder {
  T item;
  [[weft::fiber]] int run(int n) {
    auto by_this = [this, n](int k) {
      cede();
      return item.number + n + k;
    };
    auto by_copy = [=](auto k) {
      cede();
      return item.number + n + k;
    };
    auto by_reference = [&] {
      cede();
      return this->item.number + n;
    };
    return by_this(1) + by_copy(2) + by_reference();
  }
};
template <class T> [[weft::fiber]] std::unique_ptr<T> chain(std::unique_ptr<T> from, int n) {
  cede();
  if (n == 0)
    return from;
  auto next = chain(std::move(from), n - 1);
  next->number += n;
  return next;
}
template <class T> [[weft::fiber]] int flow(std::vector<T> all) {
  int sum = 0;
  for (auto& [name, number] : all) {
    switch (number % 3) {
    case 0:
      sum += cede(number);
      break;
    case 1:
      try {
        cede();
        if (number == 4)
          throw number;
      } catch (int n) {
        cede();
        sum += n * 100;
      }
      break;
    default:
      sum -= 1;
      continue;
    }
    if constexpr (sizeof(T) > 1)
      sum += cede(2);
    else
      sum += number;
  }
  return sum;
}
struct entry {
  std::string name;
  int number;
};
[[weft::fiber]] void statements() {
  adder<tracer> a{tracer("a", 3)};
  at("run", a.run(2));
  at("chain", chain(std::make_unique<entry>(entry{"e", 1}), 3)->number);
  std::vector<entry> all;
  for (int i = 3; i < 6; ++i)
    all.push_back({"entry", i});
  at("flow", flow(all));
}

// --- Results in place ---

template <class T> [[weft::fiber]] T copy_of(const T& from) {
  cede();
  return T(from);
}
template <class T> [[weft::fiber]] T again(const T& from) { return copy_of(from); }
template <class T> [[weft::fiber]] T named(const T& from) {
  T value = again(from);
  value.number += 1;
  return value;
}
template <class T, class F> [[weft::fiber]] T made(F f) {
  T value = f(1);
  T other = f(2);
  value.number += other.number;
  return f(value.number);
}
template <class T, class F> [[weft::fiber]] T converted(F f) { return f(1); }
[[weft::fiber]] void results() {
  tracer a("a", 1);
  tracer b = named(a);
  at("named", b.number);
  tracer m = made<tracer>([](int n) {
    cede();
    return tracer("m", n);
  });
  at("made", m.number);
  at("converted", converted<long>([](int n) { return cede(n); }));
}

int main() {
  trace::exercise("statements", statements);
  trace::exercise("results", results);
  trace::exercise("functions", functions);
  trace::exercise("dependent", dependent);
  trace::exercise("members", members);
  trace::exercise("objects", objects);
}
