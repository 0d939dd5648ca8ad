// The pure part of an import: what becomes of the territory, and which cells can be brought in.
#pragma once

#include <map>
#include <optional>

#include "placette/domain/commands.hpp"
#include "service/territory_import.hpp"

namespace placette::service {

// Why a cell is left out, where the store decides it too.
inline constexpr const char* notOpenThen = "the facility is not open then";
inline constexpr const char* moreTaken = "more places are taken than that";

// The document's territory put over the present one (null: there is none); counts into the report what is new
// and what is different.
Territory merged(const Territory* present, const Territory& wanted, bool onlyAbsent, ImportReport&);

// Takes out what the document says is to go; how much of it was there.
int without(Territory&, const ImportDocument&);
// Of that, what facilities and offices of the territory as it will be still name.
std::vector<Fault> stillNeeded(const ImportDocument&, const Territory& after);

// A document that only brings counts, as most do.
bool leavesAsItIs(const Territory& present, const ImportDocument&);

// The document's cells with their dates; those that cannot be brought in are named in the report.
struct PlannedCell {
    std::string field;
    ImportCells::Item item;
};
std::vector<PlannedCell> plannedCells(const ImportDocument&, const Territory& after, Instant now,
                                      ImportReport&);

// Compared with the present cells: those to write.
std::vector<ImportCells::Item> cellsToWrite(std::vector<PlannedCell>, const std::map<CellKey, Cell>& present,
                                            bool onlyAbsent, ImportReport&);

}  // namespace placette::service
