// From a parsed request to the text of its reply: envelope, sign-in, role, method. nullopt: there is nothing
// to answer.
//
// The calls of a batch start in order and may overlap; a call runs up to its first suspension before the next
// one starts, so a session's writes reach Redis in their order. `environment` and `caller` must outlive the
// awaited coroutine.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "protocol/json_rpc.hpp"
#include "service/method.hpp"

namespace placette::service {

Awaitable<std::optional<Parts>> dispatch(Environment&, Caller&, Result<rpc::Request>);

// What answers a call in a way of its own; it begins when it is called, once.
using Work = std::function<Awaitable<Answer>()>;

// `work` as a call of this method that came without an envelope: whoever may not call it is refused, and it
// is measured with the others.
Awaitable<Answer> asCallOf(Environment&, Caller&, std::string_view method, Work);

}  // namespace placette::service
