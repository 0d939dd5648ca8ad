// What can be wrong with a request: RFC 9457 problem types of Placette, as values.
// Pure: no I/O, no JSON. The French titles shown to people, and what is told to developers where a problem
// says no more than its type, live in problem.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "placette/domain/cell.hpp"

namespace placette {

enum class ProblemType {
    parse_error,
    invalid_request,
    unknown_method,
    invalid_params,
    internal,
    unauthenticated,
    forbidden,
    not_found,
    no_place,
    kept_for_vip,
    reserved_by_hold,
    past,
    closed,
    outside_hours,
    too_late,
    newcomer_not_accepted,
    age_out_of_range,
    below_committed,
    over_capacity,
    version_conflict,
    hold_expired,
    wrong_state,
    duplicate_booking,
    idempotency_mismatch,
    too_many,
    too_large,
    rate_limited,
    store_unavailable,
    outcome_unknown,
};

struct Fault {
    std::string field, detail;  // as those of a problem
};

struct Problem {
    ProblemType type;
    std::string detail{};          // for developers, English; empty: nothing beyond the type (detailOf)
    std::string field{};           // path of the offending parameter, e.g. "places[1].section"; may be empty
    std::vector<CellKey> cells{};  // the cells it is about; may be empty
    std::optional<std::chrono::milliseconds> retryAfter{};
    std::vector<std::string> bookings{};  // that it is about; may be empty
    std::vector<Fault> faults{};          // of a document: all that is wrong with it, the first among them
};

// Names as on the wire ("no_place"); problemTypeFrom answers nullopt for an unknown name.
std::string_view name(ProblemType);
std::optional<ProblemType> problemTypeFrom(std::string_view name);
std::string_view frenchTitle(ProblemType);  // fit to show to a person
std::string_view detailOf(const Problem&);  // never empty: its own, or the sentence of its type
int httpStatus(ProblemType);                // the problem's `status`
bool isTemporary(ProblemType);              // worth repeating with the same key

template <class T>
using Result = tl::expected<T, Problem>;

inline tl::unexpected<Problem> problem(ProblemType type, std::string detail = {}, std::string field = {}) {
    return tl::unexpected<Problem>(Problem{type, std::move(detail), std::move(field)});
}

}  // namespace placette
