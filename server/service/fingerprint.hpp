// Whether two calls ask for the same: of the method and its parameters, whatever the order and the spelling
// in which they came.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace placette::service {

std::string fingerprint(std::string_view method, const nlohmann::json& params);  // hexadecimal

}  // namespace placette::service
