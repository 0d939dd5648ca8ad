// What each path answers. A response is an owned value; shared file contents are referenced, not copied.
#pragma once

#include <boost/beast/http/span_body.hpp>
#include <string>
#include <variant>

#include "identity/cookie.hpp"
#include "net/parts_body.hpp"
#include "net/peer.hpp"
#include "net/site.hpp"
#include "net/types.hpp"

namespace placette::net {

using TextResponse = http::response<http::string_body>;
using FileResponse = http::response<http::span_body<const char>>;
using Response = std::variant<TextResponse, FileResponse, PartsResponse>;

Awaitable<Response> respond(Site&, const Request&, Peer&);

// The sign-in that a request carries: a bearer token, or the cookie where it is of the own pages. For what
// may change something, and for sockets, Origin must say so.
enum class Asks { toCall, toRead };
enum class Carried { nothing, valid, refused, unknown };  // unknown: the store did not answer
struct Credentials {
    Carried carried = Carried::nothing;
    identity::SignedIn signedIn{};
    bool byCookie = false;
};
Awaitable<Credentials> credentials(Site&, const Request&, Asks = Asks::toCall);
void renewCookie(const Site&, const Request&, const Credentials&, http::fields& headers);  // if it is due
std::string cookieOf(const Site&, const Request&, identity::Cookie = identity::Cookie::session);
TextResponse problemResponse(const Request&, const Problem&);
// 200, in gzip where that is taken and worth it. `Placette-Size` tells the bytes of the text: of a compressed
// answer a browser does not say how many are to come.
Awaitable<PartsResponse> jsonResponse(Site&, const Request&, Parts text);

}  // namespace placette::net
