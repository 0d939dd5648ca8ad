// The rules of a place, of one territory, as a pure model in memory: the specification of the Redis
// functions. Single-threaded; owns its cells and bookings; time is given by the caller and never goes back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/history.hpp"

namespace placette {

inline const std::string& caseOf(const Booking& booking) {
    return booking.caseKey.empty() ? booking.caseRef : booking.caseKey;
}

inline Date lastDay(const Booking& booking) {
    return std::ranges::max_element(booking.places, {}, &Place::date)->date;
}

class Model {
public:
    Result<Outcome> apply(const WriteHeader&, const Command&, Instant now);

    const std::map<CellKey, Cell>& cells() const { return cells_; }
    const std::map<std::string, Booking>& bookings() const { return bookings_; }
    std::int64_t offset() const { return offset_; }

    using Day = std::pair<std::string, Date>;  // of a facility
    const std::map<Day, std::vector<CountChange>>& histories() const {
        return histories_;
    }  // the oldest first

    // What the last apply() changed: one log entry, or none if empty.
    struct Change {
        std::set<CellKey> cells;
        std::set<std::string> bookings;
        bool facilities = false;
        std::set<std::string> erased{};  // bookings
        bool empty() const { return cells.empty() && bookings.empty() && !facilities && erased.empty(); }
    };
    const Change& lastChange() const { return change_; }

private:
    // What a command did, ids only: this is kept under its key, and answered in its present state.
    struct Effect {
        std::vector<std::string> bookings{};
        std::vector<CellKey> cells{};
        int count = 0;
        std::optional<Instant> confirmedAt{};
        bool moreDue = false;
        std::vector<Skipped> skipped{};
    };
    struct KeyRecord {
        std::string fingerprint;
        Instant ends;
        Effect effect;
    };
    using Refusal = std::optional<Problem>;

    // model.cpp: the frame of every command
    Result<const Effect*> recorded(const WriteHeader&) const;
    Result<Outcome> outcomeOf(const Effect&, bool replayed) const;
    std::string newId();
    Result<Effect> run(const FindReplay&) { return Effect{}; }
    Cell cellAt(const CellKey&) const;
    Cell& touch(const CellKey&);
    void touch(Booking&);

    // due.cpp
    struct Ended {
        int count = 0;
        bool left = false;
    };
    Ended endDue(const std::set<std::string>& facilities);
    Result<Effect> run(const Sweep&);

    // availability.cpp
    template <class Item>
    void endDueAround(const std::vector<Item>&);
    template <class Item, class NewOpen>
    Refusal notAdjustable(const std::vector<Item>&, bool force, NewOpen) const;
    static bool sameSlot(const CellKey&, const CellKey&);
    int openIn(const CellKey&) const;
    void tell(const CellKey&, CountAct, std::optional<int> from, int to, std::string why = {});
    Cell& countCell(const CellKey&, int open, int reserved, CountAct, AdjustWhy = AdjustWhy::unsaid);
    void confirmCell(const CellKey&, Instant confirmedAt, Instant staleAt);
    void followDocument(const CellKey&, bool closed);
    Result<Effect> run(const SetCells&);
    Result<Effect> run(const AdjustCells&);
    Result<Effect> run(const ConfirmCells&);
    Result<Effect> run(const ImportCells&);
    Refusal awaited(const PutTerritory&) const;
    Result<Effect> run(const PutTerritory&);
    bool closedByDocument(const std::string& facility, Date) const;
    bool closed(const CellKey&) const;

    // week.cpp
    Result<Effect> run(const ApplyWeek&);

    // closing.cpp
    void displace(Booking&, const std::vector<Place*>&, CancelReason);
    Result<Effect> run(const CloseCells&);
    Result<Effect> run(const ReopenCells&);

    // places.cpp: may these places be taken; taking and giving back
    Refusal past(const Booking&) const;
    Refusal closed(const Booking&) const;
    Refusal duplicate(const Booking&) const;
    Refusal noRoom(const Booking&) const;
    // When the first hold on one of these cells ends by itself, from now.
    std::optional<std::chrono::milliseconds> soonestEnd(const std::vector<CellKey>&) const;
    void commit(const Booking&, const std::vector<Place>&, int by, bool held);
    void settle(const Booking&);

    // holding.cpp
    Result<Booking*> opened(const std::string& booking);
    Result<Booking*> openedHold(const std::string& booking);
    Refusal takenAnew(const Booking&, bool force) const;
    Result<Effect> run(const HoldPlaces&);
    Result<Effect> run(const ConfirmBooking&);
    Result<Effect> run(const ExtendHold&);
    Result<Effect> run(const ReleaseHold&);

    // ending.cpp
    Result<Effect> run(const AcknowledgeBooking&);
    Result<Effect> run(const CancelBooking&);
    Result<Effect> run(const RecordAttendance&);

    // upkeep.cpp
    Result<Effect> run(const Verify&) { return Effect{}; }  // there is nothing to mend here
    Result<Effect> run(const Forget&);

    std::map<CellKey, Cell> cells_;
    std::map<std::string, Booking> bookings_;
    std::set<std::pair<Instant, std::string>> holds_;                   // bookings by the end of their hold
    std::map<std::pair<std::string, std::string>, KeyRecord> records_;  // by account and key
    std::map<std::string, Instant> lapsed_;  // bookings never confirmed, by when they ended
    std::map<Day, std::vector<CountChange>> histories_;
    std::map<std::string, std::string> published_;  // by facility: what its week was last published from
    std::string documentRevision_;
    std::map<std::string, std::vector<std::pair<Date, Date>>> closures_;  // by facility, both days included
    std::int64_t offset_ = 0;
    Instant now_{};
    WriteHeader header_;
    int made_ = 0;  // records of this call
    Change change_;
};

}  // namespace placette
