// Part of the Weft project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Streams and listeners of fibers: TCP, and local ones where the system has
// them.
//
// A stream is a socket whose operations try at once and wait only when they
// would block. Who serves many idle connections waits with `wait_readable` and
// takes a buffer then.

#ifndef WEFT_ASIO_STREAM_H
#define WEFT_ASIO_STREAM_H

#include <weft/asio/readiness.h>

#include <asio/basic_socket_acceptor.hpp>
#include <asio/basic_stream_socket.hpp>
#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::asio {

template <class Protocol> class basic_stream;
template <class Protocol> class basic_listener;

namespace detail {

/// A non-blocking socket, and what is known of it.
template <class Protocol> struct stream_state {
  using socket_type = ::asio::basic_stream_socket<Protocol, executor>;
  socket_type socket;
  /// The last read got less than asked for: the next has to wait.
  bool drained = false;
};

/// Reads some, or with `Fill` until the buffer is full. A read that found less
/// than it asked for leaves the next one to Asio, which tries once and then
/// waits without another system call.
template <class Protocol, bool Fill> class read_awaiter : operation_base {
public:
  read_awaiter(stream_state<Protocol>& of, ::asio::mutable_buffer buffer,
               ::asio::error_code* to) noexcept
      : of(of), rest(buffer), to(to) {}

  bool await_ready() { return !of.drained && step(); }
  void weft_suspend(fiber& self) {
    park(self);
    arm();
  }
  std::size_t await_resume() const {
    settle(error, to);
    return count;
  }

private:
  class completion : public completion_base {
  public:
    explicit completion(read_awaiter& of) noexcept
        : completion_base(of), of(&of) {}
    void operator()(const ::asio::error_code& how, std::size_t n) {
      of->go_on(how, n);
    }

  private:
    read_awaiter* of;
  };

  void arm() {
    of.socket.async_read_some(::asio::mutable_buffers_1(rest),
                              completion(*this));
  }
  void go_on(const ::asio::error_code& how, std::size_t n) {
    if (take(how, n) || (!of.drained && step()))
      complete(error == ::asio::error::operation_aborted);
    else if (is_cancelled()) // When it was on its way here.
      complete_aborted(error);
    else
      arm();
  }
  /// Tries; false: it would block.
  bool step() {
    for (;;) {
      ::asio::error_code how;
      const std::size_t n =
          of.socket.read_some(::asio::mutable_buffers_1(rest), how);
      if (would_block(how))
        return false;
      if (take(how, n))
        return true;
    }
  }
  /// What one read gave; whether it was the last.
  bool take(const ::asio::error_code& how, std::size_t n) {
    of.drained = !how && n < rest.size();
    count += n;
    rest += n;
    if (how != ::asio::error::eof)
      error = how;
    return how || !Fill || rest.size() == 0;
  }

  stream_state<Protocol>& of;
  ::asio::mutable_buffer rest;
  std::size_t count = 0;
  ::asio::error_code error;
  ::asio::error_code* to;
};

/// Writes all of two buffers.
template <class Protocol>
class write_awaiter
    : public readiness<write_awaiter<Protocol>,
                       typename stream_state<Protocol>::socket_type> {
public:
  write_awaiter(stream_state<Protocol>& of, ::asio::const_buffer first,
                ::asio::const_buffer second, ::asio::error_code* to) noexcept
      : write_awaiter::readiness(of.socket, ::asio::socket_base::wait_write,
                                 to),
        of(of), first(first), second(second) {}

  bool await_ready() { return step(); }
  bool step() {
    while (first.size() + second.size() != 0) {
      const std::size_t n = write_some();
      if (would_block(this->error)) {
        this->error.clear();
        return false;
      }
      if (this->error)
        break;
      second += n - std::min(n, first.size());
      first += n;
    }
    return true;
  }
  void await_resume() const { this->settle(); }

private:
  std::size_t write_some() {
    if (second.size() == 0)
      return of.socket.write_some(::asio::const_buffers_1(first), this->error);
    const std::array<::asio::const_buffer, 2> both{first, second};
    return of.socket.write_some(both, this->error);
  }

  stream_state<Protocol>& of;
  ::asio::const_buffer first, second;
};

template <class Protocol>
using acceptor_type = ::asio::basic_socket_acceptor<Protocol, executor>;

template <class Protocol>
class accept_awaiter : public readiness<accept_awaiter<Protocol>,
                                        acceptor_type<Protocol>> {
public:
  accept_awaiter(acceptor_type<Protocol>& from, ::asio::error_code* to)
      : accept_awaiter::readiness(from, ::asio::socket_base::wait_read, to),
        from(from), peer(from.get_executor()) {}

  bool await_ready() { return step(); }
  bool step() {
    from.accept(peer, this->error);
    if (!would_block(this->error))
      return true;
    this->error.clear();
    return false;
  }
  basic_stream<Protocol> await_resume() {
    this->settle();
    return basic_stream<Protocol>(std::move(peer));
  }

private:
  acceptor_type<Protocol>& from;
  typename stream_state<Protocol>::socket_type peer;
};

} // namespace detail

