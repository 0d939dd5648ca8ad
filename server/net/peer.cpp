#include "net/peer.hpp"

namespace placette::net {

std::optional<Address> addressOf(const Socket& socket) {
    ErrorCode error;
    const auto address = socket.remote_endpoint(error).address();
    if (error) return std::nullopt;
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

}  // namespace placette::net
