#define WEFT_TRANSFORMED 1
#line 1 "/tmp/w/t1.cpp"
#include <weft/coroutine.h>
#include <vector>
namespace {
// gen, t1.cpp:4: 2 suspension points
#line 4 "/tmp/w/t1.cpp"
template <class T, class F> struct gen_frame final : weft::coroutine<T, int, T>::frame_type {
  using range_type = weft::bound<decltype((std::declval<std::vector<T> &>()))&&, decltype((std::declval<std::vector<T> &>()))>;
  using begin_type = decltype(weft::range_begin(*std::declval<range_type&>()));
  using end_type = decltype(weft::range_end(*std::declval<range_type&>()));
  using x_type = weft::bound<const T &, decltype((*std::declval<begin_type&>()))>;
  using yielded_type = weft::yielded<T, decltype((std::declval<std::add_lvalue_reference_t<std::decay_t<decltype(std::declval<F &>()((*std::declval<x_type &>())))>>>() + std::declval<F &>()(std::declval<int &>())))>;
  std::uint8_t weft_alive = 0; // the innermost object alive
  struct parameters {
    std::vector<T> v; // line 4, parameter
    F f; // line 4, parameter
  };
  weft::slot<parameters> weft_parameters;
  weft::slot<T> last_slot; // line 5, crosses 1, 2
  weft::slot<range_type> range_slot; // line 6, the range, crosses 1, 2
  weft::slot<begin_type> begin_slot; // line 6, the range's begin, crosses 1, 2
  weft::slot<end_type> end_slot; // line 6, the range's end, crosses 1, 2
  weft::slot<x_type> x_slot; // line 6, crosses 1, 2
  weft::slot<std::decay_t<decltype(std::declval<F &>()(std::declval<T &>(), std::declval<int &>()))>> z_slot; // line 10, crosses 2
  int k; // line 8, crosses 1, 2
  weft::slot<std::decay_t<decltype(std::declval<F &>()((*std::declval<x_type &>())))>> y_slot; // line 7, crosses 1, 2
  weft::slot<yielded_type> yielded_slot; // line 8, a yielded value, crosses 1
#line 4 "/tmp/w/t1.cpp"
  explicit gen_frame(std::vector<T> &&v, F &&f) { ::new (weft_parameters.storage()) parameters{std::move(v), std::move(f)}; weft_alive = 1; }
#line 4 "/tmp/w/t1.cpp"
  void weft_unwind(unsigned level) {
#line 4 "/tmp/w/t1.cpp"
    while (weft_alive > level) {
#line 4 "/tmp/w/t1.cpp"
      switch (weft_alive) {
#line 10 "/tmp/w/t1.cpp"
      case 9: weft_alive = 7; z_slot.destroy(); break;
#line 8 "/tmp/w/t1.cpp"
      case 8: weft_alive = 7; yielded_slot.destroy(); break;
#line 7 "/tmp/w/t1.cpp"
      case 7: weft_alive = 6; y_slot.destroy(); break;
#line 6 "/tmp/w/t1.cpp"
      case 6: weft_alive = 5; x_slot.destroy(); break; case 5: weft_alive = 4; end_slot.destroy(); break; case 4: weft_alive = 3; begin_slot.destroy(); break; case 3: weft_alive = 2; range_slot.destroy(); break;
#line 5 "/tmp/w/t1.cpp"
      case 2: weft_alive = 1; last_slot.destroy(); break;
#line 4 "/tmp/w/t1.cpp"
      case 1: weft_alive = 0; weft_parameters.destroy(); break;
      }
    }
  }
#line 4 "/tmp/w/t1.cpp"
  void weft_run() {
#line 4 "/tmp/w/t1.cpp"
    const weft::ender weft_end(*this); auto& v = weft_parameters.value.v; auto& f = weft_parameters.value.f; auto& last = last_slot.value; auto& x = x_slot.value; auto& z = z_slot.value; auto& y = y_slot.value; auto& range = range_slot.value; auto& begin = begin_slot.value; auto& end = end_slot.value; auto& yielded = yielded_slot.value;
#line 4 "/tmp/w/t1.cpp"
    switch (this->weft_enter()) { case 0: break; case 1: goto suspended_1; case 2: goto suspended_2; }
    ::new (last_slot.storage()) T{}; weft_alive = 2;
    ::new (range_slot.storage()) range_type([&]() -> typename range_type::type { return v; }); weft_alive = 3; ::new (begin_slot.storage()) begin_type(weft::range_begin(*range)); weft_alive = 4; ::new (end_slot.storage()) end_type(weft::range_end(*range)); weft_alive = 5; for (; begin != end; ++begin) {
#line 6 "/tmp/w/t1.cpp"
      ::new (x_slot.storage()) x_type([&]() -> typename x_type::type { return *begin; }); weft_alive = 6;
      y_slot.emplace_from([&]() -> std::decay_t<decltype(std::declval<F &>()((*std::declval<x_type &>())))> { return f(*x); }); weft_alive = 7;
      ::new (yielded_slot.storage()) yielded_type([&]() -> typename yielded_type::type { return y + f(k); }); weft_alive = 8; return this->weft_await(1, *yielded); suspended_1: this->weft_resumed(); k = this->weft_received(); weft_alive = 7; yielded_slot.destroy();
      last = y;
      z_slot.emplace_from([&]() -> std::decay_t<decltype(std::declval<F &>()(std::declval<T &>(), std::declval<int &>()))> { return f(last, k); }); weft_alive = 9;
      return this->weft_await(2, z); suspended_2: this->weft_resumed();
      f(z);
      weft_unwind(6); weft_alive = 5; x_slot.destroy(); } weft_unwind(2);
    this->weft_return([&]() -> T { return std::move(last); }); weft_unwind(0); return this->weft_finish();
  }
};
} // namespace
#line 3 "/tmp/w/t1.cpp"
template <class T, class F>
[[weft::coroutine]] weft::coroutine<T, int, T> gen(std::vector<T> v, F f) { return {weft::in_frame<gen_frame<T, F>>(), std::move(v), std::move(f)};
#line 15 "/tmp/w/t1.cpp"
}
