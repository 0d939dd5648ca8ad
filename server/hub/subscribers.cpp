#include "hub/subscribers.hpp"

#include "hub/watcher.hpp"

namespace placette::hub {

void Subscribers::add(Subscription& subscription) {
    subscription.index = items_.size();
    items_.push_back(&subscription);
    ++count_;
}

// While a round lasts nobody moves: it would be visited twice, or not at all.
void Subscribers::remove(Subscription& subscription) {
    --count_;
    if (!inRound_) {
        items_.back()->index = subscription.index;
        items_[subscription.index] = items_.back();
        items_.back() = nullptr;
    } else {
        items_[subscription.index] = nullptr;
    }
    dropEmptyEnd();
}

void Subscribers::dropEmptyEnd() {
    while (!items_.empty() && !items_.back()) items_.pop_back();
}

std::vector<Subscription*> Subscribers::all() const {
    std::vector<Subscription*> present;
    present.reserve(count_);
    for (auto* subscription : items_)
        if (subscription) present.push_back(subscription);
    return present;
}

void Subscribers::beginRound(std::size_t turn) {
    constexpr std::size_t turnsAround = 128;
    inRound_ = true;
    visited_ = 0;
    size_ = items_.size();
    first_ = size_ == 0 ? 0 : turn * (size_ / turnsAround + 1) % size_;
}

Subscription* Subscribers::next() {
    while (visited_ < size_) {
        const auto index = (first_ + visited_++) % size_;
        if (index < items_.size() && items_[index]) return items_[index];
    }
    inRound_ = false;
    if (count_ < items_.size()) closeGaps();
    return nullptr;
}

void Subscribers::closeGaps() {
    items_ = all();
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i]->index = i;
}

}  // namespace placette::hub
