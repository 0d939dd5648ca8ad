#include "observe/metrics.hpp"

#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>

namespace placette::observe {

namespace {

using prometheus::Registry;

prometheus::Counter& counter(Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Gauge& gauge(Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Family<prometheus::Counter>& counters(Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

}  // namespace

const prometheus::Histogram::BucketBoundaries& timeBuckets() {
    static const prometheus::Histogram::BucketBoundaries seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                 0.1,   0.25,   0.5,   1,    2.5,   10};
    return seconds;
}

Metrics::Metrics()
    : registry(std::make_shared<Registry>()),
      sessions(gauge(*registry, "placette_sessions", "Open WebSocket sessions")),
      writes(counter(*registry, "placette_writes_total", "WebSocket messages written")),
      heldBack(counter(*registry, "placette_sessions_held_back_total",
                       "Times a session asked for more at once than it may, and was not read for a while")),
      changes(counter(*registry, "placette_changes_total", "Log entries read")),
      changeLag(prometheus::BuildHistogram()
                    .Name("placette_change_lag_seconds")
                    .Help("How long after a change its entry of the log was read, by the clocks of both")
                    .Register(*registry)
                    .Add({}, timeBuckets())),
      storeAvailable(gauge(*registry, "placette_store_available", "1 while Redis answers")),
      storeLost(counter(*registry, "placette_store_lost_total", "Times that Redis did not answer any more")),
      storeAwaySeconds(counter(*registry, "placette_store_away_seconds_total",
                               "How long it was away, of the times that are over")),
      storeSeconds(prometheus::BuildHistogram()
                       .Name("placette_store_seconds")
                       .Help("How long a function of the store took")
                       .Register(*registry)
                       .Add({}, timeBuckets())),
      cells(gauge(*registry, "placette_cells", "Cells on all boards")),
      placesHeld(gauge(*registry, "placette_places_held", "Places that are held and not yet confirmed")),
      staleCells(gauge(*registry, "placette_stale_cells",
                       "Counts of the coming week that nobody has confirmed, or not lately")),
      diskFreeBytes(gauge(*registry, "placette_disk_free_bytes", "Free on the disk of the data folder")),
      appendOnlyBytes(gauge(*registry, "placette_append_only_bytes", "Size of the append-only files")),
      writesRefused(gauge(*registry, "placette_writes_refused",
                          "1 while writes are refused, because the disk has too little room")),
      recordsSetAside(counter(*registry, "placette_records_set_aside_total",
                              "Records of the store that could not be read, and were set aside")),
      contactsUnreadable(counter(*registry, "placette_contacts_unreadable_total",
                                 "Times that a contact was shown as none, for the key does not open it")),
      countsMended(counter(*registry, "placette_counts_mended_total",
                           "Counts and list entries that did not agree with the bookings, and were mended")),
      recordsErased(
          counter(*registry, "placette_records_erased_total", "Records erased because their time was over")),
      calls(counters(*registry, "placette_calls_total", "Calls by method and outcome")),
      callTimes(prometheus::BuildHistogram()
                    .Name("placette_call_seconds")
                    .Help("How long a call took, by method")
                    .Register(*registry)),
      signIns(counters(*registry, "placette_sign_ins_total", "Sign-ins with a password or code, by outcome")),
      residentBytes_(gauge(*registry, "process_resident_memory_bytes", "Resident memory")) {}

std::string Metrics::text() {
    long total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    residentBytes_.Set(static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    if (onCollect) onCollect();
    return prometheus::TextSerializer().Serialize(registry->Collect());
}

}  // namespace placette::observe
