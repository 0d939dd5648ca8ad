#include "hub/documents.hpp"

#include <algorithm>

#include "protocol/territory_document.hpp"

namespace placette::hub {

namespace {

constexpr std::size_t maxKept = 8;  // of one territory: the present one, and what is about to be put

}  // namespace

Awaitable<Result<std::vector<Result<Documents::Entry>>>> Documents::read(redis::Store& store,
                                                                         std::vector<std::string> ids) {
    const auto revisions = co_await store.revisions(ids);
    if (!revisions) co_return tl::unexpected(revisions.error());
    auto entries = kept(ids, *revisions);
    if (!entries.empty()) co_return entries;
    auto stored = co_await store.territories(ids);
    if (!stored) co_return tl::unexpected(stored.error());
    for (auto& document : *stored) entries.push_back(document ? parsed(std::move(*document)) : Entry());
    co_return entries;
}

Documents::Entry Documents::keep(std::string revision, Territory territory) {
    auto known = std::make_shared<KnownTerritory>();
    known->zone = date::locate_zone(territory.timezone);
    known->revision = std::move(revision);
    known->territory = std::move(territory);
    const std::scoped_lock lock(mutex_);
    auto& entries = latest_[known->territory.id];
    if (entries.size() == maxKept) entries.erase(entries.begin());
    entries.emplace_back(known);
    return known;
}

// All of them, or none. What is older than the present one is history.
std::vector<Result<Documents::Entry>> Documents::kept(const std::vector<std::string>& ids,
                                                      const std::vector<std::string>& revisions) {
    const std::scoped_lock lock(mutex_);
    std::vector<Result<Entry>> present;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto known = latest_.find(ids[i]);
        if (known == latest_.end()) return {};
        auto& entries = known->second;
        const auto found = std::ranges::find(entries, revisions[i], &KnownTerritory::revision);
        if (found == entries.end()) return {};
        present.emplace_back(*found);
        entries.erase(entries.begin(), found);
    }
    return present;
}

Result<Documents::Entry> Documents::parsed(redis::TerritoryDocument document) {
    auto territory = readTerritory(document.fields);
    if (!territory) return tl::unexpected(std::move(territory.error()));
    return keep(std::move(document.revision), std::move(*territory));
}

}  // namespace placette::hub
