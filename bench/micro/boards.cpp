#include "boards.hpp"

#include <boost/asio/co_spawn.hpp>

namespace placette::sample {

std::vector<hub::Change> changes(Size size, std::size_t count) {
    Log log(size);
    std::vector<hub::Change> made;
    for (std::size_t n = 0; n < count; ++n) made.push_back(hub::decoded(log.adjusted()));
    return made;
}

std::shared_ptr<hub::Channel> channel(Size size, const std::vector<hub::Change>& changes) {
    const auto known = directory(size);
    auto made = std::make_shared<hub::BoardChannel>(filter(size), "epoch", [known] { return known; });
    made->fill(hub::Ring());
    for (const auto& change : changes) made->offer(change);
    return made;
}

Crowd::Crowd(Size size, std::size_t watchers) {
    hub_.onDirectory(directory(size));
    hub_.onReset(territory, "epoch", 0);
    channel_ = hub_.channel(filter(size));
    for (std::size_t n = 0; n < watchers; ++n) {
        const auto reply = shared("{}");
        auto& watcher = *watchers_.emplace_back(std::make_unique<Sleeper>(hub_));
        watcher.subscribe({{channel_, 0}}, reply);
        watcher.replyQueued({reply});
    }
}

LoadedBoard::LoadedBoard(Size size) : directory_(directory(size)), filter_(filter(size)) {
    hub::Loaded loaded;
    for (const auto& cell : cells(size)) loaded.board.apply(cell);
    board_.restart(std::move(loaded));
}

std::shared_ptr<const hub::Snapshot> LoadedBoard::snapshot() {
    // No snapshot of before is good enough for who has seen this one.
    redis::LogEntry later;
    later.offset = board_.head() + 1;
    board_.apply(hub::logged(std::move(later)));
    std::shared_ptr<const hub::Snapshot> made;
    redis::net::co_spawn(
        context_,
        board_.snapshot(
            filter_, [this] { return directory_; }, board_.head()),
        [&](std::exception_ptr, std::shared_ptr<const hub::Snapshot> snapshot) { made = snapshot; });
    context_.restart();
    context_.run();
    return made;
}

}  // namespace placette::sample
