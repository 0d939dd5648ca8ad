#include "protocol/same_text.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace placette {
namespace {

// NFKC: no-break spaces become blanks, letters and their accents one. Not UTF-8: empty.
std::string composed(std::string_view text, int more = 0) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | more);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owned(mapped, std::free);
    if (size < 0) return {};
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

template <class Each>
bool eachCharacter(std::string_view text, Each each) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const auto size = utf8proc_iterate(at, left, &character);
        if (size <= 0) return false;
        each(character);
        at += size;
        left -= size;
    }
    return true;
}

void append(std::string& out, utf8proc_int32_t character) {
    utf8proc_uint8_t bytes[4];
    const auto size = utf8proc_encode_char(character, bytes);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool isBlank(utf8proc_int32_t character) {
    return character == ' ' || character == '\t' || utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
}

// Without those around, and one for several within.
std::string withSingleBlanks(std::string_view text) {
    std::string out;
    bool blank = false;
    eachCharacter(text, [&](utf8proc_int32_t character) {
        if (isBlank(character)) {
            blank = !out.empty();
            return;
        }
        if (blank) out += ' ';
        blank = false;
        append(out, character);
    });
    return out;
}

bool isLetterOrDigit(utf8proc_int32_t character) {
    const auto category = utf8proc_category(character);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO);
}

}  // namespace

std::string accountKey(std::string_view typed) {
    return withSingleBlanks(composed(typed, UTF8PROC_CASEFOLD));
}

bool isAccountId(std::string_view text) {
    constexpr std::string_view marks = "._@+-";
    std::size_t characters = 0;
    bool all = true;
    const bool valid = eachCharacter(text, [&](utf8proc_int32_t character) {
        ++characters;
        const bool isMark =
            character < 0x80 && marks.find(static_cast<char>(character)) != std::string_view::npos;
        all = all && (isMark || isLetterOrDigit(character));
    });
    return valid && all && characters >= 1 && characters <= 64;
}

std::string nameKey(std::string_view written) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                       UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_LUMP);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(written.data()),
                                   static_cast<utf8proc_ssize_t>(written.size()), &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owned(mapped, std::free);
    if (size < 0) return {};
    return withSingleBlanks({reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)});
}

std::string caseKey(std::string_view reference) {
    std::string upper;
    eachCharacter(composed(reference),
                  [&](utf8proc_int32_t character) { append(upper, utf8proc_toupper(character)); });
    return withSingleBlanks(composed(upper));
}

std::string otherCaseKey(std::string_view reference) {
    auto key = caseKey(reference);
    return key == reference ? std::string() : key;
}

}  // namespace placette
