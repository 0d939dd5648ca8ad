// The body of an answer in shared pieces: sent as they are, one after another.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/optional/optional.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "net/types.hpp"
#include "protocol/parts.hpp"

namespace placette::net {

struct PartsBody {  // a Body of Beast
    using value_type = Parts;

    static std::uint64_t size(const Parts& parts) { return bytesOf(parts); }

    class writer {
    public:
        using const_buffers_type = std::vector<asio::const_buffer>;

        template <bool isRequest, class Fields>
        writer(const http::header<isRequest, Fields>&, const Parts& parts) {
            for (const auto& part : parts) buffers_.emplace_back(part->data(), part->size());
        }
        void init(ErrorCode& error) { error = {}; }
        boost::optional<std::pair<const_buffers_type, bool>> get(ErrorCode& error) {
            error = {};
            return {{std::move(buffers_), false}};
        }

    private:
        const_buffers_type buffers_;
    };
};

using PartsResponse = http::response<PartsBody>;

}  // namespace placette::net
