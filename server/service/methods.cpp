#include <algorithm>

#include "service/method_table.hpp"

namespace placette::service {

static_assert(std::ranges::is_sorted(methods, {}, &Method::name));

const Method* findMethod(std::string_view name) {
    const auto found = std::ranges::lower_bound(methods, name, {}, &Method::name);
    return found != methods.end() && found->name == name ? &*found : nullptr;
}

}  // namespace placette::service
