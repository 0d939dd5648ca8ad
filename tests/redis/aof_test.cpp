#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <random>

#include "redis/aof_keeper.hpp"
#include "redis/aof_sums.hpp"
#include "redis/aof_tail.hpp"
#include "redis/data_folder.hpp"
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

namespace {

// A data folder with one append-only file.
struct Folder {
    Folder() {
        fs::create_directories(path.parent_path());
        std::ofstream(manifest) << "file appendonly.aof.1.incr.aof seq 1 type i\n";
    }
    void write(const std::string& text) { put(path, text); }
    static void put(const fs::path& file, const std::string& text) {
        std::ofstream(file, std::ios::binary) << text;
    }
    static std::string read(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    tl::expected<void, std::string> makeReady() {
        return makeAofReady(temporary.path()).map_error([](const StoreFailure& failure) {
            CHECK_FALSE(failure.heals);
            return failure.why;
        });
    }
    std::string refusal() {
        const auto ready = makeReady();
        REQUIRE_FALSE(ready);
        CHECK(ready.error().find("docs/operate.md") != std::string::npos);
        return ready.error();
    }
    bool says(const std::string& what) { return refusal().find(what) != std::string::npos; }

    TemporaryFolder temporary;
    const fs::path path = temporary.path() / "appendonlydir" / "appendonly.aof.1.incr.aof";
    const fs::path sums = path.string() + ".sums";
    const fs::path manifest = path.parent_path() / "appendonly.aof.manifest";
};

}  // namespace

TEST_CASE("A torn file is cut before its change, the rest kept aside; a damaged one is refused", "[aof]") {
    Folder folder;
    const Sample sample;
    const auto end = sample.ends[sample.ends.size() - 2];
    folder.write(sample.text.substr(0, sample.text.size() - 5));
    REQUIRE(folder.makeReady());
    CHECK(fs::file_size(folder.path) == end);
    const auto kept =
        folder.temporary.path() / "kept-aside" / ("appendonly.aof.1.incr.aof-from-" + std::to_string(end));
    CHECK(fs::file_size(kept) == sample.text.size() - 5 - end);

    auto damaged = sample.text;
    damaged[sample.ends[1]] = '+';
    folder.write(damaged);
    fs::remove(folder.sums);
    CHECK(folder.says("is damaged at byte " + std::to_string(sample.ends[1])));
    CHECK(folder.read(folder.path) == damaged);
}

// A byte of the last change may have turned in a power cut: that one is healed, where it cannot be read.
TEST_CASE("Any byte that turned since it was summed is found, also within a value", "[aof]") {
    Folder folder;
    const Sample sample;
    folder.write(sample.text);
    REQUIRE(folder.makeReady());
    const auto sums = folder.read(folder.sums);
    const auto lastChange = sample.ends[sample.ends.size() - 2];
    for (std::size_t at = 0; at < sample.text.size(); ++at) {
        auto text = sample.text;
        text[at] = static_cast<char>(text[at] ^ 1);
        folder.write(text);
        folder.put(folder.sums, sums);
        CAPTURE(at);
        const auto ready = folder.makeReady();
        if (ready) {
            CHECK(at >= lastChange);
            CHECK(folder.read(folder.path) == sample.text.substr(0, lastChange));
        } else {
            CHECK(folder.read(folder.path) == text);
        }
    }
}

TEST_CASE("A file that lost its end is cut where whole changes end, though it was summed further", "[aof]") {
    Folder folder;
    const Sample sample;
    folder.write(sample.text);
    REQUIRE(folder.makeReady());
    const auto sums = folder.read(folder.sums);
    for (std::size_t size = 0; size < sample.text.size(); ++size) {
        folder.write(sample.text.substr(0, size));
        folder.put(folder.sums, sums);
        CAPTURE(size);
        REQUIRE(folder.makeReady());
        const auto left = folder.read(folder.path).size();
        CHECK(left <= size);
        CHECK((left == 0 || std::ranges::find(sample.ends, left) != sample.ends.end()));
        CHECK(AofSums(folder.path).end() == left);
    }
}

TEST_CASE("What was written since is healed as ever, and summed; of 64 KiB at most each", "[aof]") {
    Folder folder;
    const Sample sample;
    std::string text;
    while (text.size() < 200'000) text += command({"SET", "{t}:key:a", std::string(5000, 'x')});
    folder.write(text);
    REQUIRE(folder.makeReady());
    CHECK(std::ranges::count(folder.read(folder.sums), '\n') == 4);
    const auto torn = change(1);
    folder.write(text + change(1) + torn.substr(0, torn.size() - 3));
    REQUIRE(folder.makeReady());
    text += change(1);
    CHECK(folder.read(folder.path) == text);
    CHECK(AofSums(folder.path).end() == text.size());

    auto turned = text;
    turned[70'000] = 'y';
    folder.write(turned);
    CHECK(folder.says("between its bytes 65536 and 131072"));

    // A torn end that was summed: Redis had died in it, and the server went on for a while.
    folder.write(text + torn.substr(0, torn.size() - 3));
    AofSums(folder.path).extendTo(text.size() + 10, File::toRead(folder.path));
    REQUIRE(folder.makeReady());
    CHECK(folder.read(folder.path) == text);
    CHECK(folder.makeReady());
}

TEST_CASE("A damaged file of sums makes no store look damaged", "[aof]") {
    Folder folder;
    const Sample sample;
    folder.write(sample.text.substr(0, sample.ends[3]));
    REQUIRE(folder.makeReady());
    folder.write(sample.text);
    REQUIRE(folder.makeReady());
    const auto sums = folder.read(folder.sums);
    for (std::size_t at = 0; at < sums.size(); ++at) {
        for (const auto& damaged : {sums.substr(0, at), sums.substr(0, at) + std::string(600, '\0'), [&] {
                                        auto turned = sums;
                                        turned[at] = static_cast<char>(turned[at] ^ 1);
                                        return turned;
                                    }()}) {
            folder.put(folder.sums, damaged);
            CAPTURE(at);
            REQUIRE(folder.makeReady());
            CHECK(AofSums(folder.path).end() == sample.text.size());
        }
    }
}

TEST_CASE("Sums follow what a Redis writes, one step behind, and to its end once it has ended", "[aof]") {
    Folder folder;
    folder.write(change(1));
    AofFollower follower(folder.temporary.path());
    const auto summed = [&] { return AofSums(folder.path).end(); };
    follower.follow();
    CHECK(summed() == 0);
    follower.follow();
    CHECK(summed() == change(1).size());
    std::ofstream(folder.path, std::ios::app | std::ios::binary) << change(2);
    follower.follow();
    CHECK(summed() == change(1).size());
    follower.finish();
    CHECK(summed() == fs::file_size(folder.path));

    // A rewrite: the next file takes its place.
    const auto next = folder.path.parent_path() / "appendonly.aof.2.incr.aof";
    folder.put(next, change(3));
    folder.put(folder.manifest, "file appendonly.aof.2.incr.aof seq 2 type i\n");
    fs::remove(folder.path);
    follower.follow();
    follower.follow();
    CHECK(AofSums(next).end() == change(3).size());
    REQUIRE(folder.makeReady());
    CHECK_FALSE(fs::exists(folder.sums));
}

TEST_CASE("A manifest that names too little is refused; what an interrupted rewrite leaves is not", "[aof]") {
    Folder folder;
    folder.write(change(1));
    const auto aof = folder.path.parent_path();
    const auto at = [&](const char* name) { return aof / name; };
    const std::string base = "file appendonly.aof.4.base.rdb seq 4 type b\n";
    const auto incr = [](int n) {
        const auto number = std::to_string(n);
        return "file appendonly.aof." + number + ".incr.aof seq " + number + " type i\n";
    };
    fs::remove(folder.path);
    folder.put(at("appendonly.aof.4.base.rdb"), "REDIS0010");
    for (const char* name :
         {"appendonly.aof.5.incr.aof", "appendonly.aof.6.incr.aof", "appendonly.aof.7.incr.aof"})
        folder.put(at(name), change(1));
    const auto with = [&](const std::string& lines) { folder.put(folder.manifest, lines); };

    with(base + incr(5) + incr(6) + incr(7));
    REQUIRE(folder.makeReady());
    with(base + incr(5) + incr(6));
    CHECK(folder.says("appendonly.aof.7.incr.aof is not named by the manifest"));
    with(base + incr(5) + incr(7));
    CHECK(folder.says("appendonly.aof.6.incr.aof is not named by the manifest"));
    with(base);
    CHECK(folder.says("appendonly.aof.5.incr.aof is not named by the manifest"));
    with(incr(5) + incr(6) + incr(7));
    CHECK(folder.says("appendonly.aof.4.base.rdb is not named by the manifest"));

    // Left behind: what was rewritten, a snapshot whose manifest was not written yet, a file that was just
    // begun.
    with(base + incr(6) + incr(7));
    folder.put(at("appendonly.aof.5.base.rdb"), "REDIS0010");
    folder.put(at("appendonly.aof.3.base.rdb"), "REDIS0010");
    folder.put(at("appendonly.aof.8.incr.aof"), "");
    CHECK(folder.makeReady());
}

TEST_CASE("A snapshot that is none is refused: Redis takes one of no bytes for an empty store", "[aof]") {
    Folder folder;
    folder.write(change(1));
    const auto base = folder.path.parent_path() / "appendonly.aof.1.base.rdb";
    folder.put(folder.manifest,
               "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n");
    for (const char* content : {"", "REDI", "nonsense"}) {
        folder.put(base, content);
        CHECK(folder.says("appendonly.aof.1.base.rdb is no snapshot"));
    }
}

TEST_CASE("A store that lacks its manifest, or a file of it, is refused; a new one is not", "[aof]") {
    Folder folder;
    folder.write(change(1));
    const auto base = folder.path.parent_path() / "appendonly.aof.1.base.rdb";
    folder.put(folder.manifest,
               "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n");
    CHECK(folder.says("appendonly.aof.1.base.rdb is missing"));
    folder.put(base, "REDIS");
    REQUIRE(folder.makeReady());
    fs::remove(folder.path);
    CHECK(folder.says("appendonly.aof.1.incr.aof is missing"));
    fs::remove(folder.manifest);
    CHECK(folder.says("appendonly.aof.manifest is missing"));
    fs::remove_all(folder.path.parent_path());
    CHECK(folder.makeReady());
    fs::create_directories(folder.path.parent_path());
    CHECK(folder.makeReady());
    // The folder of the files is gone as a whole: the key tells that there was a store.
    folder.put(folder.temporary.path() / keyOfContacts, "k");
    CHECK(folder.says("appendonly.aof.manifest is missing, and the key of its store is there"));
    fs::remove_all(folder.path.parent_path());
    CHECK(folder.says("appendonly.aof.manifest is missing, and the key of its store is there"));
}

}  // namespace placette::redis::test
