#include "service/plan_request.hpp"

#include <algorithm>

#include "protocol/params.hpp"

namespace placette::service {

namespace {

constexpr std::size_t mostTerritories = 10, mostKnown = 200;
constexpr int mostPlans = 10;
constexpr double furthestKm = 1000;

PlanPoint pointIn(Params& p) {
    if (p.has("commune")) return {p.insee("commune"), {}};
    return {"", {p.number("latitude", -90, 90), p.number("longitude", -180, 180)}};
}

std::optional<PlanPoint> optionalPoint(Params& p, std::string_view name) {
    std::optional<PlanPoint> point;
    p.optionalObject(name, [&](Params& each) { point = pointIn(each); });
    return point;
}

Want wantIn(Params& p) {
    Want want{p.date("date"), {}, {}};
    if (p.has("period")) {
        want.period = p.id("period");
        return want;
    }
    const auto start = p.timeOfDay("start"), end = p.timeOfDay("end");
    if (end <= start) p.refuse("end", "is not after the start");
    want.hours = {{start, end}};
    return want;
}

// Hours of one day go together; half-days by their names do not go with hours.
void add(std::vector<Want>& wants, Want asked, Params& p) {
    const auto sameDay = [&](const Want& other) { return other.date == asked.date; };
    if (asked.hours.empty()) {
        for (const auto& other : wants) {
            if (!sameDay(other)) continue;
            if (!other.hours.empty()) p.refuse("period", "for that day there are hours already");
            if (other.period == asked.period) p.refuse("period", "is there twice");
        }
        if (static_cast<std::size_t>(std::ranges::count_if(wants, sameDay)) == maxHalfDaysOfDay)
            p.refuse("period", "that is more half-days than a day has");
        return wants.push_back(std::move(asked));
    }
    const auto other = std::ranges::find_if(wants, sameDay);
    if (other == wants.end()) return wants.push_back(std::move(asked));
    const auto hours = asked.hours.front();
    if (other->hours.empty()) return p.refuse("start", "for that day there are half-days already");
    for (const auto& [start, end] : other->hours)
        if (hours.start < end && start < hours.end) p.refuse("start", "within other hours of that day");
    other->hours.push_back(hours);
    std::ranges::sort(other->hours, {}, &Hours::start);
}

}  // namespace

Result<PlanRequest> readPlanRequest(const Json& params) {
    PlanRequest request;
    Params p(params);
    request.territories = p.distinct(&Params::territory, "territories", 1, mostTerritories);
    request.near = optionalPoint(p, "near");
    request.via = optionalPoint(p, "via");
    p.objects("children", 1, maxPlanChildren,
              [&](Params& each) { request.children.push_back(childIn(each)); });
    request.care = p.oneOf("care", careFrom);
    request.knownAt = p.distinct(&Params::id, "knownAt", 0, mostKnown);
    p.objects("places", 1, maxPlanPlaces, [&](Params& each) { add(request.wants, wantIn(each), each); });
    request.maxKm = p.optional(&Params::number, "maxKm", 0, furthestKm);
    request.limit = static_cast<std::size_t>(
        p.optional(&Params::integer, "limit", 1, mostPlans).value_or(static_cast<int>(request.limit)));
    if (request.via && !request.near) p.refuse("via", "goes with near");
    if (request.maxKm && !request.near) p.refuse("maxKm", "goes with near");
    if (request.wants.size() * request.children.size() > maxPlanPlaces)
        p.refuse("places", "more than 60 for all the children together");
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    std::ranges::stable_sort(request.wants, {}, &Want::date);
    return request;
}

}  // namespace placette::service
