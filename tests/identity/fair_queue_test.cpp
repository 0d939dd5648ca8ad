#include "identity/fair_queue.hpp"

#include <catch2/catch.hpp>

using placette::identity::FairQueue;

namespace {

std::string served(FairQueue<char>& queue) {
    std::string all;
    while (const auto work = queue.pop()) all += *work;
    return all;
}

}  // namespace

TEST_CASE("who brings much waits for its turn among who brings little, and who is known goes first") {
    FairQueue<char> queue(100, 100);
    for (int i = 0; i < 5; ++i) CHECK(queue.push(false, "many", 'm'));
    for (const char one : {'a', 'b'}) CHECK(queue.push(false, std::string(1, one), one));
    CHECK(queue.push(true, "owner", 'o'));
    CHECK(served(queue) == "oabmmmmm");
    CHECK(served(queue).empty());
}

TEST_CASE("nobody fills it alone, and strangers take no room from who is known") {
    FairQueue<char> queue(3, 2);
    CHECK(queue.push(false, "many", 'm'));
    CHECK(queue.push(false, "many", 'm'));
    CHECK_FALSE(queue.push(false, "many", 'm'));
    CHECK(queue.push(false, "a", 'a'));
    CHECK_FALSE(queue.push(false, "b", 'b'));
    CHECK(queue.push(true, "owner", 'o'));
    CHECK(served(queue) == "oamm");
    CHECK(queue.push(false, "b", 'b'));
}
