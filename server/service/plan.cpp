// plan.*: where all of a need can be had.
#include <algorithm>

#include "hub/clock.hpp"
#include "service/opening.hpp"
#include "service/plan_request.hpp"
#include "service/since.hpp"

namespace placette::service {

namespace {

using Entries = std::vector<Directory::Entry>;

std::string element(const char* list, std::size_t index) {
    return std::string(list) + '[' + std::to_string(index) + ']';
}

Awaitable<Result<Entries>> territoriesOf(Environment& env, Caller& caller, std::vector<std::string> ids) {
    const auto account = caller.account;
    Entries entries;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto unknown = problem(ProblemType::invalid_params, "no such territory", element("territories", i));
        if (!account->sees(ids[i])) co_return unknown;
        const auto reached = co_await env.hub.reach(ids[i], seenBy(env, caller, ids[i]));
        if (!reached) co_return tl::unexpected(reached.error());
        auto known = env.hub.directory()->territory(ids[i]);
        if (!known || !env.hub.ring(ids[i])) co_return unknown;
        entries.push_back(std::move(known));
    }
    co_return entries;
}

const Commune* communeOf(const Entries& entries, const std::string& insee) {
    for (const auto& entry : entries) {
        const auto& communes = entry->territory.communes;
        const auto found = std::ranges::find(communes, insee, &Commune::insee);
        if (found != communes.end()) return &*found;
    }
    return nullptr;
}

// nullopt in it: nobody has said where that commune is.
Result<std::optional<Point>> pointOf(const Entries& entries, const std::optional<PlanPoint>& asked,
                                     const std::string& field) {
    if (!asked) return std::optional<Point>();
    if (asked->commune.empty()) return std::optional(asked->point);
    const auto* commune = communeOf(entries, asked->commune);
    if (!commune)
        return problem(ProblemType::invalid_params, "no such commune in these territories",
                       field + ".commune");
    return placette::pointOf(*commune);
}

struct Where {
    std::optional<Point> near, via;

    // From where the family lives; or with `via`, what the way there is longer by.
    std::optional<double> km(std::optional<Point> facility) const {
        if (!near || !facility) return std::nullopt;
        if (!via) return kilometresBetween(*near, *facility);
        const auto round = kilometresBetween(*near, *facility) + kilometresBetween(*facility, *via);
        return std::max(0.0, round - kilometresBetween(*near, *via));
    }
    std::optional<double> nearest(std::optional<Point> facility) const {
        if (!near || !facility) return std::nullopt;
        const auto fromHome = kilometresBetween(*near, *facility);
        return via ? std::min(fromHome, kilometresBetween(*via, *facility)) : fromHome;
    }
};

Result<Where> whereOf(const Entries& entries, const PlanRequest& request) {
    const auto near = pointOf(entries, request.near, "near");
    if (!near) return tl::unexpected(near.error());
    const auto via = pointOf(entries, request.via, "via");
    if (!via) return tl::unexpected(via.error());
    if (request.via && *near && !*via)
        return problem(ProblemType::invalid_params, "that commune has no coordinates", "via.commune");
    if (request.maxKm && !*near)
        return problem(ProblemType::invalid_params, "the commune of near has no coordinates", "maxKm");
    return Where{*near, *via};
}

std::optional<Problem> badDates(const Entries& entries, const PlanRequest& request, Instant now) {
    std::vector<Date> todays;
    for (const auto& entry : entries) todays.push_back(localDate(now, *entry->zone));
    const auto today = std::ranges::min(todays);
    for (const auto& want : request.wants) {
        if (want.date < today) return Problem{ProblemType::past, "that day is over", "places"};
        if (want.date > today + furthestAhead)
            return Problem{ProblemType::invalid_params, "more than 400 days ahead", "places"};
    }
    return std::nullopt;
}

std::optional<Problem> unknownFacility(const Entries& entries, const std::vector<std::string>& knownAt) {
    for (std::size_t i = 0; i < knownAt.size(); ++i) {
        const auto has = [&](const auto& entry) { return entry->territory.facilities.find(knownAt[i]); };
        if (std::ranges::none_of(entries, has))
            return Problem{ProblemType::invalid_params, "no such facility in these territories",
                           element("knownAt", i)};
    }
    return std::nullopt;
}

PlanNeed needOf(const PlanRequest& request, Date today, Instant now) {
    PlanNeed need{request.wants, {}, request.care, now, request.limit};
    for (const auto& child : request.children)
        need.children.push_back(child.birthMonth ? *child.birthMonth : birthMonthFrom(*child.ageMonths, today));
    return need;
}

// The facilities of a territory that may be asked; their counts are still to be had.
std::vector<PlanHouse> housesOf(const KnownTerritory& known, const PlanRequest& request, const Where& where) {
    std::vector<PlanHouse> houses;
    for (const auto& facility : known.territory.facilities) {
        if (!facility.bookableOnline()) continue;
        const auto point = placette::pointOf(facility, known.territory.communes);
        const auto km = where.km(point);
        if (request.maxKm && (!km || *km > *request.maxKm)) continue;
        PlanHouse house;
        house.facility = &facility;
        house.zone = known.zone;
        house.known = std::ranges::find(request.knownAt, facility.id) != request.knownAt.end();
        house.km = km;
        house.onFoot = reachedOnFoot(facility, where.nearest(point));
        houses.push_back(std::move(house));
    }
    return houses;
}

Awaitable<std::optional<Problem>> addHouses(Environment& env, std::int64_t seen, Directory::Entry entry,
                                            std::vector<PlanHouse> houses, std::vector<PlanHouse>& all,
                                            const std::vector<Date>& dates) {
    hub::CountsAsked asked{std::move(entry), {}, dates};
    for (const auto& house : houses) asked.facilities.push_back(house.facility);
    auto counts = co_await env.hub.counts(std::move(asked), seen);
    if (!counts) co_return counts.error();
    for (std::size_t i = 0; i < houses.size(); ++i) {
        houses[i].counts = std::move((*counts)[i]);
        all.push_back(std::move(houses[i]));
    }
    co_return std::nullopt;
}

}  // namespace

Awaitable<Answer> planSearch(Environment& env, Caller& caller, Call call) {
    const auto request = readPlanRequest(call.params);
    if (!request) co_return tl::unexpected(request.error());
    auto entries = co_await territoriesOf(env, caller, request->territories);
    if (!entries) co_return tl::unexpected(entries.error());
    const auto now = hub::now();
    const auto where = whereOf(*entries, *request);
    if (!where) co_return tl::unexpected(where.error());
    if (auto bad = badDates(*entries, *request, now)) co_return tl::unexpected(std::move(*bad));
    if (auto bad = unknownFacility(*entries, request->knownAt)) co_return tl::unexpected(std::move(*bad));

    Planner::Asked asked;
    asked.need = needOf(*request, localDate(now, *entries->front()->zone), now);
    asked.detour = request->via.has_value();
    const auto dates = datesOf(asked.need.wants);
    for (const auto& entry : *entries) {
        const auto seen = seenBy(env, caller, entry->territory.id);
        auto houses = housesOf(*entry, *request, *where);
        const auto bad = co_await addHouses(env, seen, entry, std::move(houses), asked.houses, dates);
        if (bad) co_return tl::unexpected(*bad);
    }
    asked.territories = std::move(*entries);
    auto answer = co_await env.planner.search(std::move(asked));
    if (!answer) co_return tl::unexpected(answer.error());
    co_return parts(std::move(*answer));
}

}  // namespace placette::service
