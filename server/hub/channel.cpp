#include "hub/channel.hpp"

#include <algorithm>

namespace placette::hub {

void Channel::fill(const Ring& ring) {
    start_ = ring.start();
    for (const auto& change : ring.changes()) offer(change);
}

bool Channel::offer(const Change& change) {
    if (!matches(*change)) return false;
    matches_.push_back({change, {}});
    merged_.clear();
    // Only the last few are ever sent one by one.
    if (matches_.size() > mergeAbove) matches_[matches_.size() - 1 - mergeAbove].notifications.clear();
    return true;
}

void Channel::trim(std::int64_t ringStart) {
    // Where nothing of its own is lost, a quiet channel still reaches back as far as its readers were told.
    while (!matches_.empty() && matches_.front().change->offset <= ringStart) {
        start_ = matches_.front().change->offset;
        matches_.pop_front();
    }
}

std::int64_t Channel::fromOf(std::size_t index) const {
    return index == 0 ? start_ : matches_[index - 1].change->offset;
}

const std::vector<Shared>& Channel::single(std::size_t index) {
    auto& match = matches_[index];
    if (match.notifications.empty()) match.notifications = encode({match.change.get()}, fromOf(index));
    return match.notifications;
}

const std::vector<Shared>& Channel::merged(std::size_t first) {
    if (merged_.size() >= mergedKept) merged_.clear();
    auto& notifications = merged_[fromOf(first)];
    if (notifications.empty()) {
        std::vector<const redis::LogEntry*> entries;
        entries.reserve(matches_.size() - first);
        for (auto i = first; i < matches_.size(); ++i) entries.push_back(matches_[i].change.get());
        notifications = encode(entries, fromOf(first));
    }
    return notifications;
}

std::optional<Channel::Pending> Channel::pending(std::int64_t told) {
    if (!reaches(told)) return std::nullopt;
    const auto next =
        std::ranges::upper_bound(matches_, told, {}, [](const Match& m) { return m.change->offset; });
    if (next == matches_.end()) return Pending{{}, told};
    const auto first = static_cast<std::size_t>(next - matches_.begin());
    Pending result{{}, matches_.back().change->offset};
    if (matches_.size() - first > mergeAbove) {
        result.notifications = merged(first);
    } else {
        for (auto i = first; i < matches_.size(); ++i) {
            const auto& notifications = single(i);
            result.notifications.insert(result.notifications.end(), notifications.begin(),
                                        notifications.end());
        }
    }
    return result;
}

}  // namespace placette::hub
