// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Starting fibers: `spawn`, and `run`, which also waits for the end.

#ifndef WEFT_SPAWN_H
#define WEFT_SPAWN_H

#include <weft/drive.h>
#include <weft/object_call.h>
#include <weft/task.h>

#include <functional>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

namespace weft {

template <class Signature> class entry;

namespace detail {

// What a fiber runs is either a suspendable: a class that the tool makes of a
// fiber function or a lambda, with
//
//   using weft_signature = R(P...);
//   activation* weft_begin(into<R>, passed<P>...);
//
// (or a `weft_generic`, when it is a lambda with `auto` parameters)
// or anything that can be called, which then runs without being able to pause.
template <class T>
using without_cvref = std::remove_cv_t<std::remove_reference_t<T>>;

template <class A> constexpr bool is_wrapped = false;
template <class T> constexpr bool is_wrapped<std::reference_wrapper<T>> = true;

enum class keeps { nothing, reference, object };

/// How the argument `A` for the parameter `P` is kept while the fiber runs.
/// What the frame takes by value is not; a reference gets an object of its own,
/// as with `std::thread`, unless `std::ref` says otherwise.
template <class P, class A>
constexpr keeps kept_as =
    !std::is_reference_v<P>
        ? (std::is_trivially_copyable_v<P> ? keeps::nothing : keeps::object)
    : is_wrapped<without_cvref<A>> &&
            !std::is_same_v<without_cvref<P>, without_cvref<A>>
        ? keeps::reference
                                   : keeps::object;

/// Of the type of the parameter, so that what a conversion makes lives on; but
/// an object of a derived class stays whole.
template <class P, class A>
using kept_object =
    std::conditional_t<std::is_reference_v<P> &&
                           std::is_base_of_v<without_cvref<P>, std::decay_t<A>>,
                       std::decay_t<A>, without_cvref<P>>;

template <std::size_t I, class P, class A, keeps = kept_as<P, A>>
class kept_argument {
public:
  explicit kept_argument(A&&) noexcept {}
  P pass(A&& argument) const { return std::forward<A>(argument); }
};
template <std::size_t I, class P, class A>
class kept_argument<I, P, A, keeps::reference> {
public:
  explicit kept_argument(A&&) noexcept {}
  P pass(A&& argument) const { return static_cast<P>(argument.get()); }
};
template <std::size_t I, class P, class A>
class kept_argument<I, P, A, keeps::object> {
public:
  explicit kept_argument(A&& argument) : value(std::forward<A>(argument)) {}
  /// As `passed<P>`.
  decltype(auto) pass(A&&) {
    if constexpr (std::is_reference_v<P>)
      return static_cast<P>(value);
    else
      return static_cast<P&>(value);
  }

private:
  kept_object<P, A> value;
};

/// A parameter `auto`: an object, of which the entry takes a reference.
template <std::size_t I, class A>
class kept_argument<I, by_value, A, keeps::nothing> {
public:
  explicit kept_argument(A&& argument) : value(std::forward<A>(argument)) {}
  std::decay_t<A>& pass(A&&) noexcept { return value; }

private:
  std::decay_t<A> value;
};

/// The callable of a fiber, for as long as the fiber runs; not that of a fiber
/// function, which nothing refers to once the first frame is there.
template <class F> class kept_callable : F {
public:
  explicit kept_callable(const F& f) : F(f) {}
  explicit kept_callable(F&& f) : F(std::move(f)) {}
  F& callable(const F&) noexcept { return *this; }
};
template <class Signature> class kept_callable<entry<Signature>> {
public:
  explicit kept_callable(const entry<Signature>&) noexcept {}
  const entry<Signature>& callable(const entry<Signature>& given) noexcept {
    return given;
  }
};

template <class F, class Signature, class Indices, class... A>
class suspendable_payload;

/// The callable and the arguments of a fiber.
template <class F, class R, class... P, std::size_t... I, class... A>
class suspendable_payload<F, R(P...), std::index_sequence<I...>, A...>
    : kept_callable<F>, kept_argument<I, P, A>... {
  static_assert(sizeof...(P) == sizeof...(A),
                "weft: wrong number of arguments for the fiber function");

public:
  using result = R;

  suspendable_payload(const F& f, A&&... arguments)
      : kept_callable<F>(f),
        kept_argument<I, P, A>(std::forward<A>(arguments))... {}
  suspendable_payload(F&& f, A&&... arguments)
      : kept_callable<F>(std::move(f)),
        kept_argument<I, P, A>(std::forward<A>(arguments))... {}
  /// `f` is what this was made of; perhaps it has been moved from.
  activation* begin(const F& f, into<R> target, A&&... arguments) {
    return this->callable(f).weft_begin(
        target, kept_argument<I, P, A>::pass(std::forward<A>(arguments))...);
  }
};

/// The argument types by which a payload is made.
template <class Signature> struct parameters_of;
template <class R, class... P> struct parameters_of<R(P...)> {
  using indices = std::index_sequence_for<P...>;
};

/// The parameter that an argument `A` makes of one of a lambda's with `auto`.
template <class How, class A> struct deduced_parameter { using type = How; };
template <class A> struct deduced_parameter<by_reference, A> {
  using type = std::decay_t<A>&;
};
template <class A> struct deduced_parameter<by_forwarding, A> {
  using type = std::decay_t<A>&&;
};
template <class P, class A> struct deduced_parameter<by_type<P>, A> {
  using type = P;
};

/// As what a suspendable `F` is called with arguments `A`.
template <class F, class Arguments, bool = is_generic<F>> struct called_as {
  using signature = typename F::weft_signature;
};
template <class Generic, class Arguments> struct called_generic;
template <class R, class... How, class... A>
struct called_generic<generic<R, How...>, void(A...)> {
  static_assert(sizeof...(How) == sizeof...(A),
                "weft: wrong number of arguments for the lambda");
  using signature = R(typename deduced_parameter<How, A&&>::type...);
};
template <class F, class... A>
struct called_as<F, void(A...), true>
    : called_generic<typename F::weft_generic, void(A&&...)> {};

template <class F, class... A>
using signature_with = typename called_as<std::decay_t<F>, void(A&&...)>::signature;

template <class F, class... A>
using payload_of = suspendable_payload<
    std::decay_t<F>, signature_with<F, A...>,
    typename parameters_of<signature_with<F, A...>>::indices, A...>;

/// Keeps an object until it is told to destroy it; an empty one costs nothing.
template <class T, bool = std::is_empty_v<T> && !std::is_final_v<T> &&
                          std::is_trivially_destructible_v<T>>
class payload_holder {
public:
  template <class... A>
  explicit payload_holder(std::in_place_t, A&&... arguments) {
    ::new (storage.storage()) T(std::forward<A>(arguments)...);
  }
  T& payload() noexcept { return storage.value; }
  void drop_payload() noexcept { storage.destroy(); }

private:
  slot<T> storage;
};
template <class T> class payload_holder<T, true> : T {
public:
  template <class... A>
  explicit payload_holder(std::in_place_t, A&&... arguments)
      : T(std::forward<A>(arguments)...) {}
  T& payload() noexcept { return *this; }
  void drop_payload() noexcept {}
};

/// For who spawns a fiber: what its block holds besides.
struct no_extra {};
template <class Extra> struct extra_holder {
  Extra extra;
};
template <> struct extra_holder<no_extra> {};

/// A whole fiber but for its first frame.
template <class R, class Payload, class Extra>
class spawned : public task_block<R>,
                public payload_holder<Payload>,
                public extra_holder<Extra> {
public:
  using result_type = R;

  template <class... A>
  spawned(source_place place, A&&... arguments)
      : task_block<R>(place.file, place.line),
        payload_holder<Payload>(std::in_place, std::forward<A>(arguments)...) {
    this->body = &kind;
#if !WEFT_HAS_EXCEPTIONS
    this->flags = fiber::bare;
#endif
  }
  /// With what is aligned for a frame behind it.
  static constexpr std::size_t bytes() {
    return (sizeof(spawned) + frame_align - 1) / frame_align * frame_align;
  }

private:
  static void end(fiber& f) noexcept {
    static_cast<spawned&>(f).drop_payload();
  }
  static void drop_result(fiber& f) noexcept {
    static_cast<result_of<R>&>(static_cast<spawned&>(f)).destroy();
  }
  static constexpr fiber_body kind{
      std::is_trivially_destructible_v<Payload> ? nullptr : end,
      std::is_void_v<R> || std::is_trivially_destructible_v<R> ? nullptr
                                                               : drop_result};
};

/// A block from the pool, until it is a fiber that can be started.
class spawning {
public:
  spawning(scheduler& home, unsigned index)
      : home(home), block(home.fibers.take(index)), index(index) {}
  ~spawning() {
    if (WEFT_LIKELY(made))
      return;
    static_cast<fiber*>(block)->id = 0;
    home.fibers.give(block, index);
  }
  spawning(const spawning&) = delete;
  spawning& operator=(const spawning&) = delete;
  void* storage() const noexcept { return block; }
  void finish(fiber& f) noexcept {
    f.size_class = index;
    f.leaf->weft_caller = nullptr;
    made = true;
  }

private:
  scheduler& home;
  void* block;
  unsigned index;
  bool made = false;
};

/// Gives a fiber its turn, behind those that are ready.
inline void start_fiber(fiber& f) noexcept {
  f.id = ready.home->new_id();
  f.waiting = &not_started;
  push_ready(f);
}

/// Makes room for the first frame of `f`, which did not fit, in the blocks of
/// the fibers of its kind to come.
void remember_frame_bytes(std::size_t& room, std::size_t before,
                          const fiber& f) noexcept;

/// While the first frame of a fiber is constructed.
class first_frame_scope {
public:
  /// The room behind the rest of its block is for the frame.
  first_frame_scope(fiber& f, std::size_t bytes, std::size_t room) noexcept
      : top(kept(here.top)), end(kept(here.end)),
        native_limit(kept(here.native_limit)), outer(kept(ready.spawning)) {
    here.top = reinterpret_cast<char*>(&f) + bytes;
    here.end = here.top + room;
    // No native stack, so that nothing runs.
    here.native_limit = reinterpret_cast<const char*>(UINTPTR_MAX);
    ready.spawning = &f;
  }
  ~first_frame_scope() {
    here.top = top;
    here.end = end;
    here.native_limit = native_limit;
    ready.spawning = outer;
  }
  first_frame_scope(const first_frame_scope&) = delete;
  first_frame_scope& operator=(const first_frame_scope&) = delete;

private:
  /// One by one: two in one load wait until the stores before have reached the
  /// cache.
  template <class P> static P* kept(P* pointer) noexcept {
#if defined(__GNUC__)
    asm("" : "+r"(pointer));
#endif
    return pointer;
  }
  char *top, *end;
  const char* native_limit;
  fiber* outer;
};

/// The size of the first frame behind `Block`, as the last one on this thread
/// had it; only its entry knows it.
template <class Block> inline thread_local std::size_t frame_bytes = 48;

template <class Extra, class F, class... A>
auto& prepare_suspendable(source_place place, F&& f, A&&... arguments) {
  using payload = payload_of<F, A...>;
  using block = spawned<typename payload::result, payload, Extra>;
  static_assert(alignof(block) <= frame_align,
                "weft: an argument or result of a fiber is over-aligned");
  static_assert(size_class(block::bytes()) < size_classes,
                "weft: arguments and result of a fiber are too large");
  scheduler& home = scheduler::mine();
  std::size_t room = frame_bytes<block>;
  unsigned index = size_class(block::bytes() + room);
  spawning making(home, index);
  block* made = ::new (making.storage())
      block(place, std::forward<F>(f), std::forward<A>(arguments)...);
  {
    first_frame_scope scope(*made, block::bytes(), room);
    made->payload().begin(f, made->target(), std::forward<A>(arguments)...);
  }
  if (!WEFT_LIKELY(!made->separate_frame))
    remember_frame_bytes(frame_bytes<block>, block::bytes(), *made);
  making.finish(*made);
  return *made;
}

/// The first frame of a fiber that cannot pause. Part of the block.
template <class R, class F, class... A>
class plain_payload : public activation {
public:
  template <class... Arguments>
  explicit plain_payload(result_of<R>& result, F&& f, Arguments&&... arguments)
      : target(result.target()), f(std::forward<F>(f)),
        arguments(std::forward<Arguments>(arguments)...) {
    weft_step = step_held<plain_payload>;
  }

