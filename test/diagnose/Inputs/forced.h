#include <weft/coroutine.h>
[[weft::coroutine]] inline weft::generator<int> forced() { weft::yield(1); }
