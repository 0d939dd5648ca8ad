#include "stages.hpp"

#include "boards.hpp"
#include "protocol/json_rpc.hpp"

namespace placette::cost {

namespace {

Work parseRequests() {
    return [questions = sample::questions()] {
        std::size_t calls = 0;
        for (int n = 0; n < 1'000; ++n)
            for (const auto& question : questions) calls += rpc::parse(question.text, 50)->calls.size();
        return calls;
    };
}

// Four changes of one cell, then a booking.
Work readLog() {
    sample::Log log(sample::town);
    std::vector<redis::RawEntry> entries;
    for (int n = 1; n <= 2'000; ++n) entries.push_back(n % 5 == 0 ? log.booked() : log.adjusted());
    return [entries = std::move(entries)] {
        std::size_t cells = 0;
        for (const auto& entry : entries) cells += hub::decoded(entry)->cells.size();
        return cells;
    };
}

Work loadBoard() {
    return [cells = sample::cells(sample::departement)] {
        hub::Board board;
        for (const auto& cell : cells) board.apply(cell);
        return board.size();
    };
}

Work applyToBoard() {
    auto board = std::make_shared<hub::Board>();
    for (const auto& cell : sample::cells(sample::departement)) board->apply(cell);
    return [board, changes = sample::changes(sample::departement, 10'000)] {
        for (const auto& change : changes)
            for (const auto& cell : change->entry.cells) board->apply(cell);
        return board->size();
    };
}

// Nine of ten watchers take each change at once; of the others, one in ten lags by 50 changes, the rest by 8.
bool ready(std::size_t watcher, std::size_t change) {
    const std::size_t every = watcher % 10 != 0 ? 1 : watcher % 100 != 0 ? 8 : 50;
    return (watcher + change) % every == 0;
}

Work tellWatchers() {
    auto crowd = std::make_shared<sample::Crowd>(sample::town, 1'000);
    return [crowd, changes = sample::changes(sample::town, 200)] {
        std::size_t messages = 0;
        for (std::size_t change = 0; change < changes.size(); ++change) {
            crowd->tell(changes[change]);
            for (std::size_t n = 0; n < crowd->watchers().size(); ++n)
                if (ready(n, change) && crowd->watchers()[n]->take()) ++messages;
        }
        return messages;
    };
}

// Each in a channel of its own: nothing is shared.
std::vector<std::shared_ptr<hub::Channel>> lagging(std::size_t channels, std::size_t changes) {
    const auto told = sample::changes(sample::town, changes);
    std::vector<std::shared_ptr<hub::Channel>> made;
    for (std::size_t n = 0; n < channels; ++n) made.push_back(sample::channel(sample::town, told));
    return made;
}

template <std::size_t channels, std::size_t changes>
Work mergeNews() {
    return [lagging = lagging(channels, changes)] {
        std::size_t bytes = 0;
        for (const auto& channel : lagging)
            for (const auto& notification : channel->news(0)->notifications) bytes += notification->size();
        return bytes;
    };
}

Work resume() {
    return [lagging = lagging(20, 500)] {
        std::size_t bytes = 0;
        for (const auto& channel : lagging) bytes += channel->changedSince(0)->size();
        return bytes;
    };
}

template <int times>
Work snapshot(sample::Size size) {
    return [board = std::make_shared<sample::LoadedBoard>(size)] {
        std::size_t bytes = 0;
        for (int n = 0; n < times; ++n) bytes += board->snapshot()->bytes();
        return bytes;
    };
}

}  // namespace

const std::vector<Stage>& stages() {
    static const std::vector<Stage> all{
        {"parse 3,000 requests", parseRequests},
        {"read 2,000 entries of a log", readLog},
        {"load a board of 37,200 cells", loadBoard},
        {"apply 10,000 changes to it", applyToBoard},
        {"tell 1,000 watchers of 200 changes", tellWatchers},
        {"merge 32 changes, 100 times", mergeNews<100, 32>},
        {"merge 500 changes, 20 times", mergeNews<20, 500>},
        {"last states of 500 changes, 20 times", resume},
        {"snapshot of 420 cells, 20 times", [] { return snapshot<20>(sample::town); }},
        {"snapshot of 37,200 cells", [] { return snapshot<1>(sample::departement); }},
    };
    return all;
}

}  // namespace placette::cost
