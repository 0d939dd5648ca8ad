// A multi-accueil in Genlis, open on weekdays; winter time, so that 12:30 there is 11:30 UTC.
#pragma once

#include "placette/domain/territory.hpp"

namespace placette {

inline Date day(const char* text) {
    return dateFrom(text).value();
}
inline Instant instant(const char* text) {
    return instantFrom(text).value();
}
inline const date::time_zone& paris() {
    return *date::locate_zone("Europe/Paris");
}

inline const Date monday = day("2026-11-23"), wednesday = day("2026-11-25"), saturday = day("2026-11-28");

inline Facility aFacility() {
    Facility facility;
    facility.id = "genlis-lucioles";
    facility.name = "Les Lucioles";
    facility.commune = {"21292", "Genlis"};
    facility.sections = {{"bebes", "Bébés", 2, 15}, {"moyens", "Moyens", 15, 24}};
    facility.periods = {
        {"matin", "Matin", *timeOfDayFrom("08:00"), *timeOfDayFrom("12:30"), {1, 2, 3, 4, 5}},
        {"apres-midi", "Après-midi", *timeOfDayFrom("13:30"), *timeOfDayFrom("18:00"), {1, 2, 4, 5}}};
    facility.closures = {{day("2026-12-24"), day("2026-12-31"), "Fêtes"}};
    return facility;
}

inline Territory aTerritory() {
    Territory territory{"200000925", "Plaine Dijonnaise", "Europe/Paris", {}, {}, {}};
    territory.facilities.add(aFacility());
    territory.communes = {{"21292", "Genlis", "21110"}};
    return territory;
}

}  // namespace placette
