#include "redis/connection.hpp"

#include <fcntl.h>
#include <hiredis/async.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <utility>

#include "redis/adapter.hpp"
#include "redis/reply_reader.hpp"

namespace placette::redis {
namespace {

// Redis is a replica, or was made one while it was asked: nothing was done.
bool toldByReplica(const Reply& reply) {
    if (!reply.isError()) return false;
    const auto begins = [&reply](const char* code) { return reply.text.starts_with(code); };
    return begins("READONLY ") || begins("UNBLOCKED ") || begins("MASTERDOWN ");
}

// hiredis writes with write(2): a peer that is gone must be an error, not the end of the process.
void ignoreBrokenPipes() {
    [[maybe_unused]] static const auto before = std::signal(SIGPIPE, SIG_IGN);
}

// A name is looked up on Asio's own thread: hiredis would hold up the loop for it. Empty: there is none, or
// not in time.
Awaitable<std::string> numeric(net::io_context& io, std::string host, std::chrono::milliseconds timeout) {
    boost::system::error_code isName;
    net::ip::make_address(host, isName);
    if (!isName) co_return host;
    net::ip::tcp::resolver resolver(io);
    net::steady_timer deadline(io, timeout);
    deadline.async_wait([&resolver](const boost::system::error_code& error) {
        if (!error) resolver.cancel();
    });
    const auto token = net::as_tuple(net::use_awaitable_t<Executor>{});
    auto [error, found] = co_await resolver.async_resolve(host, "", token);
    deadline.cancel();
    if (error || found.empty()) co_return std::string();
    co_return found.begin()->endpoint().address().to_string();
}

}  // namespace

struct Connection::Callbacks {
    static Connection& self(const redisAsyncContext* context) {
        return *static_cast<Connection*>(context->data);
    }

    static void connected(const redisAsyncContext* context, int status) {
        if (status != REDIS_OK) return lost(context);
        self(context).connected_ = true;
        self(context).changed_.cancel();
    }

    // hiredis frees the context right after this; if close() has begun it, close() does the rest.
    static void lost(const redisAsyncContext* context) {
        if (self(context).context_) self(context).ended(context->c.errstr);
    }
    static void disconnected(const redisAsyncContext* context, int) { lost(context); }

