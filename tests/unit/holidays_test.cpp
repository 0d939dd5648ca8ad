#include "placette/domain/holidays.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace placette;

TEST_CASE("the public holidays are those of the calendar") {
    std::ifstream in(PLACETTE_TEST_CASES "/holidays.json");
    const auto cases = nlohmann::json::parse(in);
    REQUIRE(cases.size() >= 39);
    for (const bool alsaceMoselle : {false, true}) {
        for (const int year : {2026, 2027, 2028}) {
            std::vector<std::pair<std::string, std::string>> expected, found;
            for (const auto& one : cases) {
                const std::string date = one.at("date");
                const bool there = alsaceMoselle || !one.value("alsaceMoselleOnly", false);
                if (there && date.starts_with(std::to_string(year)))
                    expected.emplace_back(date, one.at("name"));
            }
            for (const auto& holiday : publicHolidays(date::year{year}, alsaceMoselle))
                found.emplace_back(toText(holiday.date), holiday.name);
            CHECK(found == expected);
        }
    }
}

TEST_CASE("Easter is found where the moon's table has its exceptions") {
    for (const auto* day : {"2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2038-04-25",
                            "2049-04-18", "2076-04-19", "2106-04-18", "2160-03-23", "2199-04-14"}) {
        const auto easter = *dateFrom(day);
        CHECK(toText(easterSunday(date::year_month_day{easter}.year())) == day);
    }
}
