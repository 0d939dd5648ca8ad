// The import document (schema import-document.json) and the stored territory document, read strictly.
// What is wrong with a document is one Problem `invalid_params`, whose field is the path below `path`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "placette/domain/problem.hpp"
#include "placette/domain/territory.hpp"
#include "protocol/json.hpp"

namespace placette {

struct ImportedCell {
    std::string facility, period, section;
    std::optional<Date> date{};  // or
    std::optional<int> day{};    // days from today
    int open = 0, reserved = 0;
    std::optional<Instant> confirmedAt{};
};
struct ImportDocument {
    Territory territory;  // with the communes, offices and facilities that the document names
    std::vector<ImportedCell> cells;
    std::vector<std::string> noOffices{}, noCommunes{};  // that are to go
};

// Problem::faults are all that is wrong with it.
Result<ImportDocument> readImportDocument(Json::Value, const std::string& path = {});
Result<Facility> readFacility(Json::Value, const std::string& path);

// {id, name, timezone, alsaceMoselle?, communes, without its end: other members may follow.
void appendHead(std::string& out, const Territory&);
void appendOffices(std::string& out, const Territory&);  // as such a member

// As stored in the hash keys::document, written and read by this program alone: `territory` is all but the
// facilities, with their ids in their order; `facility:<id>` is each of them, so that a change of one writes
// one.
using TerritoryFields = std::map<std::string, std::string>;
TerritoryFields writeTerritory(const Territory&, const Territory* before = nullptr);  // those that differ
Result<Territory> readTerritory(const TerritoryFields&);

}  // namespace placette
