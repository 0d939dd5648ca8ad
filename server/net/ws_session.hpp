// One WebSocket connection, from the upgrade to the end. It lives on one worker thread: a coroutine reads,
// one write at most is in flight. Replies queue (bounded: then nothing more is read); what it watches does
// not.
#pragma once

#include <boost/beast/websocket.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "hub/watcher.hpp"
#include "net/address_limit.hpp"
#include "net/frame_socket.hpp"
#include "net/rate.hpp"
#include "net/site.hpp"
#include "net/types.hpp"
#include "protocol/json_rpc.hpp"
#include "redis/timer.hpp"
#include "service/method.hpp"

namespace placette::net {

// Codes below 4500: come back; from there on: do not.
enum CloseCode : std::uint16_t {
    tryAgainLater = 1013,
    unsupportedData = 1003,
    draining = 4001,
    unresponsive = 4002,
    tooFast = 4003,
    signedOut = 4500,
    wrongProtocol = 4501,
};

class WsSession final : public hub::Watcher,
                        private FrameSocket::Owner,
                        public std::enable_shared_from_this<WsSession> {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t maxReplies = 64;  // with the calls that are under way
    static constexpr std::size_t maxReplyBytes = 4 * 1024 * 1024;
    static constexpr std::size_t maxRefused = 100;
    static constexpr std::chrono::seconds signInTime{10};
    static constexpr std::chrono::seconds acknowledgeTime{60};
    static constexpr std::chrono::seconds closeTime{5};

    // `network`: where the client is, for its rate.
    WsSession(Site&, Socket, AddressLimit::Ticket, std::string network);
    ~WsSession() override;

    // Upgrades; from then on the session goes on by itself until the connection ends. `refused`: closed with
    // it as soon as it is open.
    static Awaitable<void> open(std::shared_ptr<WsSession>, Request, std::optional<identity::SignedIn>,
                                std::optional<CloseCode> refused);

    const service::Caller& caller() const { return caller_; }
    bool busy() const { return writing_ || inFlight_ > 0 || !replies_.empty(); }
    void close(CloseCode);
    void tick(Clock::time_point now);                              // every second, by the worker
    void reviseAccount(std::shared_ptr<const identity::Account>);  // null: signed out

    void wake() override { pump(); }
    Awaitable<void> taken() override;

private:
    Awaitable<bool> upgrade(Request, bool renewed);
    static Awaitable<void> run(std::shared_ptr<WsSession>);
    bool full() const;
    Awaitable<void> room();
    std::size_t untaken() const;
    void received(std::string_view text);
    Awaitable<void> answer(Result<rpc::Request>, std::size_t calls);
    void welcome();
    void pump();
    Message next();
    void socketFree() override;
    void push();
    void writable(ErrorCode);
    void sayGoodbye();
    void abort();
    bool stuck(Clock::time_point now);

    Site& site_;
    AddressLimit::Ticket ticket_;
    beast::websocket::stream<FrameSocket, false> stream_;
    beast::flat_buffer buffer_;
    service::Caller caller_;
    const std::string network_;
    Rate rate_;
    std::size_t refused_ = 0;       // frames in a row, for they came too fast
    std::vector<Message> replies_;  // in their order
    std::size_t replyBytes_ = 0;
    std::size_t inFlight_ = 0;  // calls
    redis::Timer room_;         // never expires: cancelled when replies have gone out
    bool open_ = false, welcomed_ = false;
    bool writing_ = false;  // the kernel took a part of a message
    std::optional<CloseCode> closing_;
    asio::cancellation_signal stopReading_, stopClosing_;
    Clock::time_point since_ = Clock::now();     // opened; then: began to close
    Clock::time_point progress_ = Clock::now();  // of the write in flight
    int unsent_ = 0;                             // bytes the kernel held at `progress_`
};

}  // namespace placette::net
