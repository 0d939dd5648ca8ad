// A snapshot that is made step by step is what it would be in one piece, whatever changes meanwhile.
#include "hub/snapshot_making.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

using namespace placette;
using namespace placette::hub;

namespace {

const Date day = date::sys_days{date::year{2026} / 11 / 23};
constexpr int facilities = 600, days = 5, periods = 2;  // 6,000 cells: three steps and more

std::string name(int n) {
    return "f-" + std::to_string(100000 + n);
}

std::shared_ptr<const Directory> directory() {
    KnownTerritory known;
    known.territory.id = "t";
    known.zone = date::locate_zone("Europe/Paris");
    for (int n = 0; n < facilities + 10; ++n) {
        Facility facility;
        facility.id = name(n);
        facility.periods = {{"matin", {}, {}, {}, {}, {}}, {"apres-midi", {}, {}, {}, {}, {}}};
        facility.sections = {{"moyens", {}, {}, {}}};
        known.territory.facilities.add(std::move(facility));
    }
    std::map<std::string, Directory::Entry, std::less<>> territories;
    territories["t"] = std::make_shared<const KnownTerritory>(std::move(known));
    return std::make_shared<const Directory>(std::move(territories));
}

CellState state(int facility, int at, int period, int version, const char* section = "moyens") {
    CellState state;
    state.key = {name(facility), day + date::days{at}, period == 0 ? "matin" : "apres-midi", section};
    state.cell.open = version % 900;
    state.cell.version = version;
    return state;
}

struct Fixture {
    Board board;
    std::shared_ptr<const Directory> known = directory();
    BoardFilter filter{"t", day, days, {}};
    int version = 1;

    Fixture() {
        for (int n = 0; n < facilities; ++n)
            for (int at = 0; at < days; ++at)
                for (int period = 0; period < periods; ++period) board.apply(state(n, at, period, 1));
    }
    void change(SnapshotMaking& making, int facility) {
        ++version;
        board.apply(state(facility, version % days, version % periods, version));
        making.touched(name(facility));
    }
    std::string whole() const {
        SnapshotMaking making(board, filter);
        while (!making.step(*known)) {
        }
        return text(making);
    }
    static std::string text(const SnapshotMaking& making) {
        std::string text;
        for (const auto& part : making.cells()) text += *part;
        return text;
    }
};

}  // namespace

TEST_CASE("all cells are in it, in several steps") {
    Fixture fixture;
    SnapshotMaking making(fixture.board, fixture.filter);
    int steps = 1;
    while (!making.step(*fixture.known)) ++steps;
    CHECK(steps >= 3);
    CHECK(nlohmann::json::parse(Fixture::text(making)).size() == facilities * days * periods);
    CHECK(nlohmann::json::parse(*making.facilities()).size() == facilities + 10);

    // What the document does not name is on no board.
    fixture.board.apply(state(3, 0, 0, 1, "anciens"));
    CHECK(nlohmann::json::parse(fixture.whole()).size() == facilities * days * periods);
}

TEST_CASE("changes that come meanwhile are in it, wherever they are") {
    const unsigned seed = GENERATE(range(1u, 6u));
    CAPTURE(seed);
    std::mt19937 random(seed);
    Fixture fixture;
    SnapshotMaking making(fixture.board, fixture.filter);
    for (int step = 0; !making.step(*fixture.known); ++step) {
        REQUIRE(step < 100);
        // Few enough to be caught up with; some of a facility that had no cells before.
        for (int n = 0; n < 3; ++n) fixture.change(making, static_cast<int>(random() % (facilities + 10)));
    }
    CHECK(Fixture::text(making) == fixture.whole());
}

TEST_CASE("where changes come faster than they are encoded it is complete all the same") {
    std::mt19937 random(7);
    Fixture fixture;
    SnapshotMaking making(fixture.board, fixture.filter);
    int steps = 0;
    while (!making.step(*fixture.known)) {
        REQUIRE(++steps < 100);
        for (int n = 0; n < facilities; ++n) fixture.change(making, static_cast<int>(random() % facilities));
    }
    CHECK(Fixture::text(making) == fixture.whole());
}

TEST_CASE("another document begins it anew") {
    Fixture fixture;
    SnapshotMaking making(fixture.board, fixture.filter);
    making.step(*fixture.known);
    fixture.known = directory();
    while (!making.step(*fixture.known)) {
    }
    CHECK(Fixture::text(making) == fixture.whole());
}
