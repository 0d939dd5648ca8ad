#include "placette/domain/facilities.hpp"

#include <algorithm>

namespace placette {

std::vector<Facilities::Shared>::const_iterator Facilities::at(std::string_view id) const {
    return std::ranges::find_if(all_, [&](const Shared& one) { return one->id == id; });
}

const Facility* Facilities::find(std::string_view id, std::size_t likely) const {
    if (likely < all_.size() && all_[likely]->id == id) return all_[likely].get();
    const auto found = at(id);
    return found == all_.end() ? nullptr : found->get();
}

void Facilities::put(Facility facility) {
    const auto found = at(facility.id);
    if (found == all_.end()) return add(std::move(facility));
    all_[static_cast<std::size_t>(found - all_.begin())] =
        std::make_shared<const Facility>(std::move(facility));
}

void Facilities::add(Facility facility) {
    all_.push_back(std::make_shared<const Facility>(std::move(facility)));
}

void Facilities::remove(std::string_view id) {
    std::erase_if(all_, [&](const Shared& one) { return one->id == id; });
}

bool Facilities::operator==(const Facilities& other) const {
    return std::ranges::equal(all_, other.all_, [](const Shared& one, const Shared& another) {
        return one == another || *one == *another;
    });
}

bool Facilities::sameIds(const Facilities& other) const {
    return std::ranges::equal(all_, other.all_, [](const Shared& one, const Shared& another) {
        return one == another || one->id == another->id;
    });
}

}  // namespace placette
