#include "app/store_doctor.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/contacts_key.hpp"
#include "app/store_access.hpp"
#include "redis/aof_keeper.hpp"
#include "redis/checkup.hpp"
#include "redis/function_library.hpp"
#include "redis/server_info.hpp"
#include "redis/verification.hpp"

namespace placette::app {

namespace fs = std::filesystem;
using redis::Finding;
using State = redis::Finding::State;

namespace {

using Findings = std::vector<Finding>;

Finding countsOf(const redis::Verified& verified, bool repair) {
    const auto seen =
        std::to_string(verified.bookings) + " bookings and " + std::to_string(verified.days) + " days";
    Finding counts{"counts", State::well, "agree with their bookings: " + seen};
    if (verified.differing == 0) return counts;
    counts.state = repair ? State::note : State::wrong;
    counts.says = std::string(repair ? "differed" : "differ") + " from their bookings in " +
                  std::to_string(verified.differing) + " places of " + seen + (repair ? "; mended" : "");
    if (!repair) counts.todo = "placette doctor --repair";
    counts.details.assign(verified.differences.begin(), verified.differences.end());
    const auto more = verified.differing - static_cast<std::int64_t>(counts.details.size());
    if (more > 0) counts.details.push_back("and " + std::to_string(more) + " more");
    return counts;
}

Finding lostOf(const redis::Verified& verified) {
    if (verified.lost.empty()) return {"lost-bookings", State::well, "are none"};
    return {"lost-bookings",
            State::wrong,
            "cannot be read any more; what they took stays taken",
            "put a backup in place, or ask the facilities who comes and then give these places up: "
            "placette doctor --give-up",
            {verified.lost.begin(), verified.lost.end()}};
}

redis::Verification verificationOf(const DoctorWish& wish) {
    if (wish.giveUp) return redis::Verification::giveUp;
    return wish.repair ? redis::Verification::mend : redis::Verification::examine;
}

redis::Awaitable<Findings> compareCounts(redis::Client& client, DoctorWish wish,
                                         std::optional<std::string> schema) {
    if (!schema) co_return Findings{{"counts", State::well, "are none: the store is empty"}};
    if (*schema != std::to_string(redis::storeSchema))
        co_return Findings{{"counts", State::unknown, "are not compared: the store is of another schema"}};
    const bool loaded = co_await redis::loadLibrary(client);
    const auto executor = co_await redis::net::this_coro::executor;
    std::optional<redis::Verified> verified;
    if (loaded) verified = co_await redis::verifyStore(executor.context(), client, verificationOf(wish));
    if (!verified)
        co_return Findings{{"counts", State::wrong, "could not be compared: Redis was lost, or refused",
                            "mend what is wrong above, then try again"}};
    Findings found{countsOf(*verified, wish.repair || wish.giveUp)};
    found.push_back(lostOf(*verified));
    co_return found;
}

redis::Awaitable<void> examine(redis::Client& client, fs::path dataDir, DoctorWish wish, Findings& found) {
    const auto facts = co_await redis::askRedis(client);
    if (!facts) {
        found.push_back(
            {"redis", State::wrong, "does not tell of itself", "allow INFO to this user of Redis"});
        co_return;
    }
    found.push_back({"redis", State::well, "answers"});
    std::ranges::copy(redis::findingsOf(*facts), std::back_inserter(found));
    auto key = co_await contactsKeyFinding(client, std::move(dataDir));
    found.push_back(std::move(key));
    if (!wish.verify && !wish.repair && !wish.giveUp) co_return;
    auto counts = co_await compareCounts(client, wish, facts->schema);
    std::ranges::move(counts, std::back_inserter(found));
}

std::string mebibytes(std::uintmax_t bytes) {
    return std::to_string(bytes >> 20) + " MiB";
}

Finding diskOf(const fs::path& folder, std::uintmax_t reserve) {
    const auto space = redis::DataFolder::spaceOf(folder);
    if (!space) return {"disk", State::unknown, "does not tell its space"};
    const auto says = "has " + mebibytes(space->available) + " free";
    if (!space->isShort(reserve)) return {"disk", State::well, says};
    return {"disk", State::wrong,
            says + ", and writes are refused below " + mebibytes(reserve + space->rewrite),
            "make room on the disk of the data folder"};
}

// What cannot be read (it is the server's user's) is not there.
Finding cutTails(const fs::path& folder) {
    Finding tails{"cut-tails", State::well, "are none"};
    std::error_code error;
    for (fs::directory_iterator file(folder / redis::keptAside, error), end; !error && file != end;
         file.increment(error)) {
        const auto size = file->file_size(error);
        const bool isTail = !file->path().filename().string().starts_with(redis::lossPrefix);
        if (!error && isTail)
            tails.details.push_back(file->path().filename().string() + ": " + std::to_string(size) +
                                    " bytes");
    }
    if (tails.details.empty()) return tails;
    std::ranges::sort(tails.details);
    tails.state = State::note;
    tails.says = "are kept for a week in " + (folder / redis::keptAside).string() +
                 ": a crash had left a change in part, and it was cut off";
    return tails;
}

Finding losses(const fs::path& folder) {
    Finding lost{"losses", State::well, "are none"};
    std::error_code error;
    for (fs::directory_iterator file(folder / redis::keptAside, error), end; !error && file != end;
         file.increment(error)) {
        const auto name = file->path().filename().string();
        if (name.starts_with(redis::lossPrefix)) lost.details.push_back(name);
    }
    if (lost.details.empty()) return lost;
    std::ranges::sort(lost.details);
    lost.state = State::wrong;
    lost.says = "of changes that were acknowledged: a file ended before what had been on the disk";
    lost.todo = "look at the disk; compare with a backup; then remove these files of " +
                (folder / redis::keptAside).string();
    return lost;
}

const char* wordFor(State state) {
    switch (state) {
        case State::well:
            return "ok";
        case State::note:
            return "note";
        case State::unknown:
            return "unknown";
        case State::wrong:
            return "WRONG";
    }
    return "";
}

void print(const Findings& found, std::ostream& out) {
    for (const auto& one : found) {
        std::string word = wordFor(one.state);
        word.resize(9, ' ');
        out << word << one.check << ' ' << one.says;
        if (!one.todo.empty()) out << ". To do: " << one.todo;
        out << '\n';
        for (const auto& detail : one.details) out << "           " << detail << '\n';
    }
}

void printJson(const Findings& found, bool well, std::ostream& out) {
    auto checks = nlohmann::json::array();
    for (const auto& one : found) {
        const auto* state = one.state == State::wrong ? "wrong" : wordFor(one.state);
        nlohmann::json check{{"check", one.check}, {"state", state}, {"says", one.says}};
        if (!one.todo.empty()) check["todo"] = one.todo;
        if (!one.details.empty()) check["details"] = one.details;
        checks.push_back(std::move(check));
    }
    out << nlohmann::json{{"well", well}, {"checks", std::move(checks)}}.dump(2) << '\n';
}

}  // namespace

int doctor(const StoreConfig& config, DoctorWish wish, std::ostream& out) {
    const bool own = config.redis.empty();
    Findings found;
    try {
        withRedis(config,
                  [&](redis::Client& client) { return examine(client, config.dataDir, wish, found); });
    } catch (const std::exception& error) {
        found.push_back({"redis", State::wrong, std::string("is not reached: ") + error.what(),
                         own ? "see docs/operate.md, and redis.log in the data folder"
                             : "see that it runs, and that its address and password are right"});
    }
    if (own) {
        found.push_back(diskOf(config.dataDir, reserveOf(config)));
        found.push_back(cutTails(config.dataDir));
        found.push_back(losses(config.dataDir));
    }
    const bool well = std::ranges::none_of(found, [](const auto& one) { return one.state == State::wrong; });
    if (wish.json)
        printJson(found, well, out);
    else
        print(found, out);
    return well ? 0 : 1;
}

}  // namespace placette::app
