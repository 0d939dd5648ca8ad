// A WebSocket of the client's side, from connect to close, on sockets that never block. Of a message only as
// much is kept as its owner asks for, the rest is dropped as it comes; it is told when its last byte is
// there.
#pragma once

#include <netinet/in.h>

#include <span>
#include <string>
#include <string_view>

#include "clock.hpp"
#include "websocket.hpp"

namespace load {

class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection();

    void connect(int epoll, const sockaddr_in&, std::string upgrade);
    void cut();  // by RST: what a network does that goes away

    void queue(Opcode, std::string_view payload);
    void flush();

    // What epoll tells; `room` is shared by all connections of a loop.
    void happened(std::uint32_t events, std::span<char> room);

protected:
    virtual void opened() = 0;
    // How much of a message is to be kept; `start` is what is there of it.
    virtual std::uint64_t needed(std::string_view start, std::uint64_t length) const = 0;
    virtual void received(std::string_view start, std::uint64_t length, Nanos at) = 0;

private:
    enum class State : std::uint8_t { closed, connecting, upgrading, open };

    void read(std::span<char> room);
    bool read_some(std::span<char> room);
    std::string_view go_on(std::string_view bytes, Nanos at);
    std::string_view take_upgrade(std::string_view bytes);
    std::string_view take_frames(std::string_view bytes, Nanos at);
    bool begin(const FrameHead&, std::string_view payload);
    void take(const FrameHead&, std::string_view payload, Nanos at);
    void watch_for(std::uint32_t events);

    int socket_ = -1, epoll_ = -1;
    State state_ = State::closed;
    std::uint32_t watched_ = 0;
    std::string kept_;  // bytes that came, of a message of which more is to be kept
    // A message of which enough is kept, and the bytes of it that are to come.
    FrameHead begun_;
    std::string start_;
    std::uint64_t to_come_ = 0;
    std::string out_;
};

}  // namespace load
