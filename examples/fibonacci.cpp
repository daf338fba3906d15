// A generator without an end, of which the caller takes what it needs.

#include <weft/coroutine.h>

#include <iostream>

[[weft::coroutine]] weft::generator<long> fibonacci() {
  for (long a = 0, b = 1;;) {
    weft::yield(a);
    long next = a + b;
    a = b;
    b = next;
  }
}

int main() {
  for (long n : fibonacci()) {
    if (n > 1000)
      break; // destroys the generator where it pauses
    std::cout << n << '\n';
  }
}
