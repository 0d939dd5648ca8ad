#include "hub/territory_board.hpp"

#include <algorithm>

#include "hub/board_channel.hpp"
#include "protocol/encode.hpp"

namespace placette::hub {

namespace {

// What its facility's document does not name any more (a section that was renamed) is on no board.
class Named {
public:
    explicit Named(const Directory& directory) : directory_(directory) {}
    bool operator()(const CellKey& key) {
        if (!facility_ || key.facility != facility_->id) facility_ = directory_.facility(key.facility);
        return facility_ && facility_->period(key.period) && facility_->section(key.section);
    }

private:
    const Directory& directory_;
    const Facility* facility_ = nullptr;
};

}  // namespace

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
    for (const auto& state : entry.cells) complete = board_.apply(state) && complete;
    for (const auto& booking : entry.bookings) {
        if (const auto end = booking.endsBy())
            holds_[booking.id] = *end;
        else
            holds_.erase(booking.id);
    }
    log_.push(change);
    changed_ = Clock::now();
    if (entry.cells.size() > largeChange) large_ = {log_.head(), changed_};
    wakeWaiting();
    return complete;
}

TerritoryBoard::Figures TerritoryBoard::figures(Date from, Date until, Instant now) const {
    constexpr int daysAhead = 402;
    Figures all;
    board_.each({{}, from, daysAhead, {}}, [&](const CellState& state) {
        all.held += static_cast<std::size_t>(state.cell.held());
        const bool isStale = !state.cell.staleAt || *state.cell.staleAt <= now;
        if (state.key.date < until && !state.cell.closed && isStale) ++all.stale;
    });
    return all;
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
    std::erase_if(snapshots_, [now](const auto& item) { return now - item.second.used > snapshotKept; });
    std::optional<std::int64_t> upTo;
    if (large_ && now - large_->came > largeKept) upTo = std::exchange(large_, std::nullopt)->offset;
    if (!log_.changes().empty() && now - changed_ > quietAfter) upTo = log_.head();
    if (upTo) log_.forget(*upTo);
    return upTo;
}

std::shared_ptr<const Snapshot> TerritoryBoard::snapshot(const BoardFilter& filter,
                                                         const Directory& directory, std::int64_t minOffset) {
    const auto now = Clock::now();
    const auto id = filter.id();
    if (!snapshots_.contains(id) && snapshots_.size() >= snapshotsKept) dropOldestSnapshot();
    auto& cached = snapshots_[id];
    cached.used = now;
    const bool present = cached.snapshot && cached.snapshot->offset == log_.head();
    const bool recent = cached.snapshot && now - cached.encoded < snapshotEvery;
    if (present || (recent && cached.snapshot->offset >= minOffset)) return cached.snapshot;

    auto snapshot = std::make_shared<Snapshot>();
    snapshot->epoch = epoch_;
    snapshot->offset = log_.head();
    std::string facilities, cells = "[";
    encodeFacilities(facilities, directory, filter);
    Named isNamed(directory);
    board_.each(filter, [&](const CellState& state) {
        if (!isNamed(state.key)) return;
        if (cells.size() > 1) cells += ',';
        encode::cell(cells, state);
    });
    snapshot->facilities = shared(std::move(facilities));
    snapshot->cells = shared(std::move(cells += ']'));
    cached.encoded = now;
    cached.snapshot = snapshot;
    return snapshot;
}

void TerritoryBoard::dropOldestSnapshot() {
    snapshots_.erase(
        std::ranges::min_element(snapshots_, {}, [](const auto& item) { return item.second.used; }));
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
