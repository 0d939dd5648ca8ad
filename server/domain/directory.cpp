#include "placette/domain/directory.hpp"

#include <algorithm>

namespace placette {

Directory::Directory(std::map<std::string, Entry, std::less<>> territories)
    : territories_(std::move(territories)) {
    Index index;
    for (const auto& [id, known] : territories_) {
        const auto& all = known->territory.facilities;
        for (std::size_t position = 0; position < all.size(); ++position)
            index.push_back({all[position].id, id, position});
    }
    std::ranges::stable_sort(index, {}, &Place::facility);  // of two with the same id, the first territory's
    index_ = std::make_shared<const Index>(std::move(index));
}

Directory Directory::with(const Entry& entry) const {
    const auto before = territory(entry->territory.id);
    auto territories = territories_;
    territories.insert_or_assign(entry->territory.id, entry);
    if (!before || !before->territory.facilities.sameIds(entry->territory.facilities))
        return Directory(std::move(territories));
    Directory next;
    next.territories_ = std::move(territories);
    next.index_ = index_;
    return next;
}

const Directory::Place* Directory::find(std::string_view facility) const {
    const auto found = std::ranges::lower_bound(*index_, facility, {}, &Place::facility);
    return found == index_->end() || found->facility != facility ? nullptr : &*found;
}

Directory::Entry Directory::territory(std::string_view id) const {
    const auto found = territories_.find(id);
    return found == territories_.end() ? nullptr : found->second;
}

Directory::Entry Directory::territoryOfFacility(std::string_view facility) const {
    const auto* place = find(facility);
    return place ? territory(place->territory) : nullptr;
}

Directory::Entry Directory::territoryOfBooking(std::string_view booking) const {
    return territory(booking.substr(0, booking.find('.')));
}

const Facility* Directory::facility(std::string_view id) const {
    const auto* place = find(id);
    if (!place) return nullptr;
    return &territories_.find(place->territory)->second->territory.facilities[place->position];
}

const Office* Directory::office(std::string_view territory, std::string_view id) const {
    const auto known = this->territory(territory);
    if (!known) return nullptr;
    const auto& all = known->territory.offices;
    const auto found = std::ranges::find(all, id, &Office::id);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace placette
