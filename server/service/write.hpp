// What all changes have in common: their order, their idempotency, and the end of their answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "placette/domain/commands.hpp"
#include "service/method.hpp"

namespace placette::service {

Instant now();

// A change is asked for only while the boards are of the very Redis that it goes to, and acknowledged only if
// they still are: its offset means nothing in another epoch.
class SameEpoch {
public:
    SameEpoch(const Environment&, std::string territory);

    std::optional<Problem> before() const;  // `store_unavailable`
    std::optional<Problem> after() const;   // `outcome_unknown`: a repeat by its key tells

private:
    const Environment& environment_;
    const std::string territory_, epoch_;  // empty: it has no board yet
};

// The fingerprint covers the method and all parameters but the key, and those that are secret.
WriteHeader headerOf(const Environment&, const Caller&, const Call&);

// `command` is a problem where the server itself refuses the request (a closed day, an age): a repeat of an
// earlier success is answered all the same, because a key comes before all else.
Awaitable<Result<Outcome>> write(Environment&, Caller&, Turn, std::string territory, WriteHeader,
                                 Result<Command> command);

// Closes an object that has at least one member: `,"epoch":…,"offset":…,"replayed":true}`. A territory that
// was just imported has no board yet, and with it no epoch.
void endAnswer(std::string& out, const Environment&, const std::string& territory, const Outcome&);

}  // namespace placette::service
