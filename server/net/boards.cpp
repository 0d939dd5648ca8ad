#include "net/boards.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "net/negotiation.hpp"
#include "protocol/json_text.hpp"
#include "service/board.hpp"

namespace placette::net {

namespace {

struct Query {
    std::optional<std::string> from, days;
    std::vector<std::string> facilities;
};

// Nothing is decoded: names, dates and numbers are of characters that stand for themselves in an address.
Result<Query> queryOf(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = pair.substr(0, equals);
        std::string value(pair.substr(std::min(equals + 1, pair.size())));
        if (name == "facility") {
            query.facilities.push_back(std::move(value));
            continue;
        }
        auto* once = name == "from" ? &query.from : name == "days" ? &query.days : nullptr;
        if (!once || *once)
            return problem(ProblemType::invalid_params,
                           once ? "is there twice" : "is no parameter of a board", std::string(name));
        *once = std::move(value);
    }
    return query;
}

// What is no number goes as it is: then it is said that it is none.
void appendNumber(std::string& out, const std::string& value) {
    int number = 0;
    const auto* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end)
        encode::append(out, number);
    else
        encode::text(out, value);
}

// What board.get takes.
Result<Json> paramsOf(std::string_view target) {
    if (std::ranges::any_of(target, [](char c) { return c < ' ' || c > '~'; }))
        return problem(ProblemType::invalid_params, "an address is written in ASCII");
    target.remove_prefix(boardsPath.size());
    const auto path = target.substr(0, target.find('?'));
    target.remove_prefix(std::min(path.size() + 1, target.size()));
    const auto query = queryOf(target);
    if (!query) return tl::unexpected(query.error());
    std::string text;
    encode::Object params(text);
    params.text("territory", path);
    if (query->from) params.text("from", *query->from);
    if (query->days) appendNumber(params.member("days"), *query->days);
    if (!query->facilities.empty()) encode::texts(params.member("facilities"), query->facilities);
    params.end();
    return Json::parse(text);
}

// The body is the same for all who see the board, and yet nobody else's cache may keep it.
void describe(http::fields& headers, const std::string& tag) {
    headers.set(http::field::etag, tag);
    headers.set(http::field::cache_control, "private, no-cache");
    headers.set(http::field::vary, "Accept-Encoding, Authorization, Cookie");
    headers.set("X-Content-Type-Options", "nosniff");
}

}  // namespace

Awaitable<Response> boards(Site& site, const Request& request, Peer& peer) {
    auto carried = co_await credentials(site, request, Asks::toRead);
    if (carried.carried == Carried::unknown)
        co_return problemResponse(request, {ProblemType::store_unavailable});
    service::Caller caller;
    Who who{{}, networkOf(site.proxies, peer, request)};
    if (carried.carried == Carried::valid) {
        caller.account = carried.signedIn.account;
        caller.tokenId = carried.signedIn.tokenId;
        who.account = caller.account->id;
    }
    if (const auto tooFast = site.rates.refusal(peer.rate, who, 1))
        co_return problemResponse(request, *tooFast);
    const auto target = request.target();
    auto params = paramsOf({target.data(), target.size()});
    if (!params) co_return problemResponse(request, params.error());

    // Weak: what it names may come compressed or not, and tells when it was last known to be right.
    const auto weak = [](std::string_view tag) { return "W/\"" + std::string(tag) + '"'; };
    std::function<bool(std::string_view)> isKnown = [&](std::string_view tag) {
        return knows(request, weak(tag));
    };
    auto page = co_await service::boardPage(site.environment, caller, std::move(*params), std::move(isKnown));
    if (!page) co_return problemResponse(request, page.error());
    if (page->text.empty()) {
        PartsResponse same(http::status::not_modified, request.version());
        describe(same, weak(page->tag));
        renewCookie(site, request, carried, same);
        co_return same;
    }
    auto response = co_await jsonResponse(site, request, std::move(page->text));
    describe(response, weak(page->tag));
    renewCookie(site, request, carried, response);
    co_return response;
}

}  // namespace placette::net
