// Compresses answers on a thread of its own: a large board takes longer than an event loop may stand still. A
// text that many share (a board's cells) is compressed once; what came out is kept while the text is in use,
// within a bound in bytes.
//
// One object for the whole process; coroutines of any thread call it. It must be destroyed before the
// io_contexts whose coroutines wait for it.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/gzip.hpp"
#include "net/types.hpp"
#include "redis/elsewhere.hpp"

namespace placette::net {

class Compressor {
public:
    struct Bounds {
        std::size_t waiting = 64;                  // texts
        std::size_t keptBytes = 32 * 1024 * 1024;  // of what came out
        std::size_t atOnce = 4 * 1024;             // bytes; smaller texts are compressed where they are
    };
    explicit Compressor(Bounds);
    Compressor() : Compressor(Bounds{}) {}

    // nullopt: too much waits already; then the text goes as it is.
    Awaitable<std::optional<Parts>> gzip(Parts text);

    std::size_t compressed() const;  // texts, so far
    std::size_t kept() const;        // bytes

private:
    using Tell = redis::Tell<SharedDeflated>;
    struct Known {
        std::weak_ptr<const std::string> text;
        SharedDeflated deflated;    // null: on its way
        std::vector<Tell> waiting;  // for it
        std::size_t used = 0;       // when, in asks
    };
    void ask(Shared text, Tell);  // null: no room
    void compress(Shared text);   // on the pool
    void dropOld();

    const Bounds bounds_;
    mutable std::mutex mutex_;
    std::unordered_map<const std::string*, Known> known_;
    std::size_t asks_ = 0, waiting_ = 0, compressed_ = 0, keptBytes_ = 0;
    boost::asio::thread_pool pool_{1};  // ends first: its thread uses the others
};

}  // namespace placette::net
