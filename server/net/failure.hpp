// What becomes of an exception that ends a connection's coroutine: a defect, told in the log.
#pragma once

#include <exception>

namespace placette::net {

void logFailure(std::exception_ptr);

}  // namespace placette::net
