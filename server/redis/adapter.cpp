#include "redis/adapter.hpp"

#include <hiredis/async.h>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <memory>

namespace placette::redis {
namespace {

namespace net = boost::asio;
using Executor = net::io_context::executor_type;

// Handlers keep the adapter alive, not the context: hiredis may free that one in any call, and then says so
// by cleanup(). So each handler looks at `context_` first.
class Adapter : public std::enable_shared_from_this<Adapter> {
public:
    Adapter(Executor executor, redisAsyncContext& context)
        : context_(&context), executor_(executor), descriptor_(executor) {}

    bool assign() {
        boost::system::error_code error;
        descriptor_.assign(context_->c.fd, error);
        return !error;
    }

    void addRead() {
        if (reading_) return;
        reading_ = true;
        descriptor_.async_wait(Descriptor::wait_read,
                               [self = shared_from_this()](boost::system::error_code) { self->read(); });
    }

    // A connected socket is nearly always writable: all commands of this turn of the loop leave in one write,
    // and only what the socket does not take waits for epoll.
    void addWrite() {
        if (writing_) return;
        writing_ = true;
        if (connected() && !insideWrite_) {
            net::post(executor_, [self = shared_from_this()] { self->write(); });
        } else {
            descriptor_.async_wait(Descriptor::wait_write,
                                   [self = shared_from_this()](boost::system::error_code) { self->write(); });
        }
    }

    void cleanup() {
        context_ = nullptr;
        descriptor_.release();  // hiredis closes the socket
    }

private:
    using Descriptor = net::posix::basic_stream_descriptor<Executor>;

    void read() {
        reading_ = false;
        if (context_) redisAsyncHandleRead(context_);
    }

    void write() {
        writing_ = false;
        if (!context_) return;
        const bool before = connected();
        insideWrite_ = true;
        redisAsyncHandleWrite(context_);
        insideWrite_ = false;
        if (context_ && !before && connected()) forgetWriting();
    }

    bool connected() const { return (context_->c.flags & REDIS_CONNECTED) != 0; }

    // Asio goes on to watch for what it was once asked to wait for. On a unix socket whatever Redis reads
    // would wake this thread: the end of connecting was the last that is worth it. What waits to read is
    // cancelled by this, and asks again.
    void forgetWriting() {
        descriptor_.release();
        if (!assign()) redisAsyncDisconnect(context_);
    }

    redisAsyncContext* context_;
    Executor executor_;
    Descriptor descriptor_;
    bool reading_ = false;
    bool writing_ = false;
    bool insideWrite_ = false;
};

using Shared = std::shared_ptr<Adapter>;

Adapter& from(void* data) {
    return **static_cast<Shared*>(data);
}

}  // namespace

bool attach(net::io_context& io, redisAsyncContext& context) {
    auto adapter = std::make_shared<Adapter>(io.get_executor(), context);
    if (!adapter->assign()) return false;
    context.ev.data = new Shared(std::move(adapter));
    context.ev.addRead = [](void* data) { from(data).addRead(); };
    context.ev.addWrite = [](void* data) { from(data).addWrite(); };
    context.ev.delRead = [](void*) {};  // each wait is for one event: nothing to take back
    context.ev.delWrite = [](void*) {};
    context.ev.cleanup = [](void* data) {
        from(data).cleanup();
        delete static_cast<Shared*>(data);
    };
    return true;
}

}  // namespace placette::redis
