#include "net/ws_session.hpp"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "identity/cookie.hpp"
#include "net/failure.hpp"
#include "net/routes.hpp"
#include "service/dispatch.hpp"

namespace placette::net {

namespace websocket = beast::websocket;

namespace {

constexpr auto subprotocol = "placette.v1";
constexpr std::size_t usualMessage = 512;  // bytes: a call with a few cells

bool offers(const Request& request, std::string_view protocol) {
    for (const auto& offered : http::token_list{request[http::field::sec_websocket_protocol]})
        if (std::string_view(offered.data(), offered.size()) == protocol) return true;
    return false;
}

// What the client reads as accepted: ours, else its own first, for a browser shows no close code of a
// connection without one that it asked for.
std::string echoed(const Request& request) {
    if (offers(request, subprotocol)) return subprotocol;
    for (const auto& offered : http::token_list{request[http::field::sec_websocket_protocol]})
        return {offered.data(), offered.size()};
    return {};
}

// Staleness must wait here, where it can be merged, and not in the kernel.
void capKernelBuffers(Socket& socket) {
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(Socket::send_buffer_size(64 * 1024), ignored);
    const int lowat = 16 * 1024;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &lowat, sizeof lowat);
}

}  // namespace

WsSession::WsSession(Site& site, Socket socket, AddressLimit::Ticket ticket, std::string network)
    : Watcher(site.environment.hub),
      site_(site),
      ticket_(std::move(ticket)),
      stream_(std::move(socket), static_cast<FrameSocket::Owner&>(*this)),
      network_(std::move(network)),
      rate_(site.environment.settings.limits.ratePerSecond),
      room_(site.environment.hub.context(), Clock::time_point::max()) {
    caller_.watcher = this;
    site_.sessions.insert(this);
    site_.metrics.sessions.Increment();
}

WsSession::~WsSession() {
    stream_.next_layer().left();
    site_.sessions.erase(this);
    site_.metrics.sessions.Decrement();
}

Awaitable<void> WsSession::open(std::shared_ptr<WsSession> self, Request request,
                                std::optional<identity::SignedIn> signedIn,
                                std::optional<CloseCode> refused) {
    const bool offersAny = !request[http::field::sec_websocket_protocol].empty();
    if (!refused && offersAny && !offers(request, subprotocol)) refused = wrongProtocol;
    const bool renewed = signedIn && signedIn->renewed;
    const bool upgraded = co_await self->upgrade(std::move(request), renewed);
    if (!upgraded) co_return;
    self->open_ = true;
    self->since_ = Clock::now();
    if (signedIn) {
        auto& accounts = self->site_.environment.accounts;
        const auto settled = co_await accounts.settled(std::move(*signedIn));
        if (settled) {
            self->caller_.account = settled->account;
            self->caller_.tokenId = settled->tokenId;
            self->caller_.endsAt = settled->endsAt;
            self->welcome();
        } else {
            const bool revoked = settled.error().type == ProblemType::unauthenticated;
            refused = revoked ? signedOut : tryAgainLater;
        }
    }
    if (refused) self->close(*refused);
    if (self->site_.draining()) self->close(draining);
    // On its own: what the request needed is given back, however long the session lasts.
    auto session = run(self);
    asio::co_spawn(self->stream_.get_executor(), std::move(session), logFailure);
}

