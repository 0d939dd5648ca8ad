// Subscriptions as a session has them: some of several territories, each with its place in each log.
#include "hub/watcher.hpp"

#include <catch2/catch.hpp>

#include "hub/feed.hpp"
#include "hub/hub.hpp"

using namespace placette;
using namespace placette::hub;
using namespace std::chrono_literals;

namespace {

struct Session : Watcher {
    using Watcher::Watcher;
    void wake() override { ++woken; }
    std::string told() {
        std::string text;
        while (const auto message = take())
            for (const auto& part : *message) text += *part;
        return text;
    }
    int woken = 0;
};

Directory::Entry known(const std::string& id, std::vector<std::string> offices) {
    KnownTerritory known;
    known.territory.id = id;
    known.zone = date::locate_zone("Europe/Paris");
    for (auto& office : offices) {
        Office one;
        one.id = std::move(office);
        known.territory.offices.push_back(std::move(one));
    }
    return std::make_shared<const KnownTerritory>(std::move(known));
}

Change booked(std::int64_t offset, const std::string& id, const std::string& office) {
    redis::LogEntry entry;
    entry.offset = offset;
    Booking booking;
    booking.id = id;
    booking.office = office;
    booking.facility = "lucioles";
    entry.bookings.push_back(std::move(booking));
    return logged(std::move(entry));
}

struct Fixture {
    redis::net::io_context context;
    observe::Metrics metrics;
    Documents documents;
    redis::WritesUnderWay writes;
    Feed feed{context, {}, documents, writes, metrics, {}, {}};  // never started
    Hub hub{context, feed, [](const Booking&) { return std::nullopt; }};
    std::vector<BookingFilter> filters{{"plaine", {}, {"esco"}}, {"vallee", {}, {"esco"}}};
    std::string id = idOf(filters);

    Fixture() {
        std::map<std::string, Directory::Entry, std::less<>> territories;
        territories["plaine"] = known("plaine", {"esco"});
        territories["vallee"] = known("vallee", {"esco", "ccas"});
        hub.onDirectory(std::make_shared<const Directory>(std::move(territories)));
        hub.onReset("plaine", "a", 10);
        hub.onReset("vallee", "a", 700);
    }
    void follow(Session& session, std::int64_t here = 10, std::int64_t there = 700) {
        const auto reply = shared("{}");
        session.subscribe({{hub.channel(filters[0], id), here}, {hub.channel(filters[1], id), there}}, reply,
                          {"esco"});
        session.replyQueued({reply});
    }
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a subscription over two territories is one, and told of both") {
    Fixture fixture;
    Session session(fixture.hub);
    fixture.follow(session);
    CHECK(session.subscriptions() == 1);
    fixture.hub.onChanges("plaine", {booked(11, "plaine.A", "esco")});
    fixture.hub.onChanges("vallee", {booked(701, "vallee.X", "ccas"), booked(702, "vallee.Y", "esco")});
    const auto text = session.told();
    CHECK(has(text, R"("territory":"plaine","epoch":"a","offset":11,)"));
    CHECK(has(text, R"("territory":"vallee","epoch":"a","offset":702,)"));
    CHECK_FALSE(has(text, "vallee.X"));
    CHECK(session.told().empty());

    fixture.follow(session, 10, 702);  // again, from before
    CHECK(session.subscriptions() == 1);
    CHECK(has(session.told(), "plaine.A"));

    CHECK(session.unsubscribe(fixture.id));
    CHECK(session.subscriptions() == 0);
    fixture.hub.onChanges("vallee", {booked(703, "vallee.Z", "esco")});
    CHECK(session.told().empty());
}

TEST_CASE("where one territory begins anew, the subscription ends as a whole, once") {
    Fixture fixture;
    Session session(fixture.hub);
    fixture.follow(session);
    fixture.hub.onReset("vallee", "b", 1);
    CHECK(session.subscriptions() == 0);
    const auto text = session.told();
    CHECK(has(text, R"("method":"board.reset","params":{"subscription":")" + fixture.id));
    CHECK(text.find("board.reset") == text.rfind("board.reset"));
    fixture.hub.onChanges("plaine", {booked(11, "plaine.A", "esco")});
    CHECK(session.told().empty());
}

TEST_CASE(
    "an office that comes to a territory, or leaves one, ends the subscriptions of whoever follows it") {
    Fixture fixture;
    Session concerned(fixture.hub), other(fixture.hub);
    fixture.follow(concerned);
    const std::vector<BookingFilter> alone{{"vallee", {}, {"ccas"}}};
    const auto reply = shared("{}");
    other.subscribe({{fixture.hub.channel(alone[0], idOf(alone)), 700}}, reply, {"ccas"});
    other.replyQueued({reply});

    const auto with = [&](const Directory::Entry& entry) {
        fixture.hub.onDirectory(std::make_shared<const Directory>(fixture.hub.directory()->with(entry)));
    };
    with(known("plaine", {"esco"}));  // the same
    CHECK(concerned.subscriptions() == 1);
    with(known("littoral", {"esco"}));
    CHECK(concerned.subscriptions() == 0);
    CHECK(has(concerned.told(), R"("reason":"scope")"));
    fixture.follow(concerned);
    with(known("vallee", {"ccas"}));
    CHECK(concerned.subscriptions() == 0);
    CHECK(other.subscriptions() == 1);
    CHECK(other.told().empty());
}

TEST_CASE("the first day that is followed is told when it moves, to whoever was told another") {
    Fixture fixture;
    Session session(fixture.hub);
    fixture.follow(session);
    const auto first = fixture.hub.channel(fixture.filters[0], fixture.id)->from();
    CHECK(session.told().empty());
    // Midnight in Paris is not that of UTC.
    const auto day = date::local_days{first.time_since_epoch()};
    const Instant midnight = date::make_zoned("Europe/Paris", day + date::days{2}).get_sys_time();
    fixture.hub.onTime(midnight - 1ms);
    CHECK(session.told().empty());
    fixture.hub.onTime(midnight);
    const auto text = session.told();
    const auto next = toText(first + date::days{1});
    CHECK(has(text, R"("territory":"plaine","from":")" + next + '"'));
    CHECK(has(text, R"("territory":"vallee","from":")" + next + '"'));
    CHECK(session.told().empty());
    Session late(fixture.hub);
    fixture.follow(late);
    CHECK(late.told().empty());
}
