// The socket under Beast's WebSocket stream. Beast reads through it, and writes what it says on its own
// account: the answer to the upgrade, pings, pongs and closes. Messages of ours go past Beast, straight to
// the kernel, in one system call where it takes them at once: a third of the processor time that a message
// cost through the stream. The order of writes is kept here: no frame begins within another.
//
// On the connection's thread. RFC 6455, section 5.2: frames of a server are not masked.
#pragma once

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <utility>

#include "net/linger.hpp"
#include "net/types.hpp"
#include "protocol/parts.hpp"

namespace placette::net {

class FrameSocket : public Socket {
public:
    class Owner {
    public:
        virtual void socketFree() = 0;  // Beast's frame is written: a message may begin

    protected:
        ~Owner() = default;
    };

    // `owner` is told of nothing more once it has left().
    FrameSocket(Socket socket, Owner& owner) : Socket(std::move(socket)), owner_(&owner) {}
    void left() { owner_ = nullptr; }

    bool free() const { return !message_ && !streamWrites_; }
    bool sending() const { return message_ != nullptr; }
    std::size_t unsent() const { return message_ ? size_ : 0; }  // bytes that are kept for it
    void begin(Message);                                         // as one text frame; only while free()
    ErrorCode push();  // what the kernel takes of it now; sending(): the rest is to follow
    // The peer's close frame has a code that cannot be (RFC 6455, 7.4.2), which Beast would say back.
    void refuseClose() { closeRefused_ = true; }
    // Beast's frame that has waited for the end of ours goes on; or, after an error, both are given up.
    void resume(ErrorCode = {});

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this](auto handler, const Buffers& written) {
                using Write = StreamWrite<decltype(handler), Buffers>;
                auto write = std::make_unique<Write>(*this, std::move(handler), written);
                parked_ = std::move(write);
                if (!message_) resume();
            },
            token, buffers);
    }

private:
    static constexpr std::array<unsigned char, 4> protocolError{0x88, 2, 1002 >> 8, 1002 & 0xff};

    struct Parked {
        virtual ~Parked() = default;
        virtual void start(ErrorCode) && = 0;
    };
    template <class Handler, class Buffers>
    struct StreamWrite;
    template <class Handler>
    struct Counted;
    void streamWrote(bool frameEnds);

    Owner* owner_;
    Message message_;  // that is being sent
    std::array<unsigned char, 10> header_{};
    std::size_t headerSize_ = 0, size_ = 0, sent_ = 0;  // bytes, header included
    bool streamWrites_ = false;                         // a frame of Beast's has begun
    bool closeRefused_ = false;
    std::unique_ptr<Parked> parked_;
};

// A write of Beast's on its way: each is (the rest of) one frame.
template <class Handler>
struct FrameSocket::Counted : beast::async_base<Handler, Executor> {
    Counted(FrameSocket& socket, Handler handler, std::size_t size)
        : beast::async_base<Handler, Executor>(std::move(handler), socket.get_executor()),
          socket_(socket),
          size_(size) {}
    void operator()(ErrorCode error, std::size_t written) {
        if (socket_.closeRefused_ && !error) written = size_;
        socket_.streamWrote(error || written == size_);
        this->complete_now(error, written);
    }

    FrameSocket& socket_;
    std::size_t size_;
};

template <class Handler, class Buffers>
struct FrameSocket::StreamWrite : Parked {
    StreamWrite(FrameSocket& socket, Handler handler, const Buffers& buffers)
        : socket_(socket), handler_(std::move(handler)), buffers_(buffers) {}
    void start(ErrorCode error) && override {
        Counted<Handler> counted(socket_, std::move(handler_), beast::buffer_bytes(buffers_));
        if (error)
            asio::post(socket_.get_executor(),
                       [counted = std::move(counted), error]() mutable { counted(error, 0); });
        else if (socket_.closeRefused_)
            static_cast<Socket&>(socket_).async_write_some(asio::buffer(protocolError), std::move(counted));
        else
            static_cast<Socket&>(socket_).async_write_some(buffers_, std::move(counted));
    }

    FrameSocket& socket_;
    Handler handler_;
    Buffers buffers_;
};

// Beast ends a WebSocket by async_teardown, found by the type of its socket; the one for plain sockets does
// not linger.
template <class Handler>
void async_teardown(beast::role_type, FrameSocket& socket, Handler&& handler) {
    asio::co_spawn(
        socket.get_executor(), linger(socket),
        [handler = std::forward<Handler>(handler)](std::exception_ptr) mutable { handler(ErrorCode()); });
}

}  // namespace placette::net
