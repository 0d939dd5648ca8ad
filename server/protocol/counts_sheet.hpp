// Counts as a spreadsheet has them: structure;date;créneau;section;places;dont insertion, in any order of
// columns, with the names that people use. With `jour` (lundi, mardi …) in place of `date` it is a typical
// week, which stands for each such day of a span.
#pragma once

#include <optional>
#include <utility>

#include "protocol/territory_document.hpp"

namespace placette {

struct CountsSheet {
    std::vector<ImportedCell> cells;
    std::vector<std::size_t> lines;  // of the file, of each cell
};

// Problem::faults are all that is wrong with it, with their lines and what would be right. `span`: the days
// of a typical week; one needs it, counts of dates take none.
Result<CountsSheet> readCountsSheet(std::string_view bytes, const Territory&,
                                    std::optional<std::pair<Date, Date>> span);

}  // namespace placette
