// facility.* and territory.*: who offers care, where and when.
#include <algorithm>
#include <iterator>

#include "placette/domain/flaws.hpp"
#include "placette/domain/holidays.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "protocol/territory_document.hpp"
#include "service/since.hpp"
#include "service/territory_import.hpp"
#include "service/territory_store.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

using SharedTerritory = std::shared_ptr<const Territory>;

Territories territoriesOf(Environment& environment) {
    return {environment.store, environment.documents};
}

tl::unexpected<Problem> noSuchTerritory() {
    return problem(ProblemType::invalid_params, "no such territory", "territory");
}

Awaitable<Result<SharedTerritory>> storedTerritory(Environment& environment, std::string id) {
    const auto stored = co_await readStored(territoriesOf(environment), std::move(id));
    if (!stored) co_return tl::unexpected(stored.error());
    if (!*stored) co_return noSuchTerritory();
    co_return SharedTerritory(*stored, &(*stored)->territory);
}

// From memory, if it is there.
Awaitable<Result<SharedTerritory>> knownTerritory(Environment& environment,
                                                  std::shared_ptr<const identity::Account> account,
                                                  std::string id) {
    if (!account->sees(id)) co_return noSuchTerritory();
    const auto known = environment.hub.directory()->territory(id);
    if (known) co_return SharedTerritory(known, &known->territory);
    co_return co_await storedTerritory(environment, std::move(id));
}

// With all that this session has written: from memory once that has come as far. Where the session wrote
// before this node had the territory in memory, its place in the log is not known: from the store.
Awaitable<Result<SharedTerritory>> visibleTerritory(Environment& environment, Caller& caller,
                                                    std::shared_ptr<const identity::Account> account,
                                                    std::string id) {
    if (!account->sees(id)) co_return noSuchTerritory();
    const auto written = caller.written.find(id);
    if (written != caller.written.end() && written->second.epoch.empty())
        co_return co_await storedTerritory(environment, std::move(id));
    const auto reached = co_await environment.hub.reach(id, seenBy(environment, caller, id));
    if (!reached) co_return tl::unexpected(reached.error());
    co_return co_await knownTerritory(environment, std::move(account), std::move(id));
}

std::vector<std::string> visibleTerritories(const Environment& environment,
                                            const identity::Account& account) {
    std::vector<std::string> ids;
    for (const auto& [id, known] : environment.hub.directory()->territories())
        if (account.sees(id)) ids.push_back(id);
    return ids;
}

// As the store has it now; nothing where it was removed since.
Awaitable<Result<std::optional<Facility>>> storedFacility(Environment& environment, std::string territory,
                                                          std::string id) {
    const auto stored = co_await readStored(territoriesOf(environment), std::move(territory));
    if (!stored) co_return tl::unexpected(stored.error());
    const auto* present = *stored ? (*stored)->territory.facilities.find(id) : nullptr;
    co_return present ? std::make_optional(*present) : std::nullopt;
}

Territory withFacility(Territory territory, const Facility& facility) {
    territory.facilities.put(entered(facility, territory.facilities.find(facility.id)));
    return territory;
}

Awaitable<std::optional<Problem>> takenByAnother(Environment& environment, std::string territory,
                                                 std::string facility) {
    std::vector<std::string> one{std::move(facility)};
    const auto elsewhere = co_await takenElsewhere(environment.store, std::move(territory), std::move(one));
    if (!elsewhere) co_return elsewhere.error();
    if (elsewhere->empty()) co_return std::nullopt;
    co_return Problem{ProblemType::invalid_params, "a facility of another territory has this id",
                      "facility.id"};
}

// Of this year and of the next.
void appendHolidays(std::string& out, const Territory& territory) {
    const auto& zone = *date::locate_zone(territory.timezone);
    const auto year = date::year_month_day{localDate(now(), zone)}.year();
    const bool alsaceMoselle = territory.alsaceMoselle.value_or(false);
    auto holidays = publicHolidays(year, alsaceMoselle);
    std::ranges::copy(publicHolidays(year + date::years{1}, alsaceMoselle), std::back_inserter(holidays));
    out += R"(,"holidays":)";
    encode::array(out, holidays, [](std::string& to, const Holiday& holiday) {
        encode::append(to, R"({"date":")", holiday.date, R"(","name":)", encode::Escaped{holiday.name}, '}');
    });
}

