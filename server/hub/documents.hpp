// The territories' documents, parsed: each version once in a node, whoever reads or writes it. One for all
// threads.
//
// A version alone does not say which document it is: another Redis process, which has lost the last ones,
// counts on from where it is. So an entry is only good for the process that it was read from, and the
// present version is asked together with the process' run_id.
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

    void keep(Entry);  // what somebody has read or put

private:
    std::vector<Result<Entry>> kept(const std::vector<std::string>& ids, const redis::TerritoryVersions&);
    Result<Entry> parsed(const redis::TerritoryDocument&, const std::string& runId);

    std::mutex mutex_;
    std::map<std::string, Entry> latest_;
};

}  // namespace placette::hub
