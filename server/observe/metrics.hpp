// What /metrics tells, in Prometheus' text format. Safe from every thread.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

namespace placette::observe {

class Metrics {
public:
    Metrics();

    std::string text();  // collects, with the process's own figures

    std::shared_ptr<prometheus::Registry> registry;
    prometheus::Gauge& sessions;                     // open WebSocket sessions
    prometheus::Counter& writes;                     // WebSocket messages written
    prometheus::Counter& heldBack;                   // times a session asked for more at once than it may
    prometheus::Counter& changes;                    // log entries read
    prometheus::Gauge& storeAvailable;               // 1 or 0
    prometheus::Gauge& cells;                        // on all boards
    prometheus::Counter& recordsSetAside;            // of the store, that could not be read
    prometheus::Counter& countsMended;               // that did not agree with the bookings
    prometheus::Counter& recordsErased;              // because their time was over
    prometheus::Family<prometheus::Counter>& calls;  // by method and outcome

private:
    prometheus::Gauge& residentBytes_;
};

}  // namespace placette::observe
