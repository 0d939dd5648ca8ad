// Who changed what is open, of one day of a facility: the newest changes, kept as long as the day.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "placette/domain/time.hpp"

namespace placette {

enum class CountAct { set, adjusted, imported, week, published, closed, reopened };
std::string_view name(CountAct);
std::optional<CountAct> countActFrom(std::string_view);

constexpr std::size_t keptChanges = 100;  // of a day

struct CountChange {
    Instant at{};
    std::string by;  // the account; empty: Placette itself
    CountAct what = CountAct::set;
    std::string period, section;
    std::optional<int> from{};  // places open; absent: nobody had stated it
    int to = 0;
    std::string why{};  // of places taken away, and of a closing; may be empty
    bool operator==(const CountChange&) const = default;
};

}  // namespace placette
