// One pipelined connection to Redis on an Asio loop, which reconnects by itself.
//
// Ownership: the client belongs to the thread that runs its io_context; nothing here may be called from
// another one. Whatever a suspended command() or a hook refers to must outlive the io_context's run.
//
// Loss: commands in flight end with Failure::outcomeUnknown, later ones with Failure::unavailable, until the
// connection is back *and* its `up` hook (library, history) has succeeded. A Redis that says that it is, or
// was meanwhile, a replica is a lost connection too: what it holds may be another's.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "redis/reply.hpp"

namespace placette::redis {

namespace net = boost::asio;
using Executor = net::io_context::executor_type;
template <class T>
using Awaitable = net::awaitable<T, Executor>;

struct Endpoint {  // a unix socket path, or host and port (then socket is empty)
    std::string socket;
    std::string host;
    std::uint16_t port = 6379;
    std::string password;
    int database = 0;
};
// unix:///path or redis://[:password@]host[:port][/database]
tl::expected<Endpoint, std::string> parseEndpoint(std::string_view url);

enum class Failure { unavailable, outcomeUnknown };

class Connection;

class Client {
public:
    static constexpr std::chrono::milliseconds commandTime{5000};

    struct Options {
        std::string name;  // CLIENT SETNAME, and in logs
        std::chrono::milliseconds connectTimeout{2000};
        std::chrono::milliseconds backoffMin{50}, backoffMax{2000};
        std::chrono::milliseconds probeEvery{2000};  // PING when idle; a missed answer drops the connection
    };
    // Called on the client's thread; both may be empty. `up` speaks on the new connection by the client that
    // it is given (start() and stop() are not for that one), while the outer client still answers
    // `unavailable`.
    struct Hooks {
        std::function<Awaitable<bool>(Client&)> up;  // false: drop and try again
        std::function<void()> down;                  // once for each loss after an `up`; not after stop()
    };

    Client(net::io_context&, Endpoint, Options, Hooks);
    ~Client();
    Client(const Client&) = delete;

    void start();  // begins to connect, and to reconnect, until stop(); once
    void stop();   // ends everything in flight with outcomeUnknown
    bool available() const;
    std::string why() const;  // it is not; empty: nothing was tried yet
    // Ends the present connection, if there is one, for a reason that stands in the log; it comes back by
    // itself.
    void drop(const std::string& why);

    // One command (at least its name), sent when it is awaited, answered in order. An error reply of Redis is
    // a Reply of type error, not a Failure. A passed deadline drops the connection: outcomeUnknown.
    Awaitable<tl::expected<Reply, Failure>> command(std::vector<std::string> arguments,
                                                    std::chrono::milliseconds deadline = commandTime);

    // Several commands (at least one) sent together, for one round trip: the array of their replies, in
    // order, error replies among them.
    Awaitable<tl::expected<Reply, Failure>> pipeline(std::vector<std::vector<std::string>> commands,
                                                     std::chrono::milliseconds deadline = commandTime);

private:
    class Impl;
    explicit Client(std::shared_ptr<Connection> setup);
    std::shared_ptr<Connection> connection() const;

    std::shared_ptr<Impl> impl_;
    std::shared_ptr<Connection> setup_;  // set only in the client that `up` is given
};

}  // namespace placette::redis
