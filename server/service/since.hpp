// What subscriptions have in common: the place in the log from which a client resumes, and their end.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "protocol/params.hpp"
#include "service/method.hpp"

namespace placette::service {

struct Since {
    std::string epoch;
    std::int64_t offset = 0;
};
std::optional<Since> readSince(Params&);                                 // the parameter `since`
bool reaches(const Since&, const std::string& epoch, const hub::Ring&);  // the log in memory does
std::string placeInLog(const std::string& epoch, std::int64_t offset);   // `"epoch":…,"offset":…`
std::int64_t seenBy(const Caller&, const std::string& territory);        // it wrote it, or was told of it
bool mayWatch(const Environment&, const Caller&,
              const std::string& subscription);  // within the session's limit
Answer tooManySubscriptions();
Answer unsubscribe(Caller&, const nlohmann::json& params);

}  // namespace placette::service
