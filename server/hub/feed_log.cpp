// How far back the log in memory reaches: further where a client that resumes asks for it, less where a
// territory has been quiet, or has changed as a whole. And how far back boards reach.
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "hub/clock.hpp"
#include "hub/feed.hpp"
#include "hub/hub.hpp"
#include "hub/loading.hpp"
#include "redis/keys.hpp"

namespace placette::hub {

namespace {

constexpr std::chrono::seconds reachTime{5};
constexpr auto readAtOnce = "100";
// Past it a snapshot costs less, whoever reads: it is encoded once for all.
constexpr std::size_t readAtMost = 4u << 20;  // bytes

std::string entryId(std::int64_t offset) {
    return std::to_string(offset) + "-0";
}

}  // namespace

// Whoever else asks meanwhile waits for the same reading: a crowd that comes back costs one.
Awaitable<bool> Feed::reachBack(std::string territory, std::string epoch, std::int64_t offset) {
    const auto giveUp = TerritoryBoard::Clock::now() + reachTime;
    const auto found = boards_.find(territory);
    if (found == boards_.end()) co_return false;
    auto& board = found->second;
    const auto mayReach = [&] {
        return board.epoch() == epoch && offset <= board.head() && offset > board.reach.unreached &&
               board.head() - offset <= static_cast<std::int64_t>(board.log().bound().changes);
    };
    while (mayReach()) {
        if (offset >= board.log().start()) {
            tellGathered();
            co_return true;
        }
        if (TerritoryBoard::Clock::now() >= giveUp) co_return false;
        if (board.reach.underWay) {
            co_await board.changed(std::chrono::milliseconds{100});
            continue;
        }
        board.reach.underWay = true;
        auto reading = readEarlier(territory, board, offset);
        const bool read = co_await std::move(reading);
        if (board.epoch() != epoch) co_return false;
        board.reach.underWay = false;
        if (!read) co_return false;
    }
    co_return false;
}

// False: the connection failed, Redis has dropped what followed the offset, or it is more than is read.
Awaitable<bool> Feed::readEarlier(std::string id, TerritoryBoard& board, std::int64_t offset) {
    const auto epoch = board.epoch();
    const auto start = board.log().start();
    std::vector<Change> earlier;
    std::size_t bytes = 0;
    for (auto next = offset + 1; next <= start; next = earlier.back()->entry.offset + 1) {
        std::vector<std::string> range{
            "XRANGE", redis::keys::log(id), entryId(next), entryId(start), "COUNT", readAtOnce};
        auto reply = co_await client_.command(std::move(range));
        if (!reply || reply->isError() || board.epoch() != epoch) co_return false;
        const auto entries = redis::toEntries(std::move(*reply));
        if (entries.empty() || entries.front().offset() != next) {
            board.reach.unreached = offset;
            co_return false;
        }
        for (const auto& raw : entries) {
            for (const auto& text : raw.fields) bytes += text.size();
            auto change = decoded(raw);
            if (!change) {
                board.reach.unreached = raw.offset() - 1;
                co_return false;
            }
            earlier.push_back(std::move(change));
        }
        if (bytes > readAtMost) {
            board.reach.unreached = offset;
            co_return false;
        }
    }
    if (board.log().start() != start) co_return false;  // it has grown beyond what memory holds
    board.reachBack(earlier);
    post([id, epoch, earlier](Hub& hub) { hub.onEarlier(id, epoch, earlier); });
    if (board.log().start() <= offset) co_return true;
    board.reach.unreached = offset;  // there is no room for it
    co_return false;
}

void Feed::forget() {
    const auto now = TerritoryBoard::Clock::now();
    for (auto& [id, board] : boards_)
        if (const auto upTo = board.forget(now))
            post([id = id, upTo = *upTo](Hub& hub) { hub.onForgotten(id, upTo); });
}

// Once a day, board by board. What was is told by bookings; the store keeps the counts longer.
Awaitable<void> Feed::leavePastDays() {
    const auto first = firstDayOfBoards(hub::now());
    if (first == firstDay_) co_return;
    firstDay_ = first;
    std::vector<std::string> ids;
    for (const auto& [id, board] : boards_) ids.push_back(id);
    for (const auto& id : ids) {
        auto& board = boards_.find(id)->second;
        change(board, [&] { board.startAt(first); });
        co_await redis::net::post(context_, redis::net::use_awaitable_t<redis::Executor>{});
    }
}

}  // namespace placette::hub
