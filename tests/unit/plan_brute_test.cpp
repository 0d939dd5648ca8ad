// Plans against brute force: every way to give every place of a small need to one facility, to another or to
// nobody, with rules that are written a second time here.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "plan_world.hpp"

using namespace placette;
using namespace placette::planning;

namespace {

using Key = std::tuple<int, int, int, int, int, int, int, int, int, std::string, std::string>;
using Children = std::set<int>;

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    int below(int end) { return std::uniform_int_distribution(0, end - 1)(engine_); }
    bool chance(int percent) { return below(100) < percent; }

private:
    std::mt19937 engine_;
};

Facility randomFacility(Random& random, int number) {
    auto facility = aFacility(std::string("h") + static_cast<char>('0' + number));
    if (random.chance(30)) facility.sections = {{"tous", "Tous", 3, 36}};
    if (random.chance(30)) facility.sections.push_back({"moyens-bis", "Moyens bis", 12, 30});
    if (random.chance(30)) facility.periods.push_back({"journee", "Journée", 9h, 17h, {1, 2, 3, 4, 5}, {}});
    if (random.chance(30)) facility.periods.push_back({"midi", "Midi", 12h, 14h, {1, 2, 3, 4, 5}, {}});
    if (random.chance(20)) facility.periods[0].end = 14h;
    if (random.chance(20)) facility.closures.push_back({tuesday, tuesday, ""});
    return facility;
}

World randomWorld(Random& random) {
    World world;
    const char* births[] = {"2025-03", "2026-02", "2024-11", "2025-11"};
    world.need.children.clear();
    const int children = 1 + random.below(3);
    for (int child = 0; child < children; ++child) world.child(births[random.below(4)]);
    const int most = children == 1 ? 6 : children == 2 ? 4 : 2;
    for (const auto date : {monday, tuesday, wednesday}) {
        const auto left = [&] { return static_cast<int>(world.need.wants.size()) < most; };
        if (left() && random.chance(25)) {
            const auto start = TimeOfDay{8 * 60 + 30 * random.below(16)};
            world.asks(date, start, start + TimeOfDay{30 * (1 + random.below(8))});
            continue;
        }
        for (const char* period : {"matin", "apres-midi", "journee"})
            if (left() && random.chance(60)) world.asks(date, period);
    }
    if (world.need.wants.empty()) world.asks(monday, "matin");
    const int houses = 2 + random.below(3);
    const std::optional<double> distances[] = {std::nullopt, 1.0, 3.0, 3.02, 7.5};
    for (int number = 0; number < houses; ++number) {
        auto& house = world.house(randomFacility(random, number), distances[random.below(5)]);
        house.known = random.chance(25);
        house.onFoot = random.chance(40);
        for (std::size_t each = 0; each < datesOf(world.need.wants).size(); ++each) {
            const bool stale = random.chance(30);
            for (const auto& period : house.facility->periods)
                for (const auto& section : house.facility->sections)
                    world.set(house, each, period.id, section.id, std::max(0, random.below(5) - 2), stale);
        }
    }
    world.need.limit = static_cast<std::size_t>(1 + random.below(5));
    return world;
}

// The rules, place by place and by trial.
class Rules {
public:
    explicit Rules(const World& world) : world_(world), dates_(datesOf(world.need.wants)) {}

    // How many half-days each child needs for it; nullopt: they cannot all be there.
    std::optional<int> halfDays(std::size_t house, std::size_t want, const Children& children) const {
        if (children.empty()) return 0;
        const auto& asked = world_.need.wants[want];
        std::vector<std::size_t> open;
        for (std::size_t period = 0; period < facility(house).periods.size(); ++period)
            if (facility(house).opensOn(asked.date, facility(house).periods[period])) open.push_back(period);
        std::optional<int> fewest;
        for (unsigned subset = 1; subset < 1u << open.size(); ++subset) {
            std::vector<std::size_t> chosen;
            for (std::size_t i = 0; i < open.size(); ++i)
                if (subset >> i & 1) chosen.push_back(open[i]);
            const int count = static_cast<int>(chosen.size());
            if (fewest && *fewest <= count) continue;
            if (!meets(house, asked, chosen, open)) continue;
            if (std::ranges::all_of(chosen, [&](auto period) { return haveRoom(house, want, period, children); }))
                fewest = count;
        }
        return fewest;
    }

    bool stale(std::size_t house, std::size_t want) const {
        const auto& cell = world_.houses[house].counts.at(dayOf(want), 0, 0);
        return *cell.staleAt <= world_.need.now;
    }

    bool overlap(std::size_t house, std::size_t want, std::size_t otherHouse, std::size_t other) const {
        const auto& a = world_.need.wants[want];
        const auto& b = world_.need.wants[other];
        if (a.date != b.date || a.period.empty() || b.period.empty()) return false;
        const auto* here = facility(house).period(a.period);
        const auto* there = facility(otherHouse).period(b.period);
        return std::max(here->start, there->start) < std::min(here->end, there->end);
    }

private:
    const Facility& facility(std::size_t house) const { return *world_.houses[house].facility; }
    std::size_t dayOf(std::size_t want) const {
        return static_cast<std::size_t>(std::ranges::find(dates_, world_.need.wants[want].date) - dates_.begin());
    }

