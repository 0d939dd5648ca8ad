// What the log in memory keeps: the last of it, within a number and within bytes.
#include "hub/ring.hpp"

#include <catch2/catch.hpp>

using namespace placette;

namespace {

hub::Change changeOf(std::int64_t offset, std::size_t cells) {
    redis::LogEntry entry;
    entry.offset = offset;
    for (std::size_t n = 0; n < cells; ++n)
        entry.cells.push_back({{"lucioles", {}, "matin", std::to_string(n)}, {}});
    return hub::logged(std::move(entry));
}

hub::Ring ringOf(hub::Ring::Bound bound, std::int64_t head, std::size_t cells) {
    hub::Ring ring(bound);
    for (std::int64_t offset = 1; offset <= head; ++offset) ring.push(changeOf(offset, cells));
    return ring;
}

}  // namespace

TEST_CASE("A ring keeps the last changes, within a number", "[hub]") {
    const auto ring = ringOf({.changes = 10}, 25, 1);
    CHECK(ring.start() == 15);
    CHECK(ring.head() == 25);
    CHECK(ring.changes().front()->entry.offset == 16);
}

TEST_CASE("A ring keeps the last changes within bytes, and the last one however large it is", "[hub]") {
    const auto large = changeOf(1, 400)->bytes;
    CHECK(large > 400 * 100);
    const auto ring = ringOf({.bytes = 3 * large + large / 2}, 25, 400);
    CHECK(ring.changes().size() == 3);
    CHECK(ring.bytes() <= ring.bound().bytes);
    CHECK(ring.start() == 22);

    const auto one = ringOf({.bytes = large / 2}, 25, 400);
    CHECK(one.changes().size() == 1);
    CHECK(one.start() == 24);
}

TEST_CASE("A ring reaches back as far as it has room, without a gap", "[hub]") {
    const auto large = changeOf(1, 400)->bytes;
    hub::Ring ring({.bytes = 3 * large + large / 2});
    ring.restart(20);
    ring.push(changeOf(21, 400));
    std::vector<hub::Change> earlier;
    for (std::int64_t offset = 11; offset <= 20; ++offset) earlier.push_back(changeOf(offset, 400));
    ring.reachBack(earlier);
    CHECK(ring.start() == 18);
    CHECK(ring.changes().size() == 3);
    ring.forget(21);
    CHECK(ring.bytes() == 0);
    CHECK(ring.start() == 21);
}
