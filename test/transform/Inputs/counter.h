#pragma once
#include <weft/coroutine.h>
[[weft::coroutine]] inline weft::generator<int> count(int to) {
  for (int i = 0; i < to; ++i)
    weft::yield(i);
}
