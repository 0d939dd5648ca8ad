#include "protocol/house_reader.hpp"

#include <algorithm>

#include "placette/domain/cell.hpp"
#include "protocol/weekday.hpp"

namespace placette {

namespace {

constexpr std::size_t mostWeekCells = 500;

bool sameCell(const WeekCell& one, const WeekCell& other) {
    return one.day == other.day && one.period == other.period && one.section == other.section;
}

std::optional<TimeOfDay> limitIn(Params& p, std::string_view name) {
    if (p.has(name) && p.isNull(name)) return noLimit;
    return p.optional(&Params::timeOfDay, name);
}

}  // namespace

std::vector<WeekCell> weekIn(Params& p, std::string_view name) {
    std::vector<WeekCell> week;
    p.objects(name, 0, mostWeekCells, [&](Params& each) {
        WeekCell cell{each.oneOf<int>("day", weekdayFrom), each.id("period"), each.id("section"),
                      each.integer("open", 0, maxPlaces),
                      each.optional(&Params::integer, "reserved", 0, maxPlaces)};
        if (std::ranges::any_of(week, [&](const WeekCell& one) { return sameCell(one, cell); }))
            each.refuse("day", "names the same cell again");
        week.push_back(std::move(cell));
    });
    return week;
}

House houseIn(Params& p) {
    House house;
    house.arriveUntil = limitIn(p, "arriveUntil");
    house.mealCutoff = limitIn(p, "mealCutoff");
    if (p.has("week")) house.week = weekIn(p, "week");
    house.publishWeeks = p.optional(&Params::integer, "publishWeeks", 0, mostPublishedWeeks);
    return house;
}

}  // namespace placette
