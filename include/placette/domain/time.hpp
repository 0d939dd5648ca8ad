// Dates and instants of the domain, and their text on the wire (RFC 3339).
#pragma once

#include <date/date.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace placette {

using Date = date::sys_days;                                // a calendar day of the territory, zone-less
using Instant = date::sys_time<std::chrono::milliseconds>;  // UTC
using TimeOfDay = std::chrono::minutes;                     // since local midnight, 0 .. 24 h

std::string toText(Date);       // "2026-11-24"
std::string toText(Instant);    // "2026-11-24T16:02:11Z" (whole seconds)
std::string toText(TimeOfDay);  // "08:15"

// The same text in place, of that many characters; answers its end.
template <class T>
constexpr std::size_t textSize = 0;
template <>
constexpr std::size_t textSize<Date> = 10;
template <>
constexpr std::size_t textSize<Instant> = 20;
template <>
constexpr std::size_t textSize<TimeOfDay> = 5;
char* writeText(char* to, Date);
char* writeText(char* to, Instant);
char* writeText(char* to, TimeOfDay);

std::optional<Date> dateFrom(std::string_view);            // strict: YYYY-MM-DD, a real day, 2000..2199
std::optional<Instant> instantFrom(std::string_view);      // RFC 3339 with Z or offset
std::optional<TimeOfDay> timeOfDayFrom(std::string_view);  // strict HH:MM

}  // namespace placette
