#include "hub/gathering.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using hub::Gathering;

namespace {

std::vector<hub::Change> changes(std::int64_t first, std::int64_t last) {
    std::vector<hub::Change> made;
    for (auto offset = first; offset <= last; ++offset) {
        redis::LogEntry entry;
        entry.offset = offset;
        made.push_back(hub::logged(entry));
    }
    return made;
}

}  // namespace

TEST_CASE("a change alone waits for nobody") {
    Gathering gathering;
    gathering.add("200000925", changes(1, 1), 1);  // its own writer may not have its answer yet
    CHECK(gathering.complete());
    CHECK(gathering.take().size() == 1);
    gathering.add("200000925", changes(2, 2), 0);  // another node's
    CHECK(gathering.complete());
}

TEST_CASE("changes wait for as many as were under way when the first of them came") {
    Gathering gathering;
    gathering.add("200000925", changes(1, 1), 4);
    CHECK_FALSE(gathering.complete());
    gathering.add("200000925", changes(2, 3), 100);
    CHECK_FALSE(gathering.complete());
    gathering.add("200000925", changes(4, 9), 100);
    CHECK(gathering.complete());

    const auto told = gathering.take();
    REQUIRE(told.size() == 1);
    REQUIRE(told[0].changes.size() == 9);
    for (std::size_t i = 0; i < 9; ++i)
        CHECK(told[0].changes[i]->entry.offset == static_cast<std::int64_t>(i) + 1);
    CHECK(gathering.empty());
    gathering.add("200000925", changes(10, 10), 1);
    CHECK(gathering.complete());
}

TEST_CASE("each territory's changes keep their order") {
    Gathering gathering;
    gathering.add("a", changes(1, 2), 9);
    gathering.add("b", changes(1, 1), 9);
    gathering.add("a", changes(3, 3), 9);
    const auto told = gathering.take();
    REQUIRE(told.size() == 3);
    CHECK(told[0].territory == "a");
    CHECK(told[1].territory == "b");
    CHECK(told[2].changes.front()->entry.offset == 3);
}
