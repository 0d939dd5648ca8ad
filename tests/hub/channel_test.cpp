// Cursors over one log: whatever the schedule, each reader ends at the truth, by the rules that clients
// follow.
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "hub/board.hpp"
#include "hub/board_channel.hpp"
#include "hub/pause.hpp"

using namespace placette;
using nlohmann::json;

namespace {

const Date monday = date::sys_days{date::year{2026} / 11 / 23};

hub::BoardFilter wholeWeek(std::vector<std::string> facilities = {}) {
    return {"200000925", monday, 7, std::move(facilities)};
}

// A log with its truth: random cells change, all by +1 version.
struct World {
    std::mt19937 random;
    hub::Ring ring;
    std::map<CellKey, Cell> truth;
    std::vector<hub::Change> log;  // as the store keeps it
    std::vector<std::shared_ptr<hub::BoardChannel>> channels;

    World(unsigned seed, std::size_t capacity) : random(seed), ring({.changes = capacity}) {}

    int upTo(int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

    std::shared_ptr<hub::BoardChannel> channel(hub::BoardFilter filter) {
        auto made = std::make_shared<hub::BoardChannel>(std::move(filter), "epoch",
                                                        [] { return std::make_shared<const Directory>(); });
        made->fill(ring);
        channels.push_back(made);
        return made;
    }

    void change() {
        redis::LogEntry entry;
        entry.offset = ring.head() + 1;
        for (int i = 0, count = 1 + upTo(3); i < count; ++i) {
            const CellKey key{upTo(2) ? "lucioles" : "lutins", monday + date::days{upTo(9)}, "matin",
                              upTo(2) ? "moyens" : "grands"};
            auto& cell = truth[key];
            ++cell.version;
            cell.open = upTo(9);
            std::erase_if(entry.cells, [&](const CellState& state) { return state.key == key; });
            entry.cells.push_back({key, cell});
        }
        log.push_back(hub::logged(std::move(entry)));
        ring.push(log.back());
        for (const auto& channel : channels) {
            channel->trim(ring.start());
            channel->offer(ring.changes().back());
        }
    }
    void forget() {
        ring.forget(ring.head() - upTo(20));
        for (const auto& channel : channels) channel->trim(ring.start());
    }
    // As the feed does for a client that resumes from `offset`.
    void reachBack(std::int64_t offset) {
        std::vector<hub::Change> earlier;
        for (const auto& change : log)
            if (change->entry.offset > offset && change->entry.offset <= ring.start())
                earlier.push_back(change);
        ring.reachBack(earlier);
        for (const auto& channel : channels) channel->reachBack(earlier, ring.start());
    }
};

// A client: applies a delta if from ≤ mine < offset, drops it if offset ≤ mine; a gap is a failure.
struct Reader {
    explicit Reader(std::shared_ptr<hub::BoardChannel> of) : channel(std::move(of)) {}

    std::shared_ptr<hub::BoardChannel> channel;
    std::int64_t told = 0;  // the server's cursor
    std::int64_t mine = 0;  // the client's
    std::map<std::string, json> cells;

