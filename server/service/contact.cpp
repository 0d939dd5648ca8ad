#include "service/contact.hpp"

#include "protocol/json_text.hpp"
#include "redis/record.hpp"

namespace placette::service {

namespace {

constexpr std::size_t longestName = 100, longestPhone = 40;

std::optional<std::string> textIn(const redis::Record& contact, std::string_view member) {
    const auto found = contact.find(member);
    return found ? std::make_optional(std::string(redis::textOf(*found))) : std::nullopt;
}

}  // namespace

std::optional<std::string> sealedContactIn(Params& p, const identity::Cipher& cipher) {
    std::string contact;
    bool empty = true;
    const bool said = p.optionalObject("contact", [&](Params& given) {
        const bool informed = given.flag("informed");
        encode::Object texts(contact);
        const auto take = [&](std::string_view member, std::size_t longest) {
            const auto text = given.optional(&Params::text, member, 0, longest).value_or("");
            if (text.empty()) return;
            texts.text(member, text);
            empty = false;
        };
        take("firstNames", longestName);
        take("phone", longestPhone);
        texts.end();
        if (!informed && !empty)
            given.refuse("informed", "names and phones are passed on with the parent's agreement only");
    });
    if (!said) return std::nullopt;
    return empty ? std::string() : cipher.seal(contact);
}

std::optional<encode::Contact> openContact(const identity::Cipher& cipher, const Booking& booking) {
    if (booking.sealedContact.empty()) return std::nullopt;
    const auto plain = cipher.open(booking.sealedContact);
    if (!plain) return std::nullopt;
    const auto contact = redis::Record::parse(*plain);
    return encode::Contact{textIn(contact, "firstNames"), textIn(contact, "phone")};
}

}  // namespace placette::service
