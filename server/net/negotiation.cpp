#include "net/negotiation.hpp"

#include <boost/beast/http/rfc7230.hpp>

namespace placette::net {

namespace {

// ";q=0", however many zeros: not that one.
bool isRefused(const http::param_list& params) {
    for (const auto& [name, value] : params)
        if (beast::iequals(name, "q")) return value.find_first_not_of("0.") == beast::string_view::npos;
    return false;
}

std::string_view opaque(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

bool accepts(const Request& request, std::string_view coding) {
    const http::ext_list codings(request[http::field::accept_encoding]);
    for (const auto& [name, params] : codings)
        if (beast::iequals(name, beast::string_view(coding.data(), coding.size()))) return !isRefused(params);
    return false;
}

bool knows(const Request& request, std::string_view tag) {
    const auto header = request[http::field::if_none_match];
    std::string_view known(header.data(), header.size());
    if (known == "*") return true;
    while (!known.empty()) {
        const auto begin = known.find_first_not_of(" \t,");
        if (begin == std::string_view::npos) return false;
        known.remove_prefix(begin);
        const auto end = known.find(',');
        auto one = known.substr(0, end);
        known.remove_prefix(one.size());
        one = one.substr(0, one.find_last_not_of(" \t") + 1);
        if (opaque(one) == opaque(tag)) return true;
    }
    return false;
}

}  // namespace placette::net
