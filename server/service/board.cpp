// board.*: reads of the shared board, and what follows it.
#include <algorithm>

#include "hub/board_channel.hpp"
#include "protocol/encode.hpp"
#include "protocol/params.hpp"
#include "service/since.hpp"

namespace placette::service {

namespace {

struct Request {
    hub::BoardFilter filter;
    std::optional<Since> since;
};

Result<Request> read(const Environment& env, const Caller& caller, const Json& params, bool subscribe) {
    Params p(params);
    Request request;
    request.filter.territory = p.territory("territory");
    request.filter.from = p.date("from");
    request.filter.days = p.integer("days", 1, static_cast<int>(env.settings.limits.days));
    if (p.has("facilities")) request.filter.facilities = p.distinct(&Params::id, "facilities", 1, 200);
    if (subscribe) request.since = readSince(p);
    if (auto bad = p.problem()) return tl::unexpected(*bad);
    std::ranges::sort(request.filter.facilities);

    const auto known = env.hub.directory()->territory(request.filter.territory);
    if (!known || !caller.account->sees(request.filter.territory) || !env.hub.ring(request.filter.territory))
        return problem(ProblemType::invalid_params, "no such territory", "territory");
    for (const auto& facility : request.filter.facilities)
        if (!known->territory.facilities.find(facility))
            return problem(ProblemType::invalid_params, "no such facility in this territory", "facilities");
    return request;
}

// The arrays follow the opening as shared parts.
Parts answer(Shared opening, Shared facilities, const Parts& cells) {
    static const Shared cellsLabel = shared(R"(,"cells":)"), end = shared("}");
    Parts parts{std::move(opening), std::move(facilities), cellsLabel};
    parts.insert(parts.end(), cells.begin(), cells.end());
    parts.push_back(end);
    return parts;
}

}  // namespace

Awaitable<Answer> boardGet(Environment& env, Caller& caller, Call call) {
    auto request = read(env, caller, call.params, false);
    if (!request) co_return tl::unexpected(request.error());
    const auto territory = request->filter.territory;
    Turn turn(caller.snapshots);
    auto bad = co_await turnOf(caller, turn);
    if (bad) co_return tl::unexpected(std::move(*bad));
    const auto seen = seenBy(env, caller, territory);
    const auto snapshot = co_await env.hub.snapshot(std::move(request->filter), seen);
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    auto opening = shared("{" + placeInLog(env, board.epoch, board.offset) + R"(,"facilities":)");
    co_return answer(std::move(opening), board.facilities, board.cells);
}

Awaitable<Answer> boardSubscribe(Environment& env, Caller& caller, Call call) {
    auto request = read(env, caller, call.params, true);
    if (!request) co_return tl::unexpected(request.error());
    const auto filter = std::move(request->filter);
    const auto id = filter.id();
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();

    const auto source = co_await sourceFor(env, filter.territory, request->since);
    const auto& ring = *env.hub.ring(filter.territory);
    const auto seen = seenBy(env, caller, filter.territory);
    if (source != Recovery::snapshot && reaches(env, filter.territory, *request->since) &&
        ring.head() >= seen) {
        if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
        const auto channel = env.hub.channel(filter);
        const auto offset = ring.head();
        auto reply = shared("{" + opening(env, id, source, channel->epoch(), offset) + R"(,"facilities":)");
        caller.watcher->subscribe({{channel, offset}}, reply);
        co_return answer(reply, channel->facilities(), {channel->changedSince(request->since->offset)});
    }

    Turn turn(caller.snapshots);
    auto bad = co_await turnOf(caller, turn);
    if (bad) co_return tl::unexpected(std::move(*bad));
    const auto snapshot = co_await env.hub.snapshot(filter, seen);
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    if (board.epoch != env.hub.epoch(filter.territory))
        co_return problem(ProblemType::store_unavailable, "the board is being loaded anew");
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
    auto reply =
        shared("{" + opening(env, id, Recovery::snapshot, board.epoch, board.offset) + R"(,"facilities":)");
    caller.watcher->subscribe({{env.hub.channel(filter), board.offset}}, reply);
    co_return answer(reply, board.facilities, board.cells);
}

Awaitable<Answer> boardUnsubscribe(Environment&, Caller& caller, Call call) {
    co_return unsubscribe(caller, call.params);
}

}  // namespace placette::service