    static void replied(redisAsyncContext* context, void* reply, void*) {
        if (!reply) return;  // lost: ended() answers all at once
        self(context).answered(replyFrom(reply));
    }
};

// What async_initiate calls when a command is awaited. Named types: see the traps of GCC 12's coroutines.
struct Connection::Send {
    void operator()(Handler handler, std::shared_ptr<Connection> connection,
                    std::vector<std::string> arguments, std::chrono::milliseconds deadline) const {
        if (!connection || !connection->isOpen()) {
            return complete(std::move(handler), tl::unexpected(Failure::unavailable));
        }
        connection->send(std::move(handler), arguments, deadline);
    }
};

struct Connection::SendAll {
    void operator()(Handler handler, std::shared_ptr<Connection> connection,
                    std::vector<std::vector<std::string>> commands,
                    std::chrono::milliseconds deadline) const {
        if (!connection || !connection->isOpen()) {
            return complete(std::move(handler), tl::unexpected(Failure::unavailable));
        }
        connection->sendAll(std::move(handler), commands, deadline);
    }
};

Connection::Connection(net::io_context& io)
    : io_(io), changed_(io.get_executor()), deadlines_(io.get_executor()) {}

Connection::~Connection() {
    close("closed");
}

Awaitable<bool> Connection::open(Endpoint endpoint, std::chrono::milliseconds timeout) {
    ignoreBrokenPipes();
    if (endpoint.socket.empty()) {
        const auto name = endpoint.host;
        auto asked = name;
        endpoint.host = co_await numeric(io_, std::move(asked), timeout);
        if (endpoint.host.empty()) {
            why_ = name + ": there is no such host";
            co_return false;
        }
    }
    context_ = endpoint.socket.empty() ? redisAsyncConnect(endpoint.host.c_str(), endpoint.port)
                                       : redisAsyncConnectUnix(endpoint.socket.c_str());
    if (!context_) co_return false;
    context_->data = this;
    if (context_->err) {
        close(context_->errstr);
        co_return false;
    }
    readReplies(*context_->c.reader);
    ::fcntl(context_->c.fd, F_SETFD, FD_CLOEXEC);
    if (!attach(io_, *context_)) {
        close("the socket cannot be watched");
        co_return false;
    }
    redisAsyncSetDisconnectCallback(context_, &Callbacks::disconnected);
    redisAsyncSetConnectCallback(context_, &Callbacks::connected);

    co_await pause(changed_, timeout);
    if (!connected_) close("no connection in time");
    co_return isOpen();
}

Awaitable<void> Connection::lost(std::chrono::milliseconds atMost) {
    if (isOpen()) co_await pause(changed_, atMost);
}

void Connection::close(std::string why) {
    if (!context_) return;
    redisAsyncFree(std::exchange(context_, nullptr));
    ended(std::move(why));
}

void Connection::ended(std::string why) {
    context_ = nullptr;
    why_ = std::move(why);
    for (InFlight& command : std::exchange(inFlight_, {})) {
        if (command.handler) complete(std::move(*command.handler), tl::unexpected(Failure::outcomeUnknown));
    }
    deadlines_.cancel();
    changed_.cancel();
}

Awaitable<Connection::Answer> Connection::command(std::shared_ptr<Connection> connection,
                                                  std::vector<std::string> arguments,
                                                  std::chrono::milliseconds deadline) {
    constexpr net::use_awaitable_t<Executor> token;
    return net::async_initiate<const net::use_awaitable_t<Executor>, void(Answer)>(
        Send{}, token, std::move(connection), std::move(arguments), deadline);
}

Awaitable<Connection::Answer> Connection::pipeline(std::shared_ptr<Connection> connection,
                                                   std::vector<std::vector<std::string>> commands,
                                                   std::chrono::milliseconds deadline) {
    constexpr net::use_awaitable_t<Executor> token;
    return net::async_initiate<const net::use_awaitable_t<Executor>, void(Answer)>(
        SendAll{}, token, std::move(connection), std::move(commands), deadline);
}

void Connection::send(Handler handler, const std::vector<std::string>& arguments,
                      std::chrono::milliseconds deadline) {
    if (!write(arguments)) return complete(std::move(handler), tl::unexpected(Failure::unavailable));
    const auto until = Clock::now() + deadline;
    inFlight_.push_back({std::move(handler), until});
    watchDeadline(until);
}

void Connection::sendAll(Handler handler, const std::vector<std::vector<std::string>>& commands,
                         std::chrono::milliseconds deadline) {
    const auto until = Clock::now() + deadline;
    const auto gathered = std::make_shared<Reply>();
    gathered->type = Reply::Type::array;
    gathered->items.reserve(commands.size());
    for (const auto& arguments : commands) {
        if (!write(arguments)) return complete(std::move(handler), tl::unexpected(Failure::unavailable));
        inFlight_.push_back({std::nullopt, until, gathered});
    }
    inFlight_.back().handler.emplace(std::move(handler));
    watchDeadline(until);
}

void Connection::answered(Reply reply) {
    InFlight command = std::move(inFlight_.front());
    inFlight_.pop_front();
    if (toldByReplica(reply)) {
        if (command.handler) complete(std::move(*command.handler), tl::unexpected(Failure::unavailable));
        return close(reply.text);
    }
    if (command.gathered) {
        command.gathered->items.push_back(std::move(reply));
        if (!command.handler) return;
        reply = std::move(*command.gathered);
    }
    complete(std::move(*command.handler), std::move(reply));
}

// False: the connection is ending.
bool Connection::write(const std::vector<std::string>& arguments) {
    argv_.clear();
    lengths_.clear();
    for (const std::string& argument : arguments) {
        argv_.push_back(argument.data());
        lengths_.push_back(argument.size());
    }
    return redisAsyncCommandArgv(context_, &Callbacks::replied, nullptr, static_cast<int>(argv_.size()),
                                 argv_.data(), lengths_.data()) == REDIS_OK;
}

void Connection::complete(Handler handler, Answer answer) {
    const auto executor = net::get_associated_executor(handler);
    net::post(executor, [handler = std::move(handler), answer = std::move(answer)]() mutable {
        handler(std::move(answer));
    });
}

// One timer for all: it is set again only for an earlier deadline than the one that it waits for.
void Connection::watchDeadline(Clock::time_point deadline) {
    if (deadline >= nextCheck_) return;
    nextCheck_ = deadline;
    deadlines_.expires_at(deadline);
    deadlines_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        if (error) return;
        if (auto self = weak.lock()) self->checkDeadlines();
    });
}

void Connection::checkDeadlines() {
    nextCheck_ = Clock::time_point::max();
    if (inFlight_.empty()) return;
    const auto earliest =
        std::min_element(inFlight_.begin(), inFlight_.end(), [](const auto& a, const auto& b) {
            return a.deadline < b.deadline;
        })->deadline;
    if (earliest <= Clock::now()) return close("a command was not answered in time");
    watchDeadline(earliest);
}

}  // namespace placette::redis
