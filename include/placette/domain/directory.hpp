// What a node knows of all its territories: an immutable snapshot, replaced whole when one changes.
#pragma once

#include <date/tz.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/territory.hpp"

namespace placette {

struct KnownTerritory {
    Territory territory;
    std::string revision{};                 // of the stored document: names this content, wherever it is
    const date::time_zone* zone = nullptr;  // never null once in a Directory
};

class Directory {
public:
    using Entry = std::shared_ptr<const KnownTerritory>;

    Directory() = default;
    explicit Directory(std::map<std::string, Entry, std::less<>> territories);

    // The same but for this territory. Cheap where it has the facilities that it had.
    Directory with(const Entry&) const;

    const std::map<std::string, Entry, std::less<>>& territories() const { return territories_; }
    Entry territory(std::string_view id) const;                  // null: unknown
    Entry territoryOfFacility(std::string_view facility) const;  // null: unknown
    Entry territoryOfBooking(std::string_view booking) const;    // by the id's prefix
    const Facility* facility(std::string_view id) const;         // lives as long as this Directory
    const Office* office(std::string_view territory, std::string_view id) const;

private:
    struct Place {  // of a facility
        std::string facility, territory;
        std::size_t position;  // in its territory
    };
    using Index = std::vector<Place>;  // by facility

    const Place* find(std::string_view facility) const;  // null: unknown

    std::map<std::string, Entry, std::less<>> territories_;
    std::shared_ptr<const Index> index_ = std::make_shared<Index>();
};

}  // namespace placette
