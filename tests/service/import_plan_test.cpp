#include "service/import_plan.hpp"

#include <catch2/catch.hpp>

#include "a_facility.hpp"
#include "service/closings.hpp"

using namespace placette;
using namespace placette::service;

namespace {

const Instant mondayNoon = instant("2026-11-23T11:00:00Z");

ImportedCell aCell(Date date, int open) {
    ImportedCell cell{"genlis-lucioles", "matin", "moyens"};
    cell.date = date;
    cell.open = open;
    return cell;
}

ImportDocument aDocument(std::vector<ImportedCell> cells) {
    return {aTerritory(), std::move(cells)};
}

std::vector<std::string> skippedFields(const ImportReport& report) {
    std::vector<std::string> fields;
    for (const auto& skipped : report.skipped) fields.push_back(skipped.field);
    return fields;
}

}  // namespace

TEST_CASE("a new territory is taken whole") {
    ImportReport report;
    CHECK(merged(nullptr, aTerritory(), false, report) == aTerritory());
    CHECK(report.created == 3);  // itself, a commune, a facility
    CHECK(report.changed == 0);
}

TEST_CASE("what a document does not name stays as it is") {
    auto present = aTerritory();
    auto another = present.facilities[0];
    another.id = "another";
    present.facilities = {};
    present.facilities.add(another);
    present.offices.push_back({"esco-genlis", "ESCO", OfficeKind::esco, "21292", ""});
    auto wanted = aTerritory();
    wanted.name = "La Plaine";
    ImportReport report;
    const auto after = merged(&present, wanted, false, report);
    CHECK(after.name == "La Plaine");
    CHECK(after.offices == present.offices);
    REQUIRE(after.facilities.size() == 2);
    CHECK(after.facilities[0].id == "another");
    CHECK(report.created == 1);
    CHECK(report.changed == 1);
}

TEST_CASE("a demo that starts again changes nothing that exists") {
    const auto present = aTerritory();
    auto wanted = present;
    wanted.name = "La Plaine";
    auto facility = wanted.facilities[0];
    facility.phone = "03 53 01 00 00";
    wanted.facilities.put(facility);
    ImportReport report;
    CHECK(merged(&present, wanted, true, report) == present);
    CHECK(report.created + report.changed == 0);
}

TEST_CASE("cells that cannot be brought in are named") {
    auto unknown = aCell(wednesday, 1);
    unknown.section = "grands";
    auto tomorrow = aCell(monday, 2);
    tomorrow.date.reset();
    tomorrow.day = 1;
    auto early = aCell(monday + date::days{3}, 2);
    early.confirmedAt = mondayNoon + std::chrono::hours{1};
    const auto document =
        aDocument({aCell(wednesday, 4), aCell(saturday, 1), aCell(day("2026-12-24"), 1), unknown,
                   aCell(wednesday, 3), aCell(day("2026-11-20"), 1), tomorrow, early});
    ImportReport report;
    const auto cells = plannedCells(document, aTerritory(), mondayNoon, report);
    CHECK(skippedFields(report) ==
          std::vector<std::string>{"cells[1]", "cells[2]", "cells[3]", "cells[4]", "cells[5]", "cells[7]"});
    REQUIRE(cells.size() == 2);
    CHECK(cells[0].item.cell == CellKey{"genlis-lucioles", wednesday, "matin", "moyens"});
    CHECK(cells[0].item.open == 4);
    CHECK(cells[0].item.staleAt > mondayNoon);
    CHECK(cells[1].item.cell.date == monday + date::days{1});
}

TEST_CASE("an import lowers no count below what is taken") {
    ImportReport report;
    auto planned =
        plannedCells(aDocument({aCell(wednesday, 1), aCell(monday, 2)}), aTerritory(), mondayNoon, report);
    Cell taken;
    taken.open = 3;
    taken.other = 2;
    const std::map<CellKey, Cell> present{{planned[0].item.cell, taken}};
    const auto written = cellsToWrite(planned, present, false, report);
    CHECK(skippedFields(report) == std::vector<std::string>{"cells[0]"});
    REQUIRE(written.size() == 1);
    CHECK(written[0].cell.date == monday);
    CHECK(report.created == 1);

    ImportReport again;
    CHECK(cellsToWrite(planned, present, true, again).size() == 1);
    CHECK(again.skipped.empty());
}

TEST_CASE("a closure closes the cells of its days, and its end reopens them") {
    const auto before = aTerritory();
    auto after = before;
    auto facility = after.facilities[0];
    facility.closures = {{day("2026-12-31"), day("2027-01-01"), ""}};
    after.facilities.put(facility);
    const auto closings = closingsBetween(before, after, day("2026-12-30"));
    // The 30th reopens, the 31st stays closed, New Year's Day closes: two periods and two sections each.
    REQUIRE(closings.size() == 8);
    for (const auto& closing : closings) CHECK(closing.closed == (closing.cell.date == day("2027-01-01")));
    CHECK(closingsBetween(before, before, monday).empty());
}
