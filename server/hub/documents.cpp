#include "hub/documents.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "protocol/territory_document.hpp"

namespace placette::hub {

namespace {

constexpr std::size_t maxExpected = 64;  // of one territory; more are parsed when they are read

Documents::Entry entryOf(std::string revision, Territory territory) {
    const auto* zone = date::locate_zone(territory.timezone);
    return std::make_shared<const KnownTerritory>(
        KnownTerritory{std::move(territory), std::move(revision), zone});
}

}  // namespace

Awaitable<Result<std::vector<Result<Documents::Entry>>>> Documents::read(redis::Store& store,
                                                                         std::vector<std::string> ids) {
    const auto revisions = co_await store.revisions(ids);
    if (!revisions) co_return tl::unexpected(revisions.error());
    auto entries = known(ids, *revisions);
    if (!entries.empty()) co_return entries;
    auto stored = co_await store.territories(ids);
    if (!stored) co_return tl::unexpected(stored.error());
    for (auto& document : *stored) entries.push_back(document ? parsed(std::move(*document)) : Entry());
    co_return entries;
}

void Documents::expect(std::string revision, Territory territory) {
    const auto entry = entryOf(std::move(revision), std::move(territory));
    const std::scoped_lock lock(mutex_);
    auto& expected = known_[entry->territory.id].expected;
    if (expected.size() == maxExpected) expected.erase(expected.begin());
    expected.push_back(entry);
}

void Documents::forget(const std::string& territory, const std::string& revision) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(known_[territory].expected,
                  [&](const Entry& entry) { return entry->revision == revision; });
}

// All of them, or none. What was expected before the one that came was made from what is no more.
std::vector<Result<Documents::Entry>> Documents::known(const Ids& ids,
                                                       const std::vector<std::string>& revisions) {
    std::vector<Entry> gone;  // until after the lock
    const std::scoped_lock lock(mutex_);
    std::vector<Result<Entry>> present;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto found = known_.find(ids[i]);
        if (found == known_.end()) return {};
        auto& [latest, expected] = found->second;
        if (!latest || latest->revision != revisions[i]) {
            const auto came = std::ranges::find(expected, revisions[i], &KnownTerritory::revision);
            if (came == expected.end()) return {};
            gone.push_back(std::exchange(latest, *came));
            std::ranges::move(expected.begin(), came, std::back_inserter(gone));
            expected.erase(expected.begin(), std::next(came));
        }
        present.emplace_back(latest);
    }
    return present;
}

Result<Documents::Entry> Documents::parsed(redis::TerritoryDocument document) {
    auto territory = readTerritory(document.fields);
    if (!territory) return tl::unexpected(std::move(territory.error()));
    auto entry = entryOf(std::move(document.revision), std::move(*territory));
    const std::scoped_lock lock(mutex_);
    auto& latest = known_[entry->territory.id].present;
    if (!latest || latest->revision != entry->revision) latest.swap(entry);
    return latest;
}

}  // namespace placette::hub
