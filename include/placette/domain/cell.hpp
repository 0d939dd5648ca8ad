// A cell: the places of one section of a facility, for one period of one day.
// Rule of *protected nesting*: insertion care (vip) may take every open place, other care only what is not
// protected for insertion.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "placette/domain/time.hpp"

namespace placette {

enum class Care { vip, other };

constexpr int maxPlaces = 999;  // upper bound of `open` and `reserved`

struct CellKey {
    std::string facility;
    Date date{};
    std::string period;
    std::string section;
    auto operator<=>(const CellKey&) const = default;
};

struct Cell {
    int open = 0;
    int reserved = 0;
    int vip = 0;        // committed to insertion care, holds included
    int other = 0;      // committed to other care, holds included
    int heldVip = 0;    // of vip: not confirmed yet
    int heldOther = 0;  // of other: not confirmed yet
    bool closed = false;
    bool closedByHand = false;  // by its manager: a change of the facility's closures does not reopen it
    std::int64_t version = 0;   // 0: absent; +1 per change
    std::optional<Instant> confirmedAt{};  // nullopt: never stated
    std::optional<Instant> staleAt{};
    bool operator==(const Cell&) const = default;

    int held() const { return heldVip + heldOther; }
    int committed() const { return vip + other; }
    bool overcommitted() const { return committed() > open; }
    int free(Care) const;                     // arithmetic alone: neither `closed` nor time count
    void commit(Care, int count, bool held);  // count may be negative: gives back
    void settle(Care, int count);             // held → confirmed
};

struct CellState {  // a cell with its name
    CellKey key;
    Cell cell;
    bool operator==(const CellState&) const = default;
};

}  // namespace placette
