// Where identity keeps what, all under one hash tag.
//
//     {placette}:accounts             set of account ids
//     {placette}:account:<id>         hash: profile (JSON), password and code (argon2id), codeExpiresAt (ms),
//                                     version: moves with every change,
//                                     generation: sessions of an earlier one have ended
//     {placette}:token:<hash>         hash: account, name, createdAt (ms), lastUsedAt (ms), expiresAt (ms);
//     expires {placette}:tokens:<account>     set of token hashes, some of which may have expired
//     {placette}:session:<hash>       hash: account, generation, renewedAt (ms); expires
//     {placette}:key:<account>:<key>  hash: fingerprint, effect: what a call with that key has done; expires
#pragma once

#include <string>

namespace placette::identity::keys {

inline const std::string accounts = "{placette}:accounts";

inline std::string account(const std::string& id) {
    return "{placette}:account:" + id;
}
inline std::string token(const std::string& hash) {
    return "{placette}:token:" + hash;
}
inline std::string tokens(const std::string& account) {
    return "{placette}:tokens:" + account;
}
inline std::string session(const std::string& hash) {
    return "{placette}:session:" + hash;
}
inline std::string record(const std::string& account, const std::string& key) {
    return "{placette}:key:" + account + ":" + key;
}

}  // namespace placette::identity::keys
