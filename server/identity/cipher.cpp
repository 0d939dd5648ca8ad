#include "identity/cipher.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace placette::identity {

namespace {

constexpr std::size_t nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;

using secrets::Key;
static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
using Bytes = std::vector<unsigned char>;

class File {
public:
    File(const std::filesystem::path& path, int flags)
        : handle_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (handle_ >= 0) ::close(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int handle() const { return handle_; }
    explicit operator bool() const { return handle_ >= 0; }

private:
    int handle_;
};

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

Key readKey(int handle, const std::filesystem::path& path) {
    std::array<unsigned char, sizeof(Key) + 1> content{};  // one more, to notice a file that is too long
    if (::read(handle, content.data(), content.size()) != static_cast<ssize_t>(sizeof(Key)))
        throw std::runtime_error("not a key of 32 bytes: " + path.string());
    Key key{};
    std::copy_n(content.begin(), key.size(), key.begin());
    return key;
}

void syncFolder(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const File opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened || ::fsync(opened.handle()) != 0) fail("cannot sync", folder);
}

// The name appears with the whole key behind it or not at all: a half-written key would lose every contact.
// Where two programs start at once, the first name wins and both use its key.
void makeKeyFile(const std::filesystem::path& path) {
    Key key{};
    randombytes_buf(key.data(), key.size());
    const std::filesystem::path draft = path.string() + "." + std::to_string(::getpid());
    {
        const File file(draft, O_WRONLY | O_CREAT | O_TRUNC);
        if (!file || ::write(file.handle(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
            ::fsync(file.handle()) != 0)
            fail("cannot write", draft);
    }
    const int linked = ::link(draft.c_str(), path.c_str());
    const int why = errno;
    ::unlink(draft.c_str());
    errno = why;
    if (linked != 0 && why != EEXIST) fail("cannot make", path);
    syncFolder(path);
}

}  // namespace

Cipher Cipher::fromFile(const std::filesystem::path& path) {
    secrets::initialise();
    if (!std::filesystem::exists(path)) makeKeyFile(path);
    const File file(path, O_RDONLY);
    if (!file) fail("cannot read", path);
    Cipher cipher;
    cipher.key_ = readKey(file.handle(), path);
    return cipher;
}

Cipher::~Cipher() {
    sodium_memzero(key_.data(), key_.size());
}

secrets::Key Cipher::keyFor(std::string_view purpose) const {
    Key key{};
    crypto_generichash(key.data(), key.size(), reinterpret_cast<const unsigned char*>(purpose.data()),
                       purpose.size(), key_.data(), key_.size());
    return key;
}

std::string Cipher::seal(std::string_view plain) const {
    Bytes sealed(nonceBytes + plain.size() + tagBytes);
    randombytes_buf(sealed.data(), nonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonceBytes, nullptr,
                                               reinterpret_cast<const unsigned char*>(plain.data()),
                                               plain.size(), nullptr, 0, nullptr, sealed.data(), key_.data());
    std::string text(sodium_base64_encoded_len(sealed.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), sealed.data(), sealed.size(), base64);
    text.pop_back();  // the terminating zero
    return text;
}

std::optional<std::string> Cipher::open(std::string_view sealed) const {
    if (sealed.size() < nonceBytes + tagBytes) return std::nullopt;
    Bytes bytes(sealed.size());
    std::size_t length = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), sealed.data(), sealed.size(), nullptr, &length, nullptr,
                          base64) != 0 ||
        length < nonceBytes + tagBytes)
        return std::nullopt;
    std::string plain(length - nonceBytes - tagBytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr,
                                                   nullptr, bytes.data() + nonceBytes, length - nonceBytes,
                                                   nullptr, 0, bytes.data(), key_.data()) != 0)
        return std::nullopt;
    return plain;
}

}  // namespace placette::identity
