#include "ledger.hpp"

#include <catch2/catch.hpp>

using load::Ledger;

namespace {

void send(Ledger& ledger, int changes) {
    for (int i = 0; i < changes; ++i) ledger.send(ledger.last_sent() * 10);
}

}  // namespace

TEST_CASE("a change is everywhere once the last watcher has it") {
    Ledger ledger;
    ledger.join(0);
    ledger.join(0);
    send(ledger, 3);
    CHECK(ledger.arrive(0, 0, 3, 100) == 3);
    CHECK(ledger.everywhere() == 0);
    CHECK(ledger.missing() == 3);
    CHECK(ledger.arrive(0, 0, 2, 100) == 2);
    CHECK(ledger.everywhere() == 2);
    CHECK(ledger.arrive(2, 2, 3, 100) == 3);
    CHECK(ledger.everywhere() == 3);
    CHECK(ledger.missing() == 0);
    CHECK(ledger.tally.deliveries == 6);
    CHECK(ledger.tally.messages == 3);
}

TEST_CASE("gaps are lost, what is known already is repeated") {
    Ledger ledger;
    ledger.join(0);
    send(ledger, 5);
    CHECK(ledger.arrive(0, 2, 3, 100) == 3);
    CHECK(ledger.tally.lost == 2);
    CHECK(ledger.tally.deliveries == 1);
    CHECK(ledger.arrive(3, 1, 3, 100) == 3);
    CHECK(ledger.tally.repeated == 1);
    CHECK(ledger.arrive(3, 1, 5, 100) == 5);
    CHECK(ledger.tally.deliveries == 3);
    CHECK(ledger.missing() == 0);
}

TEST_CASE("staleness is of the measured changes only, whenever they arrive") {
    Ledger ledger;
    ledger.join(0);
    send(ledger, 2);  // at 0, 10
    ledger.measure_from_here();
    send(ledger, 2);  // at 20, 30
    ledger.measure_to_here();
    send(ledger, 1);  // at 40
    CHECK(ledger.measured() == 2);
    ledger.arrive(0, 0, 5, 100);
    CHECK(ledger.staleness.max() == 80);
    CHECK(ledger.staleness.quantile(0.5) == 70);
    ledger.frame(5, 1, 100);
    CHECK(ledger.newest.max() == 0);
}

TEST_CASE("a change that nobody sent is another writer's") {
    Ledger ledger;
    ledger.join(0);
    CHECK_THROWS(ledger.arrive(0, 0, 1, 100));
    CHECK_THROWS(ledger.join(1));
}
