#include "placette/domain/time.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;

TEST_CASE("dates are strict and real") {
    const auto day = dateFrom("2026-11-25");
    REQUIRE(day);
    CHECK(toText(*day) == "2026-11-25");
    CHECK(dateFrom("2028-02-29"));
    for (const char* text : {"",           "2026-11-5",  "2026-02-29",  "2026-13-01",     "2026-00-10",
                             "1999-12-31", "2200-01-01", "2026-11-25T", " 2026-11-25",    "2026/11/25",
                             "2026-11-2x", "+026-11-25", "20ab-11-25",  "202x-11-25",     "20x6-11-25",
                             "x026-11-25", "2x26-11-25", "19ab-11-25",  "20\u00e9-11-25", "2026-x1-25",
                             "2026-1x-25", "2026-11-x5", "2026-11- 5",  "2026--1-25"}) {
        INFO(text);
        CHECK_FALSE(dateFrom(text));
    }
}

TEST_CASE("times of the day are strict") {
    CHECK(timeOfDayFrom("08:15") == 8h + 15min);
    CHECK(toText(TimeOfDay{8h + 15min}) == "08:15");
    CHECK(timeOfDayFrom("00:00") == 0min);
    for (const char* text : {"", "8:15", "24:00", "12:60", "12:5", "12.30", "12:30:00"}) {
        INFO(text);
        CHECK_FALSE(timeOfDayFrom(text));
    }
}

TEST_CASE("instants are RFC 3339, told in whole seconds of UTC") {
    const auto instant = instantFrom("2026-11-24T16:02:11Z");
    REQUIRE(instant);
    CHECK(toText(*instant) == "2026-11-24T16:02:11Z");
    CHECK(instantFrom("2026-11-24T17:02:11+01:00") == instant);
    CHECK(instantFrom("2026-11-24T10:32:11-05:30") == instant);
    CHECK(instantFrom("2026-11-24t16:02:11z") == instant);
    CHECK(instantFrom("2026-11-24T16:02:11.5Z") == *instant + 500ms);
    CHECK(instantFrom("2026-11-24T16:02:11.123987Z") == *instant + 123ms);
    CHECK(toText(*instant + 999ms) == "2026-11-24T16:02:11Z");
    for (const char* text :
         {"", "2026-11-24", "2026-11-24T16:02Z", "2026-11-24T16:02:11", "2026-11-24 16:02:11Z",
          "2026-11-24T16:02:61Z", "2026-11-24T16:02:11.Z", "2026-11-24T16:02:11,5Z",
          "2026-11-24T16:02:11+1:00", "2026-11-24T16:02:11Zx", "2026-11-24T16:02:11.5xZ"}) {
        INFO(text);
        CHECK_FALSE(instantFrom(text));
    }
}
