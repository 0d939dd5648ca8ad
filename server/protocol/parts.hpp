// A text on its way out, in shared pieces that are written one after another: what many sessions get alike is
// encoded once and never copied.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace placette {

using Shared = std::shared_ptr<const std::string>;
using Parts = std::vector<Shared>;
using Message = std::shared_ptr<const Parts>;  // one text frame

inline Shared shared(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}
inline Parts parts(std::string text) {
    return {shared(std::move(text))};
}

inline std::size_t bytesOf(const Parts& parts) {
    std::size_t bytes = 0;
    for (const auto& part : parts) bytes += part->size();
    return bytes;
}

}  // namespace placette
