#include "service/ulid.hpp"

#include <sodium.h>

namespace placette::service {

namespace {

constexpr char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void append(std::string& out, std::uint64_t bits, int characters) {
    for (int shift = 5 * (characters - 1); shift >= 0; shift -= 5) out += crockford[bits >> shift & 31];
}

std::uint64_t fortyBits(const std::uint8_t* bytes) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 5; ++i) bits = bits << 8 | bytes[i];
    return bits;
}

}  // namespace

std::string ulidFrom(Instant at, const std::array<std::uint8_t, 10>& random) {
    std::string out;
    append(out, static_cast<std::uint64_t>(at.time_since_epoch().count()), 10);
    append(out, fortyBits(random.data()), 8);
    append(out, fortyBits(random.data() + 5), 8);
    return out;
}

std::string newUlid(Instant now) {
    std::array<std::uint8_t, 10> random{};
    randombytes_buf(random.data(), random.size());
    return ulidFrom(now, random);
}

}  // namespace placette::service
