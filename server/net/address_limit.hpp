// How many connections one network may hold: an address, or what one subscriber has of IPv6. Shared by all
// workers; locked at accept and close only.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace placette::net {

class AddressLimit {
public:
    explicit AddressLimit(std::optional<int> most) : most_(most) {}

    class Ticket {
    public:
        Ticket() = default;  // of who is not counted
        Ticket(AddressLimit* limit, std::string network) : limit_(limit), network_(std::move(network)) {}
        Ticket(Ticket&& other) noexcept
            : limit_(std::exchange(other.limit_, nullptr)), network_(std::move(other.network_)) {}
        Ticket& operator=(Ticket&& other) noexcept {
            std::swap(limit_, other.limit_);
            std::swap(network_, other.network_);
            return *this;
        }
        ~Ticket() {
            if (limit_) limit_->release(network_);
        }

    private:
        AddressLimit* limit_ = nullptr;
        std::string network_;
    };

    // nullopt: it holds enough.
    std::optional<Ticket> take(const std::string& network) {
        if (!most_) return Ticket();
        const std::lock_guard lock(mutex_);
        auto& held = held_[network];
        if (held >= *most_) return std::nullopt;
        ++held;
        return Ticket(this, network);
    }

private:
    void release(const std::string& network) {
        const std::lock_guard lock(mutex_);
        const auto held = held_.find(network);
        if (--held->second == 0) held_.erase(held);
    }

    std::optional<int> most_;
    std::mutex mutex_;
    std::map<std::string, int> held_;
};

}  // namespace placette::net