    void restart(const World& world) {
        cells.clear();
        for (const auto& [key, cell] : world.truth)
            if (channel->filter().covers(key.facility, key.date))
                cells[name(key)] = {{"open", cell.open}, {"version", cell.version}};
        told = mine = world.ring.head();
    }
    static std::string name(const CellKey& key) {
        return key.facility + toText(key.date) + key.period + key.section;
    }
    void take(const Shared& text) {
        const auto params = json::parse(*text).at("params");
        const std::int64_t from = params.at("from"), offset = params.at("offset");
        REQUIRE(from <= mine);
        if (offset <= mine) return;
        for (const auto& cell : params.at("cells")) apply(cell);
        mine = offset;
    }
    bool read() {
        if (!channel->reaches(told)) return false;
        const auto news = channel->news(told);
        if (!news) return true;
        for (const auto& text : news->notifications) take(text);
        told = news->told;
        return true;
    }
    // It lost the connection and comes back with `since`; false: a snapshot is due.
    bool resume(const World& world) {
        if (mine < world.ring.start() || !channel->reaches(mine)) return false;
        for (const auto& cell : json::parse(*channel->changedSince(mine))) apply(cell);
        told = mine = world.ring.head();
        return true;
    }
    void apply(const json& cell) {
        const auto key = cell.at("facility").get<std::string>() + cell.at("date").get<std::string>() +
                         cell.at("period").get<std::string>() + cell.at("section").get<std::string>();
        auto& known = cells[key];
        if (known.is_object()) REQUIRE(known.at("version") <= cell.at("version"));
        known = cell;
    }
    void checkAgainst(const World& world) const {
        std::size_t covered = 0;
        for (const auto& [key, cell] : world.truth) {
            if (!channel->filter().covers(key.facility, key.date)) continue;
            ++covered;
            const auto known = cells.find(name(key));
            REQUIRE(known != cells.end());
            REQUIRE(known->second.at("version") == cell.version);
            REQUIRE(known->second.at("open") == cell.open);
        }
        REQUIRE(covered == cells.size());
    }
};

}  // namespace

TEST_CASE("every reader ends at the truth, whatever the schedule") {
    const unsigned seed = GENERATE(1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u);
    CAPTURE(seed);
    World world(seed, 50);
    for (int i = 0; i < 20; ++i) world.change();
    std::vector<Reader> readers;
    for (int i = 0; i < 12; ++i) {
        const auto filter = i % 3 == 0 ? wholeWeek() : wholeWeek({i % 3 == 1 ? "lucioles" : "lutins"});
        readers.emplace_back(world.channel(filter));
        readers.back().restart(world);
    }
    int snapshots = 0, resumed = 0;
    for (int step = 0; step < 2000; ++step) {
        world.change();
        if (world.upTo(100) == 0) world.forget();
        if (world.upTo(100) == 0) world.reachBack(world.ring.start() - world.upTo(30));
        // The first readers are quick, the last ones slow: they fall behind the log's start.
        for (std::size_t i = 0; i < readers.size(); ++i) {
            if (world.upTo(static_cast<int>(1 + i * i)) != 0) continue;
            const bool cut = world.upTo(5) == 0;
            const bool reached = cut ? readers[i].resume(world) : readers[i].read();
            if (!reached) readers[i].restart(world);
            (reached ? resumed += cut : ++snapshots);
        }
    }
    for (auto& reader : readers) {
        if (!reader.read()) reader.restart(world);
        reader.checkAgainst(world);
    }
    CHECK(resumed > 0);
    CHECK(snapshots > 0);
}

TEST_CASE("a client that resumes gets the last state of what changed since, once each") {
    World world(7, 100);
    for (int i = 0; i < 40; ++i) world.change();
    const auto filter = wholeWeek({"lucioles"});
    Reader reader(world.channel(filter));
    reader.restart(world);
    const auto since = reader.mine;
    for (int i = 0; i < 30; ++i) world.change();
    const auto changed = json::parse(*reader.channel->changedSince(since));
    for (const auto& cell : changed) reader.apply(cell);
    reader.checkAgainst(world);
}

TEST_CASE("what several readers have to be told alike is encoded once") {
    World world(3, 1000);
    const auto channel = world.channel(wholeWeek());
    const auto start = world.ring.head();
    for (int i = 0; i < 3; ++i) world.change();
    const auto one = channel->news(start);
    REQUIRE(one->notifications.size() == 3);
    CHECK(one == channel->news(start));
    const auto next = channel->news(start + 1);
    CHECK(next->notifications[0] == one->notifications[1]);

    for (int i = 0; i < 100; ++i) world.change();
    const auto lagging = channel->news(start);
    REQUIRE(lagging->notifications.size() == 1);
    CHECK(lagging == channel->news(start));
    CHECK(channel->news(lagging->told) == nullptr);
    CHECK(channel->changedSince(start) == channel->changedSince(start));
}

TEST_CASE("no frame is put together twice") {
    World world(11, 1000);
    const auto channel = world.channel(wholeWeek());
    std::map<std::pair<std::int64_t, std::int64_t>, Shared> frames;  // by (from, offset]
    std::vector<std::int64_t> cursors(20, world.ring.head());
    for (int step = 0; step < 500; ++step) {
        world.change();
        for (std::size_t i = 0; i < cursors.size(); ++i) {
            if (world.upTo(static_cast<int>(1 + i)) != 0) continue;
            const auto news = channel->news(cursors[i]);
            if (!news) continue;
            for (const auto& frame : news->notifications) {
                const auto params = json::parse(*frame).at("params");
                const auto [known, isNew] =
                    frames.try_emplace({params.at("from"), params.at("offset")}, frame);
                REQUIRE(known->second == frame);
            }
            cursors[i] = news->told;
        }
    }
}

TEST_CASE("a log that reaches back serves whom it could not") {
    World world(13, 100);
    const auto channel = world.channel(wholeWeek());
    Reader reader(channel);
    for (int i = 0; i < 40; ++i) world.change();
    reader.restart(world);
    for (int i = 0; i < 40; ++i) world.change();
    world.ring.forget(world.ring.head());
    channel->trim(world.ring.start());
    CHECK_FALSE(reader.resume(world));
    world.reachBack(reader.mine);
    CHECK(reader.resume(world));
    reader.checkAgainst(world);

    // No more than there is room for.
    for (int i = 0; i < 90; ++i) world.change();
    world.reachBack(0);
    CHECK(world.ring.changes().size() == 100);
    CHECK(world.ring.start() == world.ring.head() - 100);
}

TEST_CASE("a change outside the filter is not told, and leaves no gap") {
    World world(5, 1000);
    const auto channel = world.channel({"200000925", monday + date::days{60}, 1, {}});
    for (int i = 0; i < 10; ++i) world.change();
    CHECK(channel->news(0) == nullptr);
}

TEST_CASE("equal filters share an id, others do not") {
    CHECK(wholeWeek().id() == wholeWeek().id());
    CHECK(wholeWeek().id() != wholeWeek({"lucioles"}).id());
    CHECK(wholeWeek({"a", "b"}).id() != wholeWeek({"ab"}).id());
    auto later = wholeWeek();
    later.days = 6;
    CHECK(later.id() != wholeWeek().id());
}

TEST_CASE(
    "a pause is as long as a sweep's work, longer after a long one or in a storm, and never over 100 ms") {
    using namespace std::chrono_literals;
    CHECK(hub::pauseAfter(199us, 199us, 500, false) == 0ns);
    CHECK(hub::pauseAfter(5ms, 5ms, 1, false) == 5500us);
    CHECK(hub::pauseAfter(25ms, 25ms, 1, false) == 37500us);
    CHECK(hub::pauseAfter(50ms, 60ms, 1, false) == 100ms);
    CHECK(hub::pauseAfter(300ms, 300ms, 1, false) == 100ms);
    CHECK(hub::pauseAfter(5ms, 5ms, 100, false) == 20ms);
    CHECK(hub::pauseAfter(5ms, 30ms, 100, false) == 5500us);
    CHECK(hub::pauseAfter(5ms, 5ms, 1000, false) == 100ms);
    CHECK(hub::pauseAfter(5ms, 30ms, 1000, false) == 80ms);
}

TEST_CASE("a storm that the store cannot follow is one from a quarter of the changes on") {
    using namespace std::chrono_literals;
    CHECK(hub::pauseAfter(5ms, 5ms, 4, true) == 5500us);
    CHECK(hub::pauseAfter(5ms, 5ms, 25, true) == 20ms);
    CHECK(hub::pauseAfter(5ms, 30ms, 1000, true) == 80ms);
    CHECK(hub::pauseAfter(199us, 199us, 500, true) == 0ns);
}

TEST_CASE("a board takes states by version") {
    hub::Board board;
    const CellKey key{"lucioles", monday, "matin", "moyens"};
    Cell newer, older;
    newer.version = 2;
    newer.open = 5;
    older.version = 1;
    older.open = 1;
    board.apply({key, newer});
    board.apply({key, older});
    int seen = 0;
    board.each(wholeWeek(), [&](const CellState& state) {
        ++seen;
        CHECK(state.cell == newer);
    });
    CHECK(seen == 1);
    CHECK(board.size() == 1);
}
