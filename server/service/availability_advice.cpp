// availability.advise: what the law lets a facility open, seen by its manager alone.
#include <algorithm>

#include "placette/domain/legal.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/opening.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

Awaitable<Answer> availabilityAdvise(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto facility = p.id("facility");
    const auto date = p.date("date");
    const auto period = p.id("period");
    Present present{p.integer("adults", 0, maxPlaces)};
    p.object("children", [&](Params& children) {
        present.walkers = children.integer("walkers", 0, maxPlaces);
        present.nonWalkers = children.integer("nonWalkers", 0, maxPlaces);
    });
    const auto ratio =
        p.optional(&Params::oneOf<StaffRatio>, "ratio", staffRatioFrom).value_or(StaffRatio::five_eight);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    const auto known = ownFacility(*environment.hub.directory(), *caller.account, facility);
    if (!known) co_return tl::unexpected(known.error());
    const auto open = openPeriod(*known->facility, date, period, localDate(now(), known->zone()), "");
    if (!open) co_return tl::unexpected(open.error());

    const auto limits = legalLimits(*known->facility, **open, present, ratio);
    std::string out;
    encode::append(out, R"({"lawfulOpen":)", std::max(0, limits.front().children - present.children()),
                   R"(,"reasons":)");
    encode::array(out, limits, [](std::string& to, const LegalLimit& limit) {
        encode::append(to, R"({"rule":")", name(limit.rule), R"(","article":")", articleOf(limit.rule),
                       R"(","limit":)", limit.children, '}');
    });
    out += '}';
    co_return parts(std::move(out));
}

}  // namespace placette::service
