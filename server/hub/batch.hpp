// Notifications on their way out together: one alone, or a JSON-RPC batch of several. Gathered, not copied.
#pragma once

#include "protocol/parts.hpp"

namespace placette::hub {

class Batch {
public:
    void add(const Shared& notification);
    void add(const Parts& notification);
    bool empty() const { return count_ == 0; }
    Message finish() &&;  // null: nothing was added

private:
    void separate();

    Parts pieces_;
    std::size_t count_ = 0;
};

}  // namespace placette::hub
