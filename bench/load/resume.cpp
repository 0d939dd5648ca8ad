// All watchers lose their connection at once, miss some changes, and come back.
#include <stdexcept>

#include "result.hpp"
#include "scenarios.hpp"
#include "stage.hpp"

namespace load {

namespace {

void change_meanwhile(Stage& stage, std::size_t changes) {
    for (std::size_t made = 0; made < changes; ++made) stage.publishers.change(now());
    stage.publishers.flush();
    const auto all = stage.ledger.last_sent();
    if (!stage.loop.turn_until(now() + 30 * second, [&] { return stage.publishers.acknowledged() == all; }))
        throw std::runtime_error("the changes were not acknowledged");
}

}  // namespace

Json resume(const Options& options) {
    Stage stage(options);
    stage.enter_publishers();
    stage.crowd.gather(options.watchers);
    stage.reach_everyone();
    const auto before = resident_kib(options.pids);

    stage.crowd.cut();
    change_meanwhile(stage, options.changes);
    const Costs costs(options);
    if (!stage.crowd.come_back(nanos(options.jitter / 1000), nanos(options.patience)))
        throw std::runtime_error("not all came back to the last change in time");

    Json result = {{"target", options.target},
                   {"watchers", options.watchers},
                   {"changes", options.changes},
                   {"jitterMs", options.jitter}};
    result.update(costs.so_far());
    result.update({{"recovered", stage.crowd.recovered},
                   {"snapshots", stage.crowd.snapshots},
                   {"resumeMs", to_json(stage.crowd.back)},
                   {"lost", stage.ledger.missing()},
                   {"residentKiB", {{"before", before}, {"end", resident_kib(options.pids)}}}});
    return result;
}

}  // namespace load
