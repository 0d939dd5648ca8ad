#include "identity/cipher.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using placette::identity::Cipher;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "placette-test-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    fs::path operator/(const char* name) const { return path_ / name; }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

private:
    fs::path path_;
};

}  // namespace

TEST_CASE("the key file is made once, for its owner alone, and read from then on") {
    const Folder folder;
    const auto sealed = Cipher::fromFile(folder / "key").seal("Zoé");
    CHECK((fs::status(folder / "key").permissions() & fs::perms::mask) ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(folder.files() == 1);
    CHECK(Cipher::fromFile(folder / "key").open(sealed) == "Zoé");
}

TEST_CASE("what is sealed says nothing, never twice the same, and opens only whole and with its key") {
    const Folder folder;
    const auto cipher = Cipher::fromFile(folder / "key");
    const auto sealed = cipher.seal("06 11 22 33 44");
    CHECK(sealed.find("11 22") == std::string::npos);
    CHECK(sealed != cipher.seal("06 11 22 33 44"));
    CHECK(cipher.open(cipher.seal("")) == "");

    auto damaged = sealed;
    damaged[40] = damaged[40] == 'A' ? 'B' : 'A';
    CHECK_FALSE(cipher.open(damaged));
    CHECK_FALSE(cipher.open(sealed.substr(0, 20)));
    CHECK_FALSE(cipher.open("no base64!"));
    CHECK_FALSE(cipher.open(""));
    CHECK_FALSE(Cipher::fromFile(folder / "other").open(sealed));
}

TEST_CASE("a file that is no key stops the start") {
    const Folder folder;
    std::ofstream(folder / "short") << "too short";
    std::ofstream(folder / "long") << std::string(33, 'x');
    CHECK_THROWS_AS(Cipher::fromFile(folder / "short"), std::runtime_error);
    CHECK_THROWS_AS(Cipher::fromFile(folder / "long"), std::runtime_error);
    CHECK_THROWS_AS(Cipher::fromFile(folder / "no/such/folder"), std::runtime_error);
}
