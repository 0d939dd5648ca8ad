// Every write, as values. The model of the tests (tests/model) and the Redis functions
// (server/redis/functions) give the same answers to the same commands; a property test holds them to it.
//
// Each command first ends the holds that are due in the facilities that it touches, and at most
// `maxOthersDue` others; then does its own work; all of it makes one log entry and raises each touched cell's
// and booking's version by exactly 1. A refused command changes nothing, except that what was due has ended.
// A repeat of a known key changes nothing at all. `function` is its name in the store's library.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "placette/domain/booking.hpp"
#include "placette/domain/cell.hpp"
#include "placette/domain/facility.hpp"
#include "placette/domain/problem.hpp"

namespace placette {

constexpr int maxOthersDue = 100;
constexpr std::chrono::minutes maxHold{30};  // booking.extend, from createdAt
constexpr std::chrono::minutes extension{5};
constexpr std::chrono::hours keyLifetime{24};
constexpr date::days attendanceFor{30};  // after the place's end it is recorded and corrected

// Who asks, and the idempotency key: one effect per (account, key) within keyLifetime.
// The fingerprint is of the parameters without the key; another one under a known key is
// `idempotency_mismatch`. An empty key: no record is kept (imports and sweeps of the server itself).
struct WriteHeader {
    std::string account;  // told in the log
    std::string key;
    std::string fingerprint;
    std::string id{};  // a ULID: what the records are named after that the command makes
};

enum class AdjustWhy { unsaid, taken, withdrawn };

struct SetCells {  // absolute; all or none
    static constexpr auto function = "set_cells";
    struct Item {
        CellKey cell;
        int open = 0;
        std::optional<int> reserved{};                  // absent: unchanged
        std::optional<std::int64_t> expectedVersion{};  // 0: must be absent; else `version_conflict`
        Instant staleAt{};                              // if confirmed now
        std::optional<int> atMost{};                    // as of AdjustCells
    };
    std::vector<Item> items;  // distinct cells
    bool force = false;       // lower `open` below what is committed, or raise it above `atMost`
};

struct AdjustCells {  // relative: the +1 button; all or none
    static constexpr auto function = "adjust_cells";
    struct Item {
        CellKey cell;
        int by = 0;
        AdjustWhy why = AdjustWhy::unsaid;
        Instant staleAt{};
        std::optional<int> atMost{};  // open in all sections of its slot, by law: `over_capacity`
    };
    std::vector<Item> items;  // distinct cells
    bool force = false;
};

struct ConfirmCells {  // « Tout est à jour »: every existing cell of the days
    static constexpr auto function = "confirm_cells";
    struct Day {
        Date date{};
        Instant staleAt{};
    };
    std::string facility;
    std::vector<Day> days;
};

struct ImportCells {  // the server's own: demo and territory.import, no key
    static constexpr auto function = "import_cells";
    struct Item {
        CellKey cell;
        int open = 0;
        int reserved = 0;
        std::optional<Instant> confirmedAt{};  // absent: now
        Instant staleAt{};
    };
    std::vector<Item> items;
    bool onlyAbsent = false;  // never touch a cell that exists
    // What cannot be is left out, and told: a count below what is taken, a new cell on a closed day.
};

// A typical week put on some days. No count falls below what is taken, or stays where it is below it already;
// what could not be as the week says is told: closed, below_committed, or over_capacity, where no count is
// raised.
struct ApplyWeek {
    static constexpr auto function = "apply_week";
    struct Item {
        CellKey cell;
        int open = 0;
        std::optional<int> reserved{};  // absent: unchanged
        Instant staleAt{};              // if confirmed now
        std::optional<int> atMost{};    // as of AdjustCells
    };
    std::string facility;
    std::vector<Item> items;  // distinct cells
    bool onlyAbsent = false;  // never touch a cell that exists
    bool dry = false;         // answers as if, and changes nothing at all

    // By itself: what it comes of, and the day. Done once for each, whoever asks; nobody has confirmed these
    // counts.
    std::optional<std::string> published{};
};

// The manager closes these cells, and those that are absent are made closed: nothing opens them meanwhile.
// The places that living bookings have there are cancelled by the facility; what is only held is given back
// whole.
struct CloseCells {
    static constexpr auto function = "close_cells";
    std::string facility;
    std::vector<CellKey> cells;  // distinct, of the facility, by day
    CancelReason reason = CancelReason::closure;
    bool dry = false;  // only tell which bookings it would hit
};

// Takes that back: each cell has what it had open, and is closed only where the facility's closures say so.
struct ReopenCells {
    static constexpr auto function = "reopen_cells";
    std::string facility;
    std::vector<CellKey> cells;  // the same
};

struct PutTerritory {  // facility.upsert and territory.import: what changes of the document
    static constexpr auto function = "put_territory";
    struct Closing {
        CellKey cell;
        bool closed = false;
    };
    std::map<std::string, std::string> fields{};  // of the document as it is stored; opaque here
    std::string expectedRevision{};  // of the document; empty: there is none yet; else `version_conflict`
    std::string revision{};          // from now on; no other document ever has it
    std::vector<Closing> closings;   // absent cells and cells already so are left alone

