#include "identity/attempts.hpp"

#include <utility>

namespace placette::identity {

namespace {

constexpr std::chrono::minutes windowLength{1};
constexpr std::size_t tidyAbove = 10'000;

}  // namespace

Attempts::Attempt::Attempt(Attempt&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)),
      account_(std::move(other.account_)),
      address_(std::move(other.address_)) {}

Attempts::Attempt::~Attempt() {
    if (owner_ == nullptr) return;
    const std::lock_guard lock(owner_->mutex_);
    const auto known = owner_->accounts_.find(account_);
    if (known != owner_->accounts_.end() && --known->second.count == 0) owner_->accounts_.erase(known);
}

void Attempts::Attempt::failed() {
    Attempts* owner = std::exchange(owner_, nullptr);
    if (owner == nullptr || address_.empty()) return;
    const std::lock_guard lock(owner->mutex_);
    ++owner->window(owner->addresses_, address_, Clock::now()).count;
}

Result<Attempts::Attempt> Attempts::begin(std::string account, std::string address, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (auto refusal = refusalOf(addresses_, address, now)) return tl::unexpected(std::move(*refusal));
    if (auto refusal = refusalOf(accounts_, account, now)) return tl::unexpected(std::move(*refusal));
    ++window(accounts_, account, now).count;
    return Attempt(*this, std::move(account), std::move(address));
}

std::optional<Problem> Attempts::refusalOf(const Windows& windows, const std::string& of,
                                           Clock::time_point now) const {
    const auto known = windows.find(of);
    if (!perMinute_ || known == windows.end() || known->second.ends <= now ||
        known->second.count < *perMinute_)
        return std::nullopt;
    Problem refusal{ProblemType::rate_limited, "too many failed sign-ins"};
    refusal.retryAfter = std::chrono::ceil<std::chrono::milliseconds>(known->second.ends - now);
    return refusal;
}

Attempts::Window& Attempts::window(Windows& windows, const std::string& of, Clock::time_point now) {
    if (windows.size() > tidyAbove) forgetEnded(windows, now);
    Window& found = windows[of];
    if (found.ends <= now) found = {0, now + windowLength};
    return found;
}

void Attempts::forgetEnded(Windows& windows, Clock::time_point now) {
    std::erase_if(windows, [now](const auto& entry) { return entry.second.ends <= now; });
}

}  // namespace placette::identity
