// Whether two calls ask for the same: of the method and its parameters, whatever the order and the spelling
// in which they came. Keyed: what is stored of a call that told a phone number must not let anybody try
// numbers out.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "identity/secrets.hpp"
#include "protocol/json.hpp"

namespace placette::service {

// `without`: members of `params` that do not count.
std::string fingerprint(std::string_view method, Json::Value params, const identity::secrets::Key&,
                        std::span<const std::string_view> without = {});  // "k" and hexadecimal

}  // namespace placette::service
