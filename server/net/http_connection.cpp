#include "net/http_connection.hpp"

#include <ctime>

#include "net/deadline.hpp"
#include "net/linger.hpp"
#include "net/peer.hpp"
#include "net/routes.hpp"
#include "net/ws_session.hpp"

namespace placette::net {

namespace {

constexpr std::chrono::seconds requestTime{15};   // to send a request, and to take some more of its response
constexpr std::chrono::minutes responseTime{10};  // to take all of it
constexpr std::chrono::seconds idleTime{60};      // between requests

constexpr std::size_t headerBytes = 16 * 1024;
// What is read and not understood yet: a header, or the line before a chunk and what follows the last one. A
// body leaves it as it comes.
constexpr std::size_t unreadBytes = 2 * headerBytes;

std::string httpDate() {
    const auto now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

template <class Response>
Awaitable<bool> send(Socket& socket, http::verb method, bool keepAlive, Response response) {
    response.set(http::field::server, "placette");
    response.set(http::field::date, httpDate());
    response.keep_alive(keepAlive);
    // A body of known length, which HEAD announces and does not send.
    response.prepare_payload();
    http::response_serializer<typename Response::body_type> serializer(response);
    serializer.split(method == http::verb::head);
    Deadline deadline(socket), whole(socket);
    whole.within(responseTime);
    ErrorCode error;
    const auto isDone = [&] {
        return serializer.is_done() || (serializer.split() && serializer.is_header_done());
    };
    // Over a slow line a board takes longer than a request: what is taken, however little, counts.
    while (!error && !isDone()) {
        deadline.within(requestTime);
        std::tie(error, std::ignore) = co_await http::async_write_some(socket, serializer, asTuple);
    }
    co_return !error && response.keep_alive();
}

Awaitable<bool> send(Socket& socket, http::verb method, bool keepAlive, Response response) {
    if (auto* file = std::get_if<FileResponse>(&response))
        co_return co_await send(socket, method, keepAlive, std::move(*file));
    if (auto* parts = std::get_if<PartsResponse>(&response))
        co_return co_await send(socket, method, keepAlive, std::move(*parts));
    co_return co_await send(socket, method, keepAlive, std::move(std::get<TextResponse>(response)));
}

// What to say to a request that could not be read; nullopt where the peer is gone, or was too slow.
std::optional<TextResponse> refusal(ErrorCode error) {
    static const auto& ofHttp = make_error_code(http::error::end_of_stream).category();
    if (error == http::error::body_limit) return problemResponse(Request(), {ProblemType::too_large});
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return TextResponse(http::status::request_header_fields_too_large, 11, "header too large\n");
    if (error.category() != ofHttp || error == http::error::end_of_stream ||
        error == http::error::partial_message)
        return std::nullopt;
    return TextResponse(http::status::bad_request, 11, "not an HTTP request\n");
}

// A body beyond what anybody may send: then it is looked at who sends it, before it is read.
bool mayBeLarge(const http::request_parser<http::string_body>& parser, const service::Limits& limits) {
    const auto length = parser.content_length();
    return parser.chunked() || (length && *length > limits.frameBytesBeforeSignIn);
}

// Two readers of one request must not see two requests in it: what proxies and we might understand
// differently is refused.
bool isClear(const http::request_parser<http::string_body>& parser) {
    const auto& request = parser.get();
    const auto count = [&](http::field name) {
        const auto lines = request.equal_range(name);
        return std::distance(lines.first, lines.second);
    };
    const auto hosts = count(http::field::host);
    if (hosts > 1 || (hosts == 0 && request.version() >= 11)) return false;
    const auto codings = count(http::field::transfer_encoding);
    const bool chunked = beast::iequals(request[http::field::transfer_encoding], "chunked");
    return codings == 0 || (codings == 1 && chunked && count(http::field::content_length) == 0);
}

// Whether the body is to be read; a client that asks first waits for the answer.
Awaitable<bool> mayContinue(Socket& socket, const Request& request) {
    const auto expected = request[http::field::expect];
    if (expected.empty() || request.version() < 11) co_return true;
    if (!beast::iequals(expected, "100-continue")) co_return false;
    static constexpr std::string_view go = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, size] = co_await asio::async_write(socket, asio::buffer(go), asTuple);
    co_return !error;
}

// nullopt: the connection is to end; the peer has been told why, if it is there to listen.
Awaitable<std::optional<Request>> receive(Site& site, Socket& socket, beast::flat_buffer& buffer,
                                          std::chrono::seconds time) {
    const auto& limits = site.environment.settings.limits;
    http::request_parser<http::string_body> parser;
    parser.body_limit(limits.frameBytes);
    parser.header_limit(headerBytes);
    Deadline deadline(socket);
    deadline.within(time);
    auto [error, size] = co_await http::async_read_header(socket, buffer, parser, asTuple);
    if (!error && mayBeLarge(parser, limits)) {
        const auto carried = co_await credentials(site, parser.get());
        if (carried.carried != Carried::valid) {
            parser.body_limit(limits.frameBytesBeforeSignIn);  // for chunks: a length is known by now
            if (parser.content_length()) error = http::error::body_limit;
        }
    }
    if (!error && !isClear(parser)) error = http::error::bad_field;
    auto response = error ? refusal(error) : std::nullopt;
    if (!error) {
        const bool goesOn = co_await mayContinue(socket, parser.get());
        if (goesOn)
            std::tie(error, size) = co_await http::async_read(socket, buffer, parser, asTuple);
        else
            response =
                TextResponse(http::status::expectation_failed, 11, "100-continue alone is understood\n");
        if (error) response = refusal(error);
        if (!error && goesOn) co_return parser.release();
    }
    deadline.stop();
    if (response) co_await send(socket, http::verb::unknown, false, std::move(*response));
    co_return std::nullopt;
}

// Behind a proxy it is the client's connections that are counted, from here on.
Awaitable<void> upgrade(Site& site, Socket socket, AddressLimit::Ticket ticket, Request request, Peer peer) {
    auto carried = co_await credentials(site, request);
    const auto network = networkOf(site.proxies, peer, request);
    if (site.proxies.trusts(peer.address) && !network.empty()) {
        auto own = site.addresses.take(network);
        if (!own) {
            auto refused = problemResponse(request, {ProblemType::rate_limited, "too many connections"});
            co_await send(socket, request.method(), false, std::move(refused));
            co_return co_await linger(socket);
        }
        ticket = std::move(*own);
    }
    std::optional<identity::SignedIn> signedIn;
    std::optional<CloseCode> refused;
    if (carried.carried == Carried::valid) signedIn = std::move(carried.signedIn);
    if (carried.carried == Carried::refused) refused = signedOut;
    if (carried.carried == Carried::unknown) refused = tryAgainLater;
    auto session = std::make_shared<WsSession>(site, std::move(socket), std::move(ticket), network);
    auto opening = WsSession::open(std::move(session), std::move(request), std::move(signedIn), refused);
    co_await std::move(opening);
}

bool mayAnswer(const Site& site, const Request& request) {
    const auto host = request[http::field::host];
    return !site.environment.settings.demo || isLoopbackHost({host.data(), host.size()});
}

// 16 bytes in base64.
bool hasNonce(const Request& request) {
    const auto key = request[http::field::sec_websocket_key];
    const std::string_view text(key.data(), key.size());
    constexpr auto alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return text.size() == 24 && text.ends_with("==") &&
           text.substr(0, 22).find_first_not_of(alphabet) == std::string_view::npos;
}

bool wantsSession(const Request& request) {
    return request.target().substr(0, request.target().find('?')) == "/ws" &&
           beast::websocket::is_upgrade(request) && hasNonce(request);
}

// While one of these lives, a server that ends waits for it.
class InFlight {
public:
    explicit InFlight(Site& site) : site_(site) { ++site_.requests; }
    ~InFlight() { --site_.requests; }
    InFlight(const InFlight&) = delete;

private:
    Site& site_;
};

// Whether the connection goes on.
Awaitable<bool> answer(Site& site, Socket& socket, const Request& request, Peer& peer) {
    const InFlight inFlight(site);
    Response response;
    if (mayAnswer(site, request))
        response = co_await respond(site, request, peer);
    else
        response =
            problemResponse(request, {ProblemType::forbidden, "the demo answers on loopback names only"});
    const bool keepAlive = request.keep_alive() && !site.draining();
    co_return co_await send(socket, request.method(), keepAlive, std::move(response));
}

}  // namespace

Awaitable<void> serveConnection(Site& site, Socket socket, AddressLimit::Ticket ticket) {
    const auto address = addressOf(socket);
    if (!address) co_return;
    Peer peer{*address, Rate(site.environment.settings.limits.ratePerSecond)};
    beast::flat_buffer buffer(unreadBytes);
    auto time = requestTime;
    for (bool again = true; again; time = idleTime) {
        auto request = co_await receive(site, socket, buffer, time);
        if (!request) break;
        if (!site.measures && wantsSession(*request) && mayAnswer(site, *request)) {
            auto session = upgrade(site, std::move(socket), std::move(ticket), std::move(*request), peer);
            co_return co_await std::move(session);
        }
        again = co_await answer(site, socket, *request, peer);
    }
    co_await linger(socket);
}

}  // namespace placette::net
