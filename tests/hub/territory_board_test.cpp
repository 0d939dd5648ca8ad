// What a territory's board keeps of its log, and for how long.
#include "hub/territory_board.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <chrono>

using namespace placette;
using hub::TerritoryBoard;

namespace {

hub::Change change(std::int64_t offset, std::size_t cells) {
    redis::LogEntry entry;
    entry.offset = offset;
    const Date monday = date::sys_days{date::year{2026} / 11 / 23};
    for (std::size_t i = 0; i < cells; ++i)
        entry.cells.push_back(
            {{"lucioles", monday + date::days{static_cast<int>(i)}, "matin", "moyens"}, {}});
    return hub::logged(std::move(entry));
}

}  // namespace

TEST_CASE("a log keeps what is worth its memory") {
    using namespace std::chrono_literals;
    boost::asio::io_context context;
    TerritoryBoard board(context);
    hub::Loaded loaded;
    loaded.head = 10;
    board.restart(std::move(loaded));
    for (std::int64_t offset = 11; offset <= 18; ++offset)
        board.apply(change(offset, offset == 15 ? TerritoryBoard::largeChange + 1 : 1));
    const auto now = TerritoryBoard::Clock::now();

    CHECK_FALSE(board.forget(now));
    CHECK(board.log().start() == 10);

    // A large change, for a short while only.
    CHECK(board.forget(now + TerritoryBoard::largeKept + 1s) == 15);
    CHECK(board.log().start() == 15);
    CHECK(board.log().changes().size() == 3);
    CHECK_FALSE(board.forget(now + TerritoryBoard::largeKept + 2s));

    // The rest until nothing has happened for long.
    CHECK(board.forget(now + TerritoryBoard::quietAfter + 1s) == 18);
    CHECK(board.log().changes().empty());
    CHECK_FALSE(board.forget(now + TerritoryBoard::quietAfter + 2s));

    board.reachBack({change(17, TerritoryBoard::largeChange + 1), change(18, 1)});
    CHECK(board.forget(TerritoryBoard::Clock::now() + TerritoryBoard::largeKept + 1s) == 17);
    board.reachBack({change(17, 1)});
    CHECK(board.log().start() == 16);
    CHECK(board.log().head() == 18);
}

TEST_CASE("a snapshot is shared, and let go when nobody asks for it any more") {
    using namespace std::chrono_literals;
    boost::asio::io_context context;
    TerritoryBoard board(context);
    board.restart({});
    const hub::BoardFilter filter{"200000925", date::sys_days{date::year{2026} / 11 / 23}, 7, {}};
    const Directory directory;
    const std::weak_ptr<const hub::Snapshot> first = board.snapshot(filter, directory, 0);
    CHECK(board.snapshot(filter, directory, 0) == first.lock());
    board.forget(TerritoryBoard::Clock::now());
    CHECK_FALSE(first.expired());
    board.forget(TerritoryBoard::Clock::now() + TerritoryBoard::snapshotKept + 1s);
    CHECK(first.expired());
}
