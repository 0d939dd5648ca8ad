// What changes rarely: facilities, communes, offices.
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "protocol/weekday.hpp"

namespace placette::encode {

namespace {

void section(std::string& out, const Section& section) {
    append(out, R"({"id":")", section.id, R"(","name":)", Escaped{section.name}, R"(,"minAgeMonths":)",
           section.minAgeMonths, R"(,"maxAgeMonths":)", section.maxAgeMonths, '}');
}

void period(std::string& out, const Period& period) {
    append(out, R"({"id":")", period.id, R"(","name":)", Escaped{period.name}, R"(,"start":")", period.start,
           R"(","end":")", period.end, R"(","days":)");
    array(out, period.days, [](std::string& to, int day) { append(to, Quoted{weekdayName(day)}); });
    if (period.capacity) append(out, R"(,"capacity":)", *period.capacity);
    out += '}';
}

void closure(std::string& out, const Closure& closure) {
    append(out, R"({"from":")", closure.from, R"(","to":")", closure.to, R"(","reason":)",
           Escaped{closure.reason}, '}');
}

void limit(std::string& out, std::string_view name, const std::optional<TimeOfDay>& said) {
    if (!said) return;
    append(out, ",\"", name, "\":");
    if (*said == noLimit)
        out += "null";
    else
        append(out, Quoted{*said});
}

void weekCell(std::string& out, const WeekCell& cell) {
    append(out, R"({"day":")", weekdayName(cell.day), R"(","period":")", cell.period, R"(","section":")",
           cell.section, R"(","open":)", cell.open);
    if (cell.reserved) append(out, R"(,"reserved":)", *cell.reserved);
    out += '}';
}

void house(std::string& out, const House& house, FacilityView view) {
    limit(out, "arriveUntil", house.arriveUntil);
    limit(out, "mealCutoff", house.mealCutoff);
    if (view == FacilityView::shown) return;
    if (house.week) {
        out += R"(,"week":)";
        array(out, *house.week, weekCell);
    }
    if (house.publishWeeks) append(out, R"(,"publishWeeks":)", *house.publishWeeks);
}

}  // namespace

void facility(std::string& out, const Facility& facility, FacilityView view) {
    append(out, R"({"id":")", facility.id, R"(","name":)", Escaped{facility.name}, R"(,"kind":")",
           name(facility.kind), R"(","commune":{"insee":")", facility.commune.insee, R"(","name":)",
           Escaped{facility.commune.name}, R"(},"address":)", Escaped{facility.address}, R"(,"access":)",
           Escaped{facility.access}, R"(,"phone":)", Escaped{facility.phone}, R"(,"latitude":)",
           facility.latitude, R"(,"longitude":)", facility.longitude, R"(,"capacity":)", facility.capacity,
           R"(,"reservedFloor":)", facility.reservedFloor, R"(,"bring":)");
    array(out, facility.bring, text);
    out += R"(,"sections":)";
    array(out, facility.sections, section);
    out += R"(,"periods":)";
    array(out, facility.periods, period);
    out += R"(,"closures":)";
    array(out, facility.closures, closure);
    house(out, facility.house, view);
    out += '}';
}

void facilities(std::string& out, const std::vector<const Facility*>& all) {
    array(out, all, [](std::string& to, const Facility* each) { facility(to, *each, FacilityView::shown); });
}

void commune(std::string& out, const Commune& commune) {
    append(out, R"({"insee":")", commune.insee, R"(","name":)", Escaped{commune.name}, R"(,"postcode":)",
           Escaped{commune.postcode}, R"(,"population":)", commune.population, R"(,"latitude":)",
           commune.latitude, R"(,"longitude":)", commune.longitude, '}');
}

void office(std::string& out, const Office& office) {
    append(out, R"({"id":")", office.id, R"(","name":)", Escaped{office.name}, R"(,"kind":")",
           name(office.kind), R"(","commune":")", office.commune, R"(","phone":)", Escaped{office.phone},
           '}');
}

}  // namespace placette::encode