  outcome weft_run() {
    auto call = [&]() -> R { return std::apply(std::move(f), std::move(arguments)); };
    if constexpr (std::is_void_v<R>)
      call();
    else
      target.construct(call);
    return outcome::done;
  }

private:
  into<R> target;
  std::decay_t<F> f;
  std::tuple<std::decay_t<A>...> arguments;
};

template <class Extra, class F, class... A>
auto& prepare_plain(source_place place, F&& f, A&&... arguments) {
  using R = std::invoke_result_t<std::decay_t<F>, std::decay_t<A>...>;
  using payload = plain_payload<R, F, A...>;
  using block = spawned<R, payload, Extra>;
  static_assert(alignof(block) <= frame_align,
                "weft: an argument or result of a fiber is over-aligned");
  static_assert(size_class(block::bytes()) < size_classes,
                "weft: arguments and result of a fiber are too large");
  scheduler& home = scheduler::mine();
  spawning making(home, size_class(block::bytes()));
  result_of<R>& result = *static_cast<block*>(making.storage());
  block* made = ::new (making.storage())
      block(place, result, std::forward<F>(f), std::forward<A>(arguments)...);
  made->leaf = &made->payload();
  making.finish(*made);
  return *made;
}

/// A fiber of `f(arguments...)`, of which nobody knows until it is started; else
/// it is to be dropped.
template <class Extra, class F, class... A>
auto& prepare(source_place place, F&& f, A&&... arguments) {
  if constexpr (is_suspendable<F> || is_generic<F>)
    return prepare_suspendable<Extra>(place, std::forward<F>(f),
                                      std::forward<A>(arguments)...);
  else
    return prepare_plain<Extra>(place, std::forward<F>(f),
                                std::forward<A>(arguments)...);
}

} // namespace detail

/// Makes a fiber of `f(arguments...)` that starts when its turn comes, behind
/// those that are ready. Nothing of `f` runs before.
///
/// Parameters that are references refer to copies that the fiber keeps, made by
/// moving from rvalues, or, for `std::ref`, to what that refers to. Parameters
/// by value are constructed once, from the argument. All are destroyed before
/// the result is visible. What has no suspension points, as far as the tool
/// knows, runs too, but driven functions that it calls cannot wait.
///
/// One block from the thread's pool holds all of it, and the first frame.
/// Throws what constructing the arguments throws, or `std::bad_alloc`; there is
/// no fiber then. O(1).
template <class F, class... A>
auto spawn_at(source_place place, [[weft::suspendable]] F&& f,
              A&&... arguments) {
  auto& made = detail::prepare<detail::no_extra>(place, std::forward<F>(f),
                                                 std::forward<A>(arguments)...);
  detail::start_fiber(made);
  return task<typename std::remove_reference_t<decltype(made)>::result_type>(made);
}

// A default argument behind a pack is never used, so the usual numbers of
// arguments are spelled out; with more, the place stays unknown.
template <class F>
auto spawn([[weft::suspendable]] F&& f,
           source_place place = source_place::current()) {
  return spawn_at(place, std::forward<F>(f));
}
template <class F, class A>
auto spawn([[weft::suspendable]] F&& f, A&& a,
           source_place place = source_place::current()) {
  return spawn_at(place, std::forward<F>(f), std::forward<A>(a));
}
template <class F, class A, class B>
auto spawn([[weft::suspendable]] F&& f, A&& a, B&& b,
           source_place place = source_place::current()) {
  return spawn_at(place, std::forward<F>(f), std::forward<A>(a),
                  std::forward<B>(b));
}
template <class F, class A, class B, class C>
auto spawn([[weft::suspendable]] F&& f, A&& a, B&& b, C&& c,
           source_place place = source_place::current()) {
  return spawn_at(place, std::forward<F>(f), std::forward<A>(a),
                  std::forward<B>(b), std::forward<C>(c));
}
template <class F, class A, class B, class C, class D, class... E>
auto spawn([[weft::suspendable]] F&& f, A&& a, B&& b, C&& c, D&& d, E&&... e) {
  return spawn_at(source_place(), std::forward<F>(f), std::forward<A>(a),
                  std::forward<B>(b), std::forward<C>(c), std::forward<D>(d),
                  std::forward<E>(e)...);
}

/// Runs `f(arguments...)` as a fiber on this thread to its end, and gives its
/// result, moved once, or throws what ended it. Meanwhile the other fibers of
/// the thread run; those that are left afterwards go on in the next `run`. For
/// arguments see `spawn`. Inside a fiber: see `drive`.
template <class F, class... A>
decltype(auto) run([[weft::suspendable]] F&& f, A&&... arguments) {
  if constexpr (detail::is_suspendable<F> || detail::is_generic<F>) {
    using payload = detail::payload_of<F, A...>;
    payload held(std::forward<F>(f), std::forward<A>(arguments)...);
    return drive<typename payload::result>("weft::run", [&](auto target) {
      return held.begin(f, target, std::forward<A>(arguments)...);
    });
  } else {
    using R = std::invoke_result_t<F, A...>;
    return drive<R>("weft::run", [&](into<R> target) -> activation* {
      auto call = [&]() -> R {
        return std::invoke(std::forward<F>(f), std::forward<A>(arguments)...);
      };
      if constexpr (std::is_void_v<R>)
        call();
      else
        target.construct(call);
      return nullptr;
    });
  }
}

} // namespace weft

#endif // WEFT_SPAWN_H
