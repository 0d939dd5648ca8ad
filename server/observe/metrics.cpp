#include "observe/metrics.hpp"

#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>

namespace placette::observe {

using prometheus::BuildCounter;
using prometheus::BuildGauge;

Metrics::Metrics()
    : registry(std::make_shared<prometheus::Registry>()),
      sessions(
          BuildGauge().Name("placette_sessions").Help("Open WebSocket sessions").Register(*registry).Add({})),
      writes(BuildCounter()
                 .Name("placette_writes_total")
                 .Help("WebSocket messages written")
                 .Register(*registry)
                 .Add({})),
      heldBack(BuildCounter()
                   .Name("placette_sessions_held_back_total")
                   .Help("Times a session asked for more at once than it may, and was not read for a while")
                   .Register(*registry)
                   .Add({})),
      changes(
          BuildCounter().Name("placette_changes_total").Help("Log entries read").Register(*registry).Add({})),
      storeAvailable(BuildGauge()
                         .Name("placette_store_available")
                         .Help("1 while Redis answers")
                         .Register(*registry)
                         .Add({})),
      cells(BuildGauge().Name("placette_cells").Help("Cells on all boards").Register(*registry).Add({})),
      recordsSetAside(BuildCounter()
                          .Name("placette_records_set_aside_total")
                          .Help("Records of the store that could not be read, and were set aside")
                          .Register(*registry)
                          .Add({})),
      countsMended(BuildCounter()
                       .Name("placette_counts_mended_total")
                       .Help("Counts and list entries that did not agree with the bookings, and were mended")
                       .Register(*registry)
                       .Add({})),
      recordsErased(BuildCounter()
                        .Name("placette_records_erased_total")
                        .Help("Records erased because their time was over")
                        .Register(*registry)
                        .Add({})),
      calls(BuildCounter()
                .Name("placette_calls_total")
                .Help("Calls by method and outcome")
                .Register(*registry)),
      residentBytes_(BuildGauge()
                         .Name("process_resident_memory_bytes")
                         .Help("Resident memory")
                         .Register(*registry)
                         .Add({})) {}

std::string Metrics::text() {
    long total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    residentBytes_.Set(static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    return prometheus::TextSerializer().Serialize(registry->Collect());
}

}  // namespace placette::observe
