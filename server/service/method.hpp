// How a method of the protocol is written: a named coroutine that takes the caller and the call, and answers
// the text of the result or a problem. The dispatcher has already checked envelope, sign-in and role. The
// coroutine of `booking.extend` is bookingExtend: the table of all (server/methods.cmake) is made from the
// protocol's index.json and finds it by that name.
//
// Everything here lives on one worker thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/documents.hpp"
#include "hub/hub.hpp"
#include "identity/account.hpp"
#include "identity/accounts.hpp"
#include "identity/cipher.hpp"
#include "placette/domain/directory.hpp"
#include "placette/domain/problem.hpp"
#include "protocol/json.hpp"
#include "protocol/parts.hpp"
#include "redis/store.hpp"
#include "service/call_meter.hpp"
#include "service/planner.hpp"
#include "service/settings.hpp"
#include "service/turns.hpp"

namespace placette::service {

using redis::Awaitable;

struct Environment {  // of one worker thread
    redis::Store& store;
    hub::Documents& documents;
    hub::Hub& hub;  // directory(), epoch(), snapshots, subscriptions
    identity::Accounts& accounts;
    const identity::Cipher& cipher;
    identity::secrets::Key fingerprints;  // what the fingerprints of calls are made with
    identity::secrets::Key pseudonyms;    // and the names of accounts in the log
    CallMeter& meter;
    const Settings& settings;
    Planner& planner;
};

// An account in the log: the same each time, and nobody's name.
inline std::string pseudonym(const Environment& environment, const std::string& account) {
    return identity::secrets::hash(account, environment.pseudonyms).substr(0, 10);
}

struct Caller {                                        // one per WebSocket session, or per /rpc request
    std::shared_ptr<const identity::Account> account;  // null: not signed in
    std::string tokenId;                               // of the bearer token or cookie, for revocation
    std::optional<Instant> endsAt;                     // of the token
    hub::Watcher* watcher = nullptr;                   // null at /rpc: no subscriptions there
    Turns turns;                                       // the order of its writes
    Turns snapshots;                                   // one at a time: they are dear

    struct Written {
        std::string epoch;
        std::int64_t offset = 0;
    };
    std::map<std::string, Written> written;  // by territory: how far its writes have reached

    void wrote(const std::string& territory, std::string epoch, std::int64_t offset) {
        auto& known = written[territory];
        if (known.epoch == epoch && known.offset >= offset) return;
        known = {std::move(epoch), offset};
    }
};

using Answer = Result<Parts>;  // the text of the result

struct Method;
struct Call {
    const Method& method;
    Json params;
};

struct Method {
    std::string_view name;
    Awaitable<Answer> (*run)(Environment&, Caller&, Call);
    identity::Roles roles{};    // any of them; whose facility or office it is comes on top (scope.hpp)
    bool beforeSignIn = false;  // as well
    bool subscription = false;  // not at /rpc
    std::span<const std::string_view> secret{};  // parameters that not even a hash of is to be kept
};
const Method* findMethod(std::string_view name);

}  // namespace placette::service
