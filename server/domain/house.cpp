#include "placette/domain/house.hpp"

namespace placette {

namespace {

template <class T>
std::optional<T> saidOr(const std::optional<T>& said, const std::optional<T>& before) {
    return said ? said : before;
}

}  // namespace

House House::over(const House& before) const {
    return {saidOr(arriveUntil, before.arriveUntil), saidOr(mealCutoff, before.mealCutoff),
            saidOr(week, before.week), saidOr(publishWeeks, before.publishWeeks)};
}

}  // namespace placette
