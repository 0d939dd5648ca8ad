#include "placette/domain/problem.hpp"

#include <array>

namespace placette {
namespace {

struct Entry {
    ProblemType type;
    std::string_view name;
    std::string_view title;   // French, for people
    std::string_view detail;  // English, for developers: where the problem itself says no more
    int status;
    bool temporary = false;
};

using enum ProblemType;

// In the order of ProblemType.
constexpr std::array entries{
    Entry{parse_error, "parse_error", "Le message n’est pas du JSON", "the message is not JSON", 400},
    Entry{invalid_request, "invalid_request", "La demande est mal formée", "not a JSON-RPC 2.0 request", 400},
    Entry{unknown_method, "unknown_method", "Cette action n’existe pas", "there is no such method", 404},
    Entry{invalid_params, "invalid_params", "Une information manque ou n’est pas valable",
          "a parameter is missing or has no valid value", 422},
    Entry{internal, "internal", "Une erreur imprévue s’est produite",
          "an error of the server: its log has more", 500},
    Entry{unauthenticated, "unauthenticated", "Connectez-vous pour continuer",
          "what says who you are is missing, wrong or over: sign in", 401},
    Entry{forbidden, "forbidden", "Votre compte ne permet pas cette action",
          "the account has no right to this", 403},
    Entry{not_found, "not_found", "Cet élément est introuvable",
          "there is none of that name within what the account sees", 404},
    Entry{no_place, "no_place", "Il n’y a plus de place", "no place is left in the cells named", 409},
    Entry{kept_for_vip, "kept_for_vip", "Les places qui restent sont gardées pour l’insertion",
          "the places left in the cells named are kept for insertion (care \"vip\")", 409},
    Entry{reserved_by_hold, "reserved_by_hold",
          "Les places qui restent sont retenues par d’autres pour quelques minutes",
          "the places left in the cells named are held by others for now", 409},
    Entry{past, "past", "Ce créneau ne peut plus être réservé", "the slot can no longer be booked", 409},
    Entry{closed, "closed", "La structure est fermée ce jour-là", "the facility is closed on that day", 409},
    Entry{outside_hours, "outside_hours", "Les horaires demandés sortent du créneau",
          "outside the hours of the period", 422},
    Entry{too_late, "too_late", "Il est trop tard pour cette action", "the time of the places has passed",
          409},
    Entry{newcomer_not_accepted, "newcomer_not_accepted",
          "La structure ne peut pas accueillir ainsi un enfant qui n’est jamais venu",
          "the facility takes no child there that it has never seen, or not at so short notice", 409},
    Entry{age_out_of_range, "age_out_of_range", "Aucune section n’accueille un enfant de cet âge",
          "no section takes a child of that age", 422},
    Entry{below_committed, "below_committed", "Des places déjà réservées dépassent ce nombre",
          "below what is booked and held in the cells named; `force` allows it", 409},
    Entry{over_capacity, "over_capacity", "Plus d’enfants que l’agrément n’en permet à la fois (115 %)",
          "more places open in all sections than 115 % of the capacity of the period (CSP R2324-27); "
          "`force` allows it",
          409},
    Entry{version_conflict, "version_conflict", "Quelqu’un a modifié cela entre-temps",
          "changed since it was read: read it again", 409},
    Entry{hold_expired, "hold_expired", "La place n’est plus retenue", "the hold has ended", 409},
    Entry{wrong_state, "wrong_state", "L’état de la réservation ne permet pas cette action",
          "the state of the booking does not allow it", 409},
    Entry{duplicate_booking, "duplicate_booking", "Ce dossier a déjà une place sur ce créneau",
          "the case has a place in the cells named already; `force` allows another", 409},
    Entry{idempotency_mismatch, "idempotency_mismatch", "Cette clé a déjà servi à une autre demande",
          "the key was used for another request", 422},
    Entry{too_many, "too_many", "Il y en a trop à la fois", "more than the limit", 429},
    Entry{too_large, "too_large", "Le message est trop grand", "larger than the limit", 413},
    Entry{rate_limited, "rate_limited", "Trop de demandes : patientez un instant",
          "more requests than the limit: wait for `retryAfterMs`", 429, true},
    Entry{store_unavailable, "store_unavailable", "Le service est momentanément indisponible",
          "the store cannot be reached, or takes no writes: repeat with the same key", 503, true},
    Entry{outcome_unknown, "outcome_unknown", "On ne sait pas encore si l’action a abouti : recommencez",
          "the connection to the store was lost during the call: repeat with the same key", 503, true},
};

const Entry& entry(ProblemType type) {
    return entries[static_cast<std::size_t>(type)];
}

}  // namespace

std::string_view name(ProblemType type) {
    return entry(type).name;
}

std::optional<ProblemType> problemTypeFrom(std::string_view text) {
    for (const Entry& one : entries) {
        if (one.name == text) return one.type;
    }
    return std::nullopt;
}

std::string_view frenchTitle(ProblemType type) {
    return entry(type).title;
}
std::string_view detailOf(const Problem& problem) {
    return problem.detail.empty() ? entry(problem.type).detail : problem.detail;
}
int httpStatus(ProblemType type) {
    return entry(type).status;
}
bool isTemporary(ProblemType type) {
    return entry(type).temporary;
}

}  // namespace placette
