// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The completion token that makes an Asio operation a call that suspends:
//
//   std::size_t n = socket.async_read_some(buffer, weft::asio::use_fiber);
//   std::size_t n = socket.async_read_some(buffer, weft::asio::use_fiber[error]);
//
// The tool sees through Asio's initiating functions: a function of a system
// header that only returns what a primitive returns, and whose result type
// follows, is a primitive too. They return the awaiter itself, in place.

#ifndef WEFT_ASIO_USE_FIBER_H
#define WEFT_ASIO_USE_FIBER_H

#include <weft/asio/operation.h>

#include <asio/async_result.hpp>

#include <exception>
#include <optional>
#include <system_error>
#include <tuple>

namespace weft::asio {

/// The completion token of fibers. The value of the call is what the operation
/// gives behind its error code: nothing, one value, or a `std::tuple`. A failed
/// operation throws `std::system_error`, an aborted one `weft::cancelled`.
///
/// The fiber's thread must be the one that runs the operation's executor.
struct use_fiber_t {
  ::asio::error_code* error = nullptr;

  /// The same, but stores the error, `operation_aborted` included, or its
  /// absence in `to`. A fiber that is itself cancelled gets `cancelled` still.
  constexpr use_fiber_t operator[](::asio::error_code& to) const noexcept {
    return {&to};
  }
};
inline constexpr use_fiber_t use_fiber{};

namespace detail {

/// Throws, or stores, how an operation ended.
inline void settle(const ::asio::error_code& how, ::asio::error_code* to) {
  if (to != nullptr)
    *to = how;
  else if (how == ::asio::error::operation_aborted)
    throw cancelled();
  else if (how)
    throw std::system_error(how);
}

/// What an operation gives.
template <class... R> class operation_results {
public:
  template <class... A> void set(A&&... results) {
    values.emplace(std::forward<A>(results)...);
  }
  auto take() {
    if constexpr (sizeof...(R) == 1)
      return std::get<0>(std::move(*values));
    else
      return std::move(*values);
  }

private:
  std::optional<std::tuple<R...>> values;
};
template <> class operation_results<> {
public:
  void set() noexcept {}
  void take() noexcept {}
};

/// Waits for an operation whose handler takes `A...`: never an error first.
template <class... A> class operation : operation_base {
public:
  template <class Initiation, class... Arguments>
  operation(Initiation&& begin, use_fiber_t, Arguments&&... arguments) {
    if (may_start(*weft::detail::here.running))
      std::forward<Initiation>(begin)(completion(*this),
                                      std::forward<Arguments>(arguments)...);
  }
  bool await_ready() const noexcept { return has_completed(); }
  void weft_suspend(fiber& self) noexcept { park(self); }
  auto await_resume() { return results.take(); }

private:
  class completion : public completion_base {
  public:
    explicit completion(operation& of) noexcept
        : completion_base(of), of(&of) {}
    void operator()(A... given) {
      of->results.set(std::move(given)...);
      of->complete(false);
    }

  private:
    operation* of;
  };

  operation_results<std::decay_t<A>...> results;
};

/// The usual one.
template <class... A>
class operation<::asio::error_code, A...> : operation_base {
public:
  template <class Initiation, class... Arguments>
  operation(Initiation&& begin, use_fiber_t token, Arguments&&... arguments)
      : to(token.error) {
    if (may_start(*weft::detail::here.running))
      std::forward<Initiation>(begin)(completion(*this),
                                      std::forward<Arguments>(arguments)...);
  }
  bool await_ready() const noexcept { return has_completed(); }
  void weft_suspend(fiber& self) noexcept { park(self); }
  auto await_resume() {
    settle(how, to);
    return results.take();
  }

private:
  class completion : public completion_base {
  public:
    explicit completion(operation& of) noexcept
        : completion_base(of), of(&of) {}
    void operator()(const ::asio::error_code& how, A... given) {
      of->how = how;
      of->results.set(std::move(given)...);
      of->complete(how == ::asio::error::operation_aborted);
    }

  private:
    operation* of;
  };

  ::asio::error_code* to;
  ::asio::error_code how;
  operation_results<std::decay_t<A>...> results;
};

template <class... A> using operation_of = operation<std::decay_t<A>...>;

} // namespace detail
} // namespace weft::asio

template <class R, class... A>
class asio::async_result<weft::asio::use_fiber_t, R(A...)> {
public:
  using return_type =
      weft::suspends<weft::asio::detail::operation_of<A...>>;

  /// Begins the operation while it makes the awaiter, which stays where it is.
  template <class Initiation, class... Arguments>
  static weft::suspends<weft::asio::detail::operation_of<A...>>
  initiate([[maybe_unused]] Initiation&& begin,
           [[maybe_unused]] weft::asio::use_fiber_t token,
           [[maybe_unused]] Arguments&&... arguments)
      WEFT_AWAITER(weft::asio::detail::operation_of<A...>(
          std::forward<Initiation>(begin), token,
          std::forward<Arguments>(arguments)...))
};

#endif // WEFT_ASIO_USE_FIBER_H
