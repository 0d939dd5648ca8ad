// What a connection costs that is signed in, subscribed and idle.
#include "result.hpp"
#include "scenarios.hpp"
#include "stage.hpp"

namespace load {

Json idle(const Options& options) {
    Stage stage(options);
    const auto settle = nanos(options.settle);
    stage.crowd.gather(1);  // the first snapshot is everybody's
    stage.loop.turn_for(settle);
    const auto before = resident_kib(options.pids);

    stage.crowd.gather(options.connections);
    stage.loop.turn_for(settle);
    const Costs costs(options);
    stage.loop.turn_for(settle);
    const auto after = resident_kib(options.pids);

    Json result = {{"target", options.target}, {"connections", options.connections}};
    result.update(costs.so_far());
    result["residentKiB"] = {{"before", before}, {"after", after}};
    result["perConnectionKiB"] =
        rounded(static_cast<double>(after - before) / static_cast<double>(options.connections));
    return result;
}

}  // namespace load
