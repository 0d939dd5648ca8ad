#include "net/routes.hpp"

#include <spdlog/spdlog.h>

#include "identity/account_view.hpp"
#include "net/boards.hpp"
#include "net/negotiation.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_rpc.hpp"
#include "protocol/params.hpp"
#include "protocol/same_text.hpp"
#include "service/dispatch.hpp"

namespace placette::net {

using identity::Cookie;

namespace {

TextResponse text(const Request& request, http::status status, std::string_view type, std::string body) {
    TextResponse response(status, request.version());
    response.set(http::field::content_type, beast::string_view(type.data(), type.size()));
    response.set(http::field::cache_control, "no-store");
    response.body() = std::move(body);
    return response;
}

void tellWhen(http::fields& headers, const Problem& problem) {
    if (problem.retryAfter)
        headers.set(http::field::retry_after, std::to_string((problem.retryAfter->count() + 999) / 1000));
}

// The pages run nothing but their own files, and talk to their own server alone. Not every browser takes
// 'self' for its WebSocket as well.
void secure(const Site& site, const Request& request, http::fields& headers) {
    const auto host = request[http::field::host];
    auto socket = site.originFor({host.data(), host.size()});
    if (!socket.empty()) socket.replace(0, 4, " ws");
    headers.set("Content-Security-Policy", "default-src 'self'; connect-src 'self'" + socket +
                                               "; img-src 'self' data:; style-src 'self'; frame-ancestors "
                                               "'none'; base-uri 'none'; form-action 'self'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
}

Response filePage(const Site& site, const Request& request, const StaticFile& file) {
    const bool known = knows(request, file.etag);
    FileResponse response(known ? http::status::not_modified : http::status::ok, request.version());
    response.set(http::field::content_type, file.contentType);
    response.set(http::field::etag, file.etag);
    response.set(http::field::vary, "Accept-Encoding");
    response.set(http::field::cache_control,
                 file.hashedName ? "public, max-age=31536000, immutable" : "no-cache");
    secure(site, request, response);
    if (known) return response;
    const std::string* body = &file.plain;
    if (!file.brotli.empty() && accepts(request, "br")) {
        body = &file.brotli;
        response.set(http::field::content_encoding, "br");
    } else if (!file.gzip.empty() && accepts(request, "gzip")) {
        body = &file.gzip;
        response.set(http::field::content_encoding, "gzip");
    }
    response.body() = {body->data(), body->size()};
    return response;
}

bool isJson(const Request& request) {
    const auto type = request[http::field::content_type];
    return beast::iequals(type.substr(0, std::min(type.find_first_of("; "), type.size())),
                          "application/json");
}

// Origin matters with the cookie alone: a bearer token is not sent by a browser on its own.
bool ownOrigin(Site& site, const Request& request) {
    const auto host = request[http::field::host];
    const auto expected = site.originFor({host.data(), host.size()});
    const auto origin = request[http::field::origin];
    if (!expected.empty() && origin == expected) return true;
    if (!origin.empty()) site.tellRefusedOrigin({origin.data(), origin.size()}, expected);
    return false;
}

Awaitable<Response> rpc(Site& site, const Request& request, Peer& peer) {
    auto carried = co_await credentials(site, request);
    if (carried.carried == Carried::unknown)
        co_return problemResponse(request, {ProblemType::store_unavailable});
    service::Caller caller;
    Who who{{}, networkOf(site.proxies, peer, request)};
    if (carried.carried == Carried::valid && (!carried.byCookie || isJson(request))) {
        caller.account = carried.signedIn.account;
        caller.tokenId = carried.signedIn.tokenId;
        who.account = caller.account->id;
    }
    auto called = rpc::parse(request.body(), site.environment.settings.limits.batch);
    const auto tooFast = site.rates.refusal(peer.rate, who, called ? called->calls.size() : 1);
    if (tooFast) called = rpc::refused(std::move(called), *tooFast);
    auto reply = co_await service::dispatch(site.environment, caller, std::move(called));
    Parts all;
    if (reply) all = std::move(*reply);
    auto response = co_await jsonResponse(site, request, std::move(all));
    response.set(http::field::cache_control, "no-store");
    response.set(http::field::vary, "Accept-Encoding");
    renewCookie(site, request, carried, response);
    if (tooFast) tellWhen(response, *tooFast);
    co_return response;
}

// With a read of its own a browser names no Origin. A page of another site could not see the answer anyway.
bool fromElsewhere(Site& site, const Request& request) {
    if (!request[http::field::origin].empty()) return !ownOrigin(site, request);
    const auto host = request[http::field::host];
    const auto from = request["Sec-Fetch-Site"];
    return site.originFor({host.data(), host.size()}).empty() ||
           !(from.empty() || from == "same-origin" || from == "none");
}

// A browser has one session: the one of somebody else ends with the next sign-in, its open pages too; one's
// own goes on, and the new one is not needed.
Awaitable<std::string> onlyCookie(identity::Accounts& accounts, std::string before, std::string account,
                                  std::string cookie) {
    if (before.empty()) co_return cookie;
    auto asked = before;
    const auto present = co_await accounts.byCookie(std::move(asked));
    if (!present) co_return cookie;
    if (present->account->id == account) {
        co_await accounts.forget(std::move(cookie));
        co_return before;
    }
    co_await accounts.signOut(std::move(before));
    co_return cookie;
}

Awaitable<Response> signIn(Site& site, const Request& request, const Peer& peer) {
    const auto body = Json::parse(request.body());
    if (!isJson(request) || !body.value().is_object())
        co_return problemResponse(request, {ProblemType::parse_error});
    if (!request[http::field::origin].empty() && !ownOrigin(site, request))
        co_return problemResponse(request, {ProblemType::forbidden, "another origin"});
    Params params(body);
    const auto account = params.text("account", 1, 128);
    const auto code = params.has("code") ? params.text("code", 1, 64) : std::string();
    const auto password = params.text("password", 1, 256);
    if (auto bad = params.problem()) co_return problemResponse(request, *bad);
    auto& accounts = site.environment.accounts;
    const auto device = cookieOf(site, request, Cookie::device);
    const auto known = accountKey(account);
    identity::Guest guest{account, networkOf(site.proxies, peer, request), site.devices.named(device, known)};
    Result<identity::NewSession> session = problem(ProblemType::internal);
    if (code.empty())
        session = co_await accounts.signIn(std::move(guest), password);
    else
        session = co_await accounts.signInWithCode(std::move(guest), code, password);
    site.metrics.signIns.Add({{"outcome", std::string(session ? "ok" : name(session.error().type))}})
        .Increment();
    spdlog::info("sign-in of {}: {}", service::pseudonym(site.environment, known),
                 session ? "ok" : name(session.error().type));
    if (!session) co_return problemResponse(request, session.error());
    auto cookie = co_await onlyCookie(accounts, cookieOf(site, request), session->signedIn.account->id,
                                      std::move(session->cookie));
    std::string user = R"({"user":)";
    identity::encodeUser(user, *session->signedIn.account);
    auto response = text(request, http::status::ok, "application/json", user += '}');
    response.insert(http::field::set_cookie, identity::cookieHeader(Cookie::session, cookie, site.secure()));
    response.insert(
        http::field::set_cookie,
        identity::cookieHeader(Cookie::device, site.devices.remembering(device, known), site.secure()));
    co_return response;
}

Awaitable<Response> signOut(Site& site, const Request& request) {
    if (!ownOrigin(site, request))
        co_return problemResponse(request, {ProblemType::forbidden, "another origin"});
    const auto done = co_await site.environment.accounts.signOut(cookieOf(site, request));
    if (!done) co_return problemResponse(request, done.error());
    auto response = text(request, http::status::no_content, "application/json", {});
    response.set(http::field::set_cookie, identity::expiredCookieHeader(Cookie::session, site.secure()));
    co_return response;
}

// Figures are the operator's: on an address of their own, or else for this machine.
bool mayMeasure(const Site& site, const Peer& peer, const Request& request) {
    return site.measures ||
           (!site.measuredElsewhere && site.proxies.clientOf(peer.address, request).is_loopback());
}

Response notAllowed(const Request& request, std::string_view allowed) {
    auto response = text(request, http::status::method_not_allowed, "text/plain", "method not allowed\n");
    response.set(http::field::allow, beast::string_view(allowed.data(), allowed.size()));
    return response;
}

}  // namespace

TextResponse problemResponse(const Request& request, const Problem& problem) {
    std::string body;
    encode::problem(body, problem);
    auto response = text(request, http::int_to_status(static_cast<unsigned>(httpStatus(problem.type))),
                         "application/problem+json", std::move(body));
    tellWhen(response, problem);
    return response;
}

std::string cookieOf(const Site& site, const Request& request, Cookie cookie) {
    const auto header = request[http::field::cookie];
    return identity::cookieFrom({header.data(), header.size()}, cookie, site.secure())
        .value_or(std::string());
}

void renewCookie(const Site& site, const Request& request, const Credentials& carried,
                 http::fields& headers) {
    if (carried.signedIn.renewed)
        headers.set(http::field::set_cookie,
                    identity::cookieHeader(Cookie::session, cookieOf(site, request), site.secure()));
}

Awaitable<Credentials> credentials(Site& site, const Request& request, Asks asks) {
    auto& accounts = site.environment.accounts;
    const auto authorization = request[http::field::authorization];
    const bool bearer = authorization.size() > 7 && beast::iequals(authorization.substr(0, 7), "bearer ");
    const auto cookie = cookieOf(site, request);
    const auto isOwn = [&] {
        return asks == Asks::toRead ? !fromElsewhere(site, request) : ownOrigin(site, request);
    };
    if (!bearer && (cookie.empty() || !isOwn())) co_return Credentials{};
    Result<identity::SignedIn> found = problem(ProblemType::internal);
    if (bearer)
        found = co_await accounts.byToken(std::string(authorization.substr(7)));
    else
        found = co_await accounts.byCookie(cookie);
    if (found) co_return Credentials{Carried::valid, *found, !bearer};
    if (found.error().type != ProblemType::unauthenticated) co_return Credentials{Carried::unknown};
    // A cookie that has ended is as good as none: the page signs in anew.
    co_return Credentials{bearer ? Carried::refused : Carried::nothing};
}

Awaitable<PartsResponse> jsonResponse(Site& site, const Request& request, Parts text) {
    constexpr std::size_t worthIt = 1024;
    PartsResponse response(http::status::ok, request.version());
    response.set(http::field::content_type, "application/json");
    const auto size = bytesOf(text);
    if (size >= worthIt && accepts(request, "gzip")) {
        if (auto gzip = co_await site.compressor.gzip(text)) {
            response.set(http::field::content_encoding, "gzip");
            text = std::move(*gzip);
        }
    }
    response.set("Placette-Size", std::to_string(size));
    response.body() = std::move(text);
    co_return response;
}

Awaitable<Response> respond(Site& site, const Request& request, Peer& peer) {
    const auto target = request.target();
    const std::string path(target.substr(0, target.find('?')));
    const auto method = request.method();
    const bool reads = method == http::verb::get || method == http::verb::head;
    if (site.measures && path != "/metrics" && path != "/healthz" && path != "/readyz")
        co_return text(request, http::status::not_found, "text/plain", "not found\n");
    if (path == "/rpc") {
        if (method != http::verb::post) co_return notAllowed(request, "POST");
        co_return co_await rpc(site, request, peer);
    }
    if (path == "/session") {
        if (method == http::verb::post) co_return co_await signIn(site, request, peer);
        if (method == http::verb::delete_) co_return co_await signOut(site, request);
        co_return notAllowed(request, "POST, DELETE");
    }
    if (!reads) co_return notAllowed(request, "GET, HEAD");
    if (path.starts_with(boardsPath)) co_return co_await boards(site, request, peer);
    if (path == "/ws")
        co_return text(request, http::status::bad_request, "text/plain",
                       "not a WebSocket handshake (RFC 6455)\n");
    if (path == "/healthz") co_return text(request, http::status::ok, "text/plain", "ok\n");
    if (path == "/readyz") {
        const auto why = site.notReady();
        if (why.empty()) co_return text(request, http::status::ok, "text/plain", "ready\n");
        co_return text(request, http::status::service_unavailable, "text/plain", "not ready: " + why + '\n');
    }
    if (path == "/metrics") {
        if (mayMeasure(site, peer, request))
            co_return text(request, http::status::ok, "text/plain; version=0.0.4", site.metrics.text());
        co_return text(request, http::status::not_found, "text/plain", "not found\n");
    }
    if (const auto* file = site.files.find(path == "/" ? "/index.html" : path))
        co_return filePage(site, request, *file);
    co_return text(request, http::status::not_found, "text/plain", "not found\n");
}

}  // namespace placette::net
