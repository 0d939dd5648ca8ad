#include "service/territory_store.hpp"

#include <algorithm>
#include <chrono>

#include "protocol/territory_document.hpp"
#include "redis/keys.hpp"
#include "service/closings.hpp"
#include "service/ulid.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

using Clock = std::chrono::steady_clock;

// For a store in trouble. A crowd gets through: where one is refused, another was not.
constexpr std::chrono::seconds patience{10};

Awaitable<Result<redis::Reply>> command(redis::Store& store, std::vector<std::string> words) {
    auto reply = co_await store.client().command(std::move(words));
    if (!reply)
        co_return problem(reply.error() == redis::Failure::unavailable ? ProblemType::store_unavailable
                                                                       : ProblemType::outcome_unknown);
    if (reply->isError()) co_return problem(ProblemType::store_unavailable, "the store refused a command");
    co_return std::move(*reply);
}

// Those of the present territory are its own already.
std::vector<std::string> newFacilities(const Territory* before, const Territory& after) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < after.facilities.size(); ++i) {
        const auto& id = after.facilities[i].id;
        if (!before || !before->facilities.find(id, i)) ids.push_back(id);
    }
    return ids;
}

// Who claims an id first has it, whatever comes between a check and a write.
Awaitable<Result<void>> claim(redis::Store& store, std::string territory,
                              std::vector<std::string> facilities) {
    if (facilities.empty()) co_return Result<void>{};
    if (!store.mayWrite()) co_return problem(ProblemType::store_unavailable, "little disk space is left");
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

// A repeat of a success answers that success, even if the same would be refused now.
Awaitable<Result<Outcome>> unlessReplayed(redis::Store& store, std::string territory, WriteHeader header,
                                          Problem refused) {
    Command find = FindReplay{};
    auto known = co_await store.execute(std::move(territory), std::move(header), std::move(find));
    if (known && !known->replayed) co_return tl::unexpected(std::move(refused));
    co_return known;
}

// Nothing where both are the same.
std::optional<PutTerritory> replacement(const Directory::Entry& before, const Territory& after) {
    PutTerritory put{
        writeTerritory(after, territoryOf(before)), before ? before->revision : "", newUlid(now()), {}};
    if (put.fields.empty()) return std::nullopt;
    if (before) {
        const auto today = localDate(now(), *date::locate_zone(after.timezone));
        put.today = today;
        put.closings = closingsBetween(before->territory, after, today);
        put.rules = rulesBetween(before->territory, after);
        put.removed = removedBetween(before->territory, after);
        for (const auto& office : before->territory.offices)
            if (std::ranges::find(after.offices, office.id, &Office::id) == after.offices.end())
                put.removedOffices.push_back(office.id);
    }
    return put;
}

}  // namespace

const Territory* territoryOf(const Directory::Entry& entry) {
    return entry ? &entry->territory : nullptr;
}

Awaitable<Result<Directory::Entry>> readStored(Territories territories, std::string id) {
    std::vector<std::string> one{std::move(id)};
    auto read = co_await territories.documents.read(territories.store, std::move(one));
    if (!read) co_return tl::unexpected(read.error());
    if (!read->front()) co_return problem(ProblemType::internal, "a stored territory cannot be read");
    co_return std::move(*read->front());
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

Awaitable<Result<Outcome>> changeTerritory(Territories territories, std::string id, WriteHeader header,
                                           TerritoryChange change, HowChanged how) {
    const auto giveUp = Clock::now() + patience;
    while (true) {
        const auto stored = co_await readStored(territories, id);
        if (!stored) co_return tl::unexpected(stored.error());
        const auto* before = territoryOf(*stored);
        auto after = change(before);
        if (!after) co_return co_await unlessReplayed(territories.store, id, header, after.error());
        auto put = replacement(*stored, *after);
        const auto revision = put ? put->revision : "";
        if (put) {
            put->force = how == HowChanged::displacing;
            put->dry = how == HowChanged::notAtAll;
        }
        if (put && !put->dry) {
            const auto claimed = co_await claim(territories.store, id, newFacilities(before, *after));
            if (!claimed) co_return tl::unexpected(claimed.error());
            territories.documents.expect(revision, std::move(*after));
        }
        Command command = put ? Command(std::move(*put)) : Command(FindReplay{});
        auto outcome = co_await territories.store.execute(id, header, std::move(command));
        const bool refused = !outcome && outcome.error().type != ProblemType::outcome_unknown;
        if (refused || (outcome && outcome->replayed)) territories.documents.forget(id, revision);
        if (outcome || outcome.error().type != ProblemType::version_conflict || Clock::now() > giveUp)
            co_return outcome;
    }
}

// If not, it stays this territory's: nobody else takes it.
Awaitable<void> releaseFacility(redis::Store& store, std::string territory, std::string facility) {
    std::vector<std::string> one{facility};
    const auto elsewhere = co_await takenElsewhere(store, std::move(territory), std::move(one));
    if (!elsewhere || !elsewhere->empty()) co_return;
    std::vector<std::string> words{"HDEL", redis::keys::facilities, std::move(facility)};
    co_await command(store, std::move(words));
}

// Together: a territory that nobody was told of would stay unknown until the next start.
Awaitable<Result<void>> announceTerritory(redis::Store& store, std::string id) {
    std::vector<std::vector<std::string>> commands{
        {"SADD", redis::keys::territories, id},
        {"XADD", redis::keys::accountsLog, "MAXLEN", "~", "1000", "*", "kind", "territory", "id", id}};
    const auto told = co_await store.client().pipeline(std::move(commands));
    if (!told) co_return problem(ProblemType::outcome_unknown);
    if (std::ranges::any_of(told->items, &redis::Reply::isError))
        co_return problem(ProblemType::store_unavailable, "the store refused a command");
    co_return Result<void>{};
}

}  // namespace placette::service
