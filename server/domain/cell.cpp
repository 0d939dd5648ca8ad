#include "placette/domain/cell.hpp"

#include <algorithm>

namespace placette {

int Cell::free(Care care) const {
    const int taken = care == Care::vip ? vip + other : other + std::max(vip, reserved);
    return std::max(0, open - taken);
}

void Cell::commit(Care care, int count, bool held) {
    (care == Care::vip ? vip : other) += count;
    if (held) (care == Care::vip ? heldVip : heldOther) += count;
}

void Cell::settle(Care care, int count) {
    (care == Care::vip ? heldVip : heldOther) -= count;
}

}  // namespace placette
