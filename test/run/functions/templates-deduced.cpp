// What templates deduce: references that are objects or not as the arguments
// say, ranges, bindings, closures, `decltype` of what lives in the frame.
// RUN: %check %s %t

#include "trace.h"

#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

struct watched : tracer {
  int number;
  explicit watched(int n) : tracer("watched", n), number(n) {}
};

// --- References ---

template <class T> watched make(T t) { return watched(t); }
template <class T> T& same(T& t) { return t; }

template <class T> [[weft::coroutine]] weft::generator<int> references(T t) {
  watched named(t);
  {
    const auto& made = make(t);
    const auto& there = same(named);
    auto&& any = make(t + 1);
    auto&& other = same(named);
    weft::yield(made.number);
    other.number += 10;
    weft::yield(any.number + there.number);
  }
  const watched& typed = make(t);
  const watched& direct = same(named);
  auto& plain = same(named);
  weft::yield(typed.number + direct.number + plain.number);
  const double& converted = t;
  t = 100;
  weft::yield(static_cast<int>(converted));
  const std::string& text = t ? "yes" : "no";
  weft::yield(static_cast<int>(text.size()));
}

// --- Ranges ---

struct own_range {
  std::vector<int> items;
  tracer t{"own_range"};
  friend auto begin(const own_range& r) { return r.items.begin(); }
  friend auto end(const own_range& r) { return r.items.end(); }
};
struct member_range {
  std::vector<int> items;
  tracer t{"member_range"};
  auto begin() { return items.begin(); }
  auto end() { return items.end(); }
};
template <class R> R pass(R r) { return r; }
own_range pass_own() { return {{7, 8}}; }

template <class R> [[weft::coroutine]] weft::generator<int> walk(R& range) {
  for (auto& each : range) {
    weft::yield(each);
    each += 1;
  }
  for (const auto& each : range)
    weft::yield(each);
  for (auto&& each : range)
    weft::yield(each);
  for (int each : range)
    weft::yield(2 * each);
  for (auto each : range) {
    decltype(each) copy = each;
    weft::yield(copy);
    copy = 0;
    if (each > 3)
      break;
  }
}
template <class R> [[weft::coroutine]] weft::generator<int> walk_made(R (*make)()) {
  for (auto each : make())
    weft::yield(each);
  for (const auto& each : make()) {
    weft::yield(each);
    if (each == 7)
      continue;
    weft::yield(-each);
  }
}
template <class T> struct items {
  std::vector<T> all{T(1), T(2), T(3)};
  [[weft::coroutine]] weft::generator<T&> each() {
    for (T& one : all)
      weft::yield(one);
  }
  [[weft::coroutine]] weft::generator<T> nested() {
    for (T& one : each())
      for (const T& two : all)
        weft::yield(one * two);
  }
};

// --- Bindings and names ---

struct aggregate {
  int a;
  double b;
};
template <class T> [[weft::coroutine]] weft::generator<int> parts(T value) {
  auto [one, two] = value;
  auto& [first, second] = value;
  weft::yield(static_cast<int>(one));
  first = 50;
  second += 1;
  weft::yield(static_cast<int>(two + second));
  const auto& [kept, lost] = std::pair<T, int>(value, 4);
  weft::yield(lost);
  const auto& [x, y] = kept;
  weft::yield(static_cast<int>(x + y + one));
}
template <class T> [[weft::coroutine]] weft::generator<int> names(T value) {
  T local = value;
  auto copy = local;
  T& reference = local;
  weft::yield(1);
  decltype(local) a = local;
  decltype(copy) b = copy;
  decltype(copy)& c = local;
  a += 1;
  b += 2;
  c += 3;
  weft::yield(static_cast<int>(local));
  weft::yield(static_cast<int>(a + b + c + copy));
}

// --- Closures ---

template <class T> [[weft::coroutine]] weft::generator<int> closures(T value, int n) {
  tracer t("closures");
  auto add = [&value, n](T more) { return value + more + n; };
  const auto twice = [add](T more) { return 2 * add(more); };
  auto pair = std::make_pair(add, 5);
  for (int i = 0; i < 2; ++i) {
    weft::yield(static_cast<int>(add(T(i))));
    value += 1;
    weft::yield(static_cast<int>(twice(T(i))));
  }
  auto& again = add;
  weft::yield(static_cast<int>(again(T(pair.second))));
  weft::yield(static_cast<int>(pair.first(T(1))));
}
template <class F> [[weft::coroutine]] weft::generator<int> each_of(F function, int n) {
  auto wrapped = [f = std::move(function)](int i) mutable { return f(i) + 1; };
  for (int i = 0; i < n; ++i)
    weft::yield(wrapped(i));
}

template <class G> void show(const char* what, G from) {
  std::printf("%s\n", what);
  trace::guarded([&] {
    while (from.next())
      std::printf("  = %d\n", static_cast<int>(from.value()));
  });
}

int main() {
  show("references", references(3));
  show("references, short", references(short(4)));
  for (int stop = 0; stop < 5; ++stop) {
    auto r = references(5);
    for (int i = 0; i <= stop; ++i)
      r.next();
    std::printf("closed after %d\n", stop);
  }
  int array[] = {1, 2, 3};
  std::vector<int> vector{4, 5};
  std::array<int, 2> std_array{{1, 9}};
  member_range member{{1, 2}};
  show("array", walk(array));
  show("vector", walk(vector));
  show("std::array", walk(std_array));
  show("members", walk(member));
  show("made", walk_made(pass_own));
  items<long> i;
  show("class template", i.nested());
  show("aggregate", parts(aggregate{1, 2.5}));
  show("pair", parts(std::make_pair(1, 2L)));
  show("tuple", parts(std::make_tuple(3, 4)));
  show("names", names(1));
  show("names, double", names(1.5));
  show("closures", closures(1, 2));
  show("closures, double", closures(1.5, 2));
  show("each_of", each_of([k = 3](int i) { return k * i; }, 3));
}