/// A connection of this thread's fibers, or none. At most one fiber reads and
/// one writes at a time. Movable while nobody waits on it; its end closes it.
///
/// Every operation that waits also takes an `asio::error_code&`, in which it
/// then puts its error, or none, instead of throwing `std::system_error`. When
/// another fiber closes the stream, an operation under way is aborted: it
/// throws `cancelled`, or stores `operation_aborted`.
template <class Protocol> class basic_stream {
public:
  using protocol_type = Protocol;
  using endpoint_type = typename Protocol::endpoint;
  using socket_type = typename detail::stream_state<Protocol>::socket_type;

  /// Not connected.
  basic_stream() : state{socket_type(context())} {}
  /// Takes a socket over, which belongs to this thread's context.
  explicit basic_stream(socket_type&& socket) : state{std::move(socket)} {
    if (state.socket.is_open())
      state.socket.non_blocking(true);
  }

  /// Opens the stream unless it is open, and waits until it is connected.
  suspends<detail::operation<::asio::error_code>>
  connect([[maybe_unused]] const endpoint_type& peer)
      WEFT_AWAITER(opened(peer).async_connect(peer, use_fiber))
  suspends<detail::operation<::asio::error_code>>
  connect([[maybe_unused]] const endpoint_type& peer,
          [[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(opened(peer).async_connect(peer, use_fiber[error]))

  /// Waits for data, and gives how much it has put in the buffer, which is not
  /// empty: 0 at the end of the stream.
  suspends<detail::read_awaiter<Protocol, false>>
  read_some([[maybe_unused]] ::asio::mutable_buffer into) WEFT_AWAITER(
      detail::read_awaiter<Protocol, false>(state, into, nullptr))
  suspends<detail::read_awaiter<Protocol, false>>
  read_some([[maybe_unused]] ::asio::mutable_buffer into,
            [[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(detail::read_awaiter<Protocol, false>(state, into, &error))

  /// Fills the buffer. Less: the stream has ended.
  suspends<detail::read_awaiter<Protocol, true>>
  read([[maybe_unused]] ::asio::mutable_buffer into)
      WEFT_AWAITER(detail::read_awaiter<Protocol, true>(state, into, nullptr))
  suspends<detail::read_awaiter<Protocol, true>>
  read([[maybe_unused]] ::asio::mutable_buffer into,
       [[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(detail::read_awaiter<Protocol, true>(state, into, &error))

  /// Writes all; waits while the peer does not take it. With `second`, both in
  /// one system call where possible.
  suspends<detail::write_awaiter<Protocol>>
  write([[maybe_unused]] ::asio::const_buffer first,
        [[maybe_unused]] ::asio::const_buffer second = {})
      WEFT_AWAITER(
          detail::write_awaiter<Protocol>(state, first, second, nullptr))
  suspends<detail::write_awaiter<Protocol>>
  write([[maybe_unused]] ::asio::const_buffer from,
        [[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(detail::write_awaiter<Protocol>(state, from, {}, &error))

  /// Waits until reading would not wait: there is data, or the end, or an
  /// error.
  suspends<detail::ready_awaiter<socket_type>> wait_readable()
      WEFT_AWAITER(detail::ready_awaiter<socket_type>(
          state.socket, ::asio::socket_base::wait_read, nullptr))
  suspends<detail::ready_awaiter<socket_type>>
  wait_readable([[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(detail::ready_awaiter<socket_type>(
          state.socket, ::asio::socket_base::wait_read, &error))

  /// Tells the peer that nothing more comes.
  void shutdown_send(::asio::error_code& error) {
    state.socket.shutdown(::asio::socket_base::shutdown_send, error);
  }
  void close() noexcept {
    ::asio::error_code ignored;
    state.socket.close(ignored);
    state.drained = false;
  }
  bool is_open() const noexcept { return state.socket.is_open(); }

  /// For options, endpoints, and Asio's own operations; stays non-blocking.
  /// Who reads by it must not read by the stream as well.
  socket_type& socket() noexcept { return state.socket; }

private:
  socket_type& opened(const endpoint_type& peer) {
    if (!state.socket.is_open()) {
      state.socket.open(peer.protocol());
      state.socket.non_blocking(true);
      state.drained = false;
    }
    return state.socket;
  }

  detail::stream_state<Protocol> state;
};

/// Where connections come in.
template <class Protocol> class basic_listener {
public:
  using endpoint_type = typename Protocol::endpoint;
  using acceptor_type = detail::acceptor_type<Protocol>;

  /// Listens at `where`, with `SO_REUSEADDR`. Throws `std::system_error`.
  explicit basic_listener(
      const endpoint_type& where,
      int backlog = ::asio::socket_base::max_listen_connections)
      : acceptor_(context(), where.protocol()) {
    acceptor_.set_option(::asio::socket_base::reuse_address(true));
    acceptor_.bind(where);
    acceptor_.listen(backlog);
    acceptor_.non_blocking(true);
  }

  /// Waits for a connection. When the process has no descriptors left it throws
  /// `too_many_files_open`: the peer waits in the queue, and may be accepted
  /// later.
  suspends<detail::accept_awaiter<Protocol>> accept()
      WEFT_AWAITER(detail::accept_awaiter<Protocol>(acceptor_, nullptr))
  suspends<detail::accept_awaiter<Protocol>>
  accept([[maybe_unused]] ::asio::error_code& error)
      WEFT_AWAITER(detail::accept_awaiter<Protocol>(acceptor_, &error))

  endpoint_type local_endpoint() const { return acceptor_.local_endpoint(); }
  /// Ends waits of `accept` as aborted.
  void close() noexcept {
    ::asio::error_code ignored;
    acceptor_.close(ignored);
  }
  acceptor_type& acceptor() noexcept { return acceptor_; }

private:
  acceptor_type acceptor_;
};

using tcp_stream = basic_stream<::asio::ip::tcp>;
using tcp_listener = basic_listener<::asio::ip::tcp>;
#ifdef ASIO_HAS_LOCAL_SOCKETS
using unix_stream = basic_stream<::asio::local::stream_protocol>;
using unix_listener = basic_listener<::asio::local::stream_protocol>;
#endif

} // namespace weft::asio

#endif // WEFT_ASIO_STREAM_H
