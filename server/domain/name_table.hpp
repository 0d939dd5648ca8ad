// Names of an enumeration's values, in the order of the enumeration.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace placette {

template <class Enum, std::size_t size>
struct NameTable {
    std::array<std::string_view, size> names;

    constexpr std::string_view operator[](Enum value) const { return names[static_cast<std::size_t>(value)]; }

    constexpr std::optional<Enum> find(std::string_view name) const {
        for (std::size_t i = 0; i < size; ++i) {
            if (names[i] == name) return static_cast<Enum>(i);
        }
        return std::nullopt;
    }

    std::string list() const {
        std::string all;
        for (const auto name : names) (all += all.empty() ? "" : ", ") += name;
        return all;
    }
};

template <class Enum, class... Names>
constexpr NameTable<Enum, sizeof...(Names)> namesOf(Names... names) {
    return {{std::string_view(names)...}};
}

}  // namespace placette
