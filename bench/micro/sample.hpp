// What the hot path is measured on: a territory of one form and of any size, what happens to it, and what its
// clients ask. The same each time: nothing here knows a clock, and chance has a fixed seed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hub/filter.hpp"
#include "placette/domain/booking.hpp"
#include "placette/domain/directory.hpp"
#include "redis/log_reader.hpp"

namespace placette::sample {

struct Size {
    int facilities;
    int days;
};
constexpr Size town{5, 14};           // 420 cells
constexpr Size departement{200, 31};  // 37,200 cells

extern const std::string territory;
extern const Instant now;  // on the day before the first one
extern const Date firstDay;

std::shared_ptr<const Directory> directory(Size);
hub::BoardFilter filter(Size);       // all of it
std::vector<CellState> cells(Size);  // by facility, date, period, section
Booking booking(int n);              // three half-days of one child in the town; another for each n

// The territory's log, as Redis has it.
class Log {
public:
    explicit Log(Size);

    redis::RawEntry adjusted();  // the next entry: one cell, another one than the last
    redis::RawEntry booked();    // three cells and their booking

private:
    std::string change(CellState&);
    std::string nextId();

    std::vector<CellState> cells_;
    std::int64_t head_ = 0;
};

struct Question {
    const char* name;
    std::string text;
};
std::vector<Question> questions();  // what clients send most, one JSON-RPC request each

}  // namespace placette::sample
