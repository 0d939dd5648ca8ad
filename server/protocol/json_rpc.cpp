#include "protocol/json_rpc.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"

namespace placette::rpc {

namespace {

constexpr std::size_t maxIdBytes = 64;
constexpr std::int64_t largestExact = std::int64_t{1} << 53;

// As JSON text; nullopt: of another kind.
std::optional<std::string> idFrom(Json::Value id) {
    std::string text;
    std::string_view name;
    std::int64_t number = 0;
    if (id.get(name) == simdjson::SUCCESS && name.size() <= maxIdBytes)
        encode::text(text, name);
    else if (id.is_int64() && id.get(number) == simdjson::SUCCESS && number >= -largestExact &&
             number <= largestExact)
        encode::append(text, number);
    else
        return std::nullopt;
    return text;
}

// The members of a call, each as it was found.
struct Envelope {
    std::optional<Json::Value> version, id, method, params;
    bool other = false;  // one more, or one of these again

    explicit Envelope(simdjson::dom::object call) {
        for (const auto& [name, value] : call) {
            auto* const member = named(name);
            if (!member || *member)
                other = true;
            else
                *member = value;
        }
    }

private:
    std::optional<Json::Value>* named(std::string_view name) {
        if (name == "jsonrpc") return &version;
        if (name == "id") return &id;
        if (name == "method") return &method;
        return name == "params" ? &params : nullptr;
    }
};

const char* whatIsWrong(const Envelope& call) {
    std::string_view version;
    if (!call.version || call.version->get(version) != simdjson::SUCCESS || version != "2.0")
        return "jsonrpc must be \"2.0\"";
    if (!call.method || !call.method->is_string()) return "method must be a text";
    if (call.id && !idFrom(*call.id)) return "id must be a text of at most 64 bytes or an integer up to 2^53";
    if (call.other) return "a call has jsonrpc, id, method and params, each once, and nothing else";
    if (call.params && !call.params->is_object() && !call.params->is_array())
        return "params must be an object";
    return nullptr;
}

tl::expected<Call, Refused> callFrom(const Json& text, Json::Value value) {
    if (!value.is_object())
        return tl::unexpected(Refused{"null", {ProblemType::invalid_request, "a call is an object"}});
    const Envelope call(value.get_object());
    auto id = call.id ? idFrom(*call.id) : std::nullopt;
    if (const auto* wrong = whatIsWrong(call))
        return tl::unexpected(Refused{id.value_or("null"), {ProblemType::invalid_request, wrong}});
    return Call{id.value_or(""), std::string(call.method->get_string().value()),
                call.params ? text.within(*call.params) : Json::emptyObject()};
}

}  // namespace

Result<Request> parse(std::string_view text, std::size_t maxBatch) {
    const auto json = Json::parse(text);
    if (json.isTooDeep()) return problem(ProblemType::invalid_request, "nested too deeply");
    if (!json.valid())
        return problem(ProblemType::parse_error, "not JSON, or not UTF-8, or an integer beyond 64 bits");

    const auto value = json.value();
    Request request{value.is_array(), {}};
    if (!request.batch) {
        request.calls.push_back(callFrom(json, value));
        return request;
    }
    const simdjson::dom::array calls = value.get_array();
    if (calls.size() == 0) return problem(ProblemType::invalid_request, "an empty batch");
    if (calls.size() > maxBatch)
        return problem(ProblemType::too_many, "a batch has at most " + std::to_string(maxBatch) + " calls");
    request.calls.reserve(calls.size());
    for (const Json::Value call : calls) request.calls.push_back(callFrom(json, call));
    return request;
}

Result<Request> refused(Result<Request> request, const Problem& problem) {
    if (!request) return request;
    std::erase_if(request->calls, [](const auto& call) { return call && call->id.empty(); });
    for (auto& call : request->calls)
        if (call) call = tl::unexpected(Refused{std::move(call->id), problem});
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
