// availability.applyWeek and .history: a typical week put on the days to come, and who changed a count.
#include <map>
#include <set>

#include "placette/domain/freshness.hpp"
#include "placette/domain/week.hpp"
#include "protocol/house_reader.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/opening.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

struct Application {
    std::string facility;
    Date from{};
    int weeks = 0;
    std::optional<std::vector<WeekCell>> week{};
    bool onlyAbsent = false, dry = false;
};

Application applicationIn(Params& p) {
    Application asked{p.id("facility"), p.date("from"), p.integer("weeks", 1, mostPublishedWeeks)};
    if (p.has("week")) asked.week = weekIn(p, "week");
    if (asked.week && asked.week->empty()) p.refuse("week", "names no cell");
    asked.onlyAbsent = p.optional(&Params::flag, "onlyAbsent").value_or(false);
    asked.dry = p.optional(&Params::flag, "dryRun").value_or(false);
    return asked;
}

Result<Command> prepared(const Application& asked, const KnownFacility& known) {
    const auto& facility = *known.facility;
    const auto at = now();
    const auto today = localDate(at, known.zone());
    const auto until = asked.from + date::weeks{asked.weeks};
    if (asked.from < today) return problem(ProblemType::past, "that day is over", "from");
    if (until > today + furthestAhead + date::days{1})
        return problem(ProblemType::invalid_params, "more than 400 days ahead", "weeks");
    const auto week = asked.week ? *asked.week : facility.house.week.value_or(std::vector<WeekCell>{});
    if (week.empty()) return problem(ProblemType::invalid_params, "the facility has no typical week", "week");
    if (asked.week)
        if (auto bad = weekFault(facility, week, "week")) return tl::unexpected(std::move(*bad));

    ApplyWeek command{facility.id, cellsOfWeek(facility, week, asked.from, until), asked.onlyAbsent,
                      asked.dry};
    StaleTimes staleTimes(known.zone());
    for (auto& item : command.items) item.staleAt = staleTimes.of(at, item.cell.date, facility);
    return command;
}

void appendSkipped(std::string& out, const std::vector<Skipped>& skipped) {
    encode::array(out, skipped, [](std::string& to, const Skipped& one) {
        encode::append(to, R"({"facility":")", one.cell.facility, R"(","date":")", one.cell.date,
                       R"(","period":")", one.cell.period, R"(","section":")", one.cell.section,
                       R"(","why":")", name(one.why), R"("})");
    });
}

std::vector<std::string> accountsIn(const std::vector<CountChange>& changes) {
    std::set<std::string> accounts;
    for (const auto& change : changes)
        if (!change.by.empty()) accounts.insert(change.by);
    return {accounts.begin(), accounts.end()};
}

void appendChange(std::string& out, const CountChange& change,
                  const std::map<std::string, std::string>& names) {
    const auto by = names.find(change.by);  // an account that is no more is told by its id
    encode::append(out, R"({"at":")", change.at, R"(","by":)",
                   encode::escapedOrNull(by == names.end() ? change.by : by->second), R"(,"what":")",
                   name(change.what), R"(","section":")", change.section, R"(","period":")", change.period,
                   R"(","from":)", change.from, R"(,"to":)", change.to, R"(,"why":)",
                   encode::escapedOrNull(change.why), '}');
}

}  // namespace

Awaitable<Answer> availabilityApplyWeek(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto asked = applicationIn(p);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, asked.facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    if (asked.dry) header.key.clear();  // nothing is done that a key could stand for
    auto command = prepared(asked, *known);
    const auto outcome = co_await write(environment, caller, std::move(turn), known->territoryId(),
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    std::string out = R"({"cells":)";
    encode::cells(out, outcome->cells);
    out += R"(,"skipped":)";
    appendSkipped(out, outcome->skipped);
    if (asked.dry) out += R"(,"dryRun":true)";
    endAnswer(out, environment, known->territoryId(), *outcome);
    co_return parts(std::move(out));
}

Awaitable<Answer> availabilityHistory(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto id = p.id("facility");
    const auto date = p.date("date");
    const auto period = p.optional(&Params::id, "period"), section = p.optional(&Params::id, "section");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, id);
    if (!known) co_return tl::unexpected(known.error());
    if (period && !known->facility->period(*period))
        co_return problem(ProblemType::invalid_params, "the facility has no such period", "period");
    if (section && !known->facility->section(*section))
        co_return problem(ProblemType::invalid_params, "the facility has no such section", "section");
    auto changes = co_await environment.store.history(known->territoryId(), id, date);
    if (!changes) co_return tl::unexpected(changes.error());
    std::erase_if(*changes, [&](const CountChange& change) {
        return (period && change.period != *period) || (section && change.section != *section);
    });
    const auto names = co_await environment.accounts.names(accountsIn(*changes));
    if (!names) co_return tl::unexpected(names.error());
    std::string out = R"({"entries":)";
    encode::array(out, *changes,
                  [&](std::string& to, const CountChange& change) { appendChange(to, change, *names); });
    out += '}';
    co_return parts(std::move(out));
}

}  // namespace placette::service
