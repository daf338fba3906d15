// Temporaries of a statement that pauses live until its end, in reverse order of
// their construction, and die at the pause's close.
// RUN: %check %s %t

#include "trace.h"

tracer make(const char* name, int n) { return tracer(name, n); }
int sum(const tracer& a, const tracer& b) { return a.number + b.number; }
const tracer& pass(const tracer& t) { return t; }
struct wrapper {
  tracer t;
  explicit wrapper(const tracer& from) : t("wrapper", from.number) {}
  ~wrapper() { std::printf("  wrapper ends\n"); }
  int get() const { return t.check().number; }
};

[[weft::coroutine]] weft::generator<int> values() {
  weft::yield(make("a", 1).number);
  tracer local("local", 2);
  weft::yield(sum(local, make("c", 3)));
  weft::yield(wrapper(make("d", 4)).get());
  at("end");
}

[[weft::coroutine]] weft::generator<const tracer&> references() {
  weft::yield(make("a", 1));
  weft::yield(pass(make("b", 2)));
  weft::yield(wrapper(make("c", 3)).t);
  at("end");
}

[[weft::coroutine]] weft::generator<tracer> objects(bool first) {
  weft::yield(make("a", 1));
  tracer local("local");
  weft::yield(first ? tracer("chosen", 1) : make("other", 2));
  if (tracer("in condition", 3).number == 3)
    weft::yield(tracer{"braces", 4});
  for (int i = 0; i < 2; ++i)
    weft::yield(tracer("in loop", i));
  at("end");
}

[[weft::coroutine]] weft::generator<int> without_pause() {
  tracer t = make("initialiser", 1);
  weft::yield(t.number);
  t = make("assigned", 2);
  int n = sum(make("x", 3), t);
  weft::yield(n);
  sum(make("y", 4), t);
  weft::yield(t.check().number);
}

int main() {
  trace::exercise("values", [] { return values(); });
  trace::exercise("references", [] { return references(); });
  trace::exercise("objects", [] { return objects(true); });
  trace::exercise("objects", [] { return objects(false); });
  trace::exercise("without pause", [] { return without_pause(); });
}