std::string answerOf(const ImportReport& report, bool dryRun) {
    using encode::append, encode::Escaped;
    struct Told {
        const ImportReport::Skipped& what;
        bool warning;
    };
    std::vector<Told> told;
    for (const auto& one : report.skipped) told.push_back({one, false});
    for (const auto& one : report.warnings) told.push_back({one, true});
    std::string out;
    append(out, R"({"created":)", report.created, R"(,"changed":)", report.changed, R"(,"skipped":)",
           report.skipped.size(), R"(,"problems":)");
    encode::array(out, told, [](std::string& to, const Told& one) {
        append(to, R"({"field":)", Escaped{one.what.field}, R"(,"detail":)", Escaped{one.what.detail});
        if (one.warning) to += R"(,"warning":true)";
        to += '}';
    });
    append(out, R"(,"dryRun":)", dryRun);
    return out;
}

// Of the document that was given in this parameter.
Problem within(const std::string& parameter, Problem problem) {
    if (problem.faults.empty()) return problem;
    problem.field = parameter + '.' + problem.field;
    for (auto& fault : problem.faults) fault.field = parameter + '.' + fault.field;
    return problem;
}

}  // namespace

Awaitable<Answer> facilityList(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto named = p.optional(&Params::territory, "territory");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto account = caller.account;  // who asks now, even if signed out meanwhile
    const auto ids = named ? std::vector{*named} : visibleTerritories(environment, *account);
    std::vector<SharedTerritory> territories;
    std::vector<const Facility*> facilities;
    for (const auto& id : ids) {
        const auto territory = co_await visibleTerritory(environment, caller, account, id);
        if (!territory) co_return tl::unexpected(territory.error());
        territories.push_back(*territory);
        for (const auto& facility : (*territory)->facilities) facilities.push_back(&facility);
    }
    std::string out = R"({"facilities":)";
    encode::array(out, facilities, [&](std::string& to, const Facility* each) {
        const bool own = account->runs(each->id) || account->has(identity::Role::admin);
        encode::facility(to, *each, own ? encode::FacilityView::whole : encode::FacilityView::shown);
    });
    encode::append(out, ',', age(environment), '}');
    co_return parts(std::move(out));
}

Awaitable<Answer> territoryGet(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto id = p.territory("territory");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    const auto found = co_await visibleTerritory(environment, caller, caller.account, id);
    if (!found) co_return tl::unexpected(found.error());

    std::string out;
    appendHead(out, **found);
    appendOffices(out, **found);
    appendHolidays(out, **found);
    encode::append(out, ',', age(environment), '}');
    co_return parts(std::move(out));
}

Awaitable<Answer> facilityUpsert(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto id = p.territory("territory");
    const auto given = p.any("facility");
    const bool force = p.optional(&Params::flag, "force").value_or(false);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto facility = readFacility(given, "facility");
    if (!facility) co_return tl::unexpected(facility.error());
    for (auto& [field, detail, wrong] : flawsOf(*facility, "facility."))
        if (wrong) co_return problem(ProblemType::invalid_params, std::move(detail), std::move(field));
    auto header = headerOf(environment, caller, call);
    const auto territory = co_await knownTerritory(environment, caller.account, id);
    if (!territory) co_return tl::unexpected(territory.error());
    if (!(*territory)->facilities.find(facility->id)) {
        const auto refused = co_await takenByAnother(environment, id, facility->id);
        if (refused) co_return tl::unexpected(*refused);
    }

    co_await turn.come();
    const SameEpoch epoch(environment, id);
    if (auto lost = epoch.before()) co_return tl::unexpected(std::move(*lost));
    TerritoryChange change = [facility = *facility](const Territory* present) -> Result<Territory> {
        if (!present) return noSuchTerritory();
        return withFacility(*present, facility);
    };
    const auto outcome =
        co_await changeTerritory(territoriesOf(environment), id, std::move(header), std::move(change),
                                 force ? HowChanged::displacing : HowChanged::sparing);
    if (!outcome) co_return tl::unexpected(outcome.error());
    if (auto other = epoch.after()) co_return tl::unexpected(std::move(*other));
    caller.wrote(id, environment.hub.epoch(id), outcome->offset);
    const auto present = co_await storedFacility(environment, id, facility->id);
    if (!present) co_return tl::unexpected(present.error());
    std::string out = R"({"facility":)";
    encode::facility(out, *present ? **present : *facility, encode::FacilityView::whole);
    endAnswer(out, environment, id, *outcome);
    co_return parts(std::move(out));
}

