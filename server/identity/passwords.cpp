#include "identity/passwords.hpp"

#include <sodium.h>

#include <array>
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>

#include "identity/secrets.hpp"
#include "redis/elsewhere.hpp"

namespace placette::identity {

namespace {

namespace net = boost::asio;

constexpr std::size_t waitingAtMost = 200, waitingOfOne = 20;
constexpr std::chrono::seconds retryAfter{2};

// The hash of a random password that nobody kept.
constexpr const char* nobodys =
    "$argon2id$v=19$m=65536,t=2,p=1$Qev/vihuLHyyzwwaAgFWxg$cM+GkOxh1yAUY/DIO5XUOCMBFhKHXvu6a8UJA9Hzahs";

std::string hashNow(const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return {};
    return text.data();
}

bool verifyNow(const std::string& stored, const std::string& password) {
    const char* against = stored.empty() ? nobodys : stored.c_str();
    const bool matches = crypto_pwhash_str_verify(against, password.data(), password.size()) == 0;
    return matches && !stored.empty();
}

tl::unexpected<Problem> tooMany() {
    Problem refusal{ProblemType::rate_limited, "too many passwords are being checked"};
    refusal.retryAfter = retryAfter;
    return tl::unexpected(std::move(refusal));
}

// What was typed does not stay in memory.
struct Typed {
    explicit Typed(std::string typed) : text(std::move(typed)) {}
    Typed(const Typed&) = default;
    ~Typed() { sodium_memzero(text.data(), text.size()); }
    std::string text;
};

using Enqueue = std::function<bool(std::function<void()>)>;

// Runs `work` where it is enqueued; nothing if there is no room.
template <class T>
Awaitable<std::optional<T>> away(Enqueue enqueue, std::function<T()> work) {
    return redis::toldBy<std::optional<T>>(
        [into = std::move(enqueue), job = std::move(work)](redis::Tell<std::optional<T>> tell) {
            if (!into([tell, job] { tell(job()); })) tell(std::nullopt);
        });
}

}  // namespace

Passwords::Passwords(unsigned threads) : waiting_(waitingAtMost, waitingOfOne), pool_(threads) {
    secrets::initialise();
}

bool Passwords::enqueue(bool known, const std::string& who, Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (!waiting_.push(known, who, std::move(work))) return false;
    }
    net::post(pool_, [this] { runNext(); });
    return true;
}

void Passwords::runNext() {
    std::optional<Work> work;
    {
        const std::lock_guard lock(mutex_);
        work = waiting_.pop();
    }
    if (work) (*work)();
}

Awaitable<Result<std::string>> Passwords::hash(std::string password) {
    std::function<std::string()> work = [typed = Typed(std::move(password))] { return hashNow(typed.text); };
    Enqueue enqueue = [this](Work one) { return this->enqueue(true, "", std::move(one)); };
    const auto hashed = co_await away(std::move(enqueue), std::move(work));
    if (!hashed) co_return tooMany();
    if (hashed->empty()) co_return problem(ProblemType::internal, "no memory to hash a password");
    co_return *hashed;
}

Awaitable<Result<bool>> Passwords::verify(std::string stored, std::string password, Guest guest) {
    std::function<bool()> work = [stored = std::move(stored), typed = Typed(std::move(password))] {
        return verifyNow(stored, typed.text);
    };
    const bool known = !guest.device.empty();
    Enqueue enqueue = [this, known, who = known ? guest.device : guest.network](Work one) {
        return this->enqueue(known, who, std::move(one));
    };
    const auto matches = co_await away(std::move(enqueue), std::move(work));
    if (!matches) co_return tooMany();
    co_return *matches;
}

}  // namespace placette::identity
