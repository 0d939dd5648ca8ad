#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <cmath>
#include <numeric>
#include <tuple>

#include "domain/plan_seats.hpp"

namespace placette {
namespace {

// Who of a half-day's children is where.
struct Share {
    ChildSet first = 0, second = 0;
};
using Shares = std::array<Share, maxPlanPlaces>;  // by want

// What a division of the need between two facilities costs: the less, the better, in this order.
struct Cost {
    int missing = 0, apart = 0, splitDays = 0, second = 0;
    auto operator<=>(const Cost&) const = default;
    Cost operator+(const Cost& more) const {
        return {missing + more.missing, apart + more.apart, splitDays + more.splitDays, second + more.second};
    }
};

Cost costOf(Share share, ChildSet all) {
    return {std::popcount(all & ~(share.first | share.second)), share.first && share.second ? 1 : 0, 0,
            std::popcount(share.second)};
}

// Every way to divide the children between two facilities and nobody, the best first.
std::vector<Share> allShares(ChildSet all) {
    std::vector<Share> shares;
    for (ChildSet first = 0; first <= all; ++first)
        for (ChildSet second = 0; second <= all; ++second)
            if (!(first & second)) shares.push_back({first, second});
    std::ranges::sort(shares, {}, [all](const Share& one) {
        return std::tuple(costOf(one, all), one.first, one.second);
    });
    return shares;
}

// The best division of one day. Its half-days hang together: by the day that is in two places, and because no
// child is in both at one time.
class DayDivision {
public:
    DayDivision(const Seating& first, const Seating& second, const PlanDays& days,
                const std::vector<Share>& shares, std::size_t day)
        : first_(first),
          second_(second),
          all_(days.all),
          shares_(shares),
          begin_(days.firstOf[day]),
          end_(days.firstOf[day + 1]) {}

    Cost best(Shares& shares) {
        const auto wants = bits(begin_, end_);
        for (const auto& [seating, whole] :
             {std::pair(&first_, Share{all_, 0}), std::pair(&second_, Share{0, all_})})
            if ((seating->whole() & wants) == wants) {
                std::fill(&shares[begin_], &shares[begin_] + (end_ - begin_), whole);
                return {0, 0, 0, static_cast<int>(end_ - begin_) * std::popcount(whole.second)};
            }
        rest_[end_ - begin_] = {};
        for (auto want = end_; want-- > begin_;)
            rest_[want - begin_] = rest_[want - begin_ + 1] + cheapest(want);
        chooseFrom(begin_, {}, false, false);
        for (auto want = begin_; want < end_; ++want) shares[want] = best_[want - begin_];
        return bestCost_;
    }

private:
    using OfDay = std::array<Share, maxHalfDaysOfDay>;

    static std::uint64_t bits(std::size_t begin, std::size_t end) {
        return ((std::uint64_t{1} << (end - begin)) - 1) << begin;
    }

    bool isPossible(std::size_t want, const Share& share) const {
        return first_.takes(want, share.first) && second_.takes(want, share.second);
    }

    Cost cheapest(std::size_t want) const {
        const auto fits = [&](const Share& share) { return isPossible(want, share); };
        return costOf(*std::ranges::find_if(shares_, fits), all_);
    }

    // Depth first, the best of each half-day first; a branch that can no longer be better is left.
    void chooseFrom(std::size_t want, Cost cost, bool usesFirst, bool usesSecond) {
        cost.splitDays = usesFirst && usesSecond ? 1 : 0;
        if (!(cost + rest_[want - begin_] < bestCost_)) return;
        if (want == end_) {
            bestCost_ = cost;
            best_ = chosen_;
            return;
        }
        for (const auto& share : shares_) {
            if (!isPossible(want, share) || inTwoPlaces(want, share)) continue;
            chosen_[want - begin_] = share;
            chooseFrom(want + 1, cost + costOf(share, all_), usesFirst || share.first,
                       usesSecond || share.second);
        }
    }

