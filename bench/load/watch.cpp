// Many watch, one changes: how much arrives, how old it is by then, and what that costs.
#include <functional>

#include "pace.hpp"
#include "result.hpp"
#include "scenarios.hpp"
#include "stage.hpp"

namespace load {

namespace {

class Watching {
public:
    explicit Watching(const Options& options) : options_(options), stage_(options) {}

    Json measure();

private:
    void set_pace();
    void run();
    Json mode() const;
    Json arrived(const Tally&) const;

    const Options& options_;
    Stage stage_;
    std::optional<Rate> rate_;
    Json costs_;
    Tally measured_;
    long warm_ = 0;  // resident KiB after the warm-up
};

Json Watching::measure() {
    const auto before = resident_kib(options_.pids);
    stage_.enter_publishers();
    stage_.crowd.gather(options_.watchers);
    stage_.reach_everyone();
    const auto subscribed = resident_kib(options_.pids);
    const auto at_start = stage_.ledger.tally;
    run();
    const auto whole = stage_.ledger.tally - at_start;

    Json result = {{"target", options_.target}, {"watchers", options_.watchers}};
    result.update(mode());
    result.update(costs_);
    result.update(arrived(measured_));
    result.update({{"stalenessMs", to_json(stage_.ledger.staleness)},
                   {"newestMs", to_json(stage_.ledger.newest)},
                   {"lost", whole.lost + stage_.ledger.missing()},
                   {"repeated", whole.repeated}});
    const auto end = resident_kib(options_.pids);
    result["residentKiB"] = {{"before", before}, {"subscribed", subscribed}, {"warm", warm_}, {"end", end}};
    return result;
}

void Watching::set_pace() {
    if (options_.rate) {
        rate_.emplace(stage_.publishers, *options_.rate, now());
        stage_.loop.set_pace(std::ref(*rate_));
    } else {
        stage_.loop.set_pace(Window(stage_.publishers, stage_.ledger, *options_.window));
    }
}

void Watching::run() {
    set_pace();
    stage_.loop.turn_for(nanos(options_.warmup));

    warm_ = resident_kib(options_.pids);
    const Costs costs(options_);
    const auto before = stage_.ledger.tally;
    stage_.ledger.measure_from_here();
    stage_.loop.turn_for(nanos(options_.seconds));
    stage_.ledger.measure_to_here();
    measured_ = stage_.ledger.tally - before;
    costs_ = costs.so_far();

    stage_.loop.set_pace([](Nanos) { return never; });
    stage_.turn_until_everywhere(nanos(options_.patience));
}

Json Watching::mode() const {
    if (options_.rate)
        return {{"mode", "rate"}, {"rate", *options_.rate}, {"sentLateMs", milliseconds(rate_->late())}};
    return {{"mode", "window"}, {"window", *options_.window}};
}

Json Watching::arrived(const Tally& tally) const {
    const double seconds = costs_["seconds"];
    const auto frames = static_cast<double>(tally.frames);
    return {
        {"changes", stage_.ledger.measured()},
        {"deliveries", tally.deliveries},
        {"frames", tally.frames},
        {"messages", tally.messages},
        {"bytes", tally.bytes},
        {"perSecond", rounded(static_cast<double>(tally.deliveries) / seconds)},
        {"writesPerWatcherPerSecond", rounded(frames / seconds / static_cast<double>(options_.watchers))}};
}

}  // namespace

Json watch(const Options& options) {
    return Watching(options).measure();
}

}  // namespace load
