#include "placette/domain/holidays.hpp"

#include <algorithm>

namespace placette {

// The paschal full moon from the moon's place in its cycle of 19 years, and the Sunday after it.
Date easterSunday(date::year in) {
    const int year = static_cast<int>(in);
    const int century = year / 100;
    const int moon = year % 19;
    const int leapsLeftOut = century - century / 4;
    const int moonCorrection = (8 * century + 13) / 25;
    int age = (19 * moon + leapsLeftOut - moonCorrection + 15) % 30;  // days from 21 March to the full moon
    if (age == 29 || (age == 28 && moon > 10)) --age;
    const Date fullMoon = Date{in / date::March / 21} + date::days{age};
    const auto weekday = date::weekday{fullMoon};
    return fullMoon + (date::Sunday - weekday == date::days{0} ? date::days{7} : date::Sunday - weekday);
}

std::vector<Holiday> publicHolidays(date::year year, bool alsaceMoselle) {
    using date::days;
    const Date easter = easterSunday(year);
    const auto on = [&](unsigned month, unsigned day) { return Date{year / month / day}; };
    std::vector<Holiday> holidays{
        {on(1, 1), "Jour de l’an"},
        {easter + days{1}, "Lundi de Pâques"},
        {on(5, 1), "Fête du travail"},
        {on(5, 8), "Victoire 1945"},
        {easter + days{39}, "Ascension"},
        {easter + days{50}, "Lundi de Pentecôte"},
        {on(7, 14), "Fête nationale"},
        {on(8, 15), "Assomption"},
        {on(11, 1), "Toussaint"},
        {on(11, 11), "Armistice 1918"},
        {on(12, 25), "Noël"},
    };
    if (alsaceMoselle) {
        holidays.push_back({easter - days{2}, "Vendredi saint"});
        holidays.push_back({on(12, 26), "Saint Étienne"});
    }
    std::ranges::stable_sort(holidays, {}, &Holiday::date);
    return holidays;
}

}  // namespace placette
