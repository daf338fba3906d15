#pragma once
template <class T> [[weft::fiber]] int counted(T& source) {
  static int calls = 0;
  source.next();
  return ++calls;
}
template <class T> [[weft::fiber]] int constant(T& source) {
  static constexpr int step = 2;
  source.next();
  return step;
}
template <class T> [[weft::fiber]] int alike(T) {
  static int calls = 0;
  weft::this_fiber::yield();
  return ++calls;
}
[[weft::fiber]] inline int plain() {
  static int calls = 0;
  weft::this_fiber::yield();
  return ++calls;
}
