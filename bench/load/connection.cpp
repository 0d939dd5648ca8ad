#include "connection.hpp"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace load {

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

bool would_block() {
    return errno == EAGAIN || errno == EINTR;
}

// What a close frame says: a code, and perhaps words.
std::string reason(std::string_view payload) {
    if (payload.size() < 2) return "no reason";
    const int code = static_cast<std::uint8_t>(payload[0]) << 8 | static_cast<std::uint8_t>(payload[1]);
    return std::to_string(code) + " " + std::string(payload.substr(2));
}

}  // namespace

Connection::~Connection() {
    if (socket_ >= 0) close(socket_);
}

void Connection::connect(int epoll, const sockaddr_in& address, std::string upgrade) {
    epoll_ = epoll;
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) fail("socket");
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (result < 0 && errno != EINPROGRESS) fail("connect");

    state_ = State::connecting;
    out_ = std::move(upgrade);
    watched_ = EPOLLIN | EPOLLOUT;
    epoll_event event{.events = watched_ | EPOLLET, .data = {.ptr = this}};
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket_, &event) < 0) fail("epoll_ctl");
}

void Connection::cut() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(std::exchange(socket_, -1));
    state_ = State::closed;
    to_come_ = 0;
    kept_.clear();
    out_.clear();
}

void Connection::queue(Opcode opcode, std::string_view payload) {
    append_frame(out_, opcode, payload);
}

void Connection::flush() {
    if (out_.empty()) return;
    const auto sent = send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL);
    if (sent < 0 && !would_block()) fail("send");
    if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
    watch_for(out_.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT);
}

void Connection::watch_for(std::uint32_t events) {
    if (watched_ == events) return;
    watched_ = events;
    epoll_event event{.events = events | EPOLLET, .data = {.ptr = this}};
    if (epoll_ctl(epoll_, EPOLL_CTL_MOD, socket_, &event) < 0) fail("epoll_ctl");
}

void Connection::happened(std::uint32_t events, std::span<char> room) {
    if (events & EPOLLOUT) {
        if (state_ == State::connecting) state_ = State::upgrading;
        flush();
    }
    if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) read(room);
}

// An edge tells of what has come once: with less than there was room for, all of it has been read. That
// spares the kernel a second look at each socket.
void Connection::read(std::span<char> room) {
    while (state_ != State::closed && read_some(room)) {
    }
}

// True: there may be more.
bool Connection::read_some(std::span<char> room) {
    std::copy(kept_.begin(), kept_.end(), room.begin());
    const auto free = room.subspan(kept_.size());
    if (free.empty()) throw std::runtime_error("a message is larger than the generator has room for");
    const auto count = recv(socket_, free.data(), free.size(), 0);
    if (count < 0 && would_block()) return false;
    if (count < 0) fail("recv");
    if (count == 0) throw std::runtime_error("the server closed a connection");

    const auto at = now();
    auto bytes = go_on({room.data(), kept_.size() + static_cast<std::size_t>(count)}, at);
    if (state_ == State::upgrading) bytes = take_upgrade(bytes);
    if (state_ == State::open) bytes = take_frames(bytes, at);
    kept_.assign(bytes);
    return static_cast<std::size_t>(count) == free.size();
}

std::string_view Connection::go_on(std::string_view bytes, Nanos at) {
    if (to_come_ == 0) return bytes;
    const auto dropped = std::min<std::uint64_t>(to_come_, bytes.size());
    to_come_ -= dropped;
    if (to_come_ == 0) take(begun_, start_, at);
    return bytes.substr(dropped);
}

std::string_view Connection::take_upgrade(std::string_view bytes) {
    constexpr std::string_view end = "\r\n\r\n";
    const auto found = bytes.find(end);
    if (found == bytes.npos) return bytes;
    if (bytes.substr(8, 5) != " 101 ")
        throw std::runtime_error("no WebSocket: " + std::string(bytes.substr(0, bytes.find('\r'))));
    state_ = State::open;
    opened();
    return bytes.substr(found + end.size());
}

std::string_view Connection::take_frames(std::string_view bytes, Nanos at) {
    while (const auto head = read_head(bytes)) {
        const auto payload = bytes.substr(head->size, head->length);
        if (payload.size() < head->length) return begin(*head, payload) ? std::string_view() : bytes;
        take(*head, payload, at);
        bytes = bytes.substr(head->size + head->length);
    }
    return bytes;
}

// Whether enough is there: then the rest is not kept.
bool Connection::begin(const FrameHead& head, std::string_view payload) {
    const bool control = head.opcode >= Opcode::close;
    if (control || payload.size() < needed(payload, head.length)) return false;
    begun_ = head;
    start_.assign(payload);
    to_come_ = head.length - payload.size();
    return true;
}

void Connection::take(const FrameHead& head, std::string_view payload, Nanos at) {
    if (head.opcode == Opcode::close)
        throw std::runtime_error("the server closed a connection: " + reason(payload));
    if (head.opcode == Opcode::ping) {
        queue(Opcode::pong, payload);
        flush();
    } else if (head.opcode < Opcode::close) {
        received(payload, head.length, at);
    }
}

}  // namespace load
