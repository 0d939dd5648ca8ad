#include <algorithm>

#include "model/model.hpp"
#include "model/outcome_of_places.hpp"

namespace placette {

// As the facility would cancel it; what was only held is given back whole.
void Model::displace(Booking& booking, const std::vector<Place*>& places, CancelReason reason) {
    touch(booking);
    if (booking.state == BookingState::held) {
        holds_.erase({*booking.expiresAt, booking.id});
        settle(booking);
        commit(booking, booking.places, -1, false);
        booking.state = BookingState::released;
        lapsed_[booking.id] = now_;
        booking.expiresAt.reset();
        return;
    }
    for (Place* place : places) {
        place->outcome = PlaceOutcome::cancelled;
        place->cancelReason = reason;
        commit(booking, {*place}, -1, false);
    }
    booking.state = stateFromPlaces(booking, BookingState::cancelled_by_facility);
}

Result<Model::Effect> Model::run(const CloseCells& command) {
    endDue({command.facility});
    Effect effect{.cells = command.cells};
    std::map<std::string, std::vector<Place*>> hit;
    for (const CellKey& cell : command.cells) {
        for (auto& [id, booking] : bookings_) {
            if (booking.state != BookingState::held && booking.state != BookingState::confirmed) continue;
            for (Place& place : booking.places) {
                const bool there = CellKey{booking.facility, place.date, place.period, place.section} == cell;
                if (!there || place.outcome != PlaceOutcome::none || now_ >= place.endsAt) continue;
                hit[id].push_back(&place);
            }
        }
    }
    // In the order of their first day there.
    for (const auto& [id, places] : hit) effect.bookings.push_back(id);
    std::ranges::stable_sort(effect.bookings, {}, [&](const std::string& id) {
        return std::ranges::min_element(hit[id], {}, &Place::date).operator*()->date;
    });
    if (command.dry) return effect;
    for (const auto& [id, places] : hit) displace(bookings_.at(id), places, command.reason);
    for (const CellKey& key : command.cells) {
        const Cell before = cellAt(key);
        if (before.closedByHand) continue;
        Cell& cell = touch(key);
        cell.closed = cell.closedByHand = true;
        const auto from = before.version > 0 ? std::make_optional(before.open) : std::nullopt;
        tell(key, CountAct::closed, from, before.open, std::string(name(command.reason)));
    }
    return effect;
}

Result<Model::Effect> Model::run(const ReopenCells& command) {
    endDue({command.facility});
    Effect effect;
    for (const CellKey& key : command.cells) {
        if (cellAt(key).version == 0) continue;
        effect.cells.push_back(key);
        if (!cellAt(key).closedByHand) continue;
        Cell& cell = touch(key);
        cell.closedByHand = false;
        cell.closed = closedByDocument(key.facility, key.date);
        tell(key, CountAct::reopened, cell.open, cell.open);
    }
    return effect;
}

}  // namespace placette
