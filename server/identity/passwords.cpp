#include "identity/passwords.hpp"

#include <sodium.h>

#include <array>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "identity/secrets.hpp"

namespace placette::identity {

namespace {

namespace net = boost::asio;

constexpr int waitingAtMost = 200;
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

class Waiting {
public:
    explicit Waiting(std::atomic<int>& count)
        : count_(count), tooMany_(count_.fetch_add(1) >= waitingAtMost) {}
    ~Waiting() { count_.fetch_sub(1); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

    std::optional<Problem> refusal() const {
        if (!tooMany_) return std::nullopt;
        Problem problem{ProblemType::rate_limited, "too many passwords are being checked"};
        problem.retryAfter = retryAfter;
        return problem;
    }

private:
    std::atomic<int>& count_;
    bool tooMany_;
};

// Runs `work` on the pool. The coroutine stays suspended meanwhile and goes on at home, on its own thread.
template <class T>
Awaitable<T> away(net::thread_pool& pool, std::function<T()> work) {
    auto start = [&pool](auto handler, std::function<T()> job) {
        const auto home = net::get_associated_executor(handler);
        net::post(pool, [home, handler = std::move(handler), job = std::move(job)]() mutable {
            net::post(home, [handler = std::move(handler), result = job()]() mutable {
                std::move(handler)(std::move(result));
            });
        });
    };
    return net::async_initiate<const net::use_awaitable_t<redis::Executor>, void(T)>(
        start, net::use_awaitable_t<redis::Executor>{}, std::move(work));
}

}  // namespace

Passwords::Passwords(unsigned threads) : pool_(threads) {
    secrets::initialise();
}

Awaitable<Result<std::string>> Passwords::hash(std::string password) {
    const Waiting place(waiting_);
    if (auto refusal = place.refusal()) co_return tl::unexpected(std::move(*refusal));
    std::function<std::string()> work = [password = std::move(password)] { return hashNow(password); };
    std::string hashed = co_await away(pool_, std::move(work));
    if (hashed.empty()) co_return problem(ProblemType::internal, "no memory to hash a password");
    co_return hashed;
}

Awaitable<Result<bool>> Passwords::verify(std::string stored, std::string password) {
    const Waiting place(waiting_);
    if (auto refusal = place.refusal()) co_return tl::unexpected(std::move(*refusal));
    std::function<bool()> work = [stored = std::move(stored), password = std::move(password)] {
        return verifyNow(stored, password);
    };
    co_return co_await away(pool_, std::move(work));
}

}  // namespace placette::identity
