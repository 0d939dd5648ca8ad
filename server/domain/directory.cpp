#include "placette/domain/directory.hpp"

#include <algorithm>

namespace placette {

Directory::Directory(std::map<std::string, Entry, std::less<>> territories)
    : territories_(std::move(territories)) {
    for (const auto& [id, known] : territories_)
        for (const auto& facility : known->territory.facilities) byFacility_.emplace(facility.id, known);
}

Directory::Entry Directory::territory(std::string_view id) const {
    const auto found = territories_.find(id);
    return found == territories_.end() ? nullptr : found->second;
}

Directory::Entry Directory::territoryOfFacility(std::string_view facility) const {
    const auto found = byFacility_.find(facility);
    return found == byFacility_.end() ? nullptr : found->second;
}

Directory::Entry Directory::territoryOfBooking(std::string_view booking) const {
    return territory(booking.substr(0, booking.find('.')));
}

const Facility* Directory::facility(std::string_view id) const {
    const auto known = territoryOfFacility(id);
    if (!known) return nullptr;
    const auto& all = known->territory.facilities;
    const auto found = std::ranges::find(all, id, &Facility::id);
    return found == all.end() ? nullptr : &*found;
}

const Office* Directory::office(std::string_view territory, std::string_view id) const {
    const auto known = this->territory(territory);
    if (!known) return nullptr;
    const auto& all = known->territory.offices;
    const auto found = std::ranges::find(all, id, &Office::id);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace placette
