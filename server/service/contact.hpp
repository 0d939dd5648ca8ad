// How the facility may reach the family: given with the parent's agreement, never readable at rest.
#pragma once

#include <optional>
#include <string>

#include "identity/cipher.hpp"
#include "placette/domain/booking.hpp"
#include "protocol/encode.hpp"
#include "protocol/params.hpp"

namespace placette::service {

// The member `contact`, sealed. nullopt: nothing is said; empty: there is none (any more).
std::optional<std::string> sealedContactIn(Params&, const identity::Cipher&);

// nullopt: none was given, or it cannot be read.
std::optional<encode::Contact> openContact(const identity::Cipher&, const Booking&);

}  // namespace placette::service
