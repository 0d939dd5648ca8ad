#include "placette/domain/approval.hpp"

#include <algorithm>
#include <utility>

namespace placette {
namespace {

using Span = std::pair<Instant, Instant>;

// When it is open on that day, in order; periods that overlap are one.
std::vector<Span> openSpans(Date day, const Facility& facility, const date::time_zone& zone) {
    std::vector<Span> spans;
    for (const Period& period : facility.periods)
        if (facility.opensOn(day, period))
            spans.emplace_back(toInstant(day, period.start, zone), toInstant(day, period.end, zone));
    std::ranges::sort(spans);
    std::vector<Span> apart;
    for (const Span& span : spans) {
        if (apart.empty() || span.first > apart.back().second)
            apart.push_back(span);
        else
            apart.back().second = std::max(apart.back().second, span.second);
    }
    return apart;
}

}  // namespace

Instant decideBy(Instant requested, Instant firstStart, const Facility& facility,
                 const date::time_zone& zone) {
    const Instant latest = firstStart - lastAnswerBefore;
    std::chrono::milliseconds left = timeToDecide;
    const Date last = localDate(latest, zone);
    for (Date day = localDate(requested, zone); day <= last; day += date::days{1}) {
        for (const auto& [opens, closes] : openSpans(day, facility, zone)) {
            const auto from = std::max(opens, requested);
            if (closes <= from) continue;
            if (closes - from >= left) return std::min(from + left, latest);
            left -= closes - from;
        }
    }
    return latest;
}

}  // namespace placette
