#include "app/worker.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "hub/feed.hpp"
#include "net/ws_session.hpp"
#include "redis/function_library.hpp"
#include "service/contact.hpp"

namespace placette::app {

using net::WsSession;

Worker::Worker(Common& common, hub::Feed& feed, const redis::Endpoint& endpoint, int index)
    : common_(common),
      context_(std::make_unique<redis::net::io_context>(1)),
      client_(std::make_unique<redis::Client>(
          *context_, endpoint, redis::Client::Options{"worker-" + std::to_string(index)},
          redis::Client::Hooks{[this](redis::Client& client) { return prepare(client); },
                               [this] { hub_->onWriterHistory({}); }})),
      store_(*client_, &common.writes, common.mayWrite,
             [&metrics = common.metrics](std::chrono::duration<double> took) {
                 metrics.storeSeconds.Observe(took.count());
             }),
      accounts_(*client_, common.passwords, common.attempts, common.mayWrite),
      hub_(std::make_unique<hub::Hub>(*context_, feed,
                                      [this](const Booking& booking) { return openContact(booking); })),
      meter_(common.metrics),
      environment_{store_,
                   common.documents,
                   *hub_,
                   accounts_,
                   common.cipher,
                   common.cipher.keyFor("fingerprints"),
                   common.cipher.keyFor("pseudonyms"),
                   meter_,
                   common.settings},
      site_(newSite()),
      timer_(std::make_unique<redis::Timer>(*context_)) {
    hub_->onDifferent = [this] { client_->drop("its history is not the one that the boards are of"); };
}

net::Site Worker::newSite() {
    net::Site site{environment_,
                   common_.files,
                   common_.metrics,
                   common_.devices,
                   common_.proxies,
                   common_.addresses,
                   common_.compressor,
                   common_.rates,
                   [this] { return notReady(); },
                   [this] { return common_.draining.load(); }};
    site.measuredElsewhere = common_.measuredElsewhere;
    return site;
}

// Coroutines that still wait are destroyed with the context: what they refer to outlives it, what lives on it
// goes first.
Worker::~Worker() {
    listener_.reset();
    measuring_.reset();
    timer_.reset();
    client_.reset();
    hub_->release();
    context_.reset();
}

std::optional<encode::Contact> Worker::openContact(const Booking& booking) const {
    auto contact = service::openContact(common_.cipher, booking);
    if (!contact && !booking.sealedContact.empty()) {
        common_.metrics.contactsUnreadable.Increment();
        spdlog::error("the contact of booking {} is sealed with another key, or damaged; it is not shown",
                      booking.id);
    }
    return contact;
}

std::string Worker::notReady() const {
    if (common_.draining) return "it is stopping";
    if (!common_.ready) return "it is starting";
    if (!hub_->storeAvailable()) return "the store does not answer";
    if (hub_->emptied()) return "the store came back empty";
    if (!store_.mayWrite()) return "little disk space is left, nothing is written";
    return {};
}

redis::Awaitable<bool> Worker::prepare(redis::Client& client) {
    const auto history = co_await redis::prepared(client);
    // Posted: the client is available once this has returned.
    if (history)
        redis::net::post(*context_, [this, history = *history] {
            if (client_->available()) hub_->onWriterHistory(history);
        });
    co_return history.has_value();
}

void Worker::start() {
    client_->start();
    redis::net::co_spawn(*context_, tick(), redis::net::detached);
}

void Worker::listen(const net::tcp::endpoint& endpoint) {
    listener_ = std::make_unique<net::Listener>(*context_, endpoint, site_);
    listener_->start();
}

void Worker::measureAt(const net::tcp::endpoint& endpoint) {
    measures_ = std::make_unique<net::Site>(newSite());
    measures_->measures = true;
    measuring_ = std::make_unique<net::Listener>(*context_, endpoint, *measures_);
    measuring_->start();
}

void Worker::run() {
    const auto work = redis::net::make_work_guard(*context_);
    context_->run();
}

redis::Awaitable<void> Worker::tick() {
    for (;;) {
        co_await redis::pause(*timer_, std::chrono::seconds{1});
        const auto now = WsSession::Clock::now();
        const std::vector sessions(site_.sessions.begin(), site_.sessions.end());
        for (auto* session : sessions)
            if (const auto alive = session->weak_from_this().lock()) alive->tick(now);
    }
}

void Worker::identityChanged(const std::string& kind, const std::string& id) {
    accounts_.noteChange();
    for (auto* session : site_.sessions) {
        const auto& caller = session->caller();
        if (!caller.account) continue;
        const bool concerned = kind == "account" ? caller.account->id == id
                               : kind == "token" ? caller.tokenId == id
                                                 : true;  // some were missed
        if (!concerned) continue;
        const bool named = kind == "account" || kind == "token";
        redis::net::co_spawn(*context_, revise(session->weak_from_this(), named), redis::net::detached);
    }
}

// Where the store does not answer, a session that was named may not go on with rights that may be gone.
// Others go on as they did while the store was away, until it answers.
redis::Awaitable<void> Worker::revise(std::weak_ptr<WsSession> weak, bool named) {
    redis::Timer timer(*context_);
    while (auto session = weak.lock()) {
        const auto present =
            co_await accounts_.refresh(session->caller().account->id, session->caller().tokenId);
        if (present) co_return session->reviseAccount(*present);
        if (named) co_return session->close(net::tryAgainLater);
        session.reset();
        co_await redis::pause(timer, std::chrono::milliseconds{250});
    }
}

redis::Awaitable<void> Worker::drain() {
    if (listener_) listener_->stop();
    if (measuring_) measuring_->stop();
    redis::Timer timer(*context_);
    const auto begin = WsSession::Clock::now();
    const auto passed = [&] { return WsSession::Clock::now() - begin; };
    const auto all = [this] {
        std::vector<std::shared_ptr<WsSession>> sessions;
        for (auto* session : site_.sessions)
            if (auto alive = session->weak_from_this().lock()) sessions.push_back(std::move(alive));
        return sessions;
    };
    for (const auto& session : all()) session->announceDraining(std::chrono::seconds{1});
    const auto anyBusy = [&] {
        return site_.requests > 0 ||
               std::ranges::any_of(site_.sessions, [](const auto* session) { return session->busy(); });
    };
    while (anyBusy() && passed() < std::chrono::seconds{3})
        co_await redis::pause(timer, std::chrono::milliseconds{20});

    std::size_t closed = 0;
    for (const auto& session : all()) {
        session->close(net::draining);
        if (++closed % 100 == 0) co_await redis::pause(timer, std::chrono::milliseconds{5});
    }
    while (!site_.sessions.empty() && passed() < std::chrono::seconds{8})
        co_await redis::pause(timer, std::chrono::milliseconds{20});
    if (!site_.sessions.empty()) spdlog::warn("{} sessions did not take leave", site_.sessions.size());
}

}  // namespace placette::app
