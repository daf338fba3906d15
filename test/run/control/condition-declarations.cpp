// Variables declared in conditions live as long as the construct, for a loop as
// long as one round.
// RUN: %check %s %t

#include "trace.h"

struct token : tracer {
  using tracer::tracer;
  explicit operator bool() const {
    at("bool", number);
    return number > 0;
  }
};

[[weft::coroutine]] weft::generator<int> in_while(int n) {
  while (token t{"t", n--}) {
    weft::yield(t.number);
    if (n == 1)
      continue;
    weft::yield(10 * t.number);
  }
  at("after");
}

[[weft::coroutine]] weft::generator<int> in_if(int n) {
  if (token t{"t", n}) {
    weft::yield(t.number);
    at("then", t.number);
  } else {
    weft::yield(-1);
    at("else", t.number);
  }
}

[[weft::coroutine]] weft::generator<int> in_for(int n) {
  for (tracer i("i", n); token t{"t", i.number}; --i.number) {
    weft::yield(t.number);
    if (t.number == 2)
      continue;
    if (t.number == 1)
      break;
  }
  for (int i = 0; int left = n - i; ++i)
    weft::yield(left);
}

struct node {
  int value;
  node* next;
};

[[weft::coroutine]] weft::generator<int> list(node* head) {
  while (node* at = head) {
    weft::yield(at->value);
    head = at->next;
  }
}

int main() {
  trace::exercise("while", [] { return in_while(3); });
  trace::exercise("if 1", [] { return in_if(1); });
  trace::exercise("if 0", [] { return in_if(0); });
  trace::exercise("for", [] { return in_for(3); });
  node c{3, nullptr}, b{2, &c}, a{1, &b};
  trace::exercise("list", [&] { return list(&a); });
}
