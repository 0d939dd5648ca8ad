#include "identity/devices.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

using namespace placette::identity;
namespace fs = std::filesystem;

TEST_CASE(
    "a device is known to the accounts that have signed in on it, the last four, and to no other server") {
    std::string folder = (fs::temp_directory_path() / "placette-test-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    const auto cipher = Cipher::fromFile(fs::path(folder) / "key");
    const Devices devices(cipher);

    CHECK(devices.named("", "alix").empty());
    auto cookie = devices.remembering("", "alix");
    const auto name = devices.named(cookie, "alix");
    CHECK_FALSE(name.empty());
    CHECK(devices.named(cookie, "dominique").empty());
    CHECK(devices.remembering(cookie, "alix") == cookie);

    for (const auto* other : {"a", "b", "c"}) cookie = devices.remembering(cookie, other);
    CHECK(devices.named(cookie, "alix") == name);
    cookie = devices.remembering(cookie, "d");
    CHECK(devices.named(cookie, "alix").empty());
    CHECK_FALSE(devices.named(cookie, "a").empty());

    auto altered = devices.remembering("", "alix");
    altered[5] = altered[5] == '0' ? '1' : '0';
    CHECK(devices.named(altered, "alix").empty());
    const Devices elsewhere(Cipher::fromFile(fs::path(folder) / "other"));
    CHECK(elsewhere.named(devices.remembering("", "alix"), "alix").empty());
    CHECK(devices.named(std::string(10'000, 'f'), "alix").empty());
    fs::remove_all(folder);
}
