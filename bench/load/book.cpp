// A closed loop of bookings, each of a new case: how many a second, and how long one takes.
#include <chrono>
#include <deque>
#include <fstream>
#include <stdexcept>

#include "address.hpp"
#include "booker.hpp"
#include "loop.hpp"
#include "placette_dialect.hpp"
#include "result.hpp"
#include "scenarios.hpp"

namespace load {

namespace {

// Texts are joined, not built as JSON: a call is made for each booking.
class Calls {
public:
    explicit Calls(const std::string& places_file)
        : run_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())) {
        std::ifstream file(places_file);
        if (!file) throw std::runtime_error("cannot read " + places_file);
        for (const auto& place : Json::parse(file)) bodies_.push_back(body(place));
        if (bodies_.empty()) throw std::runtime_error("no places in " + places_file);
    }

    std::string next() {
        const auto number = std::to_string(++made_);
        const auto unique = run_ + '-' + number;
        return R"({"jsonrpc":"2.0","id":)" + number + R"(,"method":"booking.create","params":{"key":")" +
               unique + R"(","caseRef":"B-)" + unique + bodies_[made_ % bodies_.size()];
    }

private:
    static std::string body(const Json& place) {
        const Json slot = {
            {"date", place.at("date")}, {"period", place.at("period")}, {"section", place.at("section")}};
        const Json child = {{"ageMonths", place.at("ageMonths")}};
        return R"(","facility":)" + place.at("facility").dump() + R"(,"places":[)" + slot.dump() +
               R"(],"children":[)" + child.dump() + R"(],"care":"other","purpose":"job_interview"}})";
    }

    std::string run_;
    std::vector<std::string> bodies_;
    std::uint64_t made_ = 0;
};

struct Answers {
    std::uint64_t bookings = 0, problems = 0;
    Histogram latency;
    Json first_problem;

    void add(std::string_view answer, Nanos took) {
        constexpr std::size_t enough = 128;
        if (answer.substr(0, enough).find(R"("error":)") != answer.npos) {
            if (problems++ == 0) first_problem = Json::parse(answer)["error"];
            return;
        }
        ++bookings;
        latency.add(took);
    }
};

}  // namespace

Json book(const Options& options) {
    Calls calls(options.places);
    Answers warm, measured, *answers = &warm;
    Loop loop;
    const auto address = to_address(options.address);
    const auto upgrade = upgrade_to_placette(options.address, options.token);
    std::deque<Booker> bookers;
    for (std::size_t client = 0; client < options.clients; ++client)
        bookers
            .emplace_back([&] { return calls.next(); },
                          [&](std::string_view answer, Nanos took) { answers->add(answer, took); })
            .connect(loop.epoll(), address, upgrade);

    loop.turn_for(nanos(options.warmup));
    if (warm.bookings == 0) throw std::runtime_error("nothing was booked: " + warm.first_problem.dump());
    answers = &measured;
    const Costs costs(options);
    loop.turn_for(nanos(options.seconds));

    Json result = {{"target", options.target}, {"clients", options.clients}};
    result.update(costs.so_far());
    const double seconds = result["seconds"];
    result.update({{"bookings", measured.bookings},
                   {"perSecond", rounded(static_cast<double>(measured.bookings) / seconds)},
                   {"answered", warm.bookings + measured.bookings},
                   {"latencyMs", to_json(measured.latency)},
                   {"problems", warm.problems + measured.problems},
                   {"firstProblem", warm.problems > 0 ? warm.first_problem : measured.first_problem}});
    return result;
}

}  // namespace load
