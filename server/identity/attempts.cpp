#include "identity/attempts.hpp"

#include <algorithm>
#include <utility>

namespace placette::identity {

namespace {

constexpr std::chrono::minutes windowLength{1};
constexpr std::size_t tidyAbove = 10'000;
constexpr int peopleOfANetwork = 3, strangersOfAnAccount = 10;

struct Limit {
    std::string of;
    int times = 1;
};

// The account's length comes first: no name can pass for another's.
std::vector<Limit> limitsOf(const Guest& guest) {
    const auto account = std::to_string(guest.account.size()) + ':' + guest.account;
    if (!guest.device.empty()) return {{"device " + account + guest.device}};
    std::vector<Limit> all{{"account " + account, strangersOfAnAccount}, {"from " + account + guest.network}};
    if (!guest.network.empty()) all.push_back({"network " + guest.network, peopleOfANetwork});
    return all;
}

}  // namespace

Attempts::Attempt::Attempt(Attempt&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), counted_(std::move(other.counted_)) {}

Attempts::Attempt::~Attempt() {
    if (owner_ != nullptr) owner_->forget(counted_);
}

Result<Attempts::Attempt> Attempts::begin(const Guest& guest, Clock::time_point now) {
    if (!perMinute_) return Attempt(*this, {});
    const auto limits = limitsOf(guest);
    const std::lock_guard lock(mutex_);
    if (windows_.size() > tidyAbove)
        std::erase_if(windows_, [now](const auto& entry) { return entry.second.ends <= now; });
    auto free = now;  // when all of them are
    for (const auto& [of, times] : limits) {
        const auto known = windows_.find(of);
        if (known != windows_.end() && known->second.count >= times * *perMinute_)
            free = std::max(free, known->second.ends);
    }
    if (free > now) {
        Problem refusal{ProblemType::rate_limited, "too many failed sign-ins"};
        refusal.retryAfter = std::chrono::ceil<std::chrono::milliseconds>(free - now);
        return tl::unexpected(std::move(refusal));
    }
    std::vector<std::string> counted;
    for (const auto& limit : limits) {
        auto& window = windows_[limit.of];
        if (window.ends <= now) window = {0, now + windowLength};
        ++window.count;
        counted.push_back(limit.of);
    }
    return Attempt(*this, std::move(counted));
}

void Attempts::forget(const std::vector<std::string>& counted) {
    const std::lock_guard lock(mutex_);
    for (const auto& of : counted) {
        const auto known = windows_.find(of);
        if (known != windows_.end() && --known->second.count <= 0) windows_.erase(known);
    }
}

}  // namespace placette::identity
