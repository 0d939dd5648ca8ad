// Whatever record of the store is damaged or gone: every call is answered, what cannot be read is set aside,
// and afterwards the counts are those of the bookings that can be read.
#include <array>
#include <catch2/catch.hpp>
#include <functional>

#include "comparison.hpp"
#include "redis/cell_text.hpp"

using namespace placette;
using namespace placette::test;

namespace {

using redis::Reply;

const std::string tag = "{t}";

class Store {
public:
    explicit Store(RedisConnection& connection)
        : redis_(connection), prefix_(redis::functionLibrary().name + '_') {
        call({"FLUSHALL"});
        call({"FUNCTION", "FLUSH"});
        call({"FUNCTION", "LOAD", redis::functionLibrary().source});
    }

    Reply call(std::vector<std::string> command) { return redis_.command(std::move(command)); }

    // An error of Redis is a defect of the functions: half of a change may have been written.
    std::optional<Outcome> run(const WriteHeader& header, const Command& command, Instant now) {
        const auto reply = call(words(redis::encode(header, command, now), prefix_, tag));
        INFO(reply.text);
        REQUIRE_FALSE(reply.isError());
        const auto outcome = redis::decodeOutcome(reply.text);
        if (!outcome) {
            CHECK(outcome.error().type != ProblemType::internal);
            return std::nullopt;
        }
        return *outcome;
    }

    void live(int steps) {
        for (int i = 0; i < steps; ++i) {
            const Step step = history_.next(model_);
            now_ = step.now;
            model_.apply(step.header, step.command, step.now);
            run(step.header, step.command, step.now);
        }
    }

    // The night's work on a store that has nothing old yet: only the log is marked.
    void night() {
        const Date longAgo = date::floor<date::days>(now_) - date::days{3650};
        REQUIRE(run({}, Forget{longAgo, longAgo, now_ - std::chrono::hours{24 * 3650}, 50}, now_));
    }

    std::vector<std::string> keysOf(const std::string& pattern) {
        std::vector<std::string> keys;
        for (const auto& key : call({"KEYS", tag + ":" + pattern}).items) keys.push_back(key.text);
        return keys;
    }

    // As the server does after each start of Redis; or as its operator, for whom lost bookings are over.
    void verify(bool giveUp = false) {
        Verify all;
        for (const auto& key : keysOf("booking:*")) all.bookings.push_back(key.substr(tag.size() + 9));
        run({}, Verify{all.bookings, {}}, now_);
        for (const std::string kind : {"cells:", "day:"})
            for (const auto& key : keysOf(kind + "*")) {
                const auto rest = key.substr(tag.size() + 1 + kind.size());
                const auto colon = rest.rfind(':');
                run({}, Verify{{}, {{rest.substr(0, colon), *dateFrom(rest.substr(colon + 1))}}, giveUp},
                    now_);
            }
    }

    // Years later.
    void forgetAll() {
        const auto later = now_ + std::chrono::hours{24 * 3650};
        const auto day = date::floor<date::days>(later);
        for (bool more = true; more;) more = run({}, Forget{day, day, later, 50}, later)->moreDue;
    }

    std::map<std::string, Booking> bookings() {
        std::map<std::string, Booking> all;
        for (const auto& key : keysOf("booking:*")) {
            Booking booking = redis::decodeBooking(call({"GET", key}).text);
            all.emplace(booking.id, booking);
        }
        return all;
    }

