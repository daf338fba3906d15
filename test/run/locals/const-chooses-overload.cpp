// A `const` local is const to overload resolution also after a pause, where it
// is a member of the frame.
// RUN: %check %s %t

#include "trace.h"

int which(double&) { return 1; }
int which(const double&) { return 2; }
template <class T> int deduced(T&) { return std::is_const_v<T> ? 20 : 10; }

[[weft::coroutine]] weft::generator<int> scalars(double given) {
  const double kept = given * 2;
  double changed = given;
  weft::yield(which(kept) + deduced(kept));
  weft::yield(which(kept) + deduced(kept));
  weft::yield(which(changed) + deduced(changed));
  weft::yield(int(kept + changed));
}

[[weft::coroutine]] weft::generator<int> pointers(int* given) {
  int* const kept = given;
  const int* const deep = given;
  weft::yield(deduced(kept));
  weft::yield(deduced(kept) + *kept + *deep);
}

int main() {
  trace::exercise("scalars", [] { return scalars(1.5); });
  static int number = 5;
  trace::exercise("pointers", [] { return pointers(&number); });
}
