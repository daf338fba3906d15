#include <weft/fiber.h>

[[deprecated]] int marked(int);

[[weft::fiber]] inline int in_header(int n) {
  int before = marked(n);
  weft::this_fiber::yield();
  return before + marked(n);
}
