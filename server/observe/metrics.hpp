// What /metrics tells, in Prometheus' text format. Safe from every thread. docs/operate.md says what to make
// of it.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <string>

namespace placette::observe {

class Metrics {
public:
    Metrics();

    std::string text();  // collects, with the process's own figures

    std::shared_ptr<prometheus::Registry> registry;
    // What is known only when it is asked for; set before the threads run.
    std::function<void()> onCollect;

    prometheus::Gauge& sessions;            // open WebSocket sessions
    prometheus::Counter& writes;            // WebSocket messages written
    prometheus::Counter& heldBack;          // times a session asked for more at once than it may
    prometheus::Counter& changes;           // log entries read
    prometheus::Histogram& changeLag;       // from an entry's time to its reading, in seconds
    prometheus::Gauge& storeAvailable;      // 1 or 0
    prometheus::Counter& storeLost;         // times
    prometheus::Counter& storeAwaySeconds;  // over now
    prometheus::Histogram& storeSeconds;    // that a function of the store took, as its callers saw it
    prometheus::Gauge& cells;               // on all boards
    prometheus::Gauge& placesHeld;          // of them
    prometheus::Gauge& staleCells;          // of the coming week that are not confirmed, or not lately
    prometheus::Gauge& diskFreeBytes;       // of the data folder
    prometheus::Gauge& appendOnlyBytes;
    prometheus::Gauge& writesRefused;                      // 1 while the disk has too little room
    prometheus::Counter& recordsSetAside;                  // of the store, that could not be read
    prometheus::Counter& contactsUnreadable;               // shown as none, for the key does not open them
    prometheus::Counter& countsMended;                     // that did not agree with the bookings
    prometheus::Counter& recordsErased;                    // because their time was over
    prometheus::Family<prometheus::Counter>& calls;        // by method and outcome
    prometheus::Family<prometheus::Histogram>& callTimes;  // by method
    prometheus::Family<prometheus::Counter>& signIns;      // by outcome

private:
    prometheus::Gauge& residentBytes_;
};

// Seconds: from a read in memory to what nobody waits for any more.
const prometheus::Histogram::BucketBoundaries& timeBuckets();

}  // namespace placette::observe
