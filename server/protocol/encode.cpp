#include "protocol/encode.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"

namespace placette::encode {

namespace {

void cellName(std::string& out, const CellKey& key) {
    out += R"("facility":)";
    plain(out, key.facility);
    out += R"(,"date":)";
    plain(out, toText(key.date));
    out += R"(,"period":)";
    plain(out, key.period);
    out += R"(,"section":)";
    plain(out, key.section);
}

int rpcCode(ProblemType type) {
    switch (type) {
        case ProblemType::parse_error:
            return -32700;
        case ProblemType::invalid_request:
            return -32600;
        case ProblemType::unknown_method:
            return -32601;
        case ProblemType::invalid_params:
            return -32602;
        case ProblemType::internal:
            return -32603;
        default:
            return -32000;
    }
}

}  // namespace

void text(std::string& out, std::string_view value) {
    constexpr auto hex = "0123456789abcdef";
    out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void instant(std::string& out, const std::optional<Instant>& value) {
    orNull(out, value, [](std::string& to, Instant at) { plain(to, toText(at)); });
}

void cell(std::string& out, const CellState& state) {
    const auto& [key, cell] = state;
    out += '{';
    cellName(out, key);
    out += R"(,"open":)";
    number(out, cell.open);
    out += R"(,"reserved":)";
    number(out, cell.reserved);
    out += R"(,"vip":)";
    number(out, cell.vip);
    out += R"(,"other":)";
    number(out, cell.other);
    out += R"(,"held":)";
    number(out, cell.held());
    out += R"(,"free":{"vip":)";
    number(out, cell.free(Care::vip));
    out += R"(,"other":)";
    number(out, cell.free(Care::other));
    out += R"(},"overcommitted":)";
    flag(out, cell.overcommitted());
    out += R"(,"closed":)";
    flag(out, cell.closed);
    out += R"(,"confirmedAt":)";
    instant(out, cell.confirmedAt);
    out += R"(,"staleAt":)";
    instant(out, cell.staleAt);
    out += R"(,"version":)";
    number(out, cell.version);
    out += '}';
}

void cells(std::string& out, const std::vector<CellState>& states) {
    constexpr std::size_t typicalCell = 330;
    out.reserve(out.size() + states.size() * typicalCell);
    array(out, states, cell);
}

void problem(std::string& out, const Problem& problem) {
    out += R"({"type":"urn:placette:problem:)";
    out += name(problem.type);
    out += R"(","title":)";
    text(out, frenchTitle(problem.type));
    out += R"(,"status":)";
    number(out, httpStatus(problem.type));
    out += R"(,"detail":)";
    text(out, problem.detail);
    out += R"(,"temporary":)";
    flag(out, isTemporary(problem.type));
    if (problem.retryAfter) {
        out += R"(,"retryAfterMs":)";
        number(out, problem.retryAfter->count());
    }
    if (!problem.field.empty()) {
        out += R"(,"field":)";
        text(out, problem.field);
    }
    if (!problem.cells.empty()) {
        out += R"(,"cells":)";
        array(out, problem.cells, [](std::string& to, const CellKey& key) {
            to += '{';
            cellName(to, key);
            to += '}';
        });
    }
    out += '}';
}

void error(std::string& out, const Problem& problem) {
    out += R"({"code":)";
    number(out, rpcCode(problem.type));
    out += R"(,"message":)";
    plain(out, name(problem.type));
    out += R"(,"data":)";
    encode::problem(out, problem);
    out += '}';
}

}  // namespace placette::encode
