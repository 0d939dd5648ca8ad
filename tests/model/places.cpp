#include <algorithm>

#include "model/model.hpp"

namespace placette {
namespace {

CellKey cellOf(const Booking& booking, const Place& place) {
    return {booking.facility, place.date, place.period, place.section};
}

// The problem that names the distinct cells of the places that pass; nothing if none does.
template <class Passes>
std::optional<Problem> problemWhere(ProblemType type, const Booking& booking, Passes passes) {
    Problem problem{type};
    for (const Place& place : booking.places) {
        const CellKey key = cellOf(booking, place);
        const bool named = std::ranges::find(problem.cells, key) != problem.cells.end();
        if (!named && passes(place, key)) problem.cells.push_back(key);
    }
    if (problem.cells.empty()) return std::nullopt;
    return problem;
}

bool hasPlaceIn(const Booking& booking, const Place& wanted) {
    return std::ranges::any_of(booking.places, [&](const Place& place) {
        return place.date == wanted.date && place.period == wanted.period &&
               place.outcome != PlaceOutcome::cancelled;
    });
}

// Why so many more places of this care do not fit; nullopt if they do.
std::optional<ProblemType> shortage(const Cell& cell, Care care, int count) {
    if (count <= cell.free(care)) return std::nullopt;
    if (care == Care::other && count <= cell.free(Care::vip)) return ProblemType::kept_for_vip;
    Cell lapsed = cell;
    lapsed.vip -= cell.heldVip;
    lapsed.other -= cell.heldOther;
    return count <= lapsed.free(care) ? ProblemType::reserved_by_hold : ProblemType::no_place;
}

}  // namespace

Model::Refusal Model::past(const Booking& booking) const {
    return problemWhere(ProblemType::past, booking,
                        [&](const Place& place, const CellKey&) { return now_ >= place.bookableUntil; });
}

Model::Refusal Model::closed(const Booking& booking) const {
    return problemWhere(ProblemType::closed, booking,
                        [&](const Place&, const CellKey& key) { return cellAt(key).closed; });
}

Model::Refusal Model::duplicate(const Booking& booking) const {
    if (booking.caseRef.empty()) return std::nullopt;
    std::vector<const Booking*> sameCase;
    for (const auto& [id, other] : bookings_) {
        if (caseOf(other) == caseOf(booking) && other.office == booking.office &&
            other.facility == booking.facility && other.live() && id != booking.id) {
            sameCase.push_back(&other);
        }
    }
    return problemWhere(ProblemType::duplicate_booking, booking, [&](const Place& place, const CellKey&) {
        return std::ranges::any_of(sameCase, [&](const Booking* other) { return hasPlaceIn(*other, place); });
    });
}

Model::Refusal Model::noRoom(const Booking& booking) const {
    std::map<CellKey, int> wanted;
    for (const Place& place : booking.places) ++wanted[cellOf(booking, place)];
    for (const auto type :
         {ProblemType::no_place, ProblemType::kept_for_vip, ProblemType::reserved_by_hold}) {
        auto problem = problemWhere(type, booking, [&](const Place&, const CellKey& key) {
            return shortage(cellAt(key), booking.care, wanted[key]) == type;
        });
        if (!problem) continue;
        if (type == ProblemType::reserved_by_hold) problem->retryAfter = soonestEnd(problem->cells);
        return problem;
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> Model::soonestEnd(const std::vector<CellKey>& cells) const {
    std::optional<std::chrono::milliseconds> soonest;
    for (const auto& entry : bookings_) {
        const Booking& booking = entry.second;
        if (booking.state != BookingState::held || !booking.expiresAt) continue;
        const bool concerned = std::ranges::any_of(booking.places, [&](const Place& place) {
            return std::ranges::find(cells, cellOf(booking, place)) != cells.end();
        });
        const auto left = *booking.expiresAt - now_;
        if (concerned && (!soonest || left < *soonest)) soonest = left;
    }
    return soonest;
}

void Model::commit(const Booking& booking, const std::vector<Place>& places, int by, bool held) {
    for (const Place& place : places) touch(cellOf(booking, place)).commit(booking.care, by, held);
}

void Model::settle(const Booking& booking) {
    for (const Place& place : booking.places) touch(cellOf(booking, place)).settle(booking.care, 1);
}

void Model::giveBack(const Booking& booking) {
    for (const Place& place : booking.places)
        if (place.outcome != PlaceOutcome::cancelled) commit(booking, {place}, -1, false);
}

// Distinct, in the order of its places.
std::vector<CellKey> Model::cellsOf(const Booking& booking) const {
    std::vector<CellKey> cells;
    for (const Place& place : booking.places) {
        CellKey key = cellOf(booking, place);
        if (std::ranges::find(cells, key) == cells.end()) cells.push_back(std::move(key));
    }
    return cells;
}

}  // namespace placette
