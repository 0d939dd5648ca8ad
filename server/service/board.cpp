// board.*: reads of the shared board, and what follows it.
#include "service/board.hpp"

#include <algorithm>

#include "hub/board_channel.hpp"
#include "protocol/encode.hpp"
#include "protocol/params.hpp"
#include "service/dispatch.hpp"
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
Parts answer(Shared opening, Shared facilities, Shared cells) {
    static const Shared cellsLabel = shared(R"(,"cells":)"), end = shared("}");
    return {std::move(opening), std::move(facilities), cellsLabel, std::move(cells), end};
}

Parts answer(const Environment& env, const hub::Snapshot& board) {
    auto opening = shared("{" + placeInLog(env, board.epoch, board.offset) + R"(,"facilities":)");
    return answer(std::move(opening), board.facilities, board.cells);
}

Awaitable<Result<std::shared_ptr<const hub::Snapshot>>> snapshotFor(Environment& env, Caller& caller,
                                                                    hub::BoardFilter filter) {
    Turn turn(caller.snapshots);
    co_await turn.come();
    const auto seen = seenBy(env, caller, filter.territory);
    co_return co_await env.hub.snapshot(std::move(filter), seen);
}

std::string tagOf(const Environment& env, const std::string& epoch, std::int64_t offset) {
    return epoch + '.' + std::to_string(offset) + (env.hub.storeAvailable() ? "" : ".away");
}

Awaitable<Answer> pageInto(Environment& env, Caller& caller, Json params,
                           std::function<bool(std::string_view)> isKnown, BoardPage& page) {
    auto request = read(env, caller, params, false);
    if (!request) co_return tl::unexpected(request.error());
    const auto& territory = request->filter.territory;
    page.tag = tagOf(env, env.hub.epoch(territory), env.hub.ring(territory)->head());
    if (isKnown(page.tag)) co_return Parts{};
    const auto snapshot = co_await snapshotFor(env, caller, std::move(request->filter));
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    page.tag = tagOf(env, board.epoch, board.offset);
    if (!isKnown(page.tag)) page.text = answer(env, board);
    co_return Parts{};
}

}  // namespace

Awaitable<Answer> boardGet(Environment& env, Caller& caller, Call call) {
    auto request = read(env, caller, call.params, false);
    if (!request) co_return tl::unexpected(request.error());
    const auto snapshot = co_await snapshotFor(env, caller, std::move(request->filter));
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    co_return answer(env, **snapshot);
}

Awaitable<Result<BoardPage>> boardPage(Environment& env, Caller& caller, Json params,
                                       std::function<bool(std::string_view)> isKnown) {
    BoardPage page;
    Work work = [&] { return pageInto(env, caller, std::move(params), std::move(isKnown), page); };
    const auto done = co_await asCallOf(env, caller, "board.get", std::move(work));
    if (!done) co_return tl::unexpected(done.error());
    co_return page;
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
        caller.watcher->subscribe(channel, offset, reply);
        co_return answer(reply, channel->facilities(), channel->changedSince(request->since->offset));
    }

    Turn turn(caller.snapshots);
    co_await turn.come();
    const auto snapshot = co_await env.hub.snapshot(filter, seen);
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    if (board.epoch != env.hub.epoch(filter.territory))
        co_return problem(ProblemType::store_unavailable, "the board is being loaded anew");
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
    auto reply =
        shared("{" + opening(env, id, Recovery::snapshot, board.epoch, board.offset) + R"(,"facilities":)");
    caller.watcher->subscribe(env.hub.channel(filter), board.offset, reply);
    co_return answer(reply, board.facilities, board.cells);
}

Awaitable<Answer> boardUnsubscribe(Environment&, Caller& caller, Call call) {
    co_return unsubscribe(caller, call.params);
}

}  // namespace placette::service
