// What is counted: the work of a node that the rate of changes and the number of watchers multiply, each
// stage alone. Deterministic: no store, no sockets, no chance.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace placette::cost {

using Work = std::function<std::size_t()>;  // answers how much it made

struct Stage {
    std::string_view name;
    Work (*prepare)();  // what precedes the work is not counted
};

const std::vector<Stage>& stages();

}  // namespace placette::cost
