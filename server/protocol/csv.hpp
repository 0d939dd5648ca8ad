// Lines of a spreadsheet as it is saved in France: fields between semicolons (RFC 4180 else: quoted where a
// semicolon, a quote or the end of a line is in them), in UTF-8, with or without its mark, or in
// Windows-1252.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "placette/domain/problem.hpp"

namespace placette {

struct CsvRow {
    std::size_t line = 1;  // where it begins
    std::vector<std::string> fields;
};

// In UTF-8; empty lines are left out. The fault's field is "line 3".
tl::expected<std::vector<CsvRow>, Fault> readCsv(std::string_view bytes);

}  // namespace placette
