#include "protocol/territory_document.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "protocol/encode.hpp"
#include "support/json.hpp"

using namespace placette;
using nlohmann::json;

namespace {

json demo() {
    std::ifstream file(PLACETTE_SOURCE_DIR "/demo/plaine-dijonnaise.json");
    return json::parse(file);
}

Result<ImportDocument> imported(const json& document) {
    const auto given = test::read(document);
    return readImportDocument(given.value());
}

std::string wrongAt(const json& document) {
    const auto given = test::read(document);
    const auto read = readImportDocument(given.value(), "document");
    return read ? "-" : read.error().field;
}

json with(const char* pointer, json value) {
    auto document = demo();
    document[json::json_pointer(pointer)] = std::move(value);
    return document;
}

}  // namespace

TEST_CASE("the demo document is read") {
    const auto document = imported(demo());
    REQUIRE(document);
    const auto& territory = document->territory;
    CHECK(territory.id == "200000925");
    CHECK(territory.communes.size() == 22);
    CHECK(territory.offices.size() == 4);
    CHECK(territory.facilities.size() == 7);
    CHECK(document->cells.size() == demo()["cells"].size());

    const auto& lucioles = territory.facilities[0];
    CHECK(lucioles.kind == FacilityKind::multi_accueil);
    CHECK(lucioles.sections[1] == Section{"moyens", "Moyens", 15, 24});
    CHECK(lucioles.periods[0].days == std::vector{1, 2, 3, 4, 5});
    CHECK(lucioles.periods[1].capacity == 26);
    CHECK(lucioles.latitude == 47.24315);
}

TEST_CASE("a territory is stored and read again") {
    const auto territory = imported(demo())->territory;
    const auto again = readTerritory(writeTerritory(territory));
    REQUIRE(again);
    CHECK(*again == territory);
}

TEST_CASE("a territory may grow beyond what one document brings") {
    auto territory = imported(demo())->territory;
    for (int n = 0; n < 1000; ++n) {
        auto another = territory.facilities[0];
        another.id = "another-" + std::to_string(n);
        territory.facilities.add(std::move(another));
    }
    const auto again = readTerritory(writeTerritory(territory));
    REQUIRE(again);
    CHECK(*again == territory);
}

TEST_CASE("of a territory that changes, only the fields that differ are written") {
    const auto before = imported(demo())->territory;
    CHECK(writeTerritory(before, &before).empty());

    auto after = before;
    auto facility = after.facilities[6];
    facility.phone = "03 80 00 00 00";
    after.facilities.put(facility);
    auto changed = writeTerritory(after, &before);
    REQUIRE(changed.size() == 1);
    CHECK(changed.begin()->first == "facility:" + facility.id);

    facility.id = "another";
    after.facilities.put(facility);
    after.name = "Plaine";
    changed = writeTerritory(after, &before);
    CHECK(changed.size() == 3);
    auto stored = writeTerritory(before);
    for (auto& [field, value] : changed) stored[field] = value;
    CHECK(readTerritory(stored).value() == after);
}

TEST_CASE("a stored territory that lacks a facility is not readable") {
    const auto territory = imported(demo())->territory;
    auto stored = writeTerritory(territory);
    stored.erase("facility:" + territory.facilities[0].id);
    CHECK_FALSE(readTerritory(stored));
}

TEST_CASE("a facility on the wire is one that could be entered") {
    const auto document = imported(demo());
    REQUIRE(document);
    for (const auto& facility : document->territory.facilities) {
        std::string out;
        encode::facility(out, facility, encode::FacilityView::whole);
        const auto again = readFacility(Json::parse(out).value(), "facility");
        REQUIRE(again);
        CHECK(*again == facility);
    }
}

TEST_CASE("what is wrong with a document is named by its path") {
    CHECK(wrongAt(demo()) == "-");
    CHECK(wrongAt(json::object()) == "document.territory");
    CHECK(wrongAt(with("/territory/timezone", "Europe/Dijon")) == "document.territory.timezone");
    CHECK(wrongAt(with("/facilities/0/sections/1/maxAgeMonths", 3)) ==
          "document.facilities[0].sections[1].maxAgeMonths");
    CHECK(wrongAt(with("/facilities/0/sections/1/id", "bebes")) == "document.facilities[0].sections[1].id");
    CHECK(wrongAt(with("/facilities/0/periods/0/end", "07:00")) == "document.facilities[0].periods[0].end");
    CHECK(wrongAt(with("/facilities/0/periods/0/days", {"mon", "lun"})) ==
          "document.facilities[0].periods[0].days[1]");
    CHECK(wrongAt(with("/facilities/1/id", "genlis-lucioles")) == "document.facilities[1].id");
    CHECK(wrongAt(with("/facilities/0/commune/insee", "1234")) == "document.facilities[0].commune.insee");
    CHECK(wrongAt(with("/facilities/0/surface", 1)) == "document.facilities[0].surface");
    CHECK(wrongAt(with("/offices/0/kind", "mairie")) == "document.offices[0].kind");
    CHECK(wrongAt(with("/cells/0/day", "1")) == "document.cells[0].day");
    CHECK(wrongAt(with("/cells/0/date", "2026-11-24")) == "document.cells[0].date");
    CHECK(wrongAt(with("/cells/0/open", 1000)) == "document.cells[0].open");
}

TEST_CASE("a childminder's home is not entered") {
    auto document = demo();
    auto& facilities = document["facilities"];
    const auto childminder =
        std::ranges::find_if(facilities, [](const json& one) { return one["kind"] == "childminder"; });
    REQUIRE(childminder != facilities.end());
    (*childminder)["address"] = "1 rue de la Maison";
    CHECK(wrongAt(document).ends_with(".address"));
}

TEST_CASE("days are counted from today, or are dates") {
    auto document = demo();
    auto cell = document["cells"][0];
    cell["day"] = "+12";
    auto dated = cell;
    dated.erase("day");
    dated["date"] = "2026-12-24";
    document["cells"] = {cell, dated};
    const auto read = imported(document);
    REQUIRE(read);
    CHECK(read->cells[0].day == 12);
    CHECK_FALSE(read->cells[0].date);
    CHECK(read->cells[1].date == dateFrom("2026-12-24"));
}
