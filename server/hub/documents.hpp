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

    void expect(std::string revision, Territory);                            // it is about to be put,
    void forget(const std::string& territory, const std::string& revision);  // or it is not

private:
    struct Known {
        Entry present;                // as read last; null: not read yet
        std::vector<Entry> expected;  // the latest last
    };
    using Ids = std::vector<std::string>;
    std::vector<Result<Entry>> known(const Ids&, const std::vector<std::string>& revisions);
    Result<Entry> parsed(redis::TerritoryDocument);

    std::mutex mutex_;
    std::map<std::string, Known> known_;  // by territory
};

}  // namespace placette::hub
