#include "placette/domain/cell.hpp"

#include <catch2/catch.hpp>

using namespace placette;

namespace {

Cell cell(int open, int reserved, int vip, int other) {
    Cell cell;
    cell.open = open;
    cell.reserved = reserved;
    cell.vip = vip;
    cell.other = other;
    return cell;
}

}  // namespace

TEST_CASE("insertion care may take every open place, other care only the unprotected ones") {
    struct Row {
        Cell cell;
        int vip, other;
    };
    for (const Row& row : {
             Row{cell(4, 1, 0, 0), 4, 3},  // one is protected
             Row{cell(4, 1, 1, 0), 3, 3},  // insertion care uses the protected one first
             Row{cell(4, 1, 3, 0), 1, 1},
             Row{cell(4, 1, 0, 3), 1, 0},  // the last is kept
             Row{cell(4, 9, 1, 0), 3, 0},  // more may be protected than is open
             Row{cell(4, 0, 2, 2), 0, 0},
             Row{cell(1, 0, 2, 1), 0, 0},  // overcommitted: nothing more, not less than nothing
             Row{cell(0, 0, 0, 0), 0, 0},
         }) {
        CHECK(row.cell.free(Care::vip) == row.vip);
        CHECK(row.cell.free(Care::other) == row.other);
    }
}

TEST_CASE("a cell is overcommitted when more is taken than open") {
    CHECK_FALSE(cell(3, 0, 2, 1).overcommitted());
    CHECK(cell(2, 0, 2, 1).overcommitted());
}

TEST_CASE("free places are arithmetic: closing does not touch them") {
    Cell closed = cell(4, 0, 1, 0);
    closed.closed = true;
    CHECK(closed.free(Care::vip) == 3);
}

TEST_CASE("taking, settling and giving back keep both counts of a care") {
    Cell some = cell(5, 0, 0, 0);
    some.commit(Care::vip, 2, true);
    some.commit(Care::other, 1, false);
    CHECK(some.committed() == 3);
    CHECK(some.held() == 2);
    some.settle(Care::vip, 1);
    CHECK(some.heldVip == 1);
    CHECK(some.vip == 2);
    some.commit(Care::vip, -1, true);
    some.commit(Care::vip, -1, false);
    some.commit(Care::other, -1, false);
    CHECK(some == cell(5, 0, 0, 0));
}
