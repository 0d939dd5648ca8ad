#include "hub/territory_board.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace placette::hub {

void TerritoryBoard::restart(Loaded loaded) {
    epoch_ = std::move(loaded.epoch);
    log_.restart(loaded.head);
    reach = {};
    large_.reset();
    board_ = std::move(loaded.board);
    holds_ = std::move(loaded.holds);
    snapshots_.clear();
    wakeWaiting();
}

bool TerritoryBoard::apply(const Change& change) {
    const auto& entry = change->entry;
    bool complete = true;
    for (const auto& state : entry.cells) {
        complete = board_.apply(state) && complete;
        for (auto& [id, cached] : snapshots_)
            if (cached.making) cached.making->touched(state.key.facility);
    }
    for (const auto& booking : entry.bookings) {
        if (booking.state == BookingState::held && booking.expiresAt)
            holds_[booking.id] = *booking.expiresAt;
        else
            holds_.erase(booking.id);
    }
    log_.push(change);
    changed_ = Clock::now();
    if (entry.cells.size() > largeChange) large_ = {log_.head(), changed_};
    wakeWaiting();
    return complete;
}

void TerritoryBoard::count(Figures& figures, Instant now) const {
    constexpr int daysAhead = 402;
    constexpr date::days soon{7};
    const auto today = date::floor<date::days>(now);
    const BoardFilter all{{}, today, daysAhead, {}};
    std::size_t counted = 0;
    const auto* id = board_.next(all, figures.next);
    for (; id && counted < countedAtOnce; id = board_.next(all, *id + '\0'))
        board_.eachOf(*id, all, [&](const CellState& state) {
            ++counted;
            figures.held += static_cast<std::size_t>(state.cell.held());
            const bool isStale = !state.cell.staleAt || *state.cell.staleAt <= now;
            if (state.key.date < today + soon && !state.cell.closed && isStale) ++figures.stale;
        });
    figures.next = id ? *id : std::string();
}

void TerritoryBoard::startAt(Date first) {
    board_.startAt(first);
    snapshots_.clear();
}

void TerritoryBoard::reachBack(const std::vector<Change>& earlier) {
    log_.reachBack(earlier);
    changed_ = Clock::now();
    const auto isLarge = [](const Change& change) { return change->entry.cells.size() > largeChange; };
    const auto last = std::ranges::find_if(earlier.rbegin(), earlier.rend(), isLarge);
    if (!large_ && last != earlier.rend()) large_ = {(*last)->entry.offset, changed_};
    wakeWaiting();
}

std::optional<std::int64_t> TerritoryBoard::forget(Clock::time_point now) {
    std::erase_if(snapshots_, [now](const auto& item) {
        return !item.second.making && now - item.second.used > snapshotKept;
    });
    std::optional<std::int64_t> upTo;
    if (large_ && now - large_->came > largeKept) upTo = std::exchange(large_, std::nullopt)->offset;
    if (!log_.changes().empty() && now - changed_ > quietAfter) upTo = log_.head();
    if (upTo) log_.forget(*upTo);
    return upTo;
}

redis::Awaitable<std::shared_ptr<const Snapshot>> TerritoryBoard::snapshot(BoardFilter filter,
                                                                           PresentDirectory directory,
                                                                           std::int64_t minOffset) {
    const auto id = filter.id();
    while (snapshots_[id].making) co_await changed(std::chrono::milliseconds{100});
    auto* cached = &snapshots_[id];
    cached->used = Clock::now();
    const auto last = cached->snapshot;
    const bool present = last && last->offset == log_.head();
    const bool recent = last && cached->used - cached->encoded < snapshotEvery;
    if (present || (recent && last->offset >= minOffset)) co_return last;

    const auto making = std::make_shared<SnapshotMaking>(board_, filter);
    cached->making = making;
    for (;;) {
        const auto known = directory();
        if (making->step(*known)) break;
        co_await redis::net::post(context_, redis::net::use_awaitable_t<redis::Executor>{});
        const auto still = snapshots_.find(id);  // all anew, or of other days: it is not wanted any more
        if (still == snapshots_.end() || still->second.making != making) co_return nullptr;
        cached = &still->second;
    }
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->epoch = epoch_;
    snapshot->offset = log_.head();
    snapshot->facilities = making->facilities();
    snapshot->cells = making->cells();
    cached->making.reset();
    cached->encoded = cached->used = Clock::now();
    cached->snapshot = snapshot;
    dropOldestSnapshots();
    wakeWaiting();
    co_return snapshot;
}

std::size_t TerritoryBoard::snapshotBytes() const {
    std::size_t bytes = 0;
    for (const auto& [id, cached] : snapshots_)
        if (cached.snapshot) bytes += cached.snapshot->bytes();
    return bytes;
}

void TerritoryBoard::dropSnapshots() {
    std::erase_if(snapshots_, [](const auto& item) { return !item.second.making; });
}

// The last one used stays, however large.
void TerritoryBoard::dropOldestSnapshots() {
    auto bytes = snapshotBytes();
    while (snapshots_.size() > 1 && (snapshots_.size() > snapshotsKept || bytes > snapshotBytesKept)) {
        const auto age = [](const auto& item) {
            return item.second.making ? Clock::time_point::max() : item.second.used;
        };
        const auto oldest = std::ranges::min_element(snapshots_, {}, age);
        if (oldest->second.making) return;
        if (oldest->second.snapshot) bytes -= oldest->second.snapshot->bytes();
        snapshots_.erase(oldest);
    }
}

redis::Awaitable<void> TerritoryBoard::changed(std::chrono::milliseconds atMost) {
    redis::Timer timer(context_);
    waiting_.push_back(&timer);
    co_await redis::pause(timer, atMost);
    std::erase(waiting_, &timer);
}

void TerritoryBoard::wakeWaiting() {
    for (auto* timer : waiting_) timer->cancel();
}

bool TerritoryBoard::anyDue(Instant now) const {
    return std::ranges::any_of(holds_, [now](const auto& hold) { return hold.second <= now; });
}

}  // namespace placette::hub
