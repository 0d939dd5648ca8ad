#include "domain/plan_seats.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace placette {
namespace {

constexpr std::chrono::minutes latestTaking{60};  // before the period's end

// One half-day of a facility as it can be taken.
struct Room {
    std::size_t index = 0;
    const Period* period = nullptr;
    bool usable = false;     // else it only says that somebody is there
    std::vector<int> free{};  // by section
    std::vector<bool> stale{};
};

bool mayStillCome(const PlanHouse& house, Date today, Date date, const Period& period, Instant now) {
    if (date != today) return date > today;
    return now < toInstant(date, period.end, *house.zone) - latestTaking;
}

std::optional<Room> roomAt(const PlanHouse& house, Date today, const PlanDays& days, std::size_t day,
                           std::size_t index) {
    const auto& facility = *house.facility;
    const auto& period = facility.periods[index];
    if (!facility.opensOn(days.dates[day], period)) return std::nullopt;
    Room room{index, &period, mayStillCome(house, today, days.dates[day], period, days.need.now), {}, {}};
    for (std::size_t section = 0; section < facility.sections.size(); ++section) {
        const auto& cell = house.counts.at(day, index, section);
        room.free.push_back(cell.closed ? 0 : cell.free(days.need.care));
        room.stale.push_back(!cell.staleAt || *cell.staleAt <= days.need.now);
    }
    return room;
}

std::vector<Room> roomsFor(const PlanHouse& house, Date today, const PlanDays& days, std::size_t want) {
    const auto& asked = days.need.wants[want];
    const auto& periods = house.facility->periods;
    std::vector<Room> rooms;
    for (std::size_t index = 0; index < periods.size(); ++index) {
        if (!asked.period.empty() && asked.period != periods[index].id) continue;
        if (auto room = roomAt(house, today, days, days.dayOf[want], index)) rooms.push_back(std::move(*room));
    }
    return rooms;
}

// Gives each child a section of its age while there is room: where ages overlap, not the first that comes,
// but so that all have one.
class Sections {
public:
    Sections(const Facility& facility, const std::vector<int>& ages, const Room& room)
        : facility_(facility), ages_(ages), room_(room), left_(room.free) {}

    bool seat(ChildSet children, std::vector<Seat>& seats) {
        if (!room_.usable) return false;
        if (!children) return true;
        const auto child = std::countr_zero(children);
        const auto age = ages_[static_cast<std::size_t>(child)];
        for (std::size_t section = 0; section < left_.size(); ++section) {
            const auto& of = facility_.sections[section];
            if (age < of.minAgeMonths || age >= of.maxAgeMonths || left_[section] < 1) continue;
            --left_[section];
            seats.push_back({room_.index, section, child, room_.stale[section]});
            if (seat(children & (children - 1), seats)) return true;
            seats.pop_back();
            ++left_[section];
        }
        return false;
    }

private:
    const Facility& facility_;
    const std::vector<int>& ages_;
    const Room& room_;
    std::vector<int> left_;
};

// Seats for hours: the fewest half-days that cover them. Between two that it has, a facility may be closed at
// noon.
class Cover {
public:
    Cover(const Facility& facility, const std::vector<int>& ages, const std::vector<Room>& rooms,
          ChildSet children)
        : facility_(facility), ages_(ages), rooms_(rooms), children_(children) {}

    bool over(const std::vector<Hours>& hours, std::vector<Seat>& seats) {
        return std::ranges::all_of(hours, [&](const Hours& one) { return over(one, seats); });
    }

private:
    bool over(const Hours& hours, std::vector<Seat>& seats) {
        for (auto at = hours.start; at < hours.end;) {
            if (const auto* present = taken(at)) {
                at = present->end;
                continue;
            }
            bool isOpen = false;
            if (const auto* next = longest(at, isOpen, seats)) {
                taken_.push_back(next);
                at = next->end;
                continue;
            }
            if (isOpen || at == hours.start) return false;
            const auto reopens = nextStart(at);
            if (!reopens || *reopens >= hours.end || *reopens - at > longestBreak) return false;
            at = *reopens;
        }
        return true;
    }

    const Period* taken(TimeOfDay at) const {
        const Period* latest = nullptr;
        for (const auto* period : taken_)
            if (period->start <= at && at < period->end && (!latest || period->end > latest->end))
                latest = period;
        return latest;
    }

