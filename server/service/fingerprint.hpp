// Whether two calls ask for the same: of the method and its parameters, whatever the order and the spelling
// in which they came.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "protocol/json.hpp"

namespace placette::service {

// `without`: members of `params` that do not count.
std::string fingerprint(std::string_view method, Json::Value params,
                        std::span<const std::string_view> without = {});  // hexadecimal

}  // namespace placette::service
