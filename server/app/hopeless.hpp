// What no other try mends: somebody has to do what it says first.
#pragma once

#include <stdexcept>

namespace placette::app {

struct Hopeless : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace placette::app