// A repeat asks for one that is gone: whose it was stands nowhere any more, but the key is one of a
// territory's.
Awaitable<Answer> removedBefore(Environment& environment, std::shared_ptr<const identity::Account> account,
                                WriteHeader header, std::string id) {
    for (const auto& territory : visibleTerritories(environment, *account)) {
        Command find = FindReplay{};
        auto same = header;
        const auto known = co_await environment.store.execute(territory, std::move(same), std::move(find));
        if (!known) co_return tl::unexpected(known.error());
        if (!known->replayed) continue;
        std::string out = R"({"facility":")" + id + '"';
        endAnswer(out, environment, territory, *known);
        co_return parts(std::move(out));
    }
    co_return problem(ProblemType::not_found, "no such facility", "facility");
}

Awaitable<Answer> facilityRemove(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto id = p.id("facility");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto header = headerOf(environment, caller, call);
    const auto directory = environment.hub.directory();
    const auto territory = directory->territoryOfFacility(id);
    if (!territory || !caller.account->sees(territory->territory.id))
        co_return co_await removedBefore(environment, caller.account, std::move(header), id);

    const auto of = territory->territory.id;
    co_await turn.come();
    const SameEpoch epoch(environment, of);
    if (auto lost = epoch.before()) co_return tl::unexpected(std::move(*lost));
    TerritoryChange change = [id](const Territory* present) -> Result<Territory> {
        if (!present) return noSuchTerritory();
        auto after = *present;
        after.facilities.remove(id);
        return after;
    };
    const auto outcome =
        co_await changeTerritory(territoriesOf(environment), of, std::move(header), std::move(change));
    if (!outcome) co_return tl::unexpected(outcome.error());
    if (auto other = epoch.after()) co_return tl::unexpected(std::move(*other));
    co_await releaseFacility(environment.store, of, id);
    caller.wrote(of, environment.hub.epoch(of), outcome->offset);
    std::string out = R"({"facility":")" + id + '"';
    endAnswer(out, environment, of, *outcome);
    co_return parts(std::move(out));
}

Awaitable<Answer> territoryImport(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.optional(&Params::key, "key");
    ImportOptions options;
    options.dryRun = p.optional(&Params::flag, "dryRun").value_or(false);
    options.force = p.optional(&Params::flag, "force").value_or(false);
    const auto given = p.any("document");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto document = readImportDocument(given, "document");
    if (!document) co_return tl::unexpected(document.error());
    const auto id = document->territory.id;
    if (!caller.account->sees(id))
        co_return problem(ProblemType::forbidden, "not a territory of this account", "document.territory.id");

    options.header = headerOf(environment, caller, call);
    const bool dryRun = options.dryRun;
    co_await turn.come();
    const SameEpoch epoch(environment, id);
    if (auto lost = epoch.before()) co_return tl::unexpected(std::move(*lost));
    const auto report =
        co_await importDocument(territoriesOf(environment), std::move(*document), std::move(options));
    if (!report) co_return tl::unexpected(within("document", report.error()));
    if (auto other = epoch.after()) co_return tl::unexpected(std::move(*other));
    caller.wrote(id, environment.hub.epoch(id), report->offset);
    auto out = answerOf(*report, dryRun);
    Outcome outcome;
    outcome.offset = report->offset;
    outcome.replayed = report->replayed;
    endAnswer(out, environment, id, outcome);
    co_return parts(std::move(out));
}

}  // namespace placette::service
