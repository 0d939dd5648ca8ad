// Whether two stores hold the same: one figure over all records, whatever their order, and however Redis
// keeps them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "redis/client.hpp"

namespace placette::redis {

struct StoreDigest {
    std::int64_t records = 0;  // keys that stay: what ends by itself may be gone by the time one compares
    std::string checksum;      // hexadecimal
    bool operator==(const StoreDigest&) const = default;
};

// Of a store that nobody writes to meanwhile. Nothing: the connection was lost, or Redis refused.
Awaitable<std::optional<StoreDigest>> digestOf(Client&);

}  // namespace placette::redis
