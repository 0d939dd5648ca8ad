// Brings an import document into the store: by territory.import, by the command line, and at the start of a
// demo.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "placette/domain/commands.hpp"
#include "protocol/territory_document.hpp"
#include "service/territory_store.hpp"

namespace placette::service {

struct ImportReport {
    struct Skipped {
        std::string field, detail;  // "cells[12]", and why
    };
    // Of territory, communes, offices, facilities and cells together. A cell that is told as it is counts as
    // neither, but is confirmed.
    int created = 0, changed = 0;
    std::vector<Skipped> skipped;   // cells
    std::vector<Skipped> warnings;  // what was taken, but is most likely not meant
    std::int64_t offset = 0;        // head of the territory's log afterwards
    bool replayed = false;
};

struct ImportOptions {
    bool dryRun = false;      // only tell
    bool onlyAbsent = false;  // add what is missing, change nothing that exists
    bool force = false;       // bookings that do not fit any more are cancelled by their facility
    WriteHeader header{};     // recorded with the last step: an interrupted import is done again
};

// What the document does not name stays as it is. Problems: `invalid_params` where a facility is of another
// territory; `version_conflict`; those of the store. The document's cells come in several steps, each all or
// none.
redis::Awaitable<Result<ImportReport>> importDocument(Territories, ImportDocument, ImportOptions);

}  // namespace placette::service
