// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting until a socket is ready, and trying again: how streams write and
// listeners accept. A call that the socket can serve at once costs its system
// call only, and while a fiber waits Asio knows of no buffer.

#ifndef WEFT_ASIO_READINESS_H
#define WEFT_ASIO_READINESS_H

#include <weft/asio/operation.h>
#include <weft/asio/use_fiber.h>

#include <asio/socket_base.hpp>

namespace weft::asio::detail {

inline bool would_block(const ::asio::error_code& error) noexcept {
  return error == ::asio::error::would_block ||
         error == ::asio::error::try_again;
}

/// Waits until `socket` is ready, and then for `Derived::step()`, which tries,
/// with its outcome in `error`, to say that it has ended: not that it would
/// block.
template <class Derived, class Socket> class readiness : operation_base {
public:
  void weft_suspend(fiber& self) {
    park(self);
    arm();
  }

protected:
  using wait_type = ::asio::socket_base::wait_type;

  readiness(Socket& socket, wait_type what, ::asio::error_code* to) noexcept
      : to(to), socket(socket), what(what) {}

  /// Throws, or stores, how it ended.
  void settle() const { detail::settle(error, to); }

  ::asio::error_code error;
  ::asio::error_code* to;

private:
  class completion : public completion_base {
  public:
    explicit completion(readiness& of) noexcept
        : completion_base(of), of(&of) {}
    void operator()(const ::asio::error_code& how) { of->go_on(how); }

  private:
    readiness* of;
  };

  void arm() { socket.async_wait(what, completion(*this)); }
  void go_on(const ::asio::error_code& how) {
    if (how) {
      error = how;
      complete(how == ::asio::error::operation_aborted);
    } else if (static_cast<Derived*>(this)->step()) {
      complete(false);
    } else if (is_cancelled()) { // When it was on its way here.
      complete_aborted(error);
    } else {
      arm();
    }
  }

  Socket& socket;
  wait_type what;
};

/// Waits for nothing more than that.
template <class Socket>
class ready_awaiter : public readiness<ready_awaiter<Socket>, Socket> {
public:
  using base = readiness<ready_awaiter, Socket>;
  ready_awaiter(Socket& socket, ::asio::socket_base::wait_type what,
                ::asio::error_code* to) noexcept
      : base(socket, what, to) {}
  bool await_ready() const noexcept { return false; }
  bool step() noexcept {
    this->error.clear();
    return true;
  }
  void await_resume() const { this->settle(); }
};

} // namespace weft::asio::detail

#endif // WEFT_ASIO_READINESS_H
