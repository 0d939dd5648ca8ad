// How many connections one address may hold. Loopback is not counted: a reverse proxy speaks for all from
// there. Shared by all workers; locked at accept and close only.
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
        Ticket() = default;
        Ticket(AddressLimit* limit, std::string address) : limit_(limit), address_(std::move(address)) {}
        Ticket(Ticket&& other) noexcept
            : limit_(std::exchange(other.limit_, nullptr)), address_(std::move(other.address_)) {}
        Ticket& operator=(Ticket&&) = delete;
        ~Ticket() {
            if (limit_) limit_->release(address_);
        }

    private:
        AddressLimit* limit_ = nullptr;
        std::string address_;
    };

    std::optional<Ticket> take(const std::string& address, bool loopback) {
        if (!most_ || loopback) return Ticket();
        const std::lock_guard lock(mutex_);
        auto& held = held_[address];
        if (held >= *most_) return std::nullopt;
        ++held;
        return Ticket(this, address);
    }

private:
    void release(const std::string& address) {
        const std::lock_guard lock(mutex_);
        const auto held = held_.find(address);
        if (--held->second == 0) held_.erase(held);
    }

    std::optional<int> most_;
    std::mutex mutex_;
    std::map<std::string, int> held_;
};

}  // namespace placette::net
