#include "hub/batch.hpp"

namespace placette::hub {

void Batch::separate() {
    static const Shared comma = shared(",");
    if (count_++ > 0) pieces_.push_back(comma);
}

void Batch::add(const Shared& notification) {
    separate();
    pieces_.push_back(notification);
}

void Batch::add(const Parts& notification) {
    separate();
    pieces_.insert(pieces_.end(), notification.begin(), notification.end());
}

Message Batch::finish() && {
    static const Shared open = shared("["), close = shared("]");
    if (empty()) return nullptr;
    if (count_ > 1) {
        pieces_.insert(pieces_.begin(), open);
        pieces_.push_back(close);
    }
    return std::make_shared<const Parts>(std::move(pieces_));
}

}  // namespace placette::hub
