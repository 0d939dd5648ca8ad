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

std::vector<std::string> facilitiesOf(const Territory& territory) {
    std::vector<std::string> ids;
    for (const auto& facility : territory.facilities) ids.push_back(facility.id);
    return ids;
}

// Who claims an id first has it, whatever comes between a check and a write.
Awaitable<Result<void>> claim(redis::Store& store, std::string territory,
                              std::vector<std::string> facilities) {
    if (facilities.empty()) co_return Result<void>{};
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : facilities) commands.push_back({"HSETNX", redis::keys::facilities, id, territory});
    const auto claimed = co_await store.client().pipeline(std::move(commands));
    if (!claimed) co_return problem(ProblemType::store_unavailable);
    const auto taken = co_await takenElsewhere(store, std::move(territory), std::move(facilities));
    if (!taken) co_return tl::unexpected(taken.error());
    if (!taken->empty())
        co_return problem(ProblemType::invalid_params, "a facility of another territory has this id");
    co_return Result<void>{};
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

Awaitable<Result<std::set<std::string>>> takenElsewhere(redis::Store& store, std::string territory,
                                                        std::vector<std::string> facilities) {
    std::set<std::string> taken;
    if (facilities.empty()) co_return taken;
    std::vector<std::string> words{"HMGET", redis::keys::facilities};
    words.insert(words.end(), facilities.begin(), facilities.end());
    const auto owners = co_await command(store, std::move(words));
    if (!owners) co_return tl::unexpected(owners.error());
    for (std::size_t i = 0; i < facilities.size(); ++i) {
        const auto& owner = owners->items.at(i);
        if (!owner.isNil() && owner.text != territory) taken.insert(facilities[i]);
    }
    co_return taken;
}

Awaitable<Result<ChangedTerritory>> changeTerritory(redis::Store& store, std::string id, WriteHeader header,
                                                    TerritoryChange change) {
    for (int attempt = 1;; ++attempt) {
        const auto stored = co_await readStored(store, id);
        if (!stored) co_return tl::unexpected(stored.error());
        ChangedTerritory changed{change(stored->territory), {}};
        const bool same = stored->territory == changed.territory;
        if (!same) {
            const auto claimed = co_await claim(store, id, facilitiesOf(changed.territory));
            if (!claimed) co_return tl::unexpected(claimed.error());
        }
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
