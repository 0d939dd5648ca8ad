// A territory's cells in memory: the last state of each, whatever the order in which states come.
#include "hub/board.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

using namespace placette;

namespace {

const Date monday = date::sys_days{date::year{2026} / 11 / 23};

CellState state(CellKey key, std::int64_t version) {
    Cell cell;
    cell.open = static_cast<int>(version % 9);
    cell.version = version;
    return {std::move(key), cell};
}

std::vector<CellState> all(const hub::Board& board, const hub::BoardFilter& filter) {
    std::vector<CellState> states;
    board.each(filter, [&](const CellState& one) { states.push_back(one); });
    return states;
}

}  // namespace

TEST_CASE("a board holds the newest state of each cell, in any order of arrival", "[board]") {
    std::mt19937 random(1);
    const auto upTo = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const std::string facilities[]{"lucioles", "lutins", "a-name-longer-than-a-short-string"};
    hub::Board board;
    std::map<CellKey, Cell> truth;
    for (int n = 0; n < 3000; ++n) {
        const CellKey key{facilities[upTo(3)], monday + date::days{upTo(20)},
                          upTo(2) ? "matin" : "apres-midi", upTo(2) ? "moyens" : "grands"};
        const auto one = state(key, 1 + upTo(50));
        board.apply(one);
        auto& cell = truth[key];
        if (cell.version < one.cell.version) cell = one.cell;
    }
    CHECK(board.size() == truth.size());

    const hub::BoardFilter filter{"200000925", monday + date::days{3}, 7, {"lucioles", facilities[2]}};
    std::vector<CellState> expected;
    for (const auto& [key, cell] : truth)
        if (filter.covers(key.facility, key.date)) expected.push_back({key, cell});
    auto states = all(board, filter);
    CHECK(std::ranges::is_sorted(
        states, {}, [](const CellState& one) { return std::pair(one.key.facility, one.key.date); }));
    std::ranges::sort(states, {}, &CellState::key);
    CHECK(states == expected);
}

TEST_CASE("a board lets past days go, and takes them no more", "[board]") {
    hub::Board board;
    for (int day = 0; day < 10; ++day)
        for (const auto* section : {"moyens", "grands"})
            for (const auto* facility : {"lucioles", "lutins"})
                board.apply(state({facility, monday + date::days{day}, "matin", section}, 1));
    REQUIRE(board.size() == 40);

    const Date first = monday + date::days{7};
    board.startAt(first);
    board.apply(state({"lucioles", first - date::days{1}, "matin", "moyens"}, 2));
    CHECK(board.size() == 12);
    const auto left = all(board, {"200000925", monday, 31, {}});
    CHECK(left.size() == 12);
    CHECK(std::ranges::all_of(left, [&](const CellState& one) { return one.key.date >= first; }));

    board.startAt(monday);  // a clock that was set back
    board.apply(state({"lucioles", monday, "matin", "moyens"}, 2));
    CHECK(board.size() == 13);
}
