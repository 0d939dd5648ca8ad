#include "placette/domain/directory.hpp"

#include <catch2/catch.hpp>

using namespace placette;

namespace {

Directory::Entry aTerritory(const std::string& id, const std::vector<std::string>& facilities) {
    auto known = std::make_shared<KnownTerritory>();
    known->territory.id = id;
    for (const auto& facility : facilities) known->territory.facilities.add({.id = facility});
    known->zone = date::locate_zone("Europe/Paris");
    return known;
}

}  // namespace

TEST_CASE("a facility is found by its id, with the territory that it is in") {
    const auto plain = aTerritory("200000925", {"moulin", "aiserey", "lucioles"});
    const auto hills = aTerritory("200000926", {"bruyeres"});
    const Directory directory({{"200000925", plain}, {"200000926", hills}});
    CHECK(directory.facility("aiserey") == &plain->territory.facilities[1]);
    CHECK(directory.facility("bruyeres") == &hills->territory.facilities[0]);
    CHECK(directory.territoryOfFacility("moulin") == plain);
    CHECK(directory.territoryOfFacility("bruyeres") == hills);
    for (const auto* unknown : {"", "a", "aisere", "aiserey-2", "zenith"}) {
        CHECK(directory.facility(unknown) == nullptr);
        CHECK(directory.territoryOfFacility(unknown) == nullptr);
    }
    CHECK(Directory().facility("moulin") == nullptr);
}

TEST_CASE("a territory that changes leaves the others, and is found as it is now") {
    const auto hills = aTerritory("200000926", {"bruyeres"});
    const Directory before(
        {{"200000925", aTerritory("200000925", {"moulin", "aiserey"})}, {"200000926", hills}});
    for (const auto& ids : std::vector<std::vector<std::string>>{
             {"moulin", "aiserey"}, {"aiserey", "moulin"}, {"aiserey"}, {"lucioles", "moulin", "aiserey"}}) {
        const auto plain = aTerritory("200000925", ids);
        const auto after = before.with(plain);
        for (const auto& id : ids) {
            CHECK(after.facility(id) == plain->territory.facilities.find(id));
            CHECK(after.territoryOfFacility(id) == plain);
        }
        CHECK(after.facility("bruyeres") == &hills->territory.facilities[0]);
        CHECK((after.facility("moulin") == nullptr) == (ids.size() == 1));
    }
    const auto forest = aTerritory("200000927", {"chenes"});
    CHECK(before.with(forest).facility("chenes") == &forest->territory.facilities[0]);
}
