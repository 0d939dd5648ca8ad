#include "protocol/facility_reader.hpp"

#include <algorithm>

#include "placette/domain/cell.hpp"
#include "protocol/house_reader.hpp"
#include "protocol/weekday.hpp"

namespace placette {

namespace {

constexpr int maxAge = 216;
constexpr int maxCapacity = 999;

Section sectionIn(Params& p) {
    Section section{p.id("id"), p.text("name", 1, 100), p.integer("minAgeMonths", 0, maxAge),
                    p.integer("maxAgeMonths", 0, maxAge)};
    if (section.minAgeMonths >= section.maxAgeMonths) p.refuse("maxAgeMonths", "must be above minAgeMonths");
    return section;
}

Period periodIn(Params& p) {
    Period period;
    period.id = p.id("id");
    period.name = p.text("name", 1, 100);
    period.start = p.timeOfDay("start");
    period.end = p.timeOfDay("end");
    period.capacity = p.nullable(&Params::integer, "capacity", 0, maxCapacity);
    if (period.start >= period.end) p.refuse("end", "must be after start");
    period.days =
        p.distinct(&Params::named<int>, "days", 1, 7, weekdayFrom, "mon, tue, wed, thu, fri, sat, sun");
    std::ranges::sort(period.days);
    return period;
}

Closure closureIn(Params& p) {
    Closure closure{p.date("from"), p.date("to"), p.optional(&Params::text, "reason", 0, 200).value_or("")};
    if (closure.from > closure.to) p.refuse("to", "must not be before from");
    return closure;
}

template <class T>
void addDistinct(std::vector<T>& all, T value, Params& p) {
    if (std::ranges::find(all, value.id, &T::id) != all.end()) p.refuse("id", "is there twice");
    all.push_back(std::move(value));
}

void readPlace(Facility& facility, Params& p) {
    p.object("commune", [&](Params& commune) {
        facility.commune = {commune.insee("insee"), commune.text("name", 1, 200)};
    });
    facility.address = p.optional(&Params::text, "address", 0, 300).value_or("");
    facility.access = p.optional(&Params::text, "access", 0, 300).value_or("");
    facility.phone = p.optional(&Params::text, "phone", 0, 40).value_or("");
    facility.latitude = p.nullable(&Params::number, "latitude", -90, 90);
    facility.longitude = p.nullable(&Params::number, "longitude", -180, 180);
    if (facility.latitude.has_value() != facility.longitude.has_value())
        p.refuse("longitude", "goes with latitude");
    if (facility.kind == FacilityKind::childminder && (!facility.address.empty() || facility.latitude))
        p.refuse("address", "a childminder's address is her home: leave address and coordinates out");
}

}  // namespace

Facility facilityIn(Params& p) {
    Facility facility;
    facility.id = p.id("id");
    facility.name = p.text("name", 1, 200);
    facility.kind = p.named("kind", facilityKindFrom, facilityKindNames());
    readPlace(facility, p);
    facility.capacity = p.optional(&Params::integer, "capacity", 0, maxCapacity).value_or(0);
    facility.reservedFloor = p.optional(&Params::integer, "reservedFloor", 0, maxPlaces).value_or(0);
    facility.bring = bringIn(p);
    p.objects("sections", 1, 20,
              [&](Params& each) { addDistinct(facility.sections, sectionIn(each), each); });
    p.objects("periods", 1, 20, [&](Params& each) { addDistinct(facility.periods, periodIn(each), each); });
    facility.closures = closuresIn(p);
    facility.house = houseIn(p);
    return facility;
}

std::vector<std::string> bringIn(Params& p) {
    return p.list(&Params::text, "bring", 0, 30, 1, 200);
}

std::vector<Closure> closuresIn(Params& p) {
    std::vector<Closure> closures;
    p.objects("closures", 0, 200, [&](Params& each) { closures.push_back(closureIn(each)); });
    return closures;
}

Office officeIn(Params& p) {
    Office office;
    office.id = p.id("id");
    office.name = p.text("name", 1, 200);
    office.kind = p.named("kind", officeKindFrom, officeKindNames());
    office.commune = p.optional(&Params::text, "commune", 0, 5).value_or("");
    if (!office.commune.empty()) p.insee("commune");
    office.phone = p.optional(&Params::text, "phone", 0, 40).value_or("");
    return office;
}

Commune communeIn(Params& p) {
    Commune commune;
    commune.insee = p.insee("insee");
    commune.name = p.text("name", 1, 200);
    commune.postcode = p.optional(&Params::text, "postcode", 0, 10).value_or("");
    commune.population = p.nullable(&Params::integer, "population", 0, 100'000'000);
    commune.latitude = p.nullable(&Params::number, "latitude", -90, 90);
    commune.longitude = p.nullable(&Params::number, "longitude", -180, 180);
    return commune;
}

}  // namespace placette
