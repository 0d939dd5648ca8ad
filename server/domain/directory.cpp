#include "placette/domain/directory.hpp"

#include <algorithm>

namespace placette {

namespace {

constexpr auto idOf = [](const auto& known) -> std::string_view { return known.facility->id; };

}  // namespace

Directory::Directory(std::map<std::string, Entry, std::less<>> territories)
    : territories_(std::move(territories)) {
    for (const auto& [id, known] : territories_)
        for (const auto& facility : known->territory.facilities) facilities_.push_back({&facility, known});
    std::ranges::stable_sort(facilities_, {}, idOf);  // of two with the same id, the first territory's
}

const Directory::KnownFacility* Directory::find(std::string_view facility) const {
    const auto found = std::ranges::lower_bound(facilities_, facility, {}, idOf);
    return found == facilities_.end() || idOf(*found) != facility ? nullptr : &*found;
}

Directory::Entry Directory::territory(std::string_view id) const {
    const auto found = territories_.find(id);
    return found == territories_.end() ? nullptr : found->second;
}

Directory::Entry Directory::territoryOfFacility(std::string_view facility) const {
    const auto* known = find(facility);
    return known ? known->territory : nullptr;
}

Directory::Entry Directory::territoryOfBooking(std::string_view booking) const {
    return territory(booking.substr(0, booking.find('.')));
}

const Facility* Directory::facility(std::string_view id) const {
    const auto* known = find(id);
    return known ? known->facility : nullptr;
}

const Office* Directory::office(std::string_view territory, std::string_view id) const {
    const auto known = this->territory(territory);
    if (!known) return nullptr;
    const auto& all = known->territory.offices;
    const auto found = std::ranges::find(all, id, &Office::id);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace placette
