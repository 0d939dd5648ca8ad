#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <random>

#include "redis/aof_keeper.hpp"
#include "redis/aof_tail.hpp"
#include "redis_process.hpp"

namespace placette::redis::test {
namespace {

namespace fs = std::filesystem;

std::string command(std::initializer_list<std::string> words) {
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const auto& word : words) text += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    return text;
}

std::string change(int n) {
    const auto number = std::to_string(n);
    return command({"MULTI"}) + command({"HSET", "{t}:cells", "1", "{\"free\":" + number + "}"}) +
           command({"SET", "{t}:booking:" + number, "*3\r\n$ not a command"}) +
           command({"XADD", "{t}:log", number + "-0", "c", number}) + command({"EXEC"});
}

struct Sample {
    std::string text = command({"SELECT", "0"});
    std::vector<std::size_t> ends{text.size()};  // of whole changes
    Sample() {
        for (int n = 1; n <= 6; ++n) {
            text += n == 4 ? command({"DEL", "{t}:key:a"}) : change(n);
            ends.push_back(text.size());
        }
    }
    std::size_t wholeBefore(std::size_t byte) const { return *(std::ranges::upper_bound(ends, byte) - 1); }
    std::size_t lastThree() const { return ends[ends.size() - 4]; }
};

AofExtent extentOf(const std::string& text) {
    return extentOfAof(
        [&](std::uint64_t offset, char* into, std::size_t count) {
            count = std::min(count, text.size() - static_cast<std::size_t>(offset));
            std::memcpy(into, text.data() + offset, count);
            return count;
        },
        text.size());
}

}  // namespace

TEST_CASE("A file that is cut anywhere is whole up to the change that was cut", "[aof]") {
    const Sample sample;
    std::mt19937 random(7);
    for (auto at = sample.lastThree(); at <= sample.text.size(); ++at) {
        CAPTURE(at);
        const auto kept = sample.text.substr(0, at);
        const auto cut = extentOf(kept);
        CHECK(cut.whole == sample.wholeBefore(at));
        CHECK(cut.isWhole() == (cut.whole == at));
        CHECK((cut.isWhole() || cut.isTorn()));

        std::string noise(1 + random() % 600, '\0');
        for (const auto& tail : {noise, [&] {
                                     for (auto& c : noise) c = static_cast<char>(128 + random() % 128);
                                     return noise;
                                 }()}) {
            const auto extent = extentOf(kept + tail);
            CHECK(extent.whole == sample.wholeBefore(at));
            CHECK(extent.isTorn());
        }
    }
}

TEST_CASE("A byte that is turned never makes a half change whole, and never hides whole ones", "[aof]") {
    const Sample sample;
    for (auto at = sample.lastThree(); at < sample.text.size(); ++at) {
        auto text = sample.text;
        text[at] = static_cast<char>(text[at] ^ 0x80);
        CAPTURE(at);
        const auto extent = extentOf(text);
        if (extent.isWhole()) continue;  // within a value: not to be told from another
        CHECK(extent.whole <= sample.wholeBefore(at));
        const bool inLast = at >= sample.ends[sample.ends.size() - 2];
        CHECK(extent.isTorn() == inLast);
    }
}

TEST_CASE("A torn file is cut before its change, the rest kept aside; a damaged one is refused", "[aof]") {
    const TemporaryFolder temporary;
    const auto folder = temporary.path() / "appendonlydir";
    fs::create_directories(folder);
    std::ofstream(folder / "appendonly.aof.manifest") << "file appendonly.aof.1.incr.aof seq 1 type i\n";
    const auto path = folder / "appendonly.aof.1.incr.aof";
    const Sample sample;
    const auto write = [&](const std::string& text) { std::ofstream(path, std::ios::binary) << text; };

    const auto end = sample.ends[sample.ends.size() - 2];
    write(sample.text.substr(0, sample.text.size() - 5));
    REQUIRE(makeAofReady(temporary.path()));
    CHECK(fs::file_size(path) == end);
    const auto kept =
        temporary.path() / "kept-aside" / ("appendonly.aof.1.incr.aof-from-" + std::to_string(end));
    CHECK(fs::file_size(kept) == sample.text.size() - 5 - end);

    auto damaged = sample.text;
    damaged[sample.ends[1]] = '+';
    write(damaged);
    const auto refused = makeAofReady(temporary.path());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().find("docs/operate.md") != std::string::npos);
    CHECK(fs::file_size(path) == damaged.size());
}

}  // namespace placette::redis::test
