// Why a store cannot be served now: for the operator.
#pragma once

#include <string>

namespace placette::redis {

struct StoreFailure {
    std::string why;  // and what to do
    bool heals =
        true;  // it may be over soon: worth trying again. Not so: damage, another schema, another key
};

}  // namespace placette::redis
