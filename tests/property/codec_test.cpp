#include "redis/codec.hpp"

#include <catch2/catch.hpp>

using namespace placette;

TEST_CASE("a cell's text reads back") {
    Cell cell{4, 1, 2, 1, 1, 0, true, false, 17, instantFrom("2026-11-24T16:02:11.5Z"), std::nullopt};
    CHECK(redis::decodeCell(redis::encodeCell(cell)) == cell);
    cell.closedByHand = true;
    CHECK(redis::decodeCell(redis::encodeCell(cell)) == cell);
    CHECK(redis::decodeCell(redis::encodeCell(Cell{})) == Cell{});
}

TEST_CASE("text of another layout is refused") {
    for (const char* text : {"", "4", "4,1,2,1,1,0,0,17,", "4,1,2,1,1,0,0,x,,", "4,1,2,1,1,0,0,17,12a,",
                             "99999999999,1,2,1,1,0,0,17,,", "-,1,2,1,1,0,0,17,,"}) {
        INFO(text);
        CHECK_THROWS(redis::decodeCell(text));
    }
    CHECK_THROWS(redis::decodeOutcome("{}"));
    CHECK_THROWS(redis::decodeBooking("{\"id\":\"t.1\"}"));
}
