#include "hub/publication.hpp"

#include <spdlog/spdlog.h>

#include "hub/loading.hpp"
#include "placette/domain/week.hpp"

namespace placette::hub {

redis::Awaitable<bool> Publication::publish(std::vector<std::string> territories, Instant at) {
    if (territories.empty()) co_return true;
    const auto known = co_await storedTerritories(store_, documents_, std::move(territories));
    if (!known) co_return false;
    for (const auto& territory : *known) {
        if (!territory) continue;
        const Published now{territory->revision, localDate(at, *territory->zone)};
        auto& done = done_[territory->territory.id];
        if (done == now) continue;
        const bool published = co_await publish(territory, now.day);
        if (!published) co_return false;
        done = now;
    }
    co_return true;
}

redis::Awaitable<bool> Publication::publish(Directory::Entry territory, Date today) {
    for (const auto& facility : territory->territory.facilities) {
        auto command = publication(facility, today);
        if (!command) continue;
        const WriteHeader nobody;
        const placette::Command one = std::move(*command);
        const auto outcome = co_await store_.execute(territory->territory.id, nobody, one);
        if (!outcome) co_return false;
        if (!outcome->cells.empty())
            spdlog::info("published {} counts of {}", outcome->cells.size(), facility.id);
    }
    co_return true;
}

}  // namespace placette::hub
