// Each makes one measurement and tells its result.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "options.hpp"

namespace load {

nlohmann::ordered_json watch(const Options&);
nlohmann::ordered_json idle(const Options&);
nlohmann::ordered_json resume(const Options&);
nlohmann::ordered_json book(const Options&);

}  // namespace load
