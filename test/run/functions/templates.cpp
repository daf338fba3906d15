// Function templates, members of class templates, with packs, with dependent
// types, `if constexpr`, non-type parameters and specialisations.
// RUN: %check %s %t

#include "trace.h"

#include <string>
#include <iterator>
#include <tuple>
#include <utility>

template <class T> [[weft::coroutine]] weft::generator<T> twice(T value) {
  weft::yield(value);
  T copy = value;
  weft::yield(copy);
}

template <class T, int N> [[weft::coroutine]] weft::generator<int> counted(T (&list)[N]) {
  for (T* each = list; each != list + N; ++each) {
    typename std::decay<T>::type local = *each;
    weft::yield(static_cast<int>(local));
  }
  weft::yield(N);
}

template <class It> [[weft::coroutine]] weft::generator<typename std::iterator_traits<It>::reference> walk(It first, It last) {
  for (; first != last; ++first)
    weft::yield(*first);
}

template <bool Flag> [[weft::coroutine]] weft::generator<int> branches(int n) {
  if constexpr (Flag) {
    tracer t("flag", n);
    weft::yield(t.number);
    weft::yield(n + 1);
  } else {
    weft::yield(-n);
  }
  weft::yield(0);
}

template <class... T> [[weft::coroutine]] weft::generator<int> of_tuple(std::tuple<T...> all) {
  weft::yield(static_cast<int>(sizeof...(T)));
  weft::yield(static_cast<int>(std::get<0>(all)));
  std::get<0>(all) += 1;
  weft::yield(static_cast<int>(std::get<0>(all) + std::get<1>(all)));
}

template <class F> [[weft::coroutine]] weft::generator<int> mapped(weft::generator<int> from, F f) {
  for (int n : from)
    weft::yield(f(n));
}

template <class T> class list {
public:
  explicit list(T a, T b) : first(a), second(b) {}
  [[weft::coroutine]] weft::generator<const T&> items() const {
    weft::yield(first);
    weft::yield(second);
  }
  [[weft::coroutine]] weft::generator<T> outside(int times);
  template <class U> [[weft::coroutine]] weft::generator<U> as() {
    U a = static_cast<U>(first);
    weft::yield(a);
    U b = static_cast<U>(second);
    weft::yield(a + b);
  }

private:
  T first, second;
};
template <class T> weft::generator<T> list<T>::outside(int times) {
  while (times--) {
    T copy = first;
    weft::yield(copy);
    std::swap(first, second);
  }
}

template <class T> struct chooses {
  [[weft::coroutine]] static weft::generator<int> run() {
    weft::yield(1);
    weft::yield(static_cast<int>(sizeof(T)));
  }
};
template <> struct chooses<void> {
  [[weft::coroutine]] static weft::generator<int> run() {
    weft::yield(2);
    weft::yield(0);
  }
};

int main() {
  auto run = [](const char* name, auto g) {
    std::printf("%s\n", name);
    trace::advance(g, trace::many);
  };
  run("twice int", twice(3));
  run("twice string", twice(std::string("text")));
  run("twice tracer", twice(tracer("t")));
  int numbers[] = {4, 5, 6};
  char letters[] = {'a', 'b'};
  run("counted int", counted(numbers));
  run("counted char", counted(letters));
  run("walk", walk(numbers, numbers + 3));
  trace::exercise("true", [] { return branches<true>(3); });
  trace::exercise("false", [] { return branches<false>(3); });
  run("tuple", of_tuple(std::make_tuple(1, 2L, 'c')));
  int factor = 10;
  run("mapped", mapped(twice(2), [&factor](int n) { return n * factor; }));
  list<int> ints(1, 2);
  list<std::string> texts("a", "b");
  run("items", ints.items());
  run("items", texts.items());
  run("outside", ints.outside(3));
  run("outside", texts.outside(2));
  run("as", ints.as<double>());
  run("chooses", chooses<char>::run());
  run("chooses", chooses<void>::run());
}
