// Counts as French spreadsheets save them.
#include "protocol/counts_sheet.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "protocol/csv.hpp"

using namespace placette;
using namespace std::chrono_literals;

namespace {

const std::vector<int> workdays{1, 2, 3, 4, 5};

Facility house(const std::string& id, const std::string& name) {
    Facility facility;
    facility.id = id;
    facility.name = name;
    facility.sections = {{"bebes", "Bébés", 2, 15}, {"moyens", "Moyens", 15, 24}};
    facility.periods = {{"matin", "Matin", 8h, 12h, workdays},
                        {"apres-midi", "Après-midi", 13h, 18h, workdays}};
    facility.closures = {{*dateFrom("2026-12-08"), *dateFrom("2026-12-08"), ""}};
    return facility;
}

Territory town(bool withIsland) {
    Territory territory;
    territory.facilities.add(house("lucioles", "Les Lucioles"));
    if (withIsland) territory.facilities.add(house("ile", "L’Île aux Câlins"));
    return territory;
}

std::string given(const char* name) {
    std::ifstream in(std::string(PLACETTE_TEST_CASES) + "/" + name, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> faultsOf(const Result<CountsSheet>& sheet) {
    REQUIRE_FALSE(sheet);
    std::vector<std::string> lines;
    for (const auto& [field, detail] : sheet.error().faults) lines.push_back(field + ": " + detail);
    return lines;
}

using Lines = std::vector<std::string>;

std::vector<std::string> textOf(const CountsSheet& sheet) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
        const auto& cell = sheet.cells[i];
        lines.push_back(std::to_string(sheet.lines[i]) + " " + cell.facility + " " + toText(*cell.date) +
                        " " + cell.period + " " + cell.section + " " + std::to_string(cell.open) + " " +
                        std::to_string(cell.reserved));
    }
    return lines;
}

const std::string head = "structure;date;créneau;section;places;dont insertion\n";

}  // namespace

TEST_CASE("fields of a spreadsheet") {
    const auto rows = readCsv("a;\"b;\"\"c\"\"\r\nd\";01065\r\n\r\n;\n\"\";x");
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK((*rows)[0].fields == Lines{"a", "b;\"c\"\r\nd", "01065"});
    CHECK((*rows)[1].fields == Lines{"", ""});
    CHECK((*rows)[1].line == 4);
    CHECK((*rows)[2].fields == Lines{"", "x"});
    CHECK((*rows)[2].line == 5);
}

TEST_CASE("UTF-8 with its mark, without it, and Windows-1252 are one") {
    for (const char* text : {"\xEF\xBB\xBF"
                             "créneau;12 €",
                             "créneau;12 €", "cr\xE9neau;12 \x80"}) {
        const auto rows = readCsv(text);
        REQUIRE(rows);
        CHECK(rows->at(0).fields == Lines{"créneau", "12 €"});
    }
    CHECK_FALSE(readCsv("\xE9\x81"));
}

TEST_CASE("what is no line of a spreadsheet is told with its line") {
    const auto fault = [](const char* text) { return readCsv(text).error().field; };
    CHECK(fault("a;b\nc\"d;e") == "line 2");
    CHECK(fault("a\n\"b\nc;d") == "line 2");
    CHECK(fault("\"a\nb\"c") == "line 2");
}

TEST_CASE("the counts of the example: all that is wrong is told, with its line and what would be right") {
    CHECK(faultsOf(readCountsSheet(given("counts.csv"), town(false), {})) ==
          Lines{"line 4: structure: there is no « L'Île aux Câlins »: Les Lucioles",
                "line 5: date: « 32/12/2026 » is no day, as 01/12/2026",
                "line 6: places: « deux » is no number of 0 to 999"});
    auto text = given("counts.csv");
    text.resize(text.find("Les Lucioles;32"));
    const auto sheet = readCountsSheet(text, town(true), {});
    REQUIRE(sheet);
    CHECK(textOf(*sheet) == Lines{"2 lucioles 2026-12-01 matin bebes 2 1",
                                  "3 lucioles 2026-12-01 apres-midi bebes 1 0",
                                  "4 ile 2026-12-02 matin moyens 3 0"});
}

TEST_CASE("columns are found by their names") {
    const auto sheet = readCountsSheet(
        "Places;Section;CRENEAU;Date;Structure\n4; Moyens ;matin;2026-12-01;lucioles\n", town(true), {});
    REQUIRE(sheet);
    CHECK(textOf(*sheet) == Lines{"2 lucioles 2026-12-01 matin moyens 4 0"});
    CHECK(faultsOf(readCountsSheet("structure;jour;date;section;places;couleur;places\n", town(true), {})) ==
          Lines{"line 1: couleur: is no column here: structure, date or jour, créneau, section, places, dont "
                "insertion",
                "line 1: places: is there twice", "line 1: creneau: this column is missing",
                "line 1: date: one of the columns date and jour is needed"});
    CHECK(faultsOf(readCountsSheet("", town(true), {})) ==
          Lines{"line 1: is missing: the names of the columns"});
    CHECK(faultsOf(readCountsSheet(head + "Les Lucioles;1/12/2026;soir;Bébés;-1;1000\n", town(false), {})) ==
          Lines{"line 2: creneau: there is no « soir »: Matin, Après-midi",
                "line 2: places: « -1 » is no number of 0 to 999",
                "line 2: dont insertion: « 1000 » is no number of 0 to 999"});
}

TEST_CASE("a typical week stands for each such day of a span on which the facility is open") {
    const std::string week = "structure;jour;créneau;section;places\nLes Lucioles;Mardi;Matin;Bébés;2\n";
    const auto span = std::pair(*dateFrom("2026-12-01"), *dateFrom("2026-12-15"));
    const auto sheet = readCountsSheet(week, town(false), span);
    REQUIRE(sheet);
    CHECK(textOf(*sheet) ==
          Lines{"2 lucioles 2026-12-01 matin bebes 2 0", "2 lucioles 2026-12-15 matin bebes 2 0"});
    CHECK(faultsOf(readCountsSheet(week, town(false), {})) ==
          Lines{"line 1: jour: a typical week needs its first and last day"});
    CHECK(faultsOf(readCountsSheet(head, town(false), span)) ==
          Lines{"line 1: date: a first and a last day go with a typical week (column jour)"});
    CHECK(faultsOf(readCountsSheet(
              "structure;jour;créneau;section;places\nLes Lucioles;samedi;Matin;Bébés;2\n"
              "Les Lucioles;mardy;Matin;Bébés;2\n",
              town(false), span)) == Lines{"line 2: jour: « Matin » is not open on a samedi",
                                           "line 3: jour: « mardy » is no day: lundi, mardi …"});
}
