// Concrete Asio and Beast types: the executor is known, so nothing is erased on the hot path.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "redis/client.hpp"

namespace placette::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using redis::Awaitable;
using redis::Executor;
using ErrorCode = boost::system::error_code;

using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Request = http::request<http::string_body>;

// co_await something(asTuple) → [error, …] instead of an exception
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> asTuple{};

}  // namespace placette::net
