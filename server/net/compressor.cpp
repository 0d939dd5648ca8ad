#include "net/compressor.hpp"

#include <algorithm>
#include <utility>

namespace placette::net {

Compressor::Compressor(Bounds bounds) : bounds_(bounds) {}

// What stands between two large texts is a text of its own.
Awaitable<std::optional<Parts>> Compressor::gzip(Parts text) {
    std::vector<SharedDeflated> pieces;
    std::string small;
    for (auto& part : text) {
        if (part->size() < bounds_.atOnce) {
            small += *part;
            if (small.size() < bounds_.atOnce) continue;
        }
        if (!small.empty()) pieces.push_back(deflated(std::exchange(small, {})));
        if (part->size() < bounds_.atOnce) continue;
        std::function<void(Tell)> begin = [this, part](Tell tell) { ask(part, std::move(tell)); };
        auto piece = co_await redis::toldBy<SharedDeflated>(std::move(begin));
        if (!piece) co_return std::nullopt;
        pieces.push_back(std::move(piece));
    }
    if (!small.empty()) pieces.push_back(deflated(small));
    co_return gzipOf(pieces);
}

void Compressor::ask(Shared text, Tell tell) {
    const std::lock_guard lock(mutex_);
    auto& known = known_[text.get()];
    if (known.text.lock() != text) {  // another lay there before
        if (known.deflated) keptBytes_ -= known.deflated->bytes.size();
        known = {text, {}, {}, 0};
    }
    known.used = ++asks_;
    if (known.deflated) return tell(known.deflated);
    if (!known.waiting.empty()) return known.waiting.push_back(std::move(tell));
    if (waiting_ == bounds_.waiting) {
        known_.erase(text.get());
        return tell(nullptr);
    }
    known.waiting.push_back(std::move(tell));
    ++waiting_;
    asio::post(pool_, [this, text = std::move(text)] { compress(text); });
}

void Compressor::compress(Shared text) {
    auto piece = deflated(*text);
    std::vector<Tell> waiting;
    {
        const std::lock_guard lock(mutex_);
        auto& known = known_[text.get()];
        waiting = std::exchange(known.waiting, {});
        known.deflated = piece;
        keptBytes_ += piece->bytes.size();
        --waiting_;
        ++compressed_;
        dropOld();
    }
    for (const auto& tell : waiting) tell(piece);
}

// What nobody can ask for any more goes first, then what was asked for longest ago.
void Compressor::dropOld() {
    const auto drop = [this](auto at) {
        keptBytes_ -= at->second.deflated->bytes.size();
        return known_.erase(at);
    };
    for (auto at = known_.begin(); at != known_.end();)
        at = at->second.deflated && at->second.text.expired() ? drop(at) : std::next(at);
    const auto lastUsed = [](const auto& entry) {
        return entry.second.deflated ? entry.second.used : std::size_t(-1);
    };
    while (keptBytes_ > bounds_.keptBytes) drop(std::ranges::min_element(known_, {}, lastUsed));
}

std::size_t Compressor::compressed() const {
    const std::lock_guard lock(mutex_);
    return compressed_;
}

std::size_t Compressor::kept() const {
    const std::lock_guard lock(mutex_);
    return keptBytes_;
}

}  // namespace placette::net
