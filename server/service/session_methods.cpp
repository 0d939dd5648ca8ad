// session.*: who is calling, and what applies to the caller.
#include "identity/account_view.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

void userOf(std::string& out, const Caller& caller) {
    if (caller.account)
        identity::encodeUser(out, *caller.account);
    else
        out += "null";
}

// Those that the account sees; none before sign-in.
void territoriesOf(std::string& out, const Environment& environment, const Caller& caller) {
    std::vector<const Territory*> seen;
    const auto directory = environment.hub.directory();
    for (const auto& [id, known] : directory->territories())
        if (caller.account && caller.account->sees(id)) seen.push_back(&known->territory);
    encode::array(out, seen, [](std::string& to, const Territory* territory) {
        encode::append(to, R"({"id":")", territory->id, R"(","name":)", encode::Escaped{territory->name},
                       R"(,"timezone":")", territory->timezone, R"("})");
    });
}

void limitsOf(std::string& out, const Settings& settings) {
    const auto& limits = settings.limits;
    encode::Object all(out);
    all.member("frameBytes", limits.frameBytes);
    all.member("frameBytesBeforeSignIn", limits.frameBytesBeforeSignIn);
    all.member("batch", limits.batch);
    all.member("subscriptions", limits.subscriptions);
    all.member("cells", limits.cells);
    all.member("places", limits.places);
    all.member("days", limits.days);
    all.member("holdSeconds", settings.holdTtl.count());
    all.member("ratePerSecond", limits.ratePerSecond);
    all.member("heldPlaces", limits.heldPlaces);
    all.member("connectionsPerAddress", limits.connectionsPerAddress);
    all.member("signInsPerMinute", limits.signInsPerMinute);
    all.end();
}

}  // namespace

Awaitable<Answer> sessionHello(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    p.text("client", 1, 64);
    p.text("version", 1, 32);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));

    std::string out;
    encode::append(out, R"({"server":"placette","version":)", encode::Escaped{environment.settings.version},
                   R"(,"serverTime":")", now(), R"(","user":)");
    userOf(out, caller);
    out += R"(,"territories":)";
    territoriesOf(out, environment, caller);
    out += R"(,"limits":)";
    limitsOf(out, environment.settings);
    encode::append(out, R"(,"storeAvailable":)", environment.hub.storeAvailable(), '}');
    co_return parts(std::move(out));
}

Awaitable<Answer> sessionAuthenticate(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    auto token = p.text("token", 1, 256);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto signedIn = co_await environment.accounts.byToken(std::move(token));
    if (!signedIn) co_return tl::unexpected(signedIn.error());
    if (caller.account && caller.account->id != signedIn->account->id)
        co_return problem(ProblemType::forbidden, "this session is another account's");

    caller.account = std::move(signedIn->account);
    caller.tokenId = std::move(signedIn->tokenId);
    caller.endsAt = signedIn->endsAt;
    std::string out = R"({"user":)";
    userOf(out, caller);
    out += '}';
    co_return parts(std::move(out));
}

}  // namespace placette::service
