// Random but likely lives of a territory: what managers, workers and time do to it. A seed reproduces one.
#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace placette::test {

struct Step {
    WriteHeader header;
    Command command;
    Instant now;
};

class RandomHistory {
public:
    explicit RandomHistory(std::uint64_t seed) : random_(seed) {}

    Step next(const Model&);  // chosen with an eye on the present state, so that much succeeds

private:
    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    std::pair<std::string, std::string>
    reference();  // of a case, and its key where that is written otherwise
    template <class Item>
    const Item& any(const std::vector<Item>& items) {
        return items[random_() % items.size()];
    }

    void passTime();
    Command choose(const Model&);
    WriteHeader freshHeader();

    Date anyDate();
    CellKey anyCell();
    std::vector<CellKey> anyCells(int most);
    std::vector<CellKey> cellsToClose();
    Instant laterStale();
    static int lawfulIn(const CellKey&);
    std::string bookingIn(const Model&, const std::vector<BookingState>& states);
    std::string begunIn(const Model&, const std::vector<BookingState>& states);

    SetCells setCells(const Model&);
    AdjustCells adjustCells();
    ConfirmCells confirmCells();
    ImportCells importCells();
    ApplyWeek applyWeek();
    CloseCells closeCells();
    ReopenCells reopenCells();
    PutTerritory putTerritory();
    Verify verify();
    Forget forget();
    HoldPlaces holdPlaces();
    ConfirmBooking confirmBooking(const Model&);
    ExtendHold extendHold(const Model&);
    CancelBooking cancelBooking(const Model&);
    RecordAttendance recordAttendance(const Model&);

    std::mt19937_64 random_;
    Instant now_ = *instantFrom("2026-11-24T05:00:00Z");
    std::deque<std::string> bookings_;  // the latest ids tried
    CellKey wanted_ = anyCell();        // the cell that most want just now
    std::string extended_;              // the hold that is being extended
    std::deque<Step> past_;             // for repeats
    int lastBooking_ = 0;
    int lastKey_ = 0;
    int lastRevision_ = 0;
    std::string documentRevision_;
};

}  // namespace placette::test
