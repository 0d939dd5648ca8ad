#include "service/contact.hpp"

#include <nlohmann/json.hpp>

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
    auto contact = nlohmann::json::object();
    const bool said = p.optionalObject("contact", [&](Params& given) {
        const bool informed = given.flag("informed");
        const auto take = [&](const char* member, std::size_t longest) {
            const auto text = given.optional(&Params::text, member, 0, longest).value_or("");
            if (!text.empty()) contact[member] = text;
        };
        take("firstNames", longestName);
        take("phone", longestPhone);
        if (!informed && !contact.empty())
            given.refuse("informed", "names and phones are passed on with the parent's agreement only");
    });
    if (!said) return std::nullopt;
    return contact.empty() ? std::string() : cipher.seal(contact.dump());
}

std::optional<encode::Contact> openContact(const identity::Cipher& cipher, const Booking& booking) {
    if (booking.sealedContact.empty()) return std::nullopt;
    const auto plain = cipher.open(booking.sealedContact);
    if (!plain) return std::nullopt;
    const auto contact = redis::Record::parse(*plain);
    return encode::Contact{textIn(contact, "firstNames"), textIn(contact, "phone")};
}

}  // namespace placette::service
