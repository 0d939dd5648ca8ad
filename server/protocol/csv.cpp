#include "protocol/csv.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

namespace placette {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// 0x80 to 0x9F; 0: no character.
constexpr std::array<char16_t, 32> windows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void putUtf8(std::string& out, char16_t character) {
    if (character < 0x80) {
        out += static_cast<char>(character);
    } else if (character < 0x800) {
        out += static_cast<char>(0xC0 | (character >> 6));
        out += static_cast<char>(0x80 | (character & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (character >> 12));
        out += static_cast<char>(0x80 | ((character >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (character & 0x3F));
    }
}

// Nothing: it is neither.
std::optional<std::string> inUtf8(std::string_view bytes) {
    if (bytes.starts_with(byteOrderMark)) bytes.remove_prefix(byteOrderMark.size());
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) return std::string(bytes);
    std::string text;
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        const bool special = byte >= 0x80 && byte < 0xA0;
        const char16_t character = special ? windows1252[byte - 0x80] : byte;
        if (character == 0) return std::nullopt;
        putUtf8(text, character);
    }
    return text;
}

Fault faultAt(std::size_t line, std::string what) {
    return {"line " + std::to_string(line), std::move(what)};
}

// One pass, a character at a time.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_(text) {}

    tl::expected<std::vector<CsvRow>, Fault> rows() {
        while (at_ < text_.size()) {
            CsvRow row{line_, {}};
            do {
                auto field = next();
                if (!field) return tl::unexpected(field.error());
                row.fields.push_back(std::move(*field));
            } while (take(';'));
            if (at_ < text_.size() && !endOfLine())
                return tl::unexpected(faultAt(line_, "something follows a closing quote"));
            if (row.fields.size() > 1 || !row.fields[0].empty()) rows_.push_back(std::move(row));
        }
        return std::move(rows_);
    }

private:
    bool take(char wanted) {
        if (at_ >= text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    bool endOfLine() {
        const bool ended = take('\r') ? take('\n') || true : take('\n');
        line_ += ended ? 1 : 0;
        return ended;
    }

    tl::expected<std::string, Fault> next() {
        if (take('"')) return quoted();
        const auto begin = at_;
        at_ = std::min(text_.find_first_of(";\r\n", at_), text_.size());
        const auto field = text_.substr(begin, at_ - begin);
        if (field.find('"') != std::string_view::npos)
            return tl::unexpected(faultAt(line_,
                                          "a quote within a field: the whole field is to be quoted, and "
                                          "the quote written twice"));
        return std::string(field);
    }

    tl::expected<std::string, Fault> quoted() {
        const auto begin = line_;
        std::string field;
        while (at_ < text_.size()) {
            const char each = text_[at_++];
            if (each == '"' && !take('"')) return field;
            line_ += each == '\n' ? 1 : 0;
            field += each;
        }
        return tl::unexpected(faultAt(begin, "a quote is opened and never closed"));
    }

    std::string_view text_;
    std::size_t at_ = 0, line_ = 1;
    std::vector<CsvRow> rows_;
};

}  // namespace

tl::expected<std::vector<CsvRow>, Fault> readCsv(std::string_view bytes) {
    const auto text = inUtf8(bytes);
    if (!text)
        return tl::unexpected(Fault{"", "is neither UTF-8 nor Windows-1252: save it as \"CSV UTF-8\""});
    return CsvReader(*text).rows();
}

}  // namespace placette
