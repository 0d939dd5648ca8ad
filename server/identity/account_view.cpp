#include "identity/account_view.hpp"

#include "protocol/json_text.hpp"

namespace placette::identity {

namespace {

void texts(std::string& out, const std::vector<std::string>& values) {
    encode::array(out, values, encode::text);
}

void common(std::string& out, const Account& account) {
    out += R"("id":)";
    encode::text(out, account.id);
    out += R"(,"name":)";
    encode::text(out, account.name);
    if (!account.phone.empty()) {
        out += R"(,"phone":)";
        encode::text(out, account.phone);
    }
    out += R"(,"roles":)";
    encode::array(out, account.roles, [](std::string& to, Role role) { encode::plain(to, name(role)); });
    out += R"(,"facilities":)";
    texts(out, account.facilities);
    out += R"(,"offices":)";
    texts(out, account.offices);
}

}  // namespace

void encodeUser(std::string& out, const Account& account) {
    out += '{';
    common(out, account);
    out += '}';
}

void encodeAccount(std::string& out, const Account& account) {
    out += '{';
    common(out, account);
    out += R"(,"territories":)";
    texts(out, account.territories);
    out += R"(,"disabled":)";
    encode::flag(out, account.disabled);
    out += '}';
}

void encodeToken(std::string& out, const Token& token) {
    out += R"({"id":)";
    encode::plain(out, token.id);
    out += R"(,"name":)";
    encode::text(out, token.name);
    out += R"(,"createdAt":)";
    encode::instant(out, token.createdAt);
    out += R"(,"lastUsedAt":)";
    encode::instant(out, token.lastUsedAt);
    out += '}';
}

}  // namespace placette::identity
