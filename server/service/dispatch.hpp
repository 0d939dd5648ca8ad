// From a parsed request to the text of its reply: envelope, sign-in, role, method. nullopt: there is nothing
// to answer.
//
// The calls of a batch start in order and may overlap; a call runs up to its first suspension before the next
// one starts, so a session's writes reach Redis in their order. `environment` and `caller` must outlive the
// awaited coroutine.
#pragma once

#include <optional>

#include "protocol/json_rpc.hpp"
#include "service/method.hpp"

namespace placette::service {

Awaitable<std::optional<Parts>> dispatch(Environment&, Caller&, Result<rpc::Request>);

}  // namespace placette::service