    bool inTwoPlaces(std::size_t want, Share share) const {
        const auto meet = [](const Hours& a, const Hours& b) { return a.start < b.end && b.start < a.end; };
        for (auto other = begin_; other < want; ++other) {
            const auto& before = chosen_[other - begin_];
            const bool back = (before.first & share.second) != 0, over = (before.second & share.first) != 0;
            if (back && meet(first_.hours(other), second_.hours(want))) return true;
            if (over && meet(second_.hours(other), first_.hours(want))) return true;
        }
        return false;
    }

    const Seating& first_;
    const Seating& second_;
    const ChildSet all_;
    const std::vector<Share>& shares_;
    const std::size_t begin_, end_;  // wants
    std::array<Cost, maxHalfDaysOfDay + 1> rest_{};  // at best, from each want on
    OfDay chosen_{}, best_{};
    Cost bestCost_{INT_MAX / 2, 0, 0, 0};
};

struct Rank {  // as plan.hpp says; its order is the order of plans
    int missing = 0, parts = 1, apart = 0, splitDays = 0, unknown = 0, second = 0;
    int tenthsOfKm = 0, byCar = 0, stale = 0;
    std::string_view firstId{}, secondId{};
    auto operator<=>(const Rank&) const = default;
};

struct Choice {
    Rank rank;
    std::size_t first = 0;
    std::optional<std::size_t> second{};
};

class Search {
public:
    Search(const PlanNeed& need, const std::vector<PlanHouse>& houses)
        : houses_(houses), days_(need), shares_(allShares(days_.all)) {
        alone_ = shares_;
        std::erase_if(alone_, [](const Share& share) { return share.second != 0; });
        for (std::size_t house = 0; house < houses.size(); ++house) {
            auto seating = Seating(houses[house], days_);
            if (seating.some()) seated_.push_back({house, std::move(seating)});
        }
        // Those first that can take most: what they find lets many others be left.
        std::ranges::stable_sort(seated_, std::ranges::greater{},
                                 [](const Seated& one) { return std::popcount(one.seating.some()); });
    }

    std::vector<Plan> run() {
        for (std::size_t one = 0; one < seated_.size(); ++one) consider(one, std::nullopt);
        if (found_.empty() || found_.front().rank.missing > 0)
            for (std::size_t one = 0; one < seated_.size(); ++one)
                for (std::size_t other = one + 1; other < seated_.size(); ++other)
                    if (mayBeGood(seated_[one].seating, seated_[other].seating)) {
                        consider(one, other);
                        consider(other, one);
                    }
        std::vector<Plan> plans;
        for (const auto& choice : found_) {
            if (choice.rank.missing > 0 && !plans.empty() && plans.front().complete()) break;
            plans.push_back(planOf(choice));
        }
        return plans;
    }

private:
    struct Seated {
        std::size_t house;
        Seating seating;
        int alone = 0;  // places that are missing without another
    };

    int places() const { return static_cast<int>(days_.wants() * days_.children()); }

    // Nothing that two facilities can do together is better than what each of them can do for one child at a
    // time.
    bool mayBeGood(const Seating& one, const Seating& other) const {
        if (found_.size() < days_.need.limit) return true;
        const auto together = std::popcount(one.some() | other.some());
        const auto most = std::max(std::popcount(one.some()), std::popcount(other.some()));
        const auto& worst = found_.back().rank;
        return std::tuple(places() - together, 2, 0, 0, 0, together - most) <=
               std::tuple(worst.missing, worst.parts, worst.apart, worst.splitDays, worst.unknown,
                          worst.second);
    }

    Cost divide(const Seating& first, const Seating* second, Shares& shares) const {
        Cost cost;
        for (std::size_t day = 0; day < days_.dates.size(); ++day)
            cost = cost + (second ? DayDivision(first, *second, days_, shares_, day).best(shares)
                                  : DayDivision(first, first, days_, alone_, day).best(shares));
        return cost;
    }