    bool meets(std::size_t house, const Want& asked, const std::vector<std::size_t>& chosen,
               const std::vector<std::size_t>& open) const {
        const auto& periods = facility(house).periods;
        if (!asked.period.empty()) return chosen.size() == 1 && periods[chosen[0]].id == asked.period;
        const auto covered = [&](const auto& among, TimeOfDay at) {
            return std::ranges::any_of(
                among, [&](auto period) { return periods[period].start <= at && at < periods[period].end; });
        };
        constexpr TimeOfDay step{30};
        const auto [start, end] = asked.hours.front();
        int alone = 0;  // half-hours for which nobody is there
        for (auto at = start; at < end; at += step) {
            if (covered(open, at)) {
                if (!covered(chosen, at)) return false;
                alone = 0;
            } else if (at == start || ++alone > 4) {
                return false;
            }
        }
        return alone == 0;
    }

    bool haveRoom(std::size_t house, std::size_t want, std::size_t period, const Children& children) const {
        const auto& sections = facility(house).sections;
        std::vector<int> given(children.size());  // a section each: all ways are tried
        for (;;) {
            std::map<int, int> demand;
            bool ageFits = true;
            std::size_t i = 0;
            for (const int child : children) {
                const auto& section = sections[static_cast<std::size_t>(given[i])];
                const auto age = ageMonths(world_.need.children[static_cast<std::size_t>(child)],
                                           world_.need.wants[want].date);
                ageFits = ageFits && section.minAgeMonths <= age && age < section.maxAgeMonths;
                ++demand[given[i++]];
            }
            const auto fits = [&](const auto& each) {
                const auto& cell =
                    world_.houses[house].counts.at(dayOf(want), period, static_cast<std::size_t>(each.first));
                return each.second <= cell.free(world_.need.care);
            };
            if (ageFits && std::ranges::all_of(demand, fits)) return true;
            i = 0;
            while (i < given.size() && ++given[i] == static_cast<int>(sections.size())) given[i++] = 0;
            if (i == given.size()) return false;
        }
    }

    const World& world_;
    const std::vector<Date> dates_;
};

class BruteForce {
public:
    explicit BruteForce(const World& world)
        : world_(world),
          rules_(world),
          wants_(world.need.wants.size()),
          children_(world.need.children.size()) {}

    std::vector<Key> keys() {
        std::vector<Key> all;
        std::vector<int> alone;
        bool whole = false;
        const auto houses = world_.houses.size();
        for (std::size_t house = 0; house < houses; ++house) {
            const auto best = bestOf(house, std::nullopt);
            alone.push_back(std::get<0>(best));
            if (alone.back() < places()) all.push_back(best);
            whole = whole || alone.back() == 0;
        }
        for (std::size_t one = 0; !whole && one < houses; ++one)
            for (std::size_t other = one + 1; other < houses; ++other) {
                const auto best = std::min(bestOf(one, other), bestOf(other, one));
                if (std::get<0>(best) < std::min(alone[one], alone[other])) all.push_back(best);
            }
        std::ranges::sort(all);
        const bool isComplete = !all.empty() && std::get<0>(all.front()) == 0;
        if (isComplete) std::erase_if(all, [](const Key& key) { return std::get<0>(key) > 0; });
        if (all.size() > world_.need.limit) all.resize(world_.need.limit);
        return all;
    }

    // -1: nobody, 0: the first, 1: the second; by want and child.
    using Given = std::vector<int>;
    std::optional<Key> keyOf(std::size_t first, std::optional<std::size_t> second, const Given& given) const {
        int missing = 0, apart = 0, unknown = 0, inSecond = 0, stale = 0;
        std::map<Date, std::set<int>> used;
        for (std::size_t want = 0; want < wants_; ++want) {
            std::map<int, Children> at;
            for (std::size_t child = 0; child < children_; ++child)
                at[given[want * children_ + child]].insert(static_cast<int>(child));
            missing += static_cast<int>(at[-1].size());
            apart += !at[0].empty() && !at[1].empty();
            for (const int part : {0, 1}) {
                if (at[part].empty()) continue;
                const auto house = part == 0 ? first : *second;
                const auto halfDays = rules_.halfDays(house, want, at[part]);
                if (!halfDays) return std::nullopt;
                used[world_.need.wants[want].date].insert(part);
                const int count = static_cast<int>(at[part].size());
                if (part == 1) inSecond += count;
                if (!world_.houses[house].known) unknown += count;
                if (rules_.stale(house, want)) stale += count * *halfDays;
            }
        }
        if (second && meetsItself(first, *second, given)) return std::nullopt;
        const auto split = std::ranges::count_if(used, [](const auto& each) { return each.second.size() == 2; });
        const auto& near = world_.houses[first];
        int tenths = tenthsOf(near), byCar = !near.onFoot;
        if (second) tenths = std::max(tenths, tenthsOf(world_.houses[*second]));
        if (second) byCar = std::max<int>(byCar, !world_.houses[*second].onFoot);
        return Key{missing, second ? 2 : 1, apart, static_cast<int>(split), unknown, inSecond, tenths, byCar,
                   stale, near.facility->id, second ? world_.houses[*second].facility->id : ""};
    }

private:
    int places() const { return static_cast<int>(wants_ * children_); }

