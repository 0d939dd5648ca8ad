// A channel of cells: board.delta, and board.facilities where the facilities changed.
#pragma once

#include <functional>

#include "hub/channel.hpp"
#include "hub/filter.hpp"
#include "placette/domain/directory.hpp"

namespace placette::hub {

class BoardChannel : public Channel {
public:
    // `directory` answers the present one whenever a frame needs it.
    BoardChannel(BoardFilter, std::string epoch, std::function<std::shared_ptr<const Directory>()> directory);

    const BoardFilter& filter() const { return filter_; }
    bool personal() const override { return false; }
    Shared facilities();  // the present ones that the filter covers, as a JSON array; encoded once

private:
    bool matches(const redis::LogEntry&) const override;
    std::vector<Shared> notifications(const Changes&, std::int64_t from) const override;
    std::string lastStates(const Changes&) const override;
    void appendLastStates(std::string& out, const Changes&) const;

    BoardFilter filter_;
    std::function<std::shared_ptr<const Directory>()> directory_;
    std::shared_ptr<const Directory> encodedOf_;
    Shared facilities_;
};

// `{"jsonrpc":"2.0","method":"board.delta","params":{…,"cells":` without the cells and the closing `}}`.
std::string deltaHead(const Channel&, std::int64_t from, std::int64_t offset);
// The same of board.facilities, up to the facilities.
std::string facilitiesHead(const Channel&);
void encodeFacilities(std::string& out, const Directory&, const BoardFilter&);

}  // namespace placette::hub
