#include "service/territory_store.hpp"

#include <algorithm>

#include "protocol/territory_document.hpp"
#include "redis/keys.hpp"
#include "service/closings.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr int attempts = 5;

Awaitable<Result<redis::Reply>> command(redis::Store& store, std::vector<std::string> words) {
    auto reply = co_await store.client().command(std::move(words));
    if (!reply)
        co_return problem(reply.error() == redis::Failure::unavailable ? ProblemType::store_unavailable
                                                                       : ProblemType::outcome_unknown);
    if (reply->isError()) co_return problem(ProblemType::store_unavailable, "the store refused a command");
    co_return std::move(*reply);
}

PutTerritory replacement(const StoredTerritory& before, const Territory& after) {
    PutTerritory put{writeTerritory(after), before.version, {}};
    if (before.territory) {
        const auto today = localDate(now(), *date::locate_zone(after.timezone));
        put.closings = closingsBetween(*before.territory, after, today);
    }
    return put;
}

}  // namespace

Awaitable<Result<StoredTerritory>> readStored(redis::Store& store, std::string id) {
    const auto stored = co_await store.territory(std::move(id));
    if (!stored) co_return tl::unexpected(stored.error());
    if (!*stored) co_return StoredTerritory{};
    auto territory = readTerritory((*stored)->json);
    if (!territory) co_return problem(ProblemType::internal, "a stored territory cannot be read");
    co_return StoredTerritory{std::move(*territory), (*stored)->version};
}

Awaitable<Result<std::set<std::string>>> facilitiesElsewhere(redis::Store& store,
                                                             std::string exceptTerritory) {
    std::vector<std::string> words{"SMEMBERS", redis::keys::territories};
    const auto ids = co_await command(store, std::move(words));
    if (!ids) co_return tl::unexpected(ids.error());
    std::set<std::string> facilities;
    for (const auto& id : ids->items) {
        if (id.text == exceptTerritory) continue;
        const auto stored = co_await readStored(store, id.text);
        if (!stored) co_return tl::unexpected(stored.error());
        if (!stored->territory) continue;
        for (const auto& facility : stored->territory->facilities) facilities.insert(facility.id);
    }
    co_return facilities;
}

Awaitable<Result<ChangedTerritory>> changeTerritory(redis::Store& store, std::string id, WriteHeader header,
                                                    TerritoryChange change) {
    for (int attempt = 1;; ++attempt) {
        const auto stored = co_await readStored(store, id);
        if (!stored) co_return tl::unexpected(stored.error());
        ChangedTerritory changed{change(stored->territory), {}};
        const bool same = stored->territory == changed.territory;
        Command put = same ? Command(FindReplay{}) : Command(replacement(*stored, changed.territory));
        auto outcome = co_await store.execute(id, header, std::move(put));
        if (outcome) {
            changed.outcome = std::move(*outcome);
            co_return changed;
        }
        if (outcome.error().type != ProblemType::version_conflict || attempt == attempts)
            co_return tl::unexpected(outcome.error());
    }
}

Awaitable<Result<void>> announceTerritory(redis::Store& store, std::string id) {
    std::vector<std::string> add{"SADD", redis::keys::territories, id};
    std::vector<std::string> tell{
        "XADD", redis::keys::accountsLog, "MAXLEN", "~", "1000", "*", "kind", "territory", "id", id};
    const auto added = co_await command(store, std::move(add));
    if (!added) co_return tl::unexpected(added.error());
    const auto told = co_await command(store, std::move(tell));
    if (!told) co_return tl::unexpected(told.error());
    co_return Result<void>{};
}

}  // namespace placette::service
