// What each path answers. A response is an owned value; shared file contents are referenced, not copied.
#pragma once

#include <boost/beast/http/span_body.hpp>
#include <string>
#include <variant>

#include "identity/cookie.hpp"
#include "net/peer.hpp"
#include "net/site.hpp"
#include "net/types.hpp"

namespace placette::net {

using TextResponse = http::response<http::string_body>;
using FileResponse = http::response<http::span_body<const char>>;
using Response = std::variant<TextResponse, FileResponse>;

Awaitable<Response> respond(Site&, const Request&, Peer&);

// The sign-in that a request carries: a bearer token, or the cookie where Origin allows it.
enum class Carried { nothing, valid, refused, unknown };  // unknown: the store did not answer
struct Credentials {
    Carried carried = Carried::nothing;
    identity::SignedIn signedIn{};
    bool byCookie = false;
};
Awaitable<Credentials> credentials(Site&, const Request&);
std::string cookieOf(const Site&, const Request&, identity::Cookie = identity::Cookie::session);
TextResponse problemResponse(const Request&, const Problem&);

}  // namespace placette::net
