#include "net/frame_socket.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cerrno>

namespace placette::net {

namespace {

constexpr std::size_t piecesAtOnce = 64;

// The whole message in one frame; its size in the shortest form.
std::size_t textHeader(std::array<unsigned char, 10>& header, std::size_t size) {
    header[0] = 0x81;
    const auto number = [&](std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i)
            header[2 + i] = static_cast<unsigned char>(size >> (8 * (bytes - 1 - i)));
        return 2 + bytes;
    };
    if (size < 126) {
        header[1] = static_cast<unsigned char>(size);
        return 2;
    }
    header[1] = size <= 0xffff ? 126 : 127;
    return number(size <= 0xffff ? 2 : 8);
}

// What is left of some pieces of memory after the first `sent` bytes.
class Rest {
public:
    explicit Rest(std::size_t sent) : skip_(sent) {}

    void add(const void* data, std::size_t size) {
        const auto skipped = std::min(skip_, size);
        skip_ -= skipped;
        if (skipped == size || count_ == pieces_.size()) return;
        pieces_[count_++] = {const_cast<char*>(static_cast<const char*>(data)) + skipped, size - skipped};
    }
    ssize_t send(int socket) {
        msghdr message{};
        message.msg_iov = pieces_.data();
        message.msg_iovlen = count_;
        return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    }

private:
    std::size_t skip_, count_ = 0;
    std::array<iovec, piecesAtOnce> pieces_;
};

}  // namespace

void FrameSocket::begin(Message message) {
    std::size_t payload = 0;
    for (const auto& part : *message) payload += part->size();
    headerSize_ = textHeader(header_, payload);
    size_ = headerSize_ + payload;
    sent_ = 0;
    message_ = std::move(message);
}

ErrorCode FrameSocket::push() {
    while (message_) {
        Rest rest(sent_);
        rest.add(header_.data(), headerSize_);
        for (const auto& part : *message_) rest.add(part->data(), part->size());
        const auto written = rest.send(native_handle());
        if (written < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return {};
            return {errno, boost::system::system_category()};
        }
        sent_ += static_cast<std::size_t>(written);
        if (sent_ == size_) message_.reset();
    }
    return {};
}

void FrameSocket::resume(ErrorCode error) {
    // Nothing of ours follows an error: what Beast still writes must meet the closed socket, not wait for us.
    if (error) message_.reset();
    if (!parked_) return;
    streamWrites_ = !error;
    const auto parked = std::exchange(parked_, nullptr);
    std::move(*parked).start(error);
}

void FrameSocket::streamWrote(bool frameEnds) {
    if (!frameEnds) return;
    streamWrites_ = false;
    if (owner_) owner_->socketFree();
}

}  // namespace placette::net