    void consider(std::size_t one, std::optional<std::size_t> other) {
        auto& first = seated_[one];
        const auto* second = other ? &seated_[*other] : nullptr;
        Shares shares;
        const auto cost = divide(first.seating, second ? &second->seating : nullptr, shares);
        const auto taken = places() - cost.missing;
        if (!second)
            first.alone = cost.missing;
        else if (cost.missing >= std::min(first.alone, second->alone))
            return;  // one is enough
        const auto& house = houses_[first.house];
        Rank rank{cost.missing, second ? 2 : 1, cost.apart, cost.splitDays};
        rank.unknown = house.known ? 0 : taken - cost.second;
        rank.second = cost.second;
        rank.tenthsOfKm = tenths(house.km);
        rank.byCar = house.onFoot ? 0 : 1;
        rank.firstId = house.facility->id;
        if (second) {
            const auto& more = houses_[second->house];
            rank.unknown += more.known ? 0 : cost.second;
            rank.tenthsOfKm = std::max(rank.tenthsOfKm, tenths(more.km));
            rank.byCar = std::max(rank.byCar, more.onFoot ? 0 : 1);
            rank.secondId = more.facility->id;
        }
        for (std::size_t want = 0; want < days_.wants(); ++want) {
            rank.stale += first.seating.stale(want, shares[want].first);
            if (second) rank.stale += second->seating.stale(want, shares[want].second);
        }
        keep({rank, one, other});
    }

    static int tenths(std::optional<double> km) {
        return km ? static_cast<int>(std::lround(std::min(*km, 1e6) * 10)) : INT_MAX;
    }

    // Of two facilities one plan: the better of the two ways to see it.
    void keep(Choice choice) {
        const auto isSame = [&](const Choice& other) {
            return choice.second && other.second &&
                   std::minmax(other.first, *other.second) == std::minmax(choice.first, *choice.second);
        };
        if (const auto same = std::ranges::find_if(found_, isSame); same != found_.end()) {
            if (same->rank <= choice.rank) return;
            found_.erase(same);
        }
        found_.insert(std::ranges::upper_bound(found_, choice.rank, {}, &Choice::rank), choice);
        if (found_.size() > days_.need.limit) found_.pop_back();
    }

    Plan planOf(const Choice& choice) const {
        const auto& first = seated_[choice.first];
        const auto* second = choice.second ? &seated_[*choice.second] : nullptr;
        Shares shares;
        divide(first.seating, second ? &second->seating : nullptr, shares);
        Plan plan;
        plan.parts.push_back(partOf(first, shares, &Share::first));
        if (second) plan.parts.push_back(partOf(*second, shares, &Share::second));
        for (std::size_t want = 0; want < days_.wants(); ++want) {
            const auto [here, there] = shares[want];
            if (here && there) plan.apart.push_back(want);
            for (auto left = days_.all & ~(here | there); left; left &= left - 1)
                plan.missing.push_back({want, std::countr_zero(left)});
        }
        plan.km = 0;
        for (const auto& part : plan.parts) {
            const auto km = houses_[part.house].km;
            plan.km = plan.km && km ? std::optional(std::max(*plan.km, *km)) : std::nullopt;
        }
        return plan;
    }

    PlanPart partOf(const Seated& seated, const Shares& shares, ChildSet Share::* which) const {
        PlanPart part{seated.house, {}};
        const auto& facility = *houses_[seated.house].facility;
        for (std::size_t want = 0; want < days_.wants(); ++want) {
            if (!(shares[want].*which)) continue;
            for (const auto& seat : seated.seating.seats(want, shares[want].*which))
                part.places.push_back({days_.need.wants[want].date, facility.periods[seat.period].id,
                                       facility.sections[seat.section].id, seat.child, seat.stale});
        }
        return part;
    }

    const std::vector<PlanHouse>& houses_;
    const PlanDays days_;
    const std::vector<Share> shares_;
    std::vector<Share> alone_;  // of them, those that need no second facility
    std::vector<Seated> seated_;
    std::vector<Choice> found_;  // the best, in their order
};

}  // namespace

bool Plan::stale() const {
    return std::ranges::any_of(parts, [](const PlanPart& part) {
        return std::ranges::any_of(part.places, &PlannedPlace::stale);
    });
}

std::vector<Plan> searchPlans(const PlanNeed& need, const std::vector<PlanHouse>& houses) {
    return Search(need, houses).run();
}

}  // namespace placette
