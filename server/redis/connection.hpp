// One life of one connection to Redis: it opens once and is lost once. Client makes a new one for each try.
//
// Replies are in the order of the commands; whoever waits is resumed by a post, never from inside hiredis, so
// no code of others runs there and the context is never freed under its own feet.
#pragma once

#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "redis/client.hpp"
#include "redis/timer.hpp"

struct redisAsyncContext;

namespace placette::redis {

class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Answer = tl::expected<Reply, Failure>;

    explicit Connection(net::io_context&);
    ~Connection();
    Connection(const Connection&) = delete;

    // False: not connected, why() says more. Once only. A host name is resolved by a blocking call.
    Awaitable<bool> open(Endpoint, std::chrono::milliseconds timeout);
    bool isOpen() const { return connected_ && context_; }

    // Until it is lost, at most so long. One waiter at a time.
    Awaitable<void> lost(std::chrono::milliseconds atMost);

    // All in flight ends with outcomeUnknown. Nothing happens if it is lost already.
    void close(std::string why);

    bool idle() const { return inFlight_.empty(); }
    const std::string& why() const { return why_; }

    // A null or lost connection answers `unavailable`. A passed deadline closes the connection: what comes
    // after the late reply could not be told from it, and its outcome is unknown.
    static Awaitable<Answer> command(std::shared_ptr<Connection>, std::vector<std::string> arguments,
                                     std::chrono::milliseconds deadline);
    // Several, at least one, sent together: the array of their replies, or the connection's failure.
    static Awaitable<Answer> pipeline(std::shared_ptr<Connection>,
                                      std::vector<std::vector<std::string>> commands,
                                      std::chrono::milliseconds deadline);

private:
    using Handler = net::async_result<net::use_awaitable_t<Executor>, void(Answer)>::handler_type;
    struct InFlight {
        std::optional<Handler> handler;  // none: one of a pipeline, not its last
        Clock::time_point deadline;
        std::shared_ptr<Reply> gathered{};  // of a pipeline
    };
    struct Send;
    struct SendAll;
    struct Callbacks;  // of hiredis

    static void complete(Handler, Answer);
    void send(Handler, const std::vector<std::string>& arguments, std::chrono::milliseconds deadline);
    void sendAll(Handler, const std::vector<std::vector<std::string>>& commands,
                 std::chrono::milliseconds deadline);
    bool write(const std::vector<std::string>& arguments);
    void answered(Reply);
    void watchDeadline(Clock::time_point);
    void checkDeadlines();
    void ended(std::string why);

    net::io_context& io_;
    redisAsyncContext* context_ = nullptr;  // null before open() and from the loss on
    bool connected_ = false;
    std::string why_;
    std::deque<InFlight> inFlight_;
    Timer changed_;  // cancelled when connected and when lost
    Timer deadlines_;
    Clock::time_point nextCheck_ = Clock::time_point::max();
    std::vector<const char*> argv_;  // kept to spare allocations
    std::vector<std::size_t> lengths_;
};

}  // namespace placette::redis
