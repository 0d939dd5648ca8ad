// The domain's values as JSON text of the wire (schemas: include/placette/protocol/schema). Each function
// appends one JSON value; strings are valid UTF-8 (checked when they came in).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/booking.hpp"
#include "placette/domain/cell.hpp"
#include "placette/domain/problem.hpp"
#include "placette/domain/territory.hpp"

namespace placette::encode {

void text(std::string& out, std::string_view);  // a JSON string, escaped
void cell(std::string& out, const CellState&);
void cells(std::string& out, const std::vector<CellState>&);  // an array
// All of it for its manager, administrators and the store; the typical week and its publication are nobody
// else's.
enum class FacilityView { shown, whole };
void facility(std::string& out, const Facility&, FacilityView);
void facilities(std::string& out, const std::vector<const Facility*>&);  // as shown
void commune(std::string& out, const Commune&);
void office(std::string& out, const Office&);

// Who looks at a booking: only the office that booked sees care, purpose, caseRef and commune.
enum class Audience { facility, office };

struct Contact {  // decrypted; with the parent's agreement
    std::optional<std::string> firstNames, phone;
};

// `contact`: for the two audiences of this booking; nullopt: none given, or erased.
// `now`: adds expiresInMs while held (replies); nullopt: leaves it out (shared notifications).
void booking(std::string& out, const Booking&, Audience, const std::optional<Contact>& contact,
             std::optional<Instant> now);

void fault(std::string& out, const Fault&);      // {field, detail}
void problem(std::string& out, const Problem&);  // the RFC 9457 object
void error(std::string& out, const Problem&);    // JSON-RPC error {code, message, data}

}  // namespace placette::encode
