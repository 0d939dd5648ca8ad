#include "protocol/encode.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"

namespace placette::encode {

namespace {

void cellName(std::string& out, const CellKey& key) {
    append(out, R"({"facility":")", key.facility, R"(","date":")", key.date, R"(","period":")", key.period,
           R"(","section":")", key.section, R"("})");
}

bool wantsEscape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

char* escape(char* to, char c) {
    constexpr auto hex = "0123456789abcdef";
    *to++ = '\\';
    if (c == '"' || c == '\\') {
        *to++ = c;
        return to;
    }
    to = piece::write(to, "u00");
    *to++ = hex[c >> 4];
    *to++ = hex[c & 15];
    return to;
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

char* piece::write(char* to, Escaped escaped) {
    *to++ = '"';
    const auto* from = escaped.text.data();
    const auto* const end = from + escaped.text.size();
    while (true) {
        const auto* special = std::find_if(from, end, wantsEscape);
        to = std::copy(from, special, to);
        if (special == end) break;
        to = escape(to, *special);
        from = special + 1;
    }
    *to++ = '"';
    return to;
}

void text(std::string& out, std::string_view value) {
    append(out, Escaped{value});
}

void cell(std::string& out, const CellState& state) {
    const auto& [key, cell] = state;
    append(out, R"({"facility":")", key.facility, R"(","date":")", key.date, R"(","period":")", key.period,
           R"(","section":")", key.section, R"(","open":)", cell.open, R"(,"reserved":)", cell.reserved,
           R"(,"vip":)", cell.vip, R"(,"other":)", cell.other, R"(,"held":)", cell.held(),
           R"(,"free":{"vip":)", cell.free(Care::vip), R"(,"other":)", cell.free(Care::other),
           R"(},"overcommitted":)", cell.overcommitted(), R"(,"closed":)", cell.closed, R"(,"confirmedAt":)",
           quoted(cell.confirmedAt), R"(,"staleAt":)", quoted(cell.staleAt), R"(,"version":)", cell.version,
           '}');
}

void cells(std::string& out, const std::vector<CellState>& states) {
    constexpr std::size_t typicalCell = 330;
    out.reserve(out.size() + states.size() * typicalCell);
    array(out, states, cell);
}

void fault(std::string& out, const Fault& fault) {
    append(out, R"({"field":)", Escaped{fault.field}, R"(,"detail":)", Escaped{fault.detail}, '}');
}

void problem(std::string& out, const Problem& problem) {
    append(out, R"({"type":"urn:placette:problem:)", name(problem.type), R"(","title":)",
           Escaped{frenchTitle(problem.type)}, R"(,"status":)", httpStatus(problem.type), R"(,"detail":)",
           Escaped{detailOf(problem)}, R"(,"temporary":)", isTemporary(problem.type));
    if (problem.retryAfter) append(out, R"(,"retryAfterMs":)", problem.retryAfter->count());
    if (!problem.field.empty()) append(out, R"(,"field":)", Escaped{problem.field});
    if (!problem.cells.empty()) {
        out += R"(,"cells":)";
        array(out, problem.cells, cellName);
    }
    if (!problem.bookings.empty()) {
        out += R"(,"bookings":)";
        texts(out, problem.bookings);
    }
    if (!problem.faults.empty()) {
        out += R"(,"problems":)";
        array(out, problem.faults, fault);
    }
    out += '}';
}

void error(std::string& out, const Problem& problem) {
    append(out, R"({"code":)", rpcCode(problem.type), R"(,"message":")", name(problem.type), R"(","data":)");
    encode::problem(out, problem);
    out += '}';
}

}  // namespace placette::encode
