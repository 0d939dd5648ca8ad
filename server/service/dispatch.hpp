// From a request's text to its reply's: envelope, sign-in, role, method. nullopt: there is nothing to answer.
//
// The calls of a batch start in order and may overlap; a call runs up to its first suspension before the next
// one starts, so a session's writes reach Redis in their order. `environment` and `caller` must outlive the
// awaited coroutine.
#pragma once

#include <optional>
#include <string>

#include "service/method.hpp"

namespace placette::service {

Awaitable<std::optional<Parts>> dispatch(Environment& environment, Caller& caller, std::string text);

}  // namespace placette::service
