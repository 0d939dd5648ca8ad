// From a history that fails to a short one that fails as well: what a person reads to see why.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "comparison.hpp"

namespace placette::test {

// Carries the steps out one by one, on an emptied Redis; how many it took until the first difference, and
// which.
struct Failed {
    std::size_t steps;
    std::string difference;
};
std::optional<Failed> replay(const RedisServer&, const redis::FunctionLibrary&, const std::vector<Step>&);

// Takes parts away, large ones first, as long as it still fails: the fewest steps found within so many
// replays.
std::vector<Step> shrunk(const RedisServer&, const redis::FunctionLibrary&, std::vector<Step>,
                         int replays = 400);

std::string textOf(const std::vector<Step>&);  // a line each

}  // namespace placette::test
