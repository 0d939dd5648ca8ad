// What a document may say and most likely does not mean: all of it is told.
#include "placette/domain/flaws.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;

namespace {

const std::vector<int> weekdays{1, 2, 3, 4, 5};

Facility aHouse() {
    Facility house;
    house.id = "les-exemples";
    house.commune = {"21292", "Genlis"};
    house.sections = {{"bebes", "Bébés", 2, 15}, {"moyens", "Moyens", 15, 24}};
    house.periods = {{"matin", "Matin", 8h, 12h, weekdays}, {"apres-midi", "Après-midi", 12h, 18h, weekdays}};
    return house;
}

std::vector<std::string> told(const std::vector<Flaw>& flaws) {
    std::vector<std::string> lines;
    for (const auto& flaw : flaws)
        lines.push_back((flaw.wrong ? "wrong " : "") + flaw.field + ": " + flaw.detail);
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("sections and periods that follow each other are well") {
    CHECK(told(flawsOf(aHouse(), "")) == Lines{});
}

TEST_CASE("everything odd about a facility is told at once") {
    auto house = aHouse();
    house.commune.insee = "20001";
    house.sections = {{"bebes", "Bébés", 2, 15}, {"moyens", "Moyens", 12, 24}, {"grands", "Grands", 30, 36}};
    house.periods.push_back({"journee", "Journée", 8h, 18h, {5, 6}});
    house.periods.push_back({"samedi", "Samedi", 8h, 12h, {7}});
    house.bring = {"un doudou", "des couches", "un doudou"};
    const Closure bridge{*dateFrom("2027-05-07"), *dateFrom("2027-05-07"), "Pont"};
    house.closures = {bridge, bridge};
    CHECK(told(flawsOf(house, "facilities[0].")) ==
          Lines{"wrong facilities[0].commune.insee: 20001 can be no commune's code: it begins with 01 to 95, "
                "2A, 2B or "
                "971 to 989",
                "facilities[0].sections[1]: takes children of 12 to 15 months, as \"Bébés\" does, which gets "
                "them",
                "facilities[0].sections: none takes children of 24 to 30 months",
                "facilities[0].periods[2]: overlaps \"Matin\": a child of both is counted in each",
                "facilities[0].periods[2]: overlaps \"Après-midi\": a child of both is counted in each",
                "wrong facilities[0].bring[2]: \"un doudou\" is there twice",
                "wrong facilities[0].closures[1]: is there twice"});
}

TEST_CASE("communes are the territory's as it will be, and can be") {
    Territory after;
    after.communes = {{"21292", "Genlis", ""}};
    Territory named;
    named.communes = {{"21292", "Genlis", ""}, {"00001", "Nulle part", ""}};
    named.offices = {{"esco", "ESCO", OfficeKind::esco, "21038", ""},
                     {"none", "Sans", OfficeKind::esco, "", ""}};
    named.facilities.add(aHouse());
    auto outside = aHouse();
    outside.id = "ailleurs";
    outside.commune.insee = "21038";
    named.facilities.add(outside);
    CHECK(told(flawsOf(named, after)) ==
          Lines{"wrong territory.communes[1].insee: 00001 can be no commune's code: it begins with 01 to 95, "
                "2A, 2B or "
                "971 to 989",
                "facilities[1].commune.insee: 21038 is none of the territory's communes"});
}

TEST_CASE("codes of communes") {
    for (const char* code : {"01065", "21292", "2A004", "2B033", "75101", "95680", "97105", "98818"}) {
        INFO(code);
        CHECK(isPossibleInsee(code));
    }
    for (const char* code : {"00001", "20004", "21000", "96001", "99123", "97000", "2C004", "2129", ""}) {
        INFO(code);
        CHECK_FALSE(isPossibleInsee(code));
    }
}
