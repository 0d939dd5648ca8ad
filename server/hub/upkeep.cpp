#include "hub/upkeep.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>

#include "hub/clock.hpp"
#include "hub/loading.hpp"
#include "redis/function_library.hpp"
#include "redis/server_info.hpp"
#include "redis/verification.hpp"

namespace placette::hub {

using namespace std::chrono_literals;

namespace {

constexpr auto forgetEvery = 1h;
constexpr auto rewriteEvery = 24h;
constexpr auto retryAfter = 5s;
constexpr auto lapsedKept = 25h;  // an expired hold can be confirmed, and its key repeated, for a day
constexpr int erasedAtOnce = 50;  // some milliseconds of Redis
constexpr auto betweenErasures = 5ms;

}  // namespace

Upkeep::Upkeep(redis::net::io_context& context, redis::Endpoint endpoint, Retention retention,
               observe::Metrics& metrics)
    : context_(context),
      retention_(retention),
      metrics_(metrics),
      client_(context, std::move(endpoint), redis::Client::Options{"upkeep"},
              redis::Client::Hooks{[this](redis::Client& client) { return prepare(client); }, [] {}}),
      store_(client_),
      timer_(context) {}

void Upkeep::start() {
    client_.start();
    redis::net::co_spawn(context_, work(), [](std::exception_ptr bug) {
        if (bug) std::rethrow_exception(bug);
    });
}

void Upkeep::stop() {
    stopping_ = true;
    client_.stop();
    timer_.cancel();
}

redis::Awaitable<bool> Upkeep::prepare(redis::Client& client) {
    const auto history = co_await redis::serverHistory(client);
    const bool loaded = history && co_await redis::loadLibrary(client);
    if (loaded) {
        history_ = *history;
        timer_.cancel();
    }
    co_return loaded;
}

void Upkeep::onAside(const std::string& territory, const std::vector<std::string>& records) {
    for (const auto& record : records) {
        if (!record.starts_with("doubt|")) {
            metrics_.recordsSetAside.Increment();
            spdlog::error("territory {}: {} cannot be read; it is set aside", territory, record);
        }
    }
    doubted_.insert(territory);
    timer_.cancel();
}

redis::Awaitable<void> Upkeep::work() {
    while (!stopping_) {
        bool done = client_.available();
        if (done && verified_ != history_) {
            const auto history = history_;
            done = co_await verify({});
            if (done) verified_ = history;
        }
        while (done && !doubted_.empty()) {
            const auto territory = *doubted_.begin();
            doubted_.erase(doubted_.begin());
            done = co_await verify(territory);
            if (!done) doubted_.insert(territory);
        }
        if (done && redis::Clock::now() >= nextForget_) {
            done = co_await forget();
            if (done) nextForget_ = redis::Clock::now() + forgetEvery;
        }
        if (done && erased_ && redis::Clock::now() >= nextRewrite_) co_await rewrite();
        if (stopping_) break;
        const auto untilForget =
            std::chrono::duration_cast<std::chrono::milliseconds>(nextForget_ - redis::Clock::now());
        co_await redis::pause(timer_, done ? std::max(untilForget, 1ms) : retryAfter);
    }
}

redis::Awaitable<bool> Upkeep::verify(std::string territory) {
    const auto began = redis::Clock::now();
    const auto verified = co_await redis::verifyStore(context_, client_, territory);
    if (!verified) co_return false;
    metrics_.countsMended.Increment(static_cast<double>(verified->mended));
    spdlog::info("compared {} bookings and {} days in {} ms: {} mended", verified->bookings, verified->days,
                 std::chrono::duration_cast<std::chrono::milliseconds>(redis::Clock::now() - began).count(),
                 verified->mended);
    co_return true;
}

redis::Awaitable<bool> Upkeep::forget() {
    const auto ids = co_await territoryIds(client_);
    if (!ids) co_return false;
    for (const auto& id : *ids) {
        const bool done = co_await forget(id);
        if (!done) co_return false;
    }
    co_return true;
}

// Days are UTC's: of what is kept for weeks or years none is missed.
redis::Awaitable<bool> Upkeep::forget(std::string territory) {
    redis::Timer pause(context_);
    for (bool more = true; more && !stopping_;) {
        const auto today = date::floor<date::days>(now());
        const WriteHeader nobody;
        const placette::Command command =
            Forget{today - date::days{retention_.bookings}, today - date::days{retention_.contacts},
                   now() - lapsedKept, erasedAtOnce};
        const auto outcome = co_await store_.execute(territory, nobody, command);
        if (!outcome) co_return false;
        metrics_.recordsErased.Increment(outcome->count);
        erased_ = erased_ || outcome->count > 0;
        more = outcome->moreDue;
        if (more) co_await redis::pause(pause, betweenErasures);
    }
    co_return true;
}

// Refused where Redis keeps no such file, or writes one already.
redis::Awaitable<void> Upkeep::rewrite() {
    std::vector<std::string> command{"BGREWRITEAOF"};
    const auto reply = co_await client_.command(std::move(command));
    if (!reply) co_return;
    if (reply->isError()) spdlog::info("the append-only file is not written anew: {}", reply->text);
    erased_ = false;
    nextRewrite_ = redis::Clock::now() + rewriteEvery;
}

}  // namespace placette::hub
