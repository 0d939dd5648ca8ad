#include "placette/domain/week.hpp"

#include "placette/domain/legal.hpp"

namespace placette {

namespace {

// Equal for equal weeks of equal reach, on one day.
std::string markOf(const House& house, Date today) {
    std::string mark = toText(today) + ' ' + std::to_string(*house.publishWeeks);
    for (const auto& cell : *house.week)
        mark += ' ' + std::to_string(cell.day) + '|' + cell.period + '|' + cell.section + '|' +
                std::to_string(cell.open) + '|' + (cell.reserved ? std::to_string(*cell.reserved) : "");
    return mark;
}

}  // namespace

std::vector<ApplyWeek::Item> cellsOfWeek(const Facility& facility, const std::vector<WeekCell>& week,
                                         Date from, Date until) {
    std::vector<ApplyWeek::Item> items;
    for (auto day = from; day < until; day += date::days{1}) {
        const auto weekday = static_cast<int>(date::weekday{day}.iso_encoding());
        for (const auto& cell : week) {
            const auto* period = facility.period(cell.period);
            if (cell.day != weekday || !period || !period->isOn(day) || !facility.section(cell.section))
                continue;
            items.push_back({{facility.id, day, cell.period, cell.section},
                             cell.open,
                             cell.reserved,
                             {},
                             mostAtOnce(facility, *period)});
        }
    }
    return items;
}

std::optional<ApplyWeek> publication(const Facility& facility, Date today) {
    const auto& house = facility.house;
    if (!house.week || house.week->empty() || house.publishWeeks.value_or(0) == 0) return std::nullopt;
    ApplyWeek command{facility.id,
                      cellsOfWeek(facility, *house.week, today, today + date::weeks{*house.publishWeeks}),
                      true};
    command.published = markOf(house, today);
    return command;
}

}  // namespace placette
