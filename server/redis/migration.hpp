// Stores of older schemas, brought to this program's step by step: one numbered step from each schema to the
// next. A step may be carried out again: what a crash left half done is done once more. Nobody else writes
// meanwhile: an older server on the same Redis is stopped first.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "redis/client.hpp"
#include "redis/store_failure.hpp"

namespace placette::redis {

// Nothing happens where the store is new, or of this schema already. The client has the function library.
Awaitable<tl::expected<void, StoreFailure>> migrate(net::io_context&, Client&);

}  // namespace placette::redis
