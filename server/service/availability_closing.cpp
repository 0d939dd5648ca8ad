// availability.close and .reopen: a facility that closes for once, a half-day, a day or a span.
#include <algorithm>

#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/booking_answer.hpp"
#include "service/opening.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr date::days longest{30};        // from the first day to the last
constexpr std::size_t mostCells = 2000;  // of one step; usual facilities have six a day
constexpr std::size_t mostNames = 20;    // of periods or sections: no facility has more

struct Span {  // what is to be closed or reopened
    std::string facility;
    Date from{}, to{};
    std::vector<std::string> periods, sections;  // empty: all
};

std::optional<CancelReason> facilityReasonFrom(std::string_view name) {
    const auto reason = cancelReasonFrom(name);
    return reason && isFacilityReason(*reason) ? reason : std::nullopt;
}

Span spanIn(Params& p) {
    Span span{p.id("facility"), p.date("from"), {}, {}, {}};
    span.to = p.optional(&Params::date, "to").value_or(span.from);
    if (span.to < span.from || span.to > span.from + longest)
        p.refuse("to", "must be 0 to 30 days after from");
    if (p.has("periods")) span.periods = p.distinct(&Params::id, "periods", 1, mostNames);
    if (p.has("sections")) span.sections = p.distinct(&Params::id, "sections", 1, mostNames);
    return span;
}

// Those named, in the facility's order. A name that it does not have is refused.
template <class Named>
Result<std::vector<const Named*>> chosen(const std::vector<Named>& all, const std::vector<std::string>& ids,
                                         const std::string& field) {
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (std::ranges::find(all, ids[i], &Named::id) == all.end())
            return problem(ProblemType::invalid_params, "the facility has none of that name",
                           field + '[' + std::to_string(i) + ']');
    std::vector<const Named*> found;
    for (const auto& one : all)
        if (ids.empty() || std::ranges::find(ids, one.id) != ids.end()) found.push_back(&one);
    return found;
}

// Its cells by weekday and period. A day of its closures counts: it may be closed by hand as well. Half-days
// that are over stay as they were.
Result<std::vector<CellKey>> cellsOf(const Span& span, const KnownFacility& known) {
    const auto& facility = *known.facility;
    const auto today = localDate(now(), known.zone());
    if (span.from < today) return problem(ProblemType::past, "that day is over", "from");
    if (span.to > today + furthestAhead)
        return problem(ProblemType::invalid_params, "more than 400 days ahead", "to");
    const auto periods = chosen(facility.periods, span.periods, "periods");
    if (!periods) return tl::unexpected(periods.error());
    const auto sections = chosen(facility.sections, span.sections, "sections");
    if (!sections) return tl::unexpected(sections.error());

    std::vector<CellKey> cells;
    bool over = false;
    for (auto day = span.from; day <= span.to; day += date::days{1})
        for (const auto* period : *periods) {
            if (!period->isOn(day)) continue;
            if (toInstant(day, period->end, known.zone()) <= now()) {
                over = true;
                continue;
            }
            for (const auto* section : *sections)
                cells.push_back({facility.id, day, period->id, section->id});
        }
    if (cells.empty() && over) return problem(ProblemType::past, "that half-day is over", "from");
    if (cells.empty())
        return problem(ProblemType::outside_hours, "the facility is not open on these weekdays", "from");
    if (cells.size() > mostCells) return problem(ProblemType::too_many, "fewer days at once", "to");
    return cells;
}

void appendBookings(std::string& out, const Environment& environment, const identity::Account& account,
                    const std::vector<Booking>& bookings) {
    encode::array(out, bookings, [&](std::string& to, const Booking& booking) {
        appendBooking(
            to, environment, booking,
            account.worksFor(booking.office) ? encode::Audience::office : encode::Audience::facility);
    });
}

}  // namespace

Awaitable<Answer> availabilityClose(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto span = spanIn(p);
    const auto reason = p.oneOf("reason", facilityReasonFrom);
    const bool dry = p.optional(&Params::flag, "dryRun").value_or(false);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto account = caller.account;
    const auto known = ownFacility(*environment.hub.directory(), *account, span.facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    if (dry) header.key.clear();  // nothing is done that a key could stand for
    auto command = cellsOf(span, *known).map([&](std::vector<CellKey> cells) {
        return Command(CloseCells{span.facility, std::move(cells), reason, dry});
    });
    const auto outcome = co_await write(environment, caller, std::move(turn), known->territoryId(),
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    std::string out = R"({"bookings":)";
    appendBookings(out, environment, *account, outcome->bookings);
    out += R"(,"needs":[],"cells":)";
    encode::cells(out, outcome->cells);
    if (dry) out += R"(,"dryRun":true)";
    endAnswer(out, environment, known->territoryId(), *outcome);
    co_return parts(std::move(out));
}

Awaitable<Answer> availabilityReopen(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    const auto span = spanIn(p);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, span.facility);
    if (!known) co_return tl::unexpected(known.error());
    auto header = headerOf(environment, caller, call);
    auto command = cellsOf(span, *known).map([&](std::vector<CellKey> cells) {
        return Command(ReopenCells{span.facility, std::move(cells)});
    });
    const auto outcome = co_await write(environment, caller, std::move(turn), known->territoryId(),
                                        std::move(header), std::move(command));
    if (!outcome) co_return tl::unexpected(outcome.error());
    std::string out = R"({"cells":)";
    encode::cells(out, outcome->cells);
    endAnswer(out, environment, known->territoryId(), *outcome);
    co_return parts(std::move(out));
}

}  // namespace placette::service