    // Of a facility that is not open as it was: living bookings that do not fit any more are told as
    // `below_committed`, or with `force` cancelled by the facility, and cells that are not open any more are
    // closed.
    struct Rule {
        std::string facility;
        std::vector<Period> periods;
        std::vector<std::string> sections;
        std::vector<Closure> closures;
    };
    Date today{};  // of the territory
    std::vector<Rule> rules{};
    std::vector<std::string> removed{};  // facilities; bookings to come are told, whatever `force` says
    std::vector<std::string> removedOffices{};  // likewise
    bool force = false;
    bool dry = false;  // only tell
};

struct HoldPlaces {
    static constexpr auto function = "hold";
    Booking booking;  // facility, office, places, children …; id, state, dates and version are set here
    std::chrono::milliseconds ttl{std::chrono::minutes{5}};
    bool confirm = false;           // booking.create
    bool force = false;             // allow a duplicate of the same case and slot
    std::optional<int> mostHeld{};  // places that the office may hold at once; `too_many`
};

struct ConfirmBooking {  // completes what the hold left open, then confirms
    static constexpr auto function = "confirm";
    std::string booking;
    std::optional<Purpose> purpose{};
    std::optional<std::string> caseRef{}, commune{}, sealedContact{};
    bool force = false;     // allow a duplicate of the same case and slot
    std::string caseKey{};  // of caseRef, as in Booking
};
struct ExtendHold {
    static constexpr auto function = "extend";
    std::string booking;
};
struct ReleaseHold {
    static constexpr auto function = "release";
    std::string booking;
};
struct AcknowledgeBooking {
    static constexpr auto function = "acknowledge";
    std::string booking;
};
struct CancelBooking {
    static constexpr auto function = "cancel";
    std::string booking;
    CancelledBy by = CancelledBy::office;
    CancelReason reason = CancelReason::mistake;
    std::vector<int> places;  // empty: all that have no outcome yet and are not over
};
struct RecordAttendance {
    static constexpr auto function = "attendance";
    std::string booking;
    int place = 0;
    PlaceOutcome outcome = PlaceOutcome::none;  // attended, no_show, or none: take it back
};
struct Sweep {
    static constexpr auto function = "sweep";
};  // ends what is due, ≤ maxOthersDue a call

// Compares some bookings with the lists that they are in, and the cells of some days with their bookings, and
// mends what differs. Where a booking is lost or cannot be read no count is lowered, unless its places are
// given up: then it leaves the lists of its days.
struct Verify {
    static constexpr auto function = "verify";
    struct Day {
        std::string facility;
        Date date{};
    };
    std::vector<std::string> bookings;
    std::vector<Day> days;
    bool giveUp = false;
};

// Erases what is no longer needed, and what may no longer be kept.
struct Forget {
    static constexpr auto function = "forget";
    Date days{};       // the counts of all days before it, and the bookings whose last day was before it
    Date contacts{};   // of bookings whose last day was before it
    Instant lapsed{};  // bookings that were never confirmed and ended before it
    int limit = 100;   // records, more or less: call again while `moreDue`
};

// Read-only: answers the recorded effect of (account, key), or nullopt-like Outcome with `replayed == false`.
// For requests that the server itself refuses: a repeat of a success must still answer that success.
struct FindReplay {
    static constexpr auto function = "find_replay";
};

using Command =
    std::variant<SetCells, AdjustCells, ConfirmCells, ImportCells, ApplyWeek, CloseCells, ReopenCells,
                 PutTerritory, HoldPlaces, ConfirmBooking, ExtendHold, ReleaseHold, AcknowledgeBooking,
                 CancelBooking, RecordAttendance, Sweep, Verify, Forget, FindReplay>;

struct Skipped {
    CellKey cell;
    ProblemType why{};
    bool operator==(const Skipped&) const = default;
};

struct Outcome {
    bool replayed = false;               // the key was known: ids as recorded, in their present state
    std::int64_t offset = 0;             // head of the territory's log after the call
    std::vector<CellState> cells;        // availability commands: the cells named, in their order
    std::vector<Booking> bookings;       // those that the call made or changed (dry: would change)
    int count = 0;                       // ConfirmCells, ImportCells: cells changed; Sweep: holds ended;
                                         // Verify: what was mended; Forget: what was erased
    std::optional<Instant> confirmedAt;  // ConfirmCells
    bool moreDue = false;                // Sweep, Forget: call again
    std::vector<Skipped> skipped;        // ImportCells, ApplyWeek
};

}  // namespace placette
