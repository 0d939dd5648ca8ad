#include "hub/documents.hpp"

#include "protocol/territory_document.hpp"

namespace placette::hub {

Awaitable<Result<std::vector<Result<Documents::Entry>>>> Documents::read(redis::Store& store,
                                                                         std::vector<std::string> ids) {
    const auto versions = co_await store.versions(ids);
    if (!versions) co_return tl::unexpected(versions.error());
    auto entries = kept(ids, *versions);
    if (!entries.empty()) co_return entries;
    const auto stored = co_await store.territories(ids);
    if (!stored) co_return tl::unexpected(stored.error());
    for (const auto& document : stored->documents)
        entries.push_back(document ? parsed(*document, stored->runId) : Entry());
    co_return entries;
}

void Documents::keep(Entry entry) {
    const std::scoped_lock lock(mutex_);
    const auto& id = entry->territory.id;
    latest_.insert_or_assign(id, std::move(entry));
}

// All of them, or none.
std::vector<Result<Documents::Entry>> Documents::kept(const std::vector<std::string>& ids,
                                                      const redis::TerritoryVersions& present) {
    const std::scoped_lock lock(mutex_);
    std::vector<Result<Entry>> entries;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto found = latest_.find(ids[i]);
        if (found == latest_.end() || found->second->runId != present.runId ||
            found->second->version != present.versions[i])
            return {};
        entries.emplace_back(found->second);
    }
    return entries;
}

Result<Documents::Entry> Documents::parsed(const redis::TerritoryDocument& document,
                                           const std::string& runId) {
    auto territory = readTerritory(document.fields);
    if (!territory) return tl::unexpected(std::move(territory.error()));
    auto known = std::make_shared<KnownTerritory>();
    known->version = document.version;
    known->runId = runId;
    known->zone = date::locate_zone(territory->timezone);
    known->territory = std::move(*territory);
    keep(known);
    return known;
}

}  // namespace placette::hub
