#include "placette/domain/time.hpp"

#include <algorithm>

namespace placette {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// Whether the text has the pattern's shape: `0` stands for any digit, others for themselves.
bool hasShape(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (pattern[i] == '0' ? !isDigit(text[i]) : text[i] != pattern[i]) return false;
    }
    return true;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = 10 * value + (c - '0');
    return value;
}

// More than any part of a date, where they are no digits.
unsigned twoDigits(std::string_view text, std::size_t at) {
    const auto tens = static_cast<unsigned char>(text[at] - '0');
    const auto ones = static_cast<unsigned char>(text[at + 1] - '0');
    return tens < 10 && ones < 10 ? 10U * tens + ones : 100;
}

// A snapshot has three dates a cell: printf would be most of its cost.
template <int digits>
char* writeDigits(char* to, int value) {
    for (auto* at = to + digits; at > to; value /= 10) *--at = static_cast<char>('0' + value % 10);
    return to + digits;
}

char* writeDigits(char* to, int value, char end) {
    to = writeDigits<2>(to, value);
    *to = end;
    return to + 1;
}

template <class T>
std::string textOf(T value) {
    std::string text(textSize<T>, '\0');
    writeText(text.data(), value);
    return text;
}

std::optional<seconds> clockFrom(std::string_view text) {
    if (!hasShape(text, "00:00:00")) return std::nullopt;
    const auto time = timeOfDayFrom(text.substr(0, 5));
    const int second = number(text.substr(6));
    if (!time || second > 59) return std::nullopt;
    return *time + seconds{second};
}

// Milliseconds from ".1", ".123456"; further digits are cut off.
std::optional<std::chrono::milliseconds> fractionFrom(std::string_view text) {
    if (text.size() < 2) return std::nullopt;
    int value = 0;
    for (std::size_t i = 1; i < std::max<std::size_t>(text.size(), 4); ++i) {
        if (i < text.size() && !isDigit(text[i])) return std::nullopt;
        if (i < 4) value = 10 * value + (i < text.size() ? text[i] - '0' : 0);
    }
    return std::chrono::milliseconds{value};
}

std::optional<minutes> offsetFrom(std::string_view text) {
    if (text == "Z" || text == "z") return minutes{0};
    if (!hasShape(text, "+00:00") && !hasShape(text, "-00:00")) return std::nullopt;
    const auto size = timeOfDayFrom(text.substr(1));
    if (!size) return std::nullopt;
    return text.front() == '-' ? -*size : *size;
}

}  // namespace

char* writeText(char* to, Date date) {
    const date::year_month_day day{date};
    to = writeDigits<4>(to, static_cast<int>(day.year()));
    *to++ = '-';
    to = writeDigits(to, static_cast<int>(static_cast<unsigned>(day.month())), '-');
    return writeDigits<2>(to, static_cast<int>(static_cast<unsigned>(day.day())));
}

char* writeText(char* to, Instant instant) {
    const auto day = date::floor<date::days>(instant);
    const auto second = static_cast<int>(date::floor<seconds>(instant - day).count());
    to = writeText(to, day);
    *to++ = 'T';
    to = writeDigits(to, second / 3600, ':');
    to = writeDigits(to, second / 60 % 60, ':');
    return writeDigits(to, second % 60, 'Z');
}

char* writeText(char* to, TimeOfDay time) {
    to = writeDigits(to, static_cast<int>(time.count() / 60), ':');
    return writeDigits<2>(to, static_cast<int>(time.count() % 60));
}

std::string toText(Date date) {
    return textOf(date);
}
std::string toText(Instant instant) {
    return textOf(instant);
}
std::string toText(TimeOfDay time) {
    return textOf(time);
}

std::optional<Date> dateFrom(std::string_view text) {
    if (text.size() != textSize<Date> || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto century = twoDigits(text, 0), year = twoDigits(text, 2);
    if (century < 20 || century > 21 || year > 99) return std::nullopt;
    const date::year_month_day day{date::year(static_cast<int>(100 * century + year)),
                                   date::month(twoDigits(text, 5)), date::day(twoDigits(text, 8))};
    if (!day.ok()) return std::nullopt;
    return Date{day};
}

std::optional<Instant> instantFrom(std::string_view text) {
    constexpr std::size_t secondsEnd = 19;  // of "2026-11-24T16:02:11"
    if (text.size() <= secondsEnd || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
    const auto day = dateFrom(text.substr(0, 10));
    const auto clock = clockFrom(text.substr(11, 8));
    const auto offsetAt = text.find_first_of("Zz+-", secondsEnd);
    if (!day || !clock || offsetAt == std::string_view::npos) return std::nullopt;

    std::chrono::milliseconds fraction{0};
    if (text[secondsEnd] == '.') {
        const auto given = fractionFrom(text.substr(secondsEnd, offsetAt - secondsEnd));
        if (!given) return std::nullopt;
        fraction = *given;
    } else if (offsetAt != secondsEnd) {
        return std::nullopt;
    }
    const auto offset = offsetFrom(text.substr(offsetAt));
    if (!offset) return std::nullopt;
    return Instant{*day} + *clock + fraction - *offset;
}

std::optional<TimeOfDay> timeOfDayFrom(std::string_view text) {
    if (!hasShape(text, "00:00")) return std::nullopt;
    const int hour = number(text.substr(0, 2));
    const int minute = number(text.substr(3));
    if (hour > 23 || minute > 59) return std::nullopt;
    return hours{hour} + minutes{minute};
}

}  // namespace placette
