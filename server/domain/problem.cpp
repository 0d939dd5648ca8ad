#include "placette/domain/problem.hpp"

#include <array>

namespace placette {
namespace {

struct Entry {
    ProblemType type;
    std::string_view name;
    std::string_view title;
    int status;
    bool temporary = false;
};

using enum ProblemType;

// In the order of ProblemType.
constexpr std::array entries{
    Entry{parse_error, "parse_error", "Le message n’est pas du JSON", 400},
    Entry{invalid_request, "invalid_request", "La demande est mal formée", 400},
    Entry{unknown_method, "unknown_method", "Cette action n’existe pas", 404},
    Entry{invalid_params, "invalid_params", "Une information manque ou n’est pas valable", 422},
    Entry{internal, "internal", "Une erreur imprévue s’est produite", 500},
    Entry{unauthenticated, "unauthenticated", "Connectez-vous pour continuer", 401},
    Entry{forbidden, "forbidden", "Votre compte ne permet pas cette action", 403},
    Entry{not_found, "not_found", "Cet élément est introuvable", 404},
    Entry{no_place, "no_place", "Il n’y a plus de place", 409},
    Entry{kept_for_vip, "kept_for_vip", "Les places qui restent sont gardées pour l’insertion", 409},
    Entry{reserved_by_hold, "reserved_by_hold",
          "Les places qui restent sont retenues par d’autres pour quelques minutes", 409},
    Entry{past, "past", "Ce créneau ne peut plus être réservé", 409},
    Entry{closed, "closed", "La structure est fermée ce jour-là", 409},
    Entry{outside_hours, "outside_hours", "Les horaires demandés sortent du créneau", 422},
    Entry{too_late, "too_late", "Il est trop tard pour cette action", 409},
    Entry{age_out_of_range, "age_out_of_range", "Aucune section n’accueille un enfant de cet âge", 422},
    Entry{below_committed, "below_committed", "Des places déjà réservées dépassent ce nombre", 409},
    Entry{version_conflict, "version_conflict", "Quelqu’un a modifié cela entre-temps", 409},
    Entry{hold_expired, "hold_expired", "La place n’est plus retenue", 409},
    Entry{wrong_state, "wrong_state", "L’état de la réservation ne permet pas cette action", 409},
    Entry{duplicate_booking, "duplicate_booking", "Ce dossier a déjà une place sur ce créneau", 409},
    Entry{idempotency_mismatch, "idempotency_mismatch", "Cette clé a déjà servi à une autre demande", 422},
    Entry{too_many, "too_many", "Il y en a trop à la fois", 429},
    Entry{too_large, "too_large", "Le message est trop grand", 413},
    Entry{rate_limited, "rate_limited", "Trop de demandes : patientez un instant", 429, true},
    Entry{store_unavailable, "store_unavailable", "Le service est momentanément indisponible", 503, true},
    Entry{outcome_unknown, "outcome_unknown", "On ne sait pas encore si l’action a abouti : recommencez", 503,
          true},
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
int httpStatus(ProblemType type) {
    return entry(type).status;
}
bool isTemporary(ProblemType type) {
    return entry(type).temporary;
}

}  // namespace placette
