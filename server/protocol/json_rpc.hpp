// The envelope: JSON-RPC 2.0 as Placette narrows it. An id is a string of at most 64 bytes or an integer that
// JavaScript holds exactly; parameters are an object; unknown members are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "placette/domain/problem.hpp"
#include "protocol/json.hpp"
#include "protocol/parts.hpp"

namespace placette::rpc {

struct Call {
    std::string id;  // as JSON text; empty: executed and not answered
    std::string method;
    Json params;  // an object, or an array for the method's own reader to refuse
};
struct Refused {     // one element of a request that is no call
    std::string id;  // as JSON text, "null" where none could be read
    Problem problem;
};
struct Request {
    bool batch = false;
    std::vector<tl::expected<Call, Refused>> calls;  // in their order; one at most if it is no batch
};

// A problem here is of the whole text and is answered with id null.
Result<Request> parse(std::string_view text, std::size_t maxBatch);

// None of its calls is executed: each that has an id is answered with this problem.
Result<Request> refused(Result<Request>, const Problem&);

Parts result(std::string_view id, Parts value);
Parts error(std::string_view id, const Problem&);
Parts batch(std::vector<Parts> replies);  // one array
std::string notification(std::string_view method, std::string_view params);

}  // namespace placette::rpc
