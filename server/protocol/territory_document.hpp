// The import document (schema import-document.json) and the stored territory document, read strictly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "placette/domain/facility.hpp"
#include "placette/domain/problem.hpp"

namespace placette {

struct ImportedCell {
    std::string facility, period, section;
    std::optional<Date> date{};           // or
    std::optional<int> day{};             // days from today
    int open = 0, reserved = 0;
    std::optional<Instant> confirmedAt{};
};
struct ImportDocument {
    Territory territory;                  // with offices and facilities
    std::vector<ImportedCell> cells;
};

Result<ImportDocument> readImportDocument(const nlohmann::json&);
Result<Facility> readFacility(const nlohmann::json&, const std::string& field);

// As stored under keys::document: written and read by this program alone.
std::string writeTerritory(const Territory&);
Result<Territory> readTerritory(std::string_view json);

}  // namespace placette
