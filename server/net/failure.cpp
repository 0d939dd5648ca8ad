#include "net/failure.hpp"

#include <spdlog/spdlog.h>

namespace placette::net {

void logFailure(std::exception_ptr failure) {
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        spdlog::error("connection ended by an exception: {}", error.what());
    }
}

}  // namespace placette::net
