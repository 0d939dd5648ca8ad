#include "placette/domain/facility.hpp"

#include <algorithm>
#include <charconv>

#include "domain/name_table.hpp"

namespace placette {
namespace {

constexpr auto facilityKinds = namesOf<FacilityKind>("multi_accueil", "micro_creche", "creche_familiale",
                                                     "halte_garderie", "childminder");

template <class Item>
const Item* findById(const std::vector<Item>& items, std::string_view id) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

int monthsOf(date::year_month month) {
    return static_cast<int>(month.year()) * 12 + static_cast<int>(static_cast<unsigned>(month.month())) - 1;
}

date::year_month monthOf(Date day) {
    const date::year_month_day parts{day};
    return parts.year() / parts.month();
}

}  // namespace

std::string_view name(FacilityKind kind) {
    return facilityKinds[kind];
}
std::optional<FacilityKind> facilityKindFrom(std::string_view text) {
    return facilityKinds.find(text);
}
std::string facilityKindNames() {
    return facilityKinds.list();
}

bool Period::isOn(Date day) const {
    const auto weekday = static_cast<int>(date::weekday{day}.iso_encoding());
    return std::find(days.begin(), days.end(), weekday) != days.end();
}

const Section* Facility::section(std::string_view wanted) const {
    return findById(sections, wanted);
}
const Period* Facility::period(std::string_view wanted) const {
    return findById(periods, wanted);
}

const Section* Facility::sectionForAge(int months) const {
    const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& one) {
        return one.minAgeMonths <= months && months < one.maxAgeMonths;
    });
    return found == sections.end() ? nullptr : &*found;
}

bool Facility::closedBy(Date day) const {
    return std::any_of(closures.begin(), closures.end(),
                       [&](const Closure& closure) { return closure.from <= day && day <= closure.to; });
}

bool Facility::opensOn(Date day, const Period& period) const {
    return period.isOn(day) && !closedBy(day);
}

bool Facility::opensOn(Date day) const {
    return std::any_of(periods.begin(), periods.end(),
                       [&](const Period& period) { return opensOn(day, period); });
}

std::optional<TimeOfDay> Facility::lastArrival(const Period& period) const {
    const auto until = house.arriveUntil;
    const bool within = until && period.start < *until && *until < period.end;
    return within ? until : std::nullopt;
}

Facility entered(Facility facility, const Facility* before) {
    if (before) facility.house = facility.house.over(before->house);
    return facility;
}

bool Facility::bookableOnline() const {
    return kind != FacilityKind::childminder && kind != FacilityKind::creche_familiale;
}

Instant toInstant(Date day, TimeOfDay time, const date::time_zone& zone) {
    const date::local_time<std::chrono::milliseconds> local{date::local_days{day.time_since_epoch()} + time};
    return zone.to_sys(local, date::choose::earliest);
}

Date localDate(Instant instant, const date::time_zone& zone) {
    return Date{date::floor<date::days>(zone.to_local(instant)).time_since_epoch()};
}

int ageMonths(std::string_view birthMonth, Date on) {
    int year = 0;
    unsigned month = 0;
    std::from_chars(birthMonth.data(), birthMonth.data() + std::min<std::size_t>(birthMonth.size(), 4), year);
    if (birthMonth.size() > 5)
        std::from_chars(birthMonth.data() + 5, birthMonth.data() + birthMonth.size(), month);
    return monthsOf(monthOf(on)) - monthsOf(date::year{year} / date::month{month});
}

std::string birthMonthFrom(int months, Date on) {
    const auto birth = monthOf(on) - date::months{months};
    return toText(Date{birth / date::day{1}}).substr(0, 7);
}

}  // namespace placette
