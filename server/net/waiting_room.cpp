#include "net/waiting_room.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <list>
#include <mutex>
#include <thread>

#include "net/deadline.hpp"
#include "net/failure.hpp"
#include "net/linger.hpp"
#include "net/peer.hpp"
#include "net/reuse_port.hpp"
#include "protocol/encode.hpp"

namespace placette::net {

namespace {

using Asked = http::request<http::empty_body>;
using Said = http::response<http::string_body>;

Said answerTo(const Asked& request, const std::string& why) {
    const auto target = request.target();
    const auto path = target.substr(0, target.find('?'));
    Said answer(http::status::service_unavailable, request.version());
    answer.set(http::field::server, "placette");
    answer.set(http::field::content_type, "text/plain; charset=utf-8");
    answer.keep_alive(false);
    if (path == "/healthz") {
        answer.result(http::status::ok);
        answer.body() = "ok\n";
    } else if (path == "/readyz") {
        answer.body() = "not ready: " + why + '\n';
    } else if (path == "/rpc" || path == "/session") {
        answer.set(http::field::content_type, "application/problem+json");
        encode::problem(answer.body(), {ProblemType::store_unavailable, "it is starting"});
    } else {
        answer.body() = "Le service démarre : réessayez dans un instant.\n";
    }
    if (answer.result() != http::status::ok) answer.set(http::field::retry_after, "2");
    answer.prepare_payload();
    if (request.method() == http::verb::head) answer.body().clear();
    return answer;
}

// Whoever comes through a proxy is not of this machine.
bool isOfThisMachine(const Socket& socket, const Asked& request) {
    const auto address = addressOf(socket);
    return address && address->is_loopback() && request.count("X-Forwarded-For") == 0 &&
           request.count(http::field::forwarded) == 0;
}

}  // namespace

class WaitingRoom::Impl {
public:
    explicit Impl(const std::vector<tcp::endpoint>& endpoints) {
        for (const auto& endpoint : endpoints) {
            auto& acceptor = acceptors_.emplace_back(context_);
            acceptor.open(endpoint.protocol());
            acceptor.set_option(asio::socket_base::reuse_address(true));
            acceptor.set_option(ReusePort(true));
            acceptor.bind(endpoint);
            acceptor.listen(static_cast<int>(mostAtOnce));
        }
        for (auto& acceptor : acceptors_) asio::co_spawn(context_, accept(acceptor), logFailure);
        thread_ = std::thread([this] { context_.run(); });
    }

    ~Impl() {
        context_.stop();
        thread_.join();
    }

    void say(std::string why) {
        const std::lock_guard lock(mutex_);
        why_ = std::move(why);
    }

    void close() {
        asio::post(context_, asio::use_future([this] {
                       ErrorCode ignored;
                       for (auto& acceptor : acceptors_) acceptor.close(ignored);
                   }))
            .get();
    }

private:
    static constexpr std::size_t mostAtOnce = 256;
    static constexpr std::size_t headerBytes = 16 * 1024;
    static constexpr std::chrono::seconds requestTime{5};

    std::string why() {
        const std::lock_guard lock(mutex_);
        return why_;
    }

    Awaitable<void> accept(Acceptor& acceptor) {
        redis::Timer timer(acceptor.get_executor());
        while (acceptor.is_open()) {
            Socket socket(acceptor.get_executor());
            auto [error] = co_await acceptor.async_accept(socket, asTuple);
            if (!acceptor.is_open()) co_return;
            if (error) {
                co_await redis::pause(timer, std::chrono::milliseconds{100});
                continue;
            }
            if (present_ < mostAtOnce)
                asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), logFailure);
        }
    }

    Awaitable<void> serve(Socket socket) {
        struct Present {
            std::size_t& count;
            explicit Present(std::size_t& all) : count(all) { ++count; }
            ~Present() { --count; }
        } present(present_);
        Deadline deadline(socket);
        deadline.within(requestTime);
        beast::flat_buffer buffer(headerBytes);
        http::request_parser<http::empty_body> parser;
        parser.header_limit(headerBytes);
        auto [error, size] = co_await http::async_read_header(socket, buffer, parser, asTuple);
        if (error) co_return;
        auto answer =
            answerTo(parser.get(), isOfThisMachine(socket, parser.get()) ? why() : "it is starting");
        co_await http::async_write(socket, answer, asTuple);
        deadline.stop();
        co_await linger(socket);
    }

    asio::io_context context_{1};
    std::list<Acceptor> acceptors_;
    std::size_t present_ = 0;
    std::mutex mutex_;
    std::string why_ = "it is starting";
    std::thread thread_;
};

WaitingRoom::WaitingRoom(const std::vector<tcp::endpoint>& endpoints)
    : impl_(std::make_unique<Impl>(endpoints)) {}
WaitingRoom::~WaitingRoom() = default;

void WaitingRoom::say(std::string why) {
    impl_->say(std::move(why));
}
void WaitingRoom::close() {
    impl_->close();
}

}  // namespace placette::net
