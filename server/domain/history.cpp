#include "placette/domain/history.hpp"

#include "domain/name_table.hpp"

namespace placette {

namespace {

constexpr auto acts =
    namesOf<CountAct>("set", "adjusted", "imported", "week", "published", "closed", "reopened");

}  // namespace

std::string_view name(CountAct act) {
    return acts[act];
}
std::optional<CountAct> countActFrom(std::string_view text) {
    return acts.find(text);
}

}  // namespace placette