    std::map<CellKey, Cell> cells() {
        std::map<CellKey, Cell> all;
        for (const auto& key : keysOf("cells:*")) {
            auto day = key.substr(tag.size() + 7);
            day[day.rfind(':')] = '|';
            const auto fields = call({"HGETALL", key}).items;
            for (std::size_t i = 0; i + 1 < fields.size(); i += 2)
                all.emplace(redis::cellKeyFrom(day + '|' + fields[i].text),
                            redis::decodeCell(fields[i + 1].text));
        }
        return all;
    }

private:
    RedisConnection& redis_;
    std::string prefix_;
    Model model_;
    RandomHistory history_{5};
    Instant now_{};
};

struct Damage {
    const char* name;
    const char* pattern;  // of the keys that are damaged: every third
    std::function<void(Store&, const std::string& key)> inflict;
    bool lowersCounts = false;  // the bookings themselves are what is lost
};

void erase(Store& store, const std::string& key) {
    store.call({"DEL", key});
}
void garble(Store& store, const std::string& key) {
    store.call({"SET", key, "\x01garbage{"});
}
void retype(Store& store, const std::string& key) {
    store.call({"DEL", key});
    store.call({"RPUSH", key, "of another type"});
}
void cut(Store& store, const std::string& key) {
    const auto text = store.call({"GET", key}).text;
    store.call({"SET", key, text.substr(0, text.size() / 2)});
}
void garbleFields(Store& store, const std::string& key) {
    for (const auto& field : store.call({"HKEYS", key}).items) store.call({"HSET", key, field.text, "4,1,x"});
}
void negate(Store& store, const std::string& key) {
    for (const auto& field : store.call({"HKEYS", key}).items)
        store.call({"HSET", key, field.text, "4,1,-2,-1,-1,0,0,900,,"});
}

const std::vector<Damage> damages{
    {"a day's cells are gone", "cells:*", erase},
    {"a day's cells are a text", "cells:*", garble},
    {"cells that cannot be read", "cells:*", garbleFields},
    {"cells below zero", "cells:*", negate},
    {"bookings are gone", "booking:*", erase, true},
    {"bookings are cut", "booking:*", cut, true},
    {"bookings are of another type", "booking:*", retype, true},
    {"the holds are gone", "holds", erase},
    {"the holds are a text", "holds", garble},
    {"the lapsed are a text", "lapsed", garble},
    {"what was published is gone", "published", erase},
    {"what was published is a text", "published", garble},
    {"histories are texts", "history:*", garble},
    {"days are gone", "day:*", erase},
    {"days are texts", "day:*", garble},
    {"the list of days is gone", "days", erase},
    {"the list of days is a text", "days", garble},
    {"lists of facilities are texts", "facility:*", garble},
    {"lists of offices are gone", "office:*", erase},
    {"cases are texts", "case:*", garble},
    {"marks of cases are no numbers", "case:*", garbleFields},
    {"key records are cut", "key:*", cut},
    {"key records are of another type", "key:*", retype},
    {"the head is gone", "head", erase},
    {"the head is no number", "head", garble},
    {"the head went back", "head",
     [](Store& store, const std::string& key) {
         store.call({"SET", key, "3"});
     }},
    {"the log is gone", "log", erase},
    {"the log is a text", "log", garble},
    {"the log's size is no number", "logged", garble},
    {"the log's marks are a text", "marks", garble},
    {"the document is gone", "territory", erase},
    {"the document is a text", "territory", garble},
};

// The log, what was set aside, key records, which have their time; and of bookings that are lost their names
// and their cases' marks.
bool mayStay(const std::string& key, bool lost) {
    const auto kind = key.substr(0, key.find(':'));
    for (const std::string one :
         {"head", "log", "logged", "marks", "territory", "contacts", "published", "aside", "key", "held"})
        if (kind == one) return true;
    return lost && (kind == "facility" || kind == "office" || kind == "case");
}

}  // namespace

TEST_CASE("a damaged or missing record hinders nobody else, and what is left agrees with itself") {
    RedisServer server;
    RedisConnection redis(server.socket());
    for (const auto& damage : damages) {
        INFO(damage.name);
        Store store(redis);
        store.live(700);
        store.night();
        for (int more = 0; more < 20 && store.keysOf(damage.pattern).empty(); ++more) store.live(20);
        const auto keys = store.keysOf(damage.pattern);
        REQUIRE_FALSE(keys.empty());
        const auto before = damage.lowersCounts ? store.cells() : std::map<CellKey, Cell>{};
        for (std::size_t i = 0; i < keys.size(); i += 3) damage.inflict(store, keys[i]);
        if (damage.lowersCounts) store.verify();
        for (const auto& [key, cell] : before) {  // nobody's place is given away
            const auto now = store.cells().at(key);
            CHECK(std::array{now.vip, now.other} == std::array{cell.vip, cell.other});
        }
        store.live(300);
        store.verify();
        store.verify();  // what the first has found out, the second acts upon

        const auto committed = committedBy(store.bookings());
        const auto compare = [&](const auto& how) {
            for (const auto& [key, cell] : store.cells()) {
                const auto found = committed.find(key);
                const auto counts = found == committed.end() ? std::array<int, 4>{} : found->second;
                INFO(redis::cellName(key) << " " << redis::encodeCell(cell));
                const std::array stored{cell.vip, cell.other, cell.heldVip, cell.heldOther};
                for (std::size_t i = 0; i < 4; ++i) CHECK(how(stored[i], counts[i]));
            }
        };
        if (damage.lowersCounts) {
            compare(std::greater_equal<int>{});
            store.verify(true);
        }
        compare(std::equal_to<int>{});
        for (const auto& [key, counts] : committed) CHECK(store.cells().contains(key));
        store.forgetAll();
        for (const auto& key : store.keysOf("*")) {
            INFO(key);
            CHECK(mayStay(key.substr(tag.size() + 1), damage.lowersCounts));
        }
    }
}
