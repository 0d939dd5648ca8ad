// The territories' documents, parsed: each revision once in a node, whoever reads or writes it. One for all
// threads.
//
// A revision is made up by who puts a document, and names it for good. So a writer may leave here what it is
// about to put: whoever hears of it has it, and if it is never put, nobody asks for it.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "placette/domain/directory.hpp"
#include "redis/store.hpp"

namespace placette::hub {

using redis::Awaitable;

class Documents {
public:
    using Entry = Directory::Entry;

    // As the store has them now, in the order of the ids, of which there is at least one. Null: there is none
    // yet; a problem: this program cannot read it.
    Awaitable<Result<std::vector<Result<Entry>>>> read(redis::Store&, std::vector<std::string> ids);

    Entry keep(std::string revision, Territory);

private:
    std::vector<Result<Entry>> kept(const std::vector<std::string>& ids,
                                    const std::vector<std::string>& revisions);
    Result<Entry> parsed(redis::TerritoryDocument);

    std::mutex mutex_;
    std::map<std::string, std::vector<Entry>> latest_;  // by territory; the latest last
};

}  // namespace placette::hub
