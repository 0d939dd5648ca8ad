#include "redis/verification.hpp"

#include <spdlog/spdlog.h>

#include <map>
#include <sstream>
#include <vector>

#include "redis/codec.hpp"
#include "redis/function_library.hpp"
#include "redis/keys.hpp"
#include "redis/record.hpp"
#include "redis/timer.hpp"

namespace placette::redis {
namespace {

using Found = std::map<std::string, Verify>;  // by territory: what is still to be verified

constexpr auto keysAtOnce = "500";
constexpr std::size_t bookingsAtOnce = 50, daysAtOnce = 10;  // some milliseconds of Redis
constexpr std::size_t mostTold = 1000;

// A key `{T}:<kind>:<rest>`: T and the rest.
std::optional<std::pair<std::string, std::string>> split(const std::string& key, const std::string& kind) {
    const auto end = key.find("}:" + kind + ":");
    if (!key.starts_with('{') || end == std::string::npos) return std::nullopt;
    return std::pair(key.substr(1, end - 1), key.substr(end + kind.size() + 3));
}

void addBooking(Found& found, const std::string& key) {
    if (auto parts = split(key, "booking")) found[parts->first].bookings.push_back(std::move(parts->second));
}

// The rest is <facility>:<date>.
void addDay(Found& found, const std::string& key, const std::string& kind) {
    const auto parts = split(key, kind);
    const auto colon = parts ? parts->second.rfind(':') : std::string::npos;
    if (colon == std::string::npos) return;
    const auto date = dateFrom(std::string_view(parts->second).substr(colon + 1));
    if (date) found[parts->first].days.push_back({parts->second.substr(0, colon), *date});
}

class Verifier {
public:
    Verifier(net::io_context& context, Client& client, Verification how, const std::string& territory)
        : client_(client), timer_(context), how_(how), tag_(keys::tag(territory.empty() ? "*" : territory)) {}

    // Bookings first: they put themselves into the days after which cells are counted.
    Awaitable<std::optional<Verified>> run() {
        for (const std::string kind : {"booking", "cells", "day"}) {
            const bool done = co_await each(kind);
            if (!done) co_return std::nullopt;
        }
        co_return verified_;
    }

private:
    Awaitable<bool> each(std::string kind) {
        std::string cursor = "0";
        do {
            std::vector<std::string> scan{"SCAN",  cursor,    "MATCH", tag_ + ":" + kind + ":*",
                                          "COUNT", keysAtOnce};
            const auto page = co_await client_.command(std::move(scan));
            if (!page || page->isError() || page->items.size() != 2) co_return false;
            cursor = page->items[0].text;
            Found found;
            for (const auto& key : page->items[1].items) {
                if (kind == "booking")
                    addBooking(found, key.text);
                else
                    addDay(found, key.text, kind);
            }
            const bool done = co_await verifyAll(std::move(found));
            if (!done) co_return false;
        } while (cursor != "0");
        co_return true;
    }

    Awaitable<bool> verifyAll(Found found) {
        for (auto& [territory, all] : found) {
            while (!all.bookings.empty() || !all.days.empty()) {
                Verify some{taken(all.bookings, bookingsAtOnce), taken(all.days, daysAtOnce)};
                const bool done = co_await verify(territory, std::move(some));
                if (!done) co_return false;
            }
        }
        co_return true;
    }

    template <class T>
    static std::vector<T> taken(std::vector<T>& all, std::size_t most) {
        const auto count = static_cast<std::ptrdiff_t>(std::min(most, all.size()));
        std::vector<T> some(all.end() - count, all.end());
        all.erase(all.end() - count, all.end());
        return some;
    }

    Awaitable<bool> verify(std::string territory, Verify some) {
        some.giveUp = how_ == Verification::giveUp;
        verified_.bookings += static_cast<std::int64_t>(some.bookings.size());
        verified_.days += static_cast<std::int64_t>(some.days.size());
        const WriteHeader nobody;
        auto call = encode(nobody, Command(std::move(some)));
        call.readOnly = how_ == Verification::examine;
        if (call.readOnly) call.function = "examine";
        auto arguments = words(std::move(call), functionPrefix(), keys::tag(territory));
        const auto asked = Clock::now();
        auto sent = arguments;
        auto reply = co_await client_.command(std::move(sent));
        if (isLibraryMissing(reply)) reply = co_await loadAndCall(client_, std::move(arguments));
        if (!reply || reply->isError()) co_return false;
        noteAll(territory, reply->text);
        co_await pause(timer_, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - asked));
        co_return true;
    }

    void noteAll(const std::string& territory, const std::string& answer) {
        auto record = Record::parse(answer);
        const auto each = [&](const char* list, auto noteOne) {
            record.ifPresent(list, [&](Value value) {
                std::istringstream lines(std::string(textOf(value)));
                for (std::string line; std::getline(lines, line);) noteOne(line);
            });
        };
        each("differences", [&](const std::string& line) { note(territory, line); });
        each("lost", [&](const std::string& line) { noteLost(territory, line); });
    }

    // A day that has cells and bookings is examined twice, and told once.
    void note(const std::string& territory, const std::string& difference) {
        const bool told = verified_.differences.size() < mostTold;
        const bool isNew = !told || verified_.differences.insert(difference).second;
        if (!isNew) return;
        ++verified_.differing;
        if (told && (how_ == Verification::mend || how_ == Verification::giveUp))
            spdlog::error("territory {}: {}; mended", territory, difference);
    }

    void noteLost(const std::string& territory, const std::string& line) {
        if (verified_.lost.size() == mostTold || !verified_.lost.insert(line).second) return;
        if (how_ == Verification::mend)
            spdlog::error("territory {}: {}, and cannot be read; see `placette doctor --verify`", territory,
                          line);
    }

    Client& client_;
    Timer timer_;
    const Verification how_;
    const std::string tag_;
    Verified verified_;
};

}  // namespace

Awaitable<std::optional<Verified>> verifyStore(net::io_context& context, Client& client, Verification how,
                                               std::string territory) {
    Verifier verifier(context, client, how, territory);
    co_return co_await verifier.run();
}

}  // namespace placette::redis
