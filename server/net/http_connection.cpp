#include "net/http_connection.hpp"

#include "net/routes.hpp"
#include "net/ws_session.hpp"
#include "redis/timer.hpp"

namespace placette::net {

namespace {

constexpr std::chrono::seconds requestTime{15};      // to send a request, and to take its response
constexpr std::chrono::seconds idleTime{60};         // between requests

// Closes the socket when a step takes too long: what waits on it then ends with an error.
class Deadline {
public:
    Deadline(Socket& socket) : socket_(socket), timer_(socket.get_executor()) {}

    void within(std::chrono::seconds time) {
        timer_.expires_after(time);
        timer_.async_wait([this](ErrorCode error) {
            ErrorCode ignored;
            if (!error) socket_.close(ignored);
        });
    }
    void stop() { timer_.cancel(); }

private:
    Socket& socket_;
    redis::Timer timer_;
};

// For the limit of failed sign-ins. Empty for loopback: a reverse proxy speaks for everybody from there.
std::string addressOf(const Socket& socket) {
    ErrorCode error;
    const auto address = socket.remote_endpoint(error).address();
    return error || address.is_loopback() ? std::string() : address.to_string();
}

template <class Response>
Awaitable<bool> send(Socket& socket, const Request& request, Response response) {
    response.set(http::field::server, "placette");
    response.keep_alive(request.keep_alive());
    // A body of known length, which HEAD announces and does not send.
    response.prepare_payload();
    http::response_serializer<typename Response::body_type> serializer(response);
    ErrorCode error;
    if (request.method() == http::verb::head) {
        std::tie(error, std::ignore) = co_await http::async_write_header(socket, serializer, asTuple);
    } else {
        std::tie(error, std::ignore) = co_await http::async_write(socket, serializer, asTuple);
    }
    co_return !error && response.keep_alive();
}

Awaitable<bool> send(Socket& socket, const Request& request, Response response) {
    if (auto* file = std::get_if<FileResponse>(&response)) co_return co_await send(socket, request, std::move(*file));
    co_return co_await send(socket, request, std::move(std::get<TextResponse>(response)));
}

Awaitable<void> upgrade(Site& site, Socket socket, Request request) {
    auto carried = co_await credentials(site, request);
    std::optional<identity::SignedIn> signedIn;
    std::optional<CloseCode> refused;
    if (carried.carried == Carried::valid) signedIn = std::move(carried.signedIn);
    if (carried.carried == Carried::refused) refused = signedOut;
    if (carried.carried == Carried::unknown) refused = tryAgainLater;
    auto session = std::make_shared<WsSession>(site, std::move(socket));
    auto work = WsSession::run(std::move(session), std::move(request), std::move(signedIn), refused);
    co_await std::move(work);
}

bool wantsSession(const Request& request) {
    return request.target().substr(0, request.target().find('?')) == "/ws" &&
           beast::websocket::is_upgrade(request);
}

Awaitable<Response> respondSafely(Site& site, const Request& request, std::string address) {
    const auto host = request[http::field::host];
    if (site.environment.settings.demo && !isLoopbackHost({host.data(), host.size()}))
        co_return problemResponse(request, {ProblemType::forbidden, "the demo answers on loopback names only"});
    co_return co_await respond(site, request, std::move(address));
}

}  // namespace

Awaitable<void> serveConnection(Site& site, Socket socket) {
    const auto address = addressOf(socket);
    beast::flat_buffer buffer;
    bool first = true, again = true;
    while (again) {
        std::optional<Request> toUpgrade;
        {
            Deadline deadline(socket);
            deadline.within(first ? requestTime : idleTime);
            http::request_parser<http::string_body> parser;
            parser.body_limit(site.environment.settings.limits.frameBytes);
            parser.header_limit(16 * 1024);
            auto [error, size] = co_await http::async_read(socket, buffer, parser, asTuple);
            if (error == http::error::body_limit) {
                Request tooLarge;
                tooLarge.keep_alive(false);
                auto response = problemResponse(tooLarge, {ProblemType::too_large});
                co_await send(socket, tooLarge, Response(std::move(response)));
                break;
            }
            if (error) break;
            Request request = parser.release();
            const auto host = request[http::field::host];
            const bool mayUpgrade = !site.environment.settings.demo || isLoopbackHost({host.data(), host.size()});
            if (wantsSession(request) && mayUpgrade) {
                toUpgrade = std::move(request);
            } else {
                auto response = co_await respondSafely(site, request, address);
                deadline.within(requestTime);
                again = co_await send(socket, request, std::move(response));
            }
            deadline.stop();
        }
        if (toUpgrade) {
            co_await upgrade(site, std::move(socket), std::move(*toUpgrade));
            co_return;
        }
        first = false;
    }
    ErrorCode ignored;
    socket.shutdown(Socket::shutdown_send, ignored);
}

}  // namespace placette::net
