// What a territory's board keeps of its log, and for how long.
#include "hub/territory_board.hpp"

#include <boost/asio/co_spawn.hpp>
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
    std::vector<std::shared_ptr<const hub::Snapshot>> made;
    const auto ask = [&](const hub::BoardFilter& wanted) {
        redis::net::co_spawn(context,
                             board.snapshot(
                                 wanted, [] { return std::make_shared<Directory>(); }, 0),
                             [&](std::exception_ptr, std::shared_ptr<const hub::Snapshot> snapshot) {
                                 made.push_back(std::move(snapshot));
                             });
    };
    for (int n = 0; n < 3; ++n) ask(filter);
    context.run();
    REQUIRE(made.size() == 3);
    CHECK(made[1] == made[0]);
    CHECK(made[2] == made[0]);
    const std::weak_ptr<const hub::Snapshot> first = made[0];
    made.clear();
    CHECK(board.snapshotBytes() > 0);
    board.forget(TerritoryBoard::Clock::now());
    CHECK_FALSE(first.expired());
    board.forget(TerritoryBoard::Clock::now() + TerritoryBoard::snapshotKept + 1s);
    CHECK(first.expired());
}

TEST_CASE("a board that is loaded anew while a snapshot is made says so to whoever waits") {
    boost::asio::io_context context;
    TerritoryBoard board(context);
    hub::Loaded loaded;
    KnownTerritory known;
    known.territory.id = "t";
    known.zone = date::locate_zone("Europe/Paris");
    const Date day = date::sys_days{date::year{2026} / 11 / 23};
    for (int n = 0; n < 3000; ++n) {
        Facility facility;
        facility.id = "f-" + std::to_string(n);
        loaded.board.apply({{facility.id, day, "matin", "moyens"}, {}});
        known.territory.facilities.add(std::move(facility));
    }
    board.restart(std::move(loaded));
    std::map<std::string, Directory::Entry, std::less<>> territories;
    territories["t"] = std::make_shared<const KnownTerritory>(std::move(known));
    const auto directory = std::make_shared<const Directory>(std::move(territories));
    int answers = 0, snapshots = 0;
    redis::net::co_spawn(context,
                         board.snapshot(
                             {"t", day, 1, {}}, [&] { return directory; }, 0),
                         [&](std::exception_ptr, std::shared_ptr<const hub::Snapshot> snapshot) {
                             ++answers;
                             if (snapshot) ++snapshots;
                         });
    context.run_one();
    REQUIRE(answers == 0);
    board.restart({});
    context.run();
    CHECK(answers == 1);
    CHECK(snapshots == 0);
}
