// What a node knows of all its territories: an immutable snapshot, replaced whole when one changes.
#pragma once

#include <date/tz.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/facility.hpp"

namespace placette {

struct KnownTerritory {
    Territory territory;
    std::int64_t version = 0;               // of the stored document,
    std::string runId{};                    // in this Redis process
    const date::time_zone* zone = nullptr;  // never null once in a Directory
};

class Directory {
public:
    using Entry = std::shared_ptr<const KnownTerritory>;

    Directory() = default;
    explicit Directory(std::map<std::string, Entry, std::less<>> territories);

    const std::map<std::string, Entry, std::less<>>& territories() const { return territories_; }
    Entry territory(std::string_view id) const;                  // null: unknown
    Entry territoryOfFacility(std::string_view facility) const;  // null: unknown
    Entry territoryOfBooking(std::string_view booking) const;    // by the id's prefix
    const Facility* facility(std::string_view id) const;         // lives as long as this Directory
    const Office* office(std::string_view territory, std::string_view id) const;

private:
    struct KnownFacility {
        const Facility* facility = nullptr;
        Entry territory;  // that it is in
    };
    const KnownFacility* find(std::string_view facility) const;  // null: unknown

    std::map<std::string, Entry, std::less<>> territories_;
    std::vector<KnownFacility> facilities_;  // by id
};

}  // namespace placette
