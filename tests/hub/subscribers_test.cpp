// A round visits whoever stays, whatever the others do meanwhile.
#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <random>
#include <set>

#include "hub/watcher.hpp"

using namespace placette::hub;

TEST_CASE("a round visits all who stay, however many come and go") {
    const unsigned seed = GENERATE(1u, 2u, 3u, 4u);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::deque<Subscription> pool(400);
    std::vector<Subscription*> outside, inside;
    for (auto& one : pool) outside.push_back(&one);
    Subscribers subscribers;
    const auto moveOne = [&](std::vector<Subscription*>& from, std::vector<Subscription*>& to) {
        std::swap(from[random() % from.size()], from.back());
        to.push_back(from.back());
        from.pop_back();
        return to.back();
    };
    std::set<Subscription*> stayed;  // since the round began
    const auto comeOrGo = [&] {
        if (random() % 2 == 0 && !outside.empty()) {
            subscribers.add(*moveOne(outside, inside));
        } else if (!inside.empty()) {
            auto* gone = moveOne(inside, outside);
            stayed.erase(gone);
            subscribers.remove(*gone);
        }
    };

    std::set<Subscription*> firsts;
    for (std::size_t round = 0; round < 200; ++round) {
        for (int i = 0; i < 20; ++i) comeOrGo();
        stayed = {inside.begin(), inside.end()};
        std::set<Subscription*> visited;
        subscribers.beginRound(round);
        while (auto* one = subscribers.next()) {
            REQUIRE(std::ranges::find(inside, one) != inside.end());
            if (visited.empty()) firsts.insert(one);
            visited.insert(one);
            for (int i = 0; i < 2; ++i) comeOrGo();
        }
        REQUIRE(std::ranges::includes(visited, stayed));
        REQUIRE(subscribers.empty() == inside.empty());
        auto all = subscribers.all();
        REQUIRE(std::set<Subscription*>(all.begin(), all.end()) ==
                std::set<Subscription*>(inside.begin(), inside.end()));
    }
    CHECK(firsts.size() > 20);
    while (auto* one = subscribers.any()) subscribers.remove(*one);
    CHECK(subscribers.empty());
}
