#include "redis/history_text.hpp"

#include <array>
#include <charconv>

#include "redis/cell_text.hpp"

namespace placette::redis {
namespace {

template <class Integer>
std::optional<Integer> wholeNumber(std::string_view text) {
    Integer value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<CountChange> countChangeFrom(std::string_view line) {
    std::array<std::string_view, 8> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto bar = i + 1 < parts.size() ? line.find('|') : line.size();
        if (bar == std::string_view::npos) return std::nullopt;
        parts[i] = line.substr(0, bar);
        line.remove_prefix(std::min(line.size(), bar + 1));
    }
    const auto at = wholeNumber<std::int64_t>(parts[0]);
    const auto what = countActFrom(parts[2]);
    const auto from = wholeNumber<int>(parts[5]), to = wholeNumber<int>(parts[6]);
    if (!at || !what || !to || (!from && !parts[5].empty())) return std::nullopt;
    return CountChange{instantFromMillis(*at),
                       std::string(parts[1]),
                       *what,
                       std::string(parts[3]),
                       std::string(parts[4]),
                       from,
                       *to,
                       std::string(parts[7])};
}

}  // namespace placette::redis
