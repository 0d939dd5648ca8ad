#include "redis/history_text.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

#include "redis/cell_text.hpp"

namespace placette::redis {
namespace {

[[noreturn]] void fail() {
    throw std::runtime_error("a change of a count in the store has another layout");
}

template <class Integer>
Integer numberFrom(std::string_view text) {
    Integer value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) fail();
    return value;
}

}  // namespace

CountChange countChangeFrom(std::string_view line) {
    std::array<std::string_view, 8> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto bar = i + 1 < parts.size() ? line.find('|') : line.size();
        if (bar == std::string_view::npos) fail();
        parts[i] = line.substr(0, bar);
        line.remove_prefix(std::min(line.size(), bar + 1));
    }
    const auto what = countActFrom(parts[2]);
    if (!what) fail();
    CountChange change{instantFromMillis(numberFrom<std::int64_t>(parts[0])), std::string(parts[1]), *what,
                       std::string(parts[3]), std::string(parts[4])};
    if (!parts[5].empty()) change.from = numberFrom<int>(parts[5]);
    change.to = numberFrom<int>(parts[6]);
    change.why = parts[7];
    return change;
}

}  // namespace placette::redis