Awaitable<bool> WsSession::upgrade(Request request, bool renewed) {
    capKernelBuffers(stream_.next_layer());
    stream_.read_message_max(site_.environment.settings.limits.frameBytesBeforeSignIn);
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = std::chrono::seconds{10};
    timeout.idle_timeout = std::chrono::seconds{60};
    timeout.keep_alive_pings = true;
    stream_.set_option(timeout);
    stream_.control_callback([this](websocket::frame_type frame, beast::string_view) {
        constexpr unsigned beyondAll = 5000;
        if (frame == websocket::frame_type::close && stream_.reason().code >= beyondAll)
            stream_.next_layer().refuseClose();
    });
    const auto accepted = echoed(request);
    const auto cookie =
        renewed ? identity::cookieHeader(identity::Cookie::session, cookieOf(site_, request), site_.secure())
                : std::string();
    stream_.set_option(
        websocket::stream_base::decorator([accepted, cookie](websocket::response_type& response) {
            response.set(http::field::server, "placette");
            if (!accepted.empty()) response.set(http::field::sec_websocket_protocol, accepted);
            if (!cookie.empty()) response.set(http::field::set_cookie, cookie);
        }));
    auto [error] = co_await stream_.async_accept(request, asTuple);
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type&) {}));
    co_return !error;
}

void WsSession::welcome() {
    welcomed_ = true;
    stream_.read_message_max(site_.environment.settings.limits.frameBytes);
    listen();
}

bool WsSession::full() const {
    return inFlight_ + replies_.size() >= maxReplies || replyBytes_ >= maxReplyBytes;
}

// Until the client has taken some of its replies, or there was nothing to reply.
Awaitable<void> WsSession::room() {
    auto* writes = site_.environment.store.counted();
    const bool asksTooMuch = inFlight_ > replies_.size() && inFlight_ + replies_.size() >= maxReplies;
    if (writes && asksTooMuch) {
        writes->holdBack();
        site_.metrics.heldBack.Increment();
    }
    while (full() && open_ && !closing_) co_await room_.async_wait(asTuple);
}

// Bytes of replies, with the message in flight: it may be a board.
std::size_t WsSession::untaken() const {
    return replyBytes_ + stream_.next_layer().unsent();
}

Awaitable<void> WsSession::taken() {
    while (untaken() >= maxReplyBytes && open_ && !closing_) co_await room_.async_wait(asTuple);
}

Awaitable<void> WsSession::run(std::shared_ptr<WsSession> self) {
    auto& buffer = self->buffer_;
    while (self->open_) {
        // Little is set aside while nothing comes; what is larger takes another step.
        const std::size_t limit = buffer.size() == 0 ? usualMessage : 0;
        auto [error, size] = co_await self->stream_.async_read_some(
            buffer, limit, asio::bind_cancellation_slot(self->stopReading_.slot(), asTuple));
        if (error) break;
        if (!self->stream_.is_message_done()) continue;
        const auto data = buffer.data();
        if (!self->closing_) self->received({static_cast<const char*>(data.data()), data.size()});
        buffer.consume(buffer.size());
        if (buffer.capacity() > usualMessage) buffer.shrink_to_fit();
        if (self->full()) co_await self->room();
    }
    self->open_ = false;
    self->room_.cancel();
    self->unsubscribeAll();
    // Who has ended but does not read would be waited for without end; and what is written of Beast's own
    // ends before the session does.
    if (!self->stream_.next_layer().free()) self->abort();
}

void WsSession::received(std::string_view text) {
    if (!stream_.got_text()) return close(unsupportedData);
    auto request = rpc::parse(text, site_.environment.settings.limits.batch);
    const auto calls = request ? request->calls.size() : 1;
    const Who who{caller_.account ? caller_.account->id : std::string(), network_};
    const auto problem = site_.rates.refusal(rate_, who, calls);
    refused_ = problem ? refused_ + 1 : 0;
    if (refused_ > maxRefused) return close(tooFast);
    if (problem) request = rpc::refused(std::move(request), *problem);
    inFlight_ += calls;
    auto work = answer(std::move(request), calls);
    asio::co_spawn(stream_.get_executor(), std::move(work),
                   [self = shared_from_this()](std::exception_ptr e) {
                       if (e) self->abort();
                   });
}

