#include <algorithm>

#include "protocol/same_text.hpp"
#include "service/booking_request.hpp"
#include "service/opening.hpp"

namespace placette::service {

namespace {

constexpr std::chrono::minutes latestArrival{60};  // before the period's end

std::optional<Problem> wrongHours(const WantedPlace& wanted, const Period& period,
                                  std::optional<TimeOfDay> lastArrival, const std::string& path) {
    const auto arrive = wanted.arrive.value_or(period.start);
    const auto leave = wanted.leave.value_or(period.end);
    if (arrive < period.start || arrive >= period.end)
        return Problem{ProblemType::outside_hours, "outside the period", path + ".arrive"};
    if (lastArrival && arrive > *lastArrival)
        return Problem{ProblemType::outside_hours, "after the facility's last arrival", path + ".arrive"};
    if (leave <= arrive || leave > period.end)
        return Problem{ProblemType::outside_hours, "outside the period, or not after the arrival",
                       path + ".leave"};
    return std::nullopt;
}

Result<std::string> sectionFor(const WantedPlace& wanted, const Facility& facility, int age,
                               const std::string& path) {
    if (!wanted.section) {
        const auto* fitting = facility.sectionForAge(age);
        if (!fitting) return problem(ProblemType::age_out_of_range, "no section takes that age", path);
        return fitting->id;
    }
    const auto* named = facility.section(*wanted.section);
    if (!named)
        return problem(ProblemType::invalid_params, "the facility has no such section", path + ".section");
    if (age < named->minAgeMonths || age >= named->maxAgeMonths)
        return problem(ProblemType::age_out_of_range, "the section does not take that age",
                       path + ".section");
    return named->id;
}

// An age is said today, whenever the places are.
std::vector<Child> childrenOf(const BookingRequest& request, Date today) {
    std::vector<Child> children;
    for (const auto& wanted : request.children)
        children.push_back({wanted.birthMonth ? *wanted.birthMonth : birthMonthFrom(*wanted.ageMonths, today),
                            wanted.walker});
    return children;
}

struct Planner {
    const Facility& facility;
    const date::time_zone& zone;
    Instant now;
    Date today;
    const std::vector<Child>& children;

    Result<Place> place(const WantedPlace& wanted, int id) const {
        const auto path = "places[" + std::to_string(id) + "]";
        const auto period = openPeriod(facility, wanted.date, wanted.period, today, path);
        if (!period) return tl::unexpected(period.error());
        const auto lastArrival = facility.lastArrival(**period);
        if (auto bad = wrongHours(wanted, **period, lastArrival, path))
            return tl::unexpected(std::move(*bad));
        if (wanted.meal.value_or(false) && mealsAreOver(wanted.date))
            return problem(ProblemType::too_late, "meals of that day can no longer be booked",
                           path + ".meal");
        const auto& child = children[static_cast<std::size_t>(wanted.child)];
        const auto section = sectionFor(wanted, facility, ageMonths(child.birthMonth, wanted.date), path);
        if (!section) return tl::unexpected(section.error());

        Place place{id, wanted.date, wanted.period, *section, wanted.child};
        place.arrive = wanted.arrive;
        place.leave = wanted.leave;
        place.meal = wanted.meal;
        place.startsAt = toInstant(wanted.date, (*period)->start, zone);
        place.endsAt = toInstant(wanted.date, (*period)->end, zone);
        place.bookableUntil =
            lastArrival ? toInstant(wanted.date, *lastArrival, zone) : place.endsAt - latestArrival;
        return place;
    }

    bool mealsAreOver(Date date) const {
        const auto cutoff = facility.house.mealCutoff.value_or(noLimit);
        return cutoff != noLimit && now >= toInstant(date, cutoff, zone);
    }
};

}  // namespace

Result<Booking> plannedBooking(const BookingRequest& request, const Facility& facility,
                               const date::time_zone& zone, Instant now) {
    const auto today = localDate(now, zone);
    if (!facility.bookableOnline())
        return problem(ProblemType::invalid_params, "a contract is due: call the facility", "facility");
    Booking booking;
    booking.facility = facility.id;
    booking.children = childrenOf(request, today);
    const Planner planner{facility, zone, now, today, booking.children};
    for (const auto& wanted : request.places) {
        auto place = planner.place(wanted, static_cast<int>(booking.places.size()));
        if (!place) return tl::unexpected(place.error());
        booking.places.push_back(std::move(*place));
    }
    booking.care = request.care;
    booking.purpose = request.purpose;
    booking.caseRef = request.caseRef;
    booking.caseKey = otherCaseKey(request.caseRef);
    booking.commune = request.commune;
    booking.known = request.known;
    booking.sealedContact = request.sealedContact;
    return booking;
}

}  // namespace placette::service
