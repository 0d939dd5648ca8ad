#include "placette/domain/facilities.hpp"

#include <catch2/catch.hpp>

using namespace placette;

namespace {

Facilities threeOfThem() {
    Facilities all;
    for (const auto* id : {"moulin", "aiserey", "lucioles"}) all.add({.id = id});
    return all;
}

}  // namespace

TEST_CASE("a facility takes the place of the one with its id, and a new one the last") {
    auto all = threeOfThem();
    all.put({.id = "aiserey", .phone = "03 80 00 00 00"});
    all.put({.id = "bruyeres"});
    REQUIRE(all.size() == 4);
    CHECK(all[1].phone == "03 80 00 00 00");
    CHECK(all[3].id == "bruyeres");
}

TEST_CASE("a copy shares what does not change, and only that") {
    const auto before = threeOfThem();
    auto after = before;
    CHECK(after == before);
    after.put({.id = "aiserey", .phone = "03 80 00 00 00"});
    CHECK(&after[0] == &before[0]);
    CHECK(&after[2] == &before[2]);
    CHECK(before[1].phone.empty());
    CHECK_FALSE(after == before);
    after.put(before[1]);
    CHECK(after == before);
}

TEST_CASE("a facility is found wherever it is thought to be") {
    const auto all = threeOfThem();
    for (const std::size_t likely : {0, 1, 2, 3, 99}) {
        CHECK(all.find("aiserey", likely) == &all[1]);
        CHECK(all.find("bruyeres", likely) == nullptr);
    }
    CHECK(Facilities().find("aiserey") == nullptr);
}
