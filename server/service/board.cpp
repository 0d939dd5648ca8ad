#include "service/board.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

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

Result<Request> read(const Environment& env, const Caller& caller, const nlohmann::json& params,
                     bool subscribe) {
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
        if (std::ranges::find(known->territory.facilities, facility, &Facility::id) ==
            known->territory.facilities.end())
            return problem(ProblemType::invalid_params, "no such facility in this territory", "facilities");
    return request;
}

// `"epoch":…,"offset":…,"asOf":…,"storeAvailable":…,"facilities":` — the arrays follow as shared parts.
std::string head(const Environment& env, const std::string& epoch, std::int64_t offset) {
    std::string out = placeInLog(epoch, offset) + R"(,"asOf":)";
    encode::instant(out, env.hub.asOf());
    out += std::string(R"(,"storeAvailable":)") + (env.hub.storeAvailable() ? "true" : "false") +
           R"(,"facilities":)";
    return out;
}

const Shared& cellsLabel() {
    static const Shared text = shared(R"(,"cells":)");
    return text;
}
const Shared& end() {
    static const Shared text = shared("}");
    return text;
}

}  // namespace

Awaitable<Answer> boardGet(Environment& env, Caller& caller, nlohmann::json params) {
    auto request = read(env, caller, params, false);
    if (!request) co_return tl::unexpected(request.error());
    const auto territory = request->filter.territory;
    const auto snapshot = co_await env.hub.snapshot(std::move(request->filter), seenBy(caller, territory));
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    co_return Parts{shared("{" + head(env, board.epoch, board.offset)), board.facilities, cellsLabel(),
                    board.cells, end()};
}

Awaitable<Answer> boardSubscribe(Environment& env, Caller& caller, nlohmann::json params) {
    auto request = read(env, caller, params, true);
    if (!request) co_return tl::unexpected(request.error());
    const auto filter = std::move(request->filter);
    const auto id = filter.id();
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();

    // A snapshot too where the log suffices: it is shared, and it waits for what this session has written.
    const auto snapshot = co_await env.hub.snapshot(filter, seenBy(caller, filter.territory));
    if (!snapshot) co_return tl::unexpected(snapshot.error());
    const auto& board = **snapshot;
    if (board.epoch != env.hub.epoch(filter.territory))
        co_return problem(ProblemType::store_unavailable, "the board is being loaded anew");
    const auto& ring = *env.hub.ring(filter.territory);
    const bool recovered = request->since && reaches(*request->since, board.epoch, ring);
    const auto offset = recovered ? ring.head() : board.offset;
    const auto cells = recovered
                           ? shared(hub::BoardChannel::changedSince(ring, filter, request->since->offset))
                           : board.cells;

    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
    auto opening = shared(R"({"subscription":")" + id + R"(","recovered":)" +
                          (recovered ? "true," : "false,") + head(env, board.epoch, offset));
    caller.watcher->subscribe(env.hub.channel(filter), offset, opening);
    co_return Parts{opening, board.facilities, cellsLabel(), cells, end()};
}

Awaitable<Answer> boardUnsubscribe(Environment&, Caller& caller, nlohmann::json params) {
    co_return unsubscribe(caller, params);
}

}  // namespace placette::service