Awaitable<void> WsSession::answer(Result<rpc::Request> request, std::size_t calls) {
    auto reply = co_await service::dispatch(site_.environment, caller_, std::move(request));
    inFlight_ -= calls;
    room_.cancel();
    if (!welcomed_ && caller_.account) welcome();
    if (reply) {
        replyQueued(*reply);
        replyBytes_ += bytesOf(*reply);
        replies_.push_back(std::make_shared<const Parts>(std::move(*reply)));
    }
    pump();
}

void WsSession::pump() {
    // Nothing follows a close frame, Beast's own included.
    while (!writing_ && !closing_ && open_ && stream_.is_open() && stream_.next_layer().free()) {
        auto message = next();
        if (!message) return;
        stream_.next_layer().begin(std::move(message));
        push();
    }
}

Message WsSession::next() {
    if (replies_.empty()) return take();
    auto reply = std::move(replies_.front());
    replies_.erase(replies_.begin());
    replyBytes_ -= bytesOf(*reply);
    room_.cancel();
    return reply;
}

void WsSession::push() {
    auto& socket = stream_.next_layer();
    if (const auto error = socket.push()) return abort();
    writing_ = socket.sending();
    if (!writing_) return site_.metrics.writes.Increment();
    progress_ = Clock::now();
    socket.async_wait(Socket::wait_write,
                      [self = shared_from_this()](ErrorCode error) { self->writable(error); });
}

void WsSession::writable(ErrorCode error) {
    if (error) return abort();
    push();
    if (writing_ || !open_) return;
    room_.cancel();
    stream_.next_layer().resume();
    if (closing_)
        sayGoodbye();
    else
        pump();
}

void WsSession::socketFree() {
    pump();
}

void WsSession::close(CloseCode code) {
    if (!open_ || closing_) return;
    closing_ = code;
    since_ = Clock::now();
    unsubscribeAll();
    room_.cancel();
    if (!writing_) sayGoodbye();
}

// Not while a write is in flight: what queues behind it beside a failed read would wait for that read, and it
// for us. The reader goes on until the peer's close frame has come; tick() ends it where none comes.
void WsSession::sayGoodbye() {
    if (!open_) return;
    auto done = [self = shared_from_this()](ErrorCode) {};
    stream_.async_close(websocket::close_reason(static_cast<std::uint16_t>(*closing_)),
                        asio::bind_cancellation_slot(stopClosing_.slot(), std::move(done)));
}

// Closing the socket ends what waits for it; the signals, what waits for another operation of the stream.
void WsSession::abort() {
    ErrorCode ignored;
    open_ = writing_ = false;
    room_.cancel();
    stream_.next_layer().close(ignored);
    stream_.next_layer().resume(asio::error::operation_aborted);
    // Posted: the reader may end at once, and the session with it, under whoever called.
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
        self->stopReading_.emit(asio::cancellation_type::terminal);
        self->stopClosing_.emit(asio::cancellation_type::terminal);
    });
}

bool WsSession::stuck(Clock::time_point now) {
    if (!writing_) return false;
    int unsent = 0;
    ::ioctl(stream_.next_layer().native_handle(), SIOCOUTQ, &unsent);
    if (std::exchange(unsent_, unsent) != unsent) progress_ = now;
    return now - progress_ > acknowledgeTime;
}

void WsSession::tick(Clock::time_point now) {
    if (closing_) {
        if (now - since_ > closeTime) abort();
    } else if (open_ && !caller_.account && now - since_ > signInTime) {
        close(hub().storeAvailable() ? signedOut : tryAgainLater);
    } else if (caller_.endsAt && *caller_.endsAt <= std::chrono::system_clock::now()) {
        close(signedOut);
    } else if (stuck(now)) {
        close(unresponsive);
    }
}

void WsSession::reviseAccount(std::shared_ptr<const identity::Account> account) {
    if (!account) return close(signedOut);
    // Subscriptions rest on the rights of the day they were made: another scope starts anew.
    const bool sameScope = *caller_.account == *account;
    caller_.account = std::move(account);
    if (!sameScope) close(tryAgainLater);
}

}  // namespace placette::net
