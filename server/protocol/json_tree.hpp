// Text to the tree of values that the readers of the protocol know.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace placette {

// Discarded where the text is not JSON, or not UTF-8. The text is not nested deeper than who asks can bear:
// the tree is made by recursion.
nlohmann::json jsonTree(std::string_view text);

}  // namespace placette