    static int tenthsOf(const PlanHouse& house) {
        return house.km ? static_cast<int>(*house.km * 10 + 0.5) : std::numeric_limits<int>::max();
    }

    bool meetsItself(std::size_t first, std::size_t second, const Given& given) const {
        for (std::size_t child = 0; child < children_; ++child)
            for (std::size_t want = 0; want < wants_; ++want)
                for (std::size_t other = 0; other < wants_; ++other)
                    if (given[want * children_ + child] == 0 && given[other * children_ + child] == 1 &&
                        rules_.overlap(first, want, second, other))
                        return true;
        return false;
    }

    Key bestOf(std::size_t first, std::optional<std::size_t> second) const {
        Given given(wants_ * children_, -1);
        auto best = *keyOf(first, second, given);
        for (;;) {
            std::size_t i = 0;
            while (i < given.size() && ++given[i] > (second ? 1 : 0)) given[i++] = -1;
            if (i == given.size()) return best;
            if (const auto key = keyOf(first, second, given); key && *key < best) best = *key;
        }
    }

    const World& world_;
    const Rules rules_;
    const std::size_t wants_, children_;
};

// What the plan says, as it would be given; its places have to be there, and all of them.
Key keyOf(const Plan& plan, const World& world, const BruteForce& brute) {
    const auto children = world.need.children.size();
    BruteForce::Given given(world.need.wants.size() * children, -1);
    std::map<std::tuple<std::size_t, Date, std::string, std::string>, int> demand;
    for (std::size_t part = 0; part < plan.parts.size(); ++part) {
        const auto& house = world.houses[plan.parts[part].house];
        for (const auto& place : plan.parts[part].places) {
            for (std::size_t want = 0; want < world.need.wants.size(); ++want) {
                const auto& asked = world.need.wants[want];
                if (asked.date == place.date && (asked.period.empty() || asked.period == place.period))
                    given[want * children + static_cast<std::size_t>(place.child)] = static_cast<int>(part);
            }
            const auto* section = house.facility->section(place.section);
            const auto age = ageMonths(world.need.children[static_cast<std::size_t>(place.child)], place.date);
            CHECK((section->minAgeMonths <= age && age < section->maxAgeMonths));
            ++demand[{plan.parts[part].house, place.date, place.period, place.section}];
        }
    }
    const auto dates = datesOf(world.need.wants);
    for (const auto& [cell, count] : demand) {
        const auto& [house, date, period, section] = cell;
        const auto& facility = *world.houses[house].facility;
        const auto dayIndex = static_cast<std::size_t>(std::ranges::find(dates, date) - dates.begin());
        const auto periodIndex = static_cast<std::size_t>(facility.period(period) - facility.periods.data());
        const auto sectionIndex = static_cast<std::size_t>(facility.section(section) - facility.sections.data());
        CHECK(count <= world.houses[house].counts.at(dayIndex, periodIndex, sectionIndex).free(world.need.care));
    }
    const auto missing = std::ranges::count(given, -1);
    CHECK(static_cast<std::size_t>(missing) == plan.missing.size());
    std::optional<std::size_t> second;
    if (plan.parts.size() == 2) second = plan.parts[1].house;
    const auto key = brute.keyOf(plan.parts[0].house, second, given);
    REQUIRE(key);
    return *key;
}

}  // namespace

TEST_CASE("plans are those that brute force finds, in the same order") {
    const auto seed = std::random_device{}();
    std::cout << "plans against brute force: seed " << seed << '\n';
    Random random(seed);
    int whole = 0, split = 0, partial = 0;
    for (int round = 0; round < 400; ++round) {
        const auto world = randomWorld(random);
        CAPTURE(seed, round);
        BruteForce brute(world);
        const auto expected = brute.keys();
        std::vector<Key> found;
        for (const auto& plan : world.plans()) {
            found.push_back(keyOf(plan, world, brute));
            CHECK_FALSE(world.why(plan).empty());
        }
        REQUIRE(found == expected);
        if (found.empty()) continue;
        const auto& best = found.front();
        ++(std::get<0>(best) > 0 ? partial : std::get<1>(best) == 2 ? split : whole);
    }
    CHECK(whole > 20);
    CHECK(split > 20);
    CHECK(partial > 20);
}
