// Which children one facility can take for what is asked, all at once: the rules of a place, applied to a
// need. What a facility says of itself beyond its counts (hours of arrival, who may come) comes in here.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "placette/domain/plan.hpp"

namespace placette {

using ChildSet = std::uint32_t;  // a bit a child

struct Seat {
    std::size_t period = 0, section = 0;  // positions in the facility's document
    int child = 0;
    bool stale = false;
};

// The need, laid out once for all facilities.
struct PlanDays {
    explicit PlanDays(const PlanNeed&);

    const PlanNeed& need;
    std::vector<Date> dates;
    std::vector<std::size_t> dayOf;       // of each want
    std::vector<std::size_t> firstOf;     // want of each day, and the number of wants at the end
    std::vector<std::vector<int>> ages;   // by day, by child
    ChildSet all;                         // children

    std::size_t wants() const { return dayOf.size(); }
    std::size_t children() const { return need.children.size(); }
};

class Seating {
public:
    Seating(const PlanHouse&, const PlanDays&);

    bool takes(std::size_t want, ChildSet children) const { return fits_[want] >> children & 1; }
    int stale(std::size_t want, ChildSet children) const { return stale_[want * subsets_ + children]; }
    std::uint64_t whole() const { return whole_; }  // wants for which it takes every child, a bit each
    std::uint64_t some() const { return some_; }    // wants × children that it takes alone, a bit each
    // When it would have the child for a half-day that is asked by name.
    const Hours& hours(std::size_t want) const { return hours_[want]; }

    std::vector<Seat> seats(std::size_t want, ChildSet children) const;  // where it takes them

private:
    const PlanHouse* house_;
    const PlanDays* days_;
    Date today_;
    std::size_t subsets_;
    std::vector<std::uint64_t> fits_;  // by want, a bit a set of children
    std::vector<std::uint8_t> stale_;
    std::vector<Hours> hours_;
    std::uint64_t whole_ = 0, some_ = 0;
};

}  // namespace placette
