// facility.configure: what a manager decides of her own house.
#include "placette/domain/flaws.hpp"
#include "protocol/facility_reader.hpp"
#include "protocol/house_reader.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/opening.hpp"
#include "service/scope.hpp"
#include "service/territory_store.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

struct Changes {  // what is absent stays as it is
    std::optional<std::string> access, phone;
    std::optional<std::vector<std::string>> bring;
    std::optional<std::vector<Closure>> closures;
    std::optional<int> reservedFloor;
    House house;
};

constexpr const char* names[] = {"access",      "phone",      "bring", "closures",    "reservedFloor",
                                 "arriveUntil", "mealCutoff", "week",  "publishWeeks"};

Changes changesIn(Params& p) {
    Changes changes;
    if (std::ranges::none_of(names, [&](const char* name) { return p.has(name); }))
        p.refuse("access", "or another member must be there: nothing is to be changed");
    changes.access = p.optional(&Params::text, "access", 0, 300);
    changes.phone = p.optional(&Params::text, "phone", 0, 40);
    if (p.has("bring")) changes.bring = bringIn(p);
    if (p.has("closures")) changes.closures = closuresIn(p);
    changes.reservedFloor = p.optional(&Params::integer, "reservedFloor", 0, maxPlaces);
    changes.house = houseIn(p);
    return changes;
}

template <class T>
void put(T& present, const std::optional<T>& changed) {
    if (changed) present = *changed;
}

// What is there twice of what is said now.
std::optional<Problem> faultIn(const Changes& changes) {
    Facility said;
    put(said.bring, changes.bring);
    put(said.closures, changes.closures);
    for (auto& [field, detail, wrong] : flawsOf(said, "changes."))
        if (wrong && (field.starts_with("changes.bring") || field.starts_with("changes.closures")))
            return Problem{ProblemType::invalid_params, std::move(detail), std::move(field)};
    return std::nullopt;
}

Facility changed(Facility facility, const Changes& changes) {
    put(facility.access, changes.access);
    put(facility.phone, changes.phone);
    put(facility.bring, changes.bring);
    put(facility.closures, changes.closures);
    put(facility.reservedFloor, changes.reservedFloor);
    facility.house = changes.house.over(facility.house);
    return facility;
}

tl::unexpected<Problem> noSuchFacility() {
    return problem(ProblemType::not_found, "no such facility for this account", "facility");
}

}  // namespace

Awaitable<Answer> facilityConfigure(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto id = p.id("facility");
    Changes changes;
    p.object("changes", [&](Params& each) { changes = changesIn(each); });
    const bool force = p.optional(&Params::flag, "force").value_or(false);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    if (auto bad = faultIn(changes)) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, id);
    if (!known) co_return tl::unexpected(known.error());
    const auto territory = known->territoryId();
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const SameEpoch epoch(environment, territory);
    if (auto lost = epoch.before()) co_return tl::unexpected(std::move(*lost));
    TerritoryChange change = [id, changes](const Territory* present) -> Result<Territory> {
        const auto* facility = present ? present->facilities.find(id) : nullptr;
        if (!facility) return noSuchFacility();
        if (changes.house.week)
            if (auto bad = weekFault(*facility, *changes.house.week, "changes.week"))
                return tl::unexpected(std::move(*bad));
        auto after = *present;
        after.facilities.put(changed(*facility, changes));
        return after;
    };
    const Territories territories{environment.store, environment.documents};
    const auto outcome =
        co_await changeTerritory(territories, territory, std::move(header), std::move(change),
                                 force ? HowChanged::displacing : HowChanged::sparing);
    if (!outcome) co_return tl::unexpected(outcome.error());
    if (auto other = epoch.after()) co_return tl::unexpected(std::move(*other));
    caller.wrote(territory, environment.hub.epoch(territory), outcome->offset);
    const auto stored = co_await readStored(territories, territory);
    if (!stored) co_return tl::unexpected(stored.error());
    const auto* present = *stored ? (*stored)->territory.facilities.find(id) : nullptr;
    if (!present) co_return noSuchFacility();
    std::string out = R"({"facility":)";
    encode::facility(out, *present, encode::FacilityView::whole);
    endAnswer(out, environment, territory, *outcome);
    co_return parts(std::move(out));
}

}  // namespace placette::service
