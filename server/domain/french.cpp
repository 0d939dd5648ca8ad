#include "domain/french.hpp"

#include <array>
#include <cmath>

namespace placette::french {
namespace {

constexpr std::array weekdayNames{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."};
constexpr std::array monthNames{"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                "juil.", "août",  "sept.", "oct.", "nov.", "déc."};

}  // namespace

std::string day(Date date) {
    const date::year_month_day parts{date};
    const auto number = static_cast<unsigned>(parts.day());
    return std::string(weekdayNames[date::weekday{date}.c_encoding()]) + ' ' +
           (number == 1 ? "1er" : std::to_string(number)) + ' ' +
           monthNames[static_cast<unsigned>(parts.month()) - 1];
}

std::string hour(TimeOfDay time) {
    const auto minutes = time.count() % 60;
    auto text = std::to_string(time.count() / 60).append(space).append("h");
    if (minutes == 0) return text;
    return text.append(space).append(minutes < 10 ? "0" : "").append(std::to_string(minutes));
}

std::string distance(double km) {
    const auto whole = std::lround(km);
    const auto text = whole < 1 ? std::string("moins de 1") : std::to_string(whole);
    return text + std::string(space) + "km";
}

std::string list(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " et " : ", ";
        text += items[i];
    }
    return text;
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    if (!lowered.empty() && lowered[0] >= 'A' && lowered[0] <= 'Z') lowered[0] += 'a' - 'A';
    return lowered;
}

}  // namespace placette::french
