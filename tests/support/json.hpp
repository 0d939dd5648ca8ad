// JSON as tests write it, read as the server does.
#pragma once

#include <nlohmann/json.hpp>

#include "protocol/json.hpp"

namespace placette::test {

inline Json read(const nlohmann::json& json) {
    return Json::parse(json.dump());
}

}  // namespace placette::test
