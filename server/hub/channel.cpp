#include "hub/channel.hpp"

#include <algorithm>

#include "hub/batch.hpp"

namespace placette::hub {

void Channel::fill(const Ring& ring) {
    start_ = ring.start();
    for (const auto& change : ring.changes()) offer(change);
}

// Where nothing of its own is lost, a quiet channel reaches back further than the ring does.
void Channel::reachBack(const std::vector<Change>& earlier, std::int64_t ringStart) {
    if (ringStart >= start_) return;
    forgetMerged();
    if (!matches_.empty()) matches_.front().notifications.clear();  // there may be another before it now
    std::for_each(earlier.rbegin(), earlier.rend(), [&](const Change& change) {
        const auto& entry = change->entry;
        if (ringStart < entry.offset && entry.offset <= start_ && matches(entry))
            matches_.push_front({change, {}});
    });
    start_ = ringStart;
}

bool Channel::offer(const Change& change) {
    if (!matches(change->entry)) return false;
    matches_.push_back({change, {}});
    forgetMerged();
    // Only the last few are ever sent one by one.
    if (matches_.size() > mergeAbove) matches_[matches_.size() - 1 - mergeAbove].notifications.clear();
    return true;
}

void Channel::trim(std::int64_t ringStart) {
    if (!matches_.empty() && matches_.front().change->entry.offset <= ringStart) forgetMerged();
    while (!matches_.empty() && matches_.front().change->entry.offset <= ringStart) {
        start_ = matches_.front().change->entry.offset;
        matches_.pop_front();
    }
}

void Channel::forgetMerged() {
    askedFrom_ = -1;
    asked_.reset();
    news_.clear();
    changedSince_.clear();
    mergedBytes_ = 0;
}

void Channel::boundMerged() {
    if (news_.size() >= mergedKept || changedSince_.size() >= mergedKept || mergedBytes_ >= mergedBytesKept)
        forgetMerged();
}

std::size_t Channel::firstAfter(std::int64_t told) const {
    const auto offset = [](const Match& match) { return match.change->entry.offset; };
    return static_cast<std::size_t>(std::ranges::upper_bound(matches_, told, {}, offset) - matches_.begin());
}

std::int64_t Channel::fromOf(std::size_t index) const {
    return index == 0 ? start_ : matches_[index - 1].change->entry.offset;
}

Channel::Changes Channel::changesFrom(std::size_t first) const {
    Changes changes;
    changes.reserve(matches_.size() - first);
    for (auto i = first; i < matches_.size(); ++i) changes.push_back(matches_[i].change.get());
    return changes;
}

const std::vector<Shared>& Channel::single(std::size_t index) {
    auto& match = matches_[index];
    if (match.notifications.empty()) match.notifications = notifications({match.change.get()}, fromOf(index));
    return match.notifications;
}

std::shared_ptr<const News> Channel::gather(std::size_t first) {
    auto news = std::make_shared<News>();
    if (matches_.size() - first > mergeAbove) {
        news->notifications = notifications(changesFrom(first), fromOf(first));
    } else {
        for (auto i = first; i < matches_.size(); ++i) {
            const auto& one = single(i);
            news->notifications.insert(news->notifications.end(), one.begin(), one.end());
        }
    }
    Batch batch;
    for (const auto& notification : news->notifications) batch.add(notification);
    news->message = std::move(batch).finish();
    news->told = matches_.back().change->entry.offset;
    return news;
}

std::shared_ptr<const News> Channel::news(std::int64_t told) {
    if (matches_.empty() || told >= matches_.back().change->entry.offset) return nullptr;
    if (told == askedFrom_) return asked_;
    const auto first = firstAfter(told);
    boundMerged();
    auto& news = news_[fromOf(first)];
    if (!news) {
        news = gather(first);
        mergedBytes_ += placette::bytesOf(*news->message);
    }
    askedFrom_ = told;
    return asked_ = news;
}

Shared Channel::changedSince(std::int64_t told) {
    const auto first = firstAfter(told);
    boundMerged();
    auto& text = changedSince_[fromOf(first)];
    if (!text) {
        text = shared(lastStates(changesFrom(first)));
        mergedBytes_ += text->size();
    }
    return text;
}

}  // namespace placette::hub
