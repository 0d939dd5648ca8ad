#include "protocol/json_rpc.hpp"

#include <algorithm>
#include <array>

#include "protocol/encode.hpp"
#include "protocol/json_tree.hpp"

namespace placette::rpc {

using nlohmann::json;

namespace {

constexpr int maxDepth = 32;  // no message is deeper than 8; what follows may recurse
constexpr std::size_t maxIdBytes = 64;
constexpr std::int64_t largestExact = std::int64_t{1} << 53;

bool tooDeep(std::string_view text) {
    const auto opens = [](char c) { return c == '[' || c == '{'; };
    if (std::ranges::count_if(text, opens) <= maxDepth) return false;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > maxDepth) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

bool isId(const json& id) {
    if (id.is_string()) return id.get_ref<const std::string&>().size() <= maxIdBytes;
    if (id.is_number_unsigned()) return id.get<std::uint64_t>() <= static_cast<std::uint64_t>(largestExact);
    return id.is_number_integer() && id.get<std::int64_t>() >= -largestExact;
}

bool isKnownMember(std::string_view name) {
    constexpr std::array<std::string_view, 4> members{"jsonrpc", "id", "method", "params"};
    return std::ranges::find(members, name) != members.end();
}

const char* whatIsWrong(const json& call) {
    if (!call.is_object()) return "a call is an object";
    const auto version = call.find("jsonrpc");
    if (version == call.end() || *version != "2.0") return "jsonrpc must be \"2.0\"";
    const auto method = call.find("method");
    if (method == call.end() || !method->is_string()) return "method must be a text";
    const auto id = call.find("id");
    if (id != call.end() && !isId(*id))
        return "id must be a text of at most 64 bytes or an integer up to 2^53";
    for (const auto& [name, value] : call.items())
        if (!isKnownMember(name)) return "a call has jsonrpc, id, method and params, and nothing else";
    const auto params = call.find("params");
    if (params != call.end() && !params->is_structured()) return "params must be an object";
    return nullptr;
}

tl::expected<Call, Refused> callFrom(json& value) {
    const bool identified = value.is_object() && value.contains("id") && isId(value["id"]);
    auto id = identified ? value["id"].dump() : std::string();
    if (const auto* wrong = whatIsWrong(value))
        return tl::unexpected(
            Refused{identified ? std::move(id) : "null", {ProblemType::invalid_request, wrong}});
    auto params = value.contains("params") ? std::move(value["params"]) : json::object();
    return Call{std::move(id), value["method"].get<std::string>(), std::move(params)};
}

}  // namespace

Result<Request> parse(std::string_view text, std::size_t maxBatch) {
    if (tooDeep(text)) return problem(ProblemType::invalid_request, "nested too deeply");
    auto value = jsonTree(text);
    if (value.is_discarded()) return problem(ProblemType::parse_error, "not JSON, or not UTF-8");

    Request request{value.is_array(), {}};
    if (!request.batch) {
        request.calls.push_back(callFrom(value));
        return request;
    }
    if (value.empty()) return problem(ProblemType::invalid_request, "an empty batch");
    if (value.size() > maxBatch)
        return problem(ProblemType::too_many, "a batch has at most " + std::to_string(maxBatch) + " calls");
    request.calls.reserve(value.size());
    for (auto& call : value) request.calls.push_back(callFrom(call));
    return request;
}

Parts result(std::string_view id, Parts value) {
    std::string head = R"({"jsonrpc":"2.0","id":)";
    head += id;
    head += R"(,"result":)";
    value.insert(value.begin(), shared(std::move(head)));
    static const auto end = shared("}");
    value.push_back(end);
    return value;
}

Parts error(std::string_view id, const Problem& problem) {
    std::string text = R"({"jsonrpc":"2.0","id":)";
    text += id;
    text += R"(,"error":)";
    encode::error(text, problem);
    text += '}';
    return parts(std::move(text));
}

Parts batch(std::vector<Parts> replies) {
    static const auto open = shared("["), comma = shared(","), end = shared("]");
    Parts all;
    for (auto& reply : replies) {
        all.push_back(all.empty() ? open : comma);
        std::ranges::move(reply, std::back_inserter(all));
    }
    all.push_back(end);
    return all;
}

std::string notification(std::string_view method, std::string_view params) {
    std::string text = R"({"jsonrpc":"2.0","method":")";
    text += method;
    text += R"(","params":)";
    text += params;
    text += '}';
    return text;
}

}  // namespace placette::rpc
