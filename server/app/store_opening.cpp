#include "app/store_opening.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/contacts_key.hpp"
#include "app/hopeless.hpp"
#include "redis/function_library.hpp"
#include "redis/migration.hpp"

namespace placette::app {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds shortest = 200ms, longest = 10s;  // between two tries
constexpr std::chrono::milliseconds usual = 1s;                       // until a living Redis answers

redis::Awaitable<bool> started(StoreAccess& store, Obstacle& obstacle, StopSignal& stop) {
    stop.onAsked = [&store] { store.giveUp(); };
    store.onWait = [&obstacle](const std::string& why) { obstacle.is(why); };
    auto between = shortest;
    bool up = false;
    while (!up && !stop.asked()) {
        const auto opened = co_await store.open();
        up = opened.has_value();
        if (up || stop.asked()) break;
        if (!opened.error().heals) throw Hopeless(opened.error().why);
        obstacle.is(opened.error().why);
        co_await stop.pause(between);
        between = std::min(2 * between, longest);
    }
    stop.onAsked = nullptr;
    store.onWait = nullptr;
    co_return up;
}

redis::Awaitable<bool> isPrepared(redis::Client& client) {
    const auto history = co_await redis::prepared(client);
    co_return history.has_value();
}

using Opened = tl::expected<identity::Cipher, redis::StoreFailure>;

redis::Awaitable<Opened> tried(const ServeConfig& config, redis::Client& client,
                               redis::net::io_context& context) {
    const auto migrated = co_await redis::migrate(context, client);
    if (!migrated) co_return tl::unexpected(migrated.error());
    std::string failure;
    try {
        auto cipher = co_await contactsKey(client, config.store.dataDir, config.replaceContactsKey);
        co_return Opened(std::move(cipher));
    } catch (const Hopeless&) {
        throw;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    co_return tl::unexpected(redis::StoreFailure{failure});
}

std::string unanswered(const ServeConfig& config, const std::string& why) {
    if (config.store.redis.empty()) return "its redis-server does not answer: " + why;
    return "the Redis of --redis does not answer (" + why + "): start it, or mend the address";
}

}  // namespace

void Obstacle::is(const std::string& why) {
    if (why == why_) return;
    why_ = why;
    spdlog::error("{}; trying again until it can be done", why);  // first: who was told may look there
    room_.say(why);
}

redis::Awaitable<std::optional<identity::Cipher>> openStore(const ServeConfig& config, StoreAccess& store,
                                                            Obstacle& obstacle, StopSignal& stop,
                                                            redis::net::io_context& context) {
    const bool up = co_await started(store, obstacle, stop);
    if (!up) co_return std::nullopt;
    redis::Client client(context, store.endpoint(), {"start"}, {isPrepared, [] {}});
    client.start();
    const auto began = redis::Clock::now();
    auto between = shortest;
    while (!stop.asked()) {
        if (!client.available()) {
            if (!client.why().empty() && redis::Clock::now() - began > usual)
                obstacle.is(unanswered(config, client.why()));
            co_await stop.pause(5ms);
            continue;
        }
        auto opened = co_await tried(config, client, context);
        if (opened) {
            client.stop();
            co_return std::move(*opened);
        }
        if (!opened.error().heals) throw Hopeless(opened.error().why);
        obstacle.is(opened.error().why);
        co_await stop.pause(between);
        between = std::min(2 * between, longest);
    }
    co_return std::nullopt;
}

}  // namespace placette::app
