// What changes rarely: facilities, communes, offices.
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "protocol/weekday.hpp"

namespace placette::encode {

namespace {

void coordinate(std::string& out, const std::optional<double>& degrees) {
    orNull(out, degrees, [](std::string& to, double value) { number(to, value); });
}

void section(std::string& out, const Section& section) {
    out += R"({"id":)";
    plain(out, section.id);
    out += R"(,"name":)";
    text(out, section.name);
    out += R"(,"minAgeMonths":)";
    number(out, section.minAgeMonths);
    out += R"(,"maxAgeMonths":)";
    number(out, section.maxAgeMonths);
    out += '}';
}

void period(std::string& out, const Period& period) {
    out += R"({"id":)";
    plain(out, period.id);
    out += R"(,"name":)";
    text(out, period.name);
    out += R"(,"start":)";
    plain(out, toText(period.start));
    out += R"(,"end":)";
    plain(out, toText(period.end));
    out += R"(,"days":)";
    array(out, period.days, [](std::string& to, int day) { plain(to, weekdayName(day)); });
    if (period.capacity) {
        out += R"(,"capacity":)";
        number(out, *period.capacity);
    }
    out += '}';
}

void closure(std::string& out, const Closure& closure) {
    out += R"({"from":)";
    plain(out, toText(closure.from));
    out += R"(,"to":)";
    plain(out, toText(closure.to));
    out += R"(,"reason":)";
    text(out, closure.reason);
    out += '}';
}

}  // namespace

void facility(std::string& out, const Facility& facility) {
    out += R"({"id":)";
    plain(out, facility.id);
    out += R"(,"name":)";
    text(out, facility.name);
    out += R"(,"kind":)";
    plain(out, name(facility.kind));
    out += R"(,"commune":{"insee":)";
    plain(out, facility.commune.insee);
    out += R"(,"name":)";
    text(out, facility.commune.name);
    out += R"(},"address":)";
    text(out, facility.address);
    out += R"(,"access":)";
    text(out, facility.access);
    out += R"(,"phone":)";
    text(out, facility.phone);
    out += R"(,"latitude":)";
    coordinate(out, facility.latitude);
    out += R"(,"longitude":)";
    coordinate(out, facility.longitude);
    out += R"(,"capacity":)";
    number(out, facility.capacity);
    out += R"(,"reservedFloor":)";
    number(out, facility.reservedFloor);
    out += R"(,"bring":)";
    array(out, facility.bring, [](std::string& to, const std::string& thing) { text(to, thing); });
    out += R"(,"sections":)";
    array(out, facility.sections, section);
    out += R"(,"periods":)";
    array(out, facility.periods, period);
    out += R"(,"closures":)";
    array(out, facility.closures, closure);
    out += '}';
}

void facilities(std::string& out, const std::vector<const Facility*>& all) {
    array(out, all, [](std::string& to, const Facility* each) { facility(to, *each); });
}

void commune(std::string& out, const Commune& commune) {
    out += R"({"insee":)";
    plain(out, commune.insee);
    out += R"(,"name":)";
    text(out, commune.name);
    out += R"(,"postcode":)";
    text(out, commune.postcode);
    out += R"(,"population":)";
    orNull(out, commune.population, [](std::string& to, int people) { number(to, people); });
    out += R"(,"latitude":)";
    coordinate(out, commune.latitude);
    out += R"(,"longitude":)";
    coordinate(out, commune.longitude);
    out += '}';
}

void office(std::string& out, const Office& office) {
    out += R"({"id":)";
    plain(out, office.id);
    out += R"(,"name":)";
    text(out, office.name);
    out += R"(,"kind":)";
    plain(out, name(office.kind));
    out += R"(,"commune":)";
    plain(out, office.commune);
    out += R"(,"phone":)";
    text(out, office.phone);
    out += '}';
}

}  // namespace placette::encode
