// Whose facility, office or booking it is: what comes on top of the role.
#pragma once

#include <optional>
#include <string>

#include "placette/domain/booking.hpp"
#include "service/method.hpp"

namespace placette::service {

struct KnownFacility {
    Directory::Entry territory;
    const Facility* facility = nullptr;  // lives as long as `territory`

    const std::string& territoryId() const { return territory->territory.id; }
    const date::time_zone& zone() const { return *territory->zone; }
};

// What an account does not see is `not_found`, as if it did not exist: perhaps it does not. What it sees and
// is another's is `forbidden`.
Result<KnownFacility> visibleFacility(const Directory&, const identity::Account&, const std::string& id);
Result<KnownFacility> ownFacility(const Directory&, const identity::Account&, const std::string& id);
Result<std::string> ownOffice(const Directory&, const identity::Account&, const std::string& id);
// The office named, or the account's only one. `invalid_params`: several, none named.
Result<std::string> chosenOffice(const Directory&, const identity::Account&,
                                 const std::optional<std::string>& named);

enum class Side { office, facility, either };
Side sideOf(const Method&);  // whose it is, by the roles that may call it
struct ScopedBooking {
    std::string territory;
    Booking booking;
    bool ofOffice = false, ofFacility = false;  // what the account is to it: at least one of them

    encode::Audience audience() const {
        return ofOffice ? encode::Audience::office : encode::Audience::facility;
    }
};
// `not_found`: unknown, or of neither the account's facilities nor its offices; `forbidden`: of the other
// side.
Awaitable<Result<ScopedBooking>> ownBooking(Environment&, std::shared_ptr<const identity::Account>,
                                            std::string id, Side);

}  // namespace placette::service