    // Takes it. The one that goes on for longest: no other choice needs fewer.
    const Period* longest(TimeOfDay at, bool& isOpen, std::vector<Seat>& seats) {
        const Period* best = nullptr;
        std::vector<Seat> bestSeats;
        for (const auto& room : rooms_) {
            if (room.period->start > at || at >= room.period->end) continue;
            isOpen = true;
            if (best && room.period->end <= best->end) continue;
            std::vector<Seat> own;
            if (!Sections(facility_, ages_, room).seat(children_, own)) continue;
            best = room.period;
            bestSeats = std::move(own);
        }
        seats.insert(seats.end(), bestSeats.begin(), bestSeats.end());
        return best;
    }

    std::optional<TimeOfDay> nextStart(TimeOfDay at) const {
        std::optional<TimeOfDay> next;
        for (const auto& room : rooms_)
            if (room.period->start > at && (!next || room.period->start < *next)) next = room.period->start;
        return next;
    }

    const Facility& facility_;
    const std::vector<int>& ages_;
    const std::vector<Room>& rooms_;
    ChildSet children_;
    std::vector<const Period*> taken_;
};

std::optional<std::vector<Seat>> seatsIn(const PlanHouse& house, const PlanDays& days, std::size_t want,
                                         const std::vector<Room>& rooms, ChildSet children) {
    const auto& asked = days.need.wants[want];
    const auto& ages = days.ages[days.dayOf[want]];
    std::vector<Seat> seats;
    if (rooms.empty()) return std::nullopt;
    const bool fits = asked.period.empty()
                          ? Cover(*house.facility, ages, rooms, children).over(asked.hours, seats)
                          : Sections(*house.facility, ages, rooms.front()).seat(children, seats);
    if (!fits) return std::nullopt;
    return seats;
}

}  // namespace

std::vector<Date> datesOf(const std::vector<Want>& wants) {
    std::vector<Date> dates;
    for (const auto& want : wants) dates.push_back(want.date);
    std::ranges::sort(dates);
    const auto [first, last] = std::ranges::unique(dates);
    dates.erase(first, last);
    return dates;
}

PlanDays::PlanDays(const PlanNeed& asked)
    : need(asked), dates(datesOf(asked.wants)), all((ChildSet{1} << asked.children.size()) - 1) {
    for (std::size_t want = 0; want < need.wants.size(); ++want) {
        const auto day = std::ranges::lower_bound(dates, need.wants[want].date);
        dayOf.push_back(static_cast<std::size_t>(day - dates.begin()));
        if (want == 0 || dayOf[want] != dayOf[want - 1]) firstOf.push_back(want);
    }
    firstOf.push_back(need.wants.size());
    for (const auto date : dates) {
        auto& on = ages.emplace_back();
        for (const auto& birthMonth : need.children) on.push_back(ageMonths(birthMonth, date));
    }
}

Seating::Seating(const PlanHouse& house, const PlanDays& days)
    : house_(&house),
      days_(&days),
      today_(localDate(days.need.now, *house.zone)),
      subsets_(std::size_t{days.all} + 1),
      fits_(days.wants()),
      stale_(days.wants() * subsets_),
      hours_(days.wants()) {
    for (std::size_t want = 0; want < days.wants(); ++want) {
        const auto rooms = roomsFor(house, today_, days, want);
        if (!days.need.wants[want].period.empty() && !rooms.empty())
            hours_[want] = {rooms.front().period->start, rooms.front().period->end};
        fits_[want] = 1;  // nobody fits everywhere
        for (ChildSet children = 1; children <= days.all; ++children) {
            const auto seats = seatsIn(house, days, want, rooms, children);
            if (!seats) continue;
            fits_[want] |= std::uint64_t{1} << children;
            stale_[want * subsets_ + children] =
                static_cast<std::uint8_t>(std::ranges::count(*seats, true, &Seat::stale));
        }
        if (takes(want, days.all)) whole_ |= std::uint64_t{1} << want;
        for (std::size_t child = 0; child < days.children(); ++child)
            if (takes(want, ChildSet{1} << child))
                some_ |= std::uint64_t{1} << (want * days.children() + child);
    }
}

std::vector<Seat> Seating::seats(std::size_t want, ChildSet children) const {
    auto seats = seatsIn(*house_, *days_, want, roomsFor(*house_, today_, *days_, want), children);
    return seats ? std::move(*seats) : std::vector<Seat>{};
}

}  // namespace placette
