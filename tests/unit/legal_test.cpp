// The law's limits, by the cases that were worked out from the texts.
#include "placette/domain/legal.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace placette;
using namespace std::chrono_literals;

namespace {

Facility facilityOf(FacilityKind kind, int capacity) {
    Facility facility;
    facility.kind = kind;
    facility.capacity = capacity;
    facility.periods = {{"matin", "Matin", 8h, 12h, {1}, {}},
                        {"apres-midi", "Après-midi", 13h, 18h, {1}, 10}};
    return facility;
}

bool lawful(const Facility& facility, const Present& present, StaffRatio ratio) {
    for (const auto& limit : legalLimits(facility, facility.periods[0], present, ratio))
        if (present.children() > limit.children) return false;
    return true;
}

int limitOf(const std::vector<LegalLimit>& limits, LegalRule rule) {
    for (const auto& limit : limits)
        if (limit.rule == rule) return limit.children;
    return -1;
}

nlohmann::json casesIn(const char* file) {
    std::ifstream in(std::string(PLACETTE_TEST_CASES "/") + file);
    return nlohmann::json::parse(in);
}

bool rightOf(const nlohmann::json& one) {
    const std::string rule = one.at("rule");
    if (rule == "over-capacity") return mostAtOnce(one.at("capacity").get<int>()) == one.at("atOnce");
    const bool expected = one.at("lawful");
    if (rule == "micro-crèche") return (one.at("capacity").get<int>() <= mostOfMicroCreche) == expected;
    if (rule == "childminder") return childminderMay(one.at("under3"), one.at("under11")) == expected;
    const bool six = one.value("option", "") == "one per 6";
    const auto kind = facilityKindFrom(one.value("kind", "multi_accueil"));
    Present present{one.at("adults")};
    if (rule == "two adults") {
        present.walkers = one.at("children");
    } else {
        present.walkers = one.at("walkers");
        present.nonWalkers = one.at("nonWalkers");
    }
    return lawful(facilityOf(*kind, 0), present, six ? StaffRatio::six : StaffRatio::five_eight) == expected;
}

}  // namespace

TEST_CASE("the law's cases are decided as the texts say") {
    const auto cases = casesIn("legal.json");
    REQUIRE(cases.size() >= 30);
    for (const auto& one : cases) {
        INFO(one.dump());
        CHECK(rightOf(one));
    }
}

TEST_CASE("the tightest limit comes first") {
    const auto facility = facilityOf(FacilityKind::multi_accueil, 30);
    const auto& morning = facility.periods[0];
    auto limits = legalLimits(facility, morning, {5, 16, 10}, StaffRatio::five_eight);  // all but one adult
    REQUIRE(limits.size() == 2);
    CHECK(limits[0].rule == LegalRule::ratio);
    CHECK(limits[0].children == 26 + 5);  // who comes may not walk
    CHECK(limitOf(limits, LegalRule::over_capacity) == 35);

    limits = legalLimits(facility, morning, {20, 0, 0}, StaffRatio::six);
    CHECK(limits[0].rule == LegalRule::over_capacity);
    CHECK(limitOf(limits, LegalRule::ratio) == 120);
}

TEST_CASE("a period has its own capacity where that is modulated") {
    const auto facility = facilityOf(FacilityKind::halte_garderie, 30);
    CHECK(mostAtOnce(facility, facility.periods[0]) == 35);
    CHECK(mostAtOnce(facility, facility.periods[1]) == 12);
}

TEST_CASE("what is not known sets no limit") {
    const auto facility = facilityOf(FacilityKind::multi_accueil, 0);
    const auto& morning = facility.periods[0];
    CHECK_FALSE(mostAtOnce(facility, morning));
    CHECK(limitOf(legalLimits(facility, morning, {2, 0, 0}, StaffRatio::five_eight),
                  LegalRule::over_capacity) == -1);
}

TEST_CASE("who is there already may be too many") {
    const auto facility = facilityOf(FacilityKind::multi_accueil, 30);
    const auto limits = legalLimits(facility, facility.periods[0], {2, 0, 12}, StaffRatio::five_eight);
    CHECK(limitOf(limits, LegalRule::ratio) == 10);
}

TEST_CASE("one adult alone: nobody, or three in a micro-crèche") {
    for (const auto& [kind, adults, most] :
         {std::tuple{FacilityKind::multi_accueil, 1, 0}, std::tuple{FacilityKind::micro_creche, 1, 3},
          std::tuple{FacilityKind::micro_creche, 0, 0}}) {
        const auto facility = facilityOf(kind, 12);
        const auto limits = legalLimits(facility, facility.periods[0], {adults}, StaffRatio::six);
        CHECK(limitOf(limits, LegalRule::two_adults) == most);
    }
}

TEST_CASE("a micro-crèche is held to twelve, whatever its document says") {
    const auto facility = facilityOf(FacilityKind::micro_creche, 20);
    CHECK(mostAtOnce(facility, facility.periods[0]) == 14);
    CHECK(limitOf(legalLimits(facility, facility.periods[0], {4}, StaffRatio::six),
                  LegalRule::micro_creche) == 14);
}

TEST_CASE("childminders keep four each, and are in no collective rule") {
    const auto alone = facilityOf(FacilityKind::childminder, 3);
    const auto limits = legalLimits(alone, alone.periods[0], {2}, StaffRatio::six);
    REQUIRE(limits.size() == 1);
    CHECK(limits[0].children == 3);
    const auto family = facilityOf(FacilityKind::creche_familiale, 15);
    CHECK(legalLimits(family, family.periods[0], {3}, StaffRatio::six)[0].children == 12);
    CHECK(legalLimits(family, family.periods[0], {5}, StaffRatio::six)[0].children == 15);
    CHECK_FALSE(mostAtOnce(family, family.periods[0]));
}

TEST_CASE("each rule has its article") {
    for (const auto rule : {LegalRule::over_capacity, LegalRule::ratio, LegalRule::two_adults,
                            LegalRule::micro_creche, LegalRule::childminder})
        CHECK_FALSE(articleOf(rule).empty());
}
