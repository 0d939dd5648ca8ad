// availability.*: the counts of one facility, set by its manager or its software.
#include <set>
#include <tuple>

#include "placette/domain/freshness.hpp"
#include "placette/domain/legal.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/opening.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr date::days longestConfirmation{30};  // from the first day to the last

std::optional<AdjustWhy> whyFrom(std::string_view name) {
    if (name == "taken") return AdjustWhy::taken;
    if (name == "withdrawn") return AdjustWhy::withdrawn;
    return std::nullopt;
}

CellKey cellIn(Params& p, const std::string& facility) {
    return {facility, p.date("date"), p.id("period"), p.id("section")};
}

std::string pathOf(std::size_t index) {
    return "cells[" + std::to_string(index) + "]";
}

template <class Item>
void refuseTwice(Params& p, const std::vector<Item>& items) {
    const auto before = [](const CellKey* one, const CellKey* other) {  // of the same facility
        return std::tie(one->date, one->section, one->period) <
               std::tie(other->date, other->section, other->period);
    };
    std::set<const CellKey*, decltype(before)> seen;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (!seen.insert(&items[i].cell).second) p.refuse(pathOf(i), "names the same cell again");
}

std::optional<Problem> refusal(const Facility& facility, const CellKey& cell, Date today,
                               const std::string& path) {
    const auto period = openPeriod(facility, cell.date, cell.period, today, path);
    auto refused = period ? std::nullopt : std::make_optional(period.error());
    if (!facility.section(cell.section))
        refused = Problem{ProblemType::invalid_params, "the facility has no such section", path + ".section"};
    else if (cell.date < today)
        refused = Problem{ProblemType::past, "that day is over", path + ".date"};
    if (refused && refused->type != ProblemType::invalid_params) refused->cells = {cell};
    return refused;
}

// SetCells or AdjustCells, ready for the store.
template <class Cells>
Result<Command> prepared(const KnownFacility& known, Cells cells) {
    const auto at = now();
    const auto today = localDate(at, known.zone());
    StaleTimes staleTimes(known.zone());
    for (std::size_t i = 0; i < cells.items.size(); ++i) {
        auto& item = cells.items[i];
        if (auto bad = refusal(*known.facility, item.cell, today, pathOf(i)))
            return tl::unexpected(std::move(*bad));
        item.staleAt = staleTimes.of(at, item.cell.date, *known.facility);
        item.atMost = mostAtOnce(*known.facility, *known.facility->period(item.cell.period));
    }
    return cells;
}

Result<Command> prepared(const KnownFacility& known, Date from, Date to) {
    const auto at = now();
    const auto today = localDate(at, known.zone());
    if (from < today) return problem(ProblemType::past, "that day is over", "from");
    if (to > today + furthestAhead)
        return problem(ProblemType::invalid_params, "more than 400 days ahead", "to");
    ConfirmCells command{known.facility->id, {}};
    for (auto day = from; day <= to; day += date::days{1})
        command.days.push_back({day, staleAt(at, day, *known.facility, known.zone())});
    return command;
}

Awaitable<Answer> writeCells(Environment& environment, Caller& caller, Turn turn, std::string territory,
                             WriteHeader header, Result<Command> command) {
    const auto outcome = co_await write(environment, caller, std::move(turn), territory, std::move(header),
                                        std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    std::string out = R"({"cells":)";
    encode::cells(out, outcome->cells);
    endAnswer(out, environment, territory, *outcome);
    co_return parts(std::move(out));
}

}  // namespace

Awaitable<Answer> availabilitySet(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto facility = p.id("facility");
    SetCells cells;
    p.objects("cells", 1, environment.settings.limits.cells, [&](Params& each) {
        cells.items.push_back({cellIn(each, facility), each.integer("open", 0, maxPlaces),
                               each.optional(&Params::integer, "reserved", 0, maxPlaces),
                               each.optional(&Params::large, "expectedVersion")});
    });
    cells.force = p.optional(&Params::flag, "force").value_or(false);
    refuseTwice(p, cells.items);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    auto command = prepared(*known, std::move(cells));
    co_return co_await writeCells(environment, caller, std::move(turn), known->territoryId(),
                                  std::move(header), std::move(command));
}

Awaitable<Answer> availabilityAdjust(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto facility = p.id("facility");
    AdjustCells cells;
    p.objects("cells", 1, environment.settings.limits.cells, [&](Params& each) {
        const auto by = each.integer("by", -maxPlaces, maxPlaces);
        const auto why = each.optional(&Params::oneOf<AdjustWhy>, "why", whyFrom);
        if (why && by >= 0) each.refuse("why", "is for places taken away");
        cells.items.push_back({cellIn(each, facility), by, why.value_or(AdjustWhy::unsaid)});
    });
    cells.force = p.optional(&Params::flag, "force").value_or(false);
    refuseTwice(p, cells.items);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    auto command = prepared(*known, std::move(cells));
    co_return co_await writeCells(environment, caller, std::move(turn), known->territoryId(),
                                  std::move(header), std::move(command));
}

Awaitable<Answer> availabilityConfirm(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto facility = p.id("facility");
    const auto from = p.date("from"), to = p.date("to");
    if (to < from || to > from + longestConfirmation) p.refuse("to", "must be 0 to 30 days after from");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    auto command = prepared(*known, from, to);
    const auto outcome = co_await write(environment, caller, std::move(turn), known->territoryId(),
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    std::string out;
    encode::append(out, R"({"confirmedAt":)", encode::quoted(outcome->confirmedAt), R"(,"count":)",
                   outcome->count);
    endAnswer(out, environment, known->territoryId(), *outcome);
    co_return parts(std::move(out));
}

}  // namespace placette::service
