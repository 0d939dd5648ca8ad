#include "service/since.hpp"

#include <algorithm>
#include <array>

#include "protocol/text_pieces.hpp"

namespace placette::service {

std::optional<Since> readSince(Params& params) {
    if (!params.has("since")) return std::nullopt;
    Since since;
    params.object("since", [&](Params& p) { since = readPlace(p); });
    return since;
}

Since readPlace(Params& p) {
    Since place;
    place.epoch = p.text("epoch", 1, 64);
    place.offset = p.large("offset");
    return place;
}

bool reaches(const Environment& env, const std::string& territory, const Since& since) {
    const auto& ring = *env.hub.ring(territory);
    return since.epoch == env.hub.epoch(territory) && since.offset >= ring.start() &&
           since.offset <= ring.head();
}

Awaitable<Recovery> sourceFor(Environment& env, std::string territory, std::optional<Since> since) {
    if (!since) co_return Recovery::snapshot;
    if (reaches(env, territory, *since)) co_return Recovery::memory;
    const bool read = co_await env.hub.reachBack(territory, since->epoch, since->offset);
    co_return read ? Recovery::log : Recovery::snapshot;
}

std::string age(const Environment& env) {
    std::string out;
    encode::append(out, R"("asOf":")", env.hub.asOf(), R"(","storeAvailable":)", env.hub.storeAvailable());
    return out;
}

std::string placeInLog(const Environment& env, const std::string& epoch, std::int64_t offset) {
    std::string out;
    encode::append(out, R"("epoch":")", epoch, R"(","offset":)", offset, ',', age(env));
    return out;
}

std::string opening(const Environment& env, const std::string& subscription, Recovery source,
                    const std::string& epoch, std::int64_t offset) {
    static constexpr std::array names{"memory", "log", "snapshot"};
    return R"("subscription":")" + subscription + R"(","recovered":)" +
           (source == Recovery::snapshot ? "false" : "true") + R"(,"source":")" +
           names[static_cast<std::size_t>(source)] + R"(",)" + placeInLog(env, epoch, offset);
}

std::int64_t seenBy(const Environment& env, const Caller& caller, const std::string& territory) {
    const auto told = caller.watcher ? caller.watcher->told(territory) : 0;
    const auto written = caller.written.find(territory);
    // The offsets of another epoch mean nothing.
    const bool counts = written != caller.written.end() && written->second.epoch == env.hub.epoch(territory);
    return counts ? std::max(told, written->second.offset) : told;
}

Awaitable<std::optional<Problem>> turnOf(Caller& caller, Turn& turn) {
    constexpr std::size_t mostHeld = 4u << 20;
    co_await turn.come();
    if (caller.watcher) co_await caller.watcher->taken();
    if (caller.held < mostHeld) co_return std::nullopt;
    co_return Problem{ProblemType::too_large, "the answers of one batch: ask for boards one by one", {}};
}

bool mayWatch(const Environment& env, const Caller& caller, const std::string& subscription) {
    return caller.watcher->subscribed(subscription) ||
           caller.watcher->subscriptions() < env.settings.limits.subscriptions;
}

Answer tooManySubscriptions() {
    return problem(ProblemType::too_many, "too many subscriptions in this session");
}

Answer unsubscribe(Caller& caller, const Json& params) {
    Params p(params);
    const auto id = p.text("subscription", 1, 64);
    if (auto bad = p.problem()) return tl::unexpected(*bad);
    if (!caller.watcher->unsubscribe(id))
        return problem(ProblemType::invalid_params, "no such subscription in this session", "subscription");
    return parts("{}");
}

}  // namespace placette::service
