// booking.hold and booking.create: an office takes places.

#include "service/booking_answer.hpp"
#include "service/booking_request.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

enum class Ending { held, confirmed };

Result<Command> prepared(const BookingRequest& request, const KnownFacility& known, std::string office,
                         const identity::Account& account, const Settings& settings, Ending ending) {
    auto booking = plannedBooking(request, *known.facility, known.zone(), now());
    if (!booking) return tl::unexpected(booking.error());
    booking->office = std::move(office);
    booking->bookedBy = {account.id, account.name, account.phone};
    return HoldPlaces{std::move(*booking), settings.holdTtl, ending == Ending::confirmed, request.force,
                      settings.limits.heldPlaces};
}

// The facility and the office, if the account may book there for it.
Result<std::pair<KnownFacility, std::string>> scopeOf(const Environment& environment,
                                                      const identity::Account& account,
                                                      const BookingRequest& request) {
    const auto directory = environment.hub.directory();
    auto known = visibleFacility(*directory, account, request.facility);
    if (!known) return tl::unexpected(known.error());
    auto office = chosenOffice(*directory, account, request.office);
    if (!office) return tl::unexpected(office.error());
    if (!directory->office(known->territoryId(), *office))
        return problem(ProblemType::forbidden, "the office does not serve that territory", "office");
    return std::pair(std::move(*known), std::move(*office));
}

Awaitable<Answer> take(Environment& environment, Caller& caller, Call call, Ending ending) {
    Turn turn(caller.turns);
    const auto request = readBookingRequest(call.params, ending == Ending::confirmed,
                                            environment.settings.limits.places, environment.cipher);
    if (!request) co_return tl::unexpected(request.error());
    const auto scope = scopeOf(environment, *caller.account, *request);
    if (!scope) co_return tl::unexpected(scope.error());
    const auto& [known, office] = *scope;

    auto command = prepared(*request, known, office, *caller.account, environment.settings, ending);
    auto header = headerOf(environment, caller, call);
    const auto outcome = co_await write(environment, caller, std::move(turn), known.territoryId(),
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    co_return changedBooking(environment, known.territoryId(), *outcome, encode::Audience::office);
}

}  // namespace

Awaitable<Answer> bookingHold(Environment& environment, Caller& caller, Call call) {
    return take(environment, caller, std::move(call), Ending::held);
}

Awaitable<Answer> bookingCreate(Environment& environment, Caller& caller, Call call) {
    return take(environment, caller, std::move(call), Ending::confirmed);
}

}  // namespace placette::service
