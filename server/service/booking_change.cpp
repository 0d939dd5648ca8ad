#include "service/booking_change.hpp"

#include "service/booking_answer.hpp"

namespace placette::service {

namespace {

Result<Command> checked(const BookingChange& change, Command command, const ScopedBooking& scoped) {
    if (change.check)
        if (auto bad = change.check(command, scoped)) return tl::unexpected(std::move(*bad));
    return command;
}

}  // namespace

Awaitable<Answer> changeBooking(Environment& environment, Caller& caller, Call call, BookingChange change) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto id = p.booking();
    auto asked = change.read(p, id);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    auto header = headerOf(environment, caller, call);
    const auto scoped = co_await ownBooking(environment, caller.account, id, sideOf(call.method));
    if (!scoped) co_return tl::unexpected(scoped.error());
    auto command = checked(change, std::move(asked), *scoped);
    const auto outcome = co_await write(environment, caller, std::move(turn), scoped->territory,
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    co_return changedBooking(environment, scoped->territory, *outcome, scoped->audience());
}

}  // namespace placette::service
