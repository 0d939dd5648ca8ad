#include "hub/upkeep.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <cstdlib>

#include "hub/clock.hpp"
#include "hub/loading.hpp"
#include "redis/checkup.hpp"
#include "redis/function_library.hpp"
#include "redis/keys.hpp"
#include "redis/server_info.hpp"
#include "redis/verification.hpp"

namespace placette::hub {

using namespace std::chrono_literals;

namespace {

constexpr auto forgetEvery = 1h;
constexpr auto publishEvery = 5s;  // nearly always it is only seen that nothing has changed
constexpr auto rewriteEvery = 24h;
constexpr auto rewriteTime = 10min;
constexpr auto lookEvery = 1s;
constexpr auto retryAfter = 5s;
constexpr auto lapsedKept = 25h;  // an expired hold can be confirmed, and its key repeated, for a day
constexpr int erasedAtOnce = 50;  // some milliseconds of Redis
constexpr auto betweenErasures = 5ms;

// Of the store: instants.
const std::string erasedAt = "erasedAt", rewrittenAt = "rewrittenAt";

// Or the clock was set back.
bool isDue(Instant last, std::chrono::milliseconds every) {
    const auto passed = now() - last;
    return passed >= every || passed < 0ms;
}

Instant instantFrom(const redis::Reply& reply) {
    return Instant{std::chrono::milliseconds{std::atoll(reply.text.c_str())}};
}

}  // namespace

Upkeep::Upkeep(redis::net::io_context& context, redis::Endpoint endpoint, Documents& documents,
               Retention retention, observe::Metrics& metrics)
    : context_(context),
      retention_(retention),
      metrics_(metrics),
      client_(context, std::move(endpoint), redis::Client::Options{"upkeep"},
              redis::Client::Hooks{[this](redis::Client& client) { return prepare(client); }, [] {}}),
      store_(client_),
      publication_(store_, documents),
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
    const auto history = co_await redis::prepared(client);
    if (!history) co_return false;
    history_ = *history;
    timer_.cancel();
    co_return true;
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
            co_await warn();
            done = co_await verify({});
            if (done) verified_ = history;
        }
        while (done && !doubted_.empty()) {
            const auto territory = *doubted_.begin();
            doubted_.erase(doubted_.begin());
            done = co_await verify(territory);
            if (!done) doubted_.insert(territory);
        }
        if (done && isDue(publishedAt_, publishEvery)) {
            const auto began = now();
            done = co_await publish();
            if (done) publishedAt_ = began;
        }
        if (done && isDue(forgotAt_, forgetEvery)) {
            const auto began = now();
            done = co_await forget();
            if (done) forgotAt_ = began;
            const bool due = done && co_await rewriteIsDue();
            if (due) co_await rewrite();
        }
        if (stopping_) break;
        co_await redis::pause(timer_, done ? lookEvery : retryAfter);
    }
}

redis::Awaitable<void> Upkeep::warn() {
    const auto facts = co_await redis::askRedis(client_);
    if (!facts) co_return;
    for (const auto& found : redis::findingsOf(*facts))
        if (found.state == redis::Finding::State::wrong)
            spdlog::warn("Redis: {} {}. {}", found.check, found.says, found.todo);
}

redis::Awaitable<bool> Upkeep::verify(std::string territory) {
    const auto began = redis::Clock::now();
    const auto verified =
        co_await redis::verifyStore(context_, client_, redis::Verification::mend, territory);
    if (!verified) co_return false;
    metrics_.countsMended.Increment(static_cast<double>(verified->differing));
    spdlog::info("compared {} bookings and {} days in {} ms: {} mended", verified->bookings, verified->days,
                 std::chrono::duration_cast<std::chrono::milliseconds>(redis::Clock::now() - began).count(),
                 verified->differing);
    co_return true;
}

redis::Awaitable<bool> Upkeep::publish() {
    auto ids = co_await territoryIds(client_);
    if (!ids) co_return false;
    auto all = std::move(*ids);
    co_return co_await publication_.publish(std::move(all), now());
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
        const bool remembered = outcome->count == 0 || co_await remember(erasedAt, now());
        if (!remembered) co_return false;
        more = outcome->moreDue;
        if (more) co_await redis::pause(pause, betweenErasures);
    }
    co_return true;
}

redis::Awaitable<bool> Upkeep::remember(std::string what, Instant at) {
    std::vector<std::string> command{"HSET", redis::keys::store, std::move(what),
                                     std::to_string(at.time_since_epoch().count())};
    const auto reply = co_await client_.command(std::move(command));
    co_return reply && !reply->isError();
}

redis::Awaitable<bool> Upkeep::rewriteIsDue() {
    std::vector<std::string> command{"HMGET", redis::keys::store, erasedAt, rewrittenAt};
    const auto reply = co_await client_.command(std::move(command));
    if (!reply || reply->items.size() != 2) co_return false;
    const auto erased = instantFrom(reply->items[0]), rewritten = instantFrom(reply->items[1]);
    co_return erased > rewritten&& isDue(rewritten, rewriteEvery);
}

// Refused where Redis writes one already: that one may tell what was erased meanwhile. The next hour's is
// another.
redis::Awaitable<bool> Upkeep::rewrite() {
    const auto began = now();
    std::vector<std::string> command{"BGREWRITEAOF"};
    const auto reply = co_await client_.command(std::move(command));
    if (!reply) co_return false;
    if (reply->isError()) {
        spdlog::info("the append-only file is not written anew: {}", reply->text);
        co_return false;
    }
    redis::Timer pause(context_);
    const auto giveUp = redis::Clock::now() + rewriteTime;
    while (!stopping_ && redis::Clock::now() < giveUp) {
        co_await redis::pause(pause, lookEvery);
        std::vector<std::string> ask{"INFO", "persistence"};
        const auto info = co_await client_.command(std::move(ask));
        if (!info || info->isError()) co_return false;
        const auto is = [&](const char* name, const char* value) {
            return redis::infoField(info->text, name) == value;
        };
        if (!is("aof_rewrite_in_progress", "0") || !is("aof_rewrite_scheduled", "0")) continue;
        const bool written = is("aof_last_bgrewrite_status", "ok");
        if (!written) spdlog::error("the append-only file could not be written anew: see redis.log");
        co_return written&& co_await remember(rewrittenAt, began);
    }
    co_return false;
}

}  // namespace placette::hub
