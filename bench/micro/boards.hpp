// A board and those who watch it, as a node has them, without a store and without sockets.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "hub/board_channel.hpp"
#include "hub/documents.hpp"
#include "hub/feed.hpp"
#include "hub/hub.hpp"
#include "hub/territory_board.hpp"
#include "sample.hpp"

namespace placette::sample {

// The log's first changes of one cell each, as all threads have them.
std::vector<hub::Change> changes(Size, std::size_t count);

// A channel over all of the territory, which has these changes to tell.
std::shared_ptr<hub::Channel> channel(Size, const std::vector<hub::Change>&);

class Sleeper : public hub::Watcher {
public:
    using Watcher::Watcher;
    void wake() override {}
};

// Watchers of a whole territory.
class Crowd {
public:
    Crowd(Size, std::size_t watchers);

    void tell(const hub::Change& change) { channel_->offer(change); }
    std::vector<std::unique_ptr<Sleeper>>& watchers() { return watchers_; }

private:
    redis::net::io_context context_;
    observe::Metrics metrics_;
    hub::Documents documents_;
    redis::WritesUnderWay writes_;
    hub::Feed feed_{context_, {}, documents_, writes_, metrics_, {}, {}};  // never started
    hub::Hub hub_{context_, feed_, {}};
    std::shared_ptr<hub::Channel> channel_;
    std::vector<std::unique_ptr<Sleeper>> watchers_;
};

class LoadedBoard {
public:
    explicit LoadedBoard(Size);

    std::shared_ptr<const hub::Snapshot> snapshot();  // encoded anew each time

private:
    redis::net::io_context context_;
    hub::TerritoryBoard board_{context_};
    std::shared_ptr<const Directory> directory_;
    hub::BoardFilter filter_;
};

}  // namespace placette::sample
