// gzip from pieces, and who compresses them when.
#include "net/gzip.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <random>

using namespace placette;

namespace {

std::string joined(const Parts& parts) {
    std::string all;
    for (const auto& part : parts) all += *part;
    return all;
}

// As any client reads it: one stream, whole, checked against its sum.
std::string read(const std::string& gzip, std::size_t expected) {
    std::string text(expected + 1, '\0');
    z_stream stream{};
    constexpr int gzipOnly = 15 + 16;
    REQUIRE(inflateInit2(&stream, gzipOnly) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
    stream.avail_in = static_cast<uInt>(gzip.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const auto done = inflate(&stream, Z_FINISH);
    text.resize(stream.total_out);
    const auto unread = stream.avail_in;
    inflateEnd(&stream);
    CHECK(done == Z_STREAM_END);
    CHECK(unread == 0);
    return text;
}

std::string randomText(std::mt19937& random, std::size_t size, char letters) {
    std::string text(size, '\0');
    for (auto& c : text)
        c = static_cast<char>('a' + static_cast<char>(random() % static_cast<unsigned>(letters)));
    return text;
}

}  // namespace

TEST_CASE("texts that were compressed one by one are one gzip stream") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (const std::size_t pieces : {0, 1, 2, 7})
        for (const std::size_t size : {0, 1, 1'000, 70'000}) {
            CAPTURE(pieces, size);
            std::string all;
            std::vector<net::SharedDeflated> compressed;
            for (std::size_t i = 0; i < pieces; ++i) {
                const auto text = randomText(random, size, i % 2 == 0 ? 2 : 26);
                all += text;
                compressed.push_back(net::deflated(text));
            }
            CHECK(read(joined(net::gzipOf(compressed)), all.size()) == all);
        }
}

TEST_CASE("bytes that cannot be made less come through") {
    std::mt19937 random(1);
    std::string text(300'000, '\0');
    for (auto& c : text) c = static_cast<char>(random());
    CHECK(read(joined(net::gzipOf({net::deflated(text)})), text.size()) == text);
}
