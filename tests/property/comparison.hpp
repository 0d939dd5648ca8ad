// One history through the pure model and through the functions on a real Redis: the same answers, log
// entries and states, or the first difference told. Invariants are checked on what the log says, without the
// model's help.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "random_history.hpp"
#include "redis/booking_page.hpp"
#include "redis/codec.hpp"
#include "redis/function_library.hpp"
#include "support/redis_server.hpp"

namespace placette::test {

using Transition = std::pair<std::optional<BookingState>, BookingState>;

struct Tally {  // what a history went through
    std::map<ProblemType, int> problems;
    std::map<Transition, int> transitions;
    int steps = 0;
    int replays = 0;
};

class Comparison {
public:
    // Empties the Redis and loads the library.
    Comparison(RedisConnection&, const redis::FunctionLibrary&, Tally&);

    void step(const Step&);
    void settle();         // compares all that is in flight: answers, then log entries
    void compareStates();  // every cell, booking and index of the store

    const Model& model() const { return model_; }
    const std::optional<std::string>& difference() const { return difference_; }

    redis::BookingPage page(const redis::BookingFilter&);

    // The functions take several calls to what the model does in one; answers how many. Then compare the
    // states.
    int forget(Forget, Instant now, int limit);

private:
    struct Expected {
        Step step;
        Result<Outcome> outcome;
        std::optional<redis::LogEntry> entry;
    };

    redis::Reply call(std::vector<std::string> command);
    std::vector<std::string> callOf(const redis::FunctionCall&) const;
    void differ(const Step&, const std::string& what);
    void compareAnswer(const Expected&, const redis::Reply&);
    void compareLog();
    void checkEntry(const Step&, const redis::LogEntry&);
    void checkCell(const Step&, const CellState&);
    void count(const Expected&);
    void compareCells();
    void compareBookings();
    void compareHolds();
    void compareCases();
    void compareLists();
    void compareHistories();
    std::set<std::string> members(const std::string& key, const char* all);

    RedisConnection& redis_;
    std::string prefix_;  // of the functions' names
    Tally& tally_;
    Model model_;
    std::vector<Expected> inFlight_;
    std::int64_t read_ = 0;  // offset up to which the log was compared
    std::map<CellKey, Cell> loggedCells_;
    std::map<std::string, Booking> loggedBookings_;
    std::optional<std::string> difference_;
};

// The counts of all cells as the bookings make them.
std::map<CellKey, std::array<int, 4>> committedBy(const std::map<std::string, Booking>&);

}  // namespace placette::test
