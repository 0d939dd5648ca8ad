#include "service/planner.hpp"

#include <boost/asio/post.hpp>
#include <cmath>

#include "protocol/json_text.hpp"
#include "redis/elsewhere.hpp"

namespace placette::service {

namespace {

constexpr int mostWaiting = 64;
constexpr std::chrono::seconds comeBackAfter{1};

void appendPart(encode::Object& out, const PlanPart& part, const std::vector<PlanHouse>& houses) {
    out.text("facility", houses[part.house].facility->id);
    out.array("places", part.places, [](encode::Object& item, const PlannedPlace& place) {
        item.member("date", encode::Quoted{place.date});
        item.text("period", place.period);
        item.text("section", place.section);
        item.member("child", place.child);
    });
}

std::string answerTo(const Planner::Asked& asked) {
    const auto& houses = asked.houses;
    std::string out;
    encode::Object answer(out);
    answer.array("plans", searchPlans(asked.need, houses), [&](encode::Object& item, const Plan& plan) {
        item.array("parts", plan.parts, [&](encode::Object& inner, const PlanPart& part) {
            appendPart(inner, part, houses);
        });
        item.member("complete", plan.complete());
        const auto km = plan.km ? std::optional(std::round(*plan.km * 10) / 10) : std::nullopt;
        item.member("distanceKm", km);
        item.text("approval", plan.stale() ? "stale" : "none");
        encode::texts(item.member("why"), whyOf(plan, asked.need, houses, asked.detour));
    });
    answer.end();
    return out;
}

}  // namespace

redis::Awaitable<Result<std::string>> Planner::search(Asked asked) {
    if (++waiting_ > mostWaiting) {
        --waiting_;
        Problem refusal{ProblemType::rate_limited, "too many plans are being searched"};
        refusal.retryAfter = comeBackAfter;
        co_return tl::unexpected(std::move(refusal));
    }
    using Tell = redis::Tell<std::string>;
    std::function<void(Tell)> begin = [this, shared = std::make_shared<const Asked>(std::move(asked))](
                                          Tell tell) {
        boost::asio::post(pool_, [this, shared, tell = std::move(tell)] {
            auto answer = answerTo(*shared);
            --waiting_;
            tell(std::move(answer));
        });
    };
    co_return co_await redis::toldBy<std::string>(std::move(begin));
}

}  // namespace placette::service
