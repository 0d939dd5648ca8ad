#include "identity/account_view.hpp"

#include "protocol/json_text.hpp"

namespace placette::identity {

namespace {

using encode::append;
using encode::Escaped;

void common(std::string& out, const Account& account) {
    append(out, R"("id":)", Escaped{account.id}, R"(,"name":)", Escaped{account.name});
    if (!account.phone.empty()) append(out, R"(,"phone":)", Escaped{account.phone});
    out += R"(,"roles":)";
    encode::array(out, account.roles,
                  [](std::string& to, Role role) { append(to, encode::Quoted{name(role)}); });
    out += R"(,"facilities":)";
    encode::texts(out, account.facilities);
    out += R"(,"offices":)";
    encode::texts(out, account.offices);
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
    encode::texts(out, account.territories);
    append(out, R"(,"disabled":)", account.disabled, '}');
}

void encodeToken(std::string& out, const Token& token) {
    append(out, R"({"id":")", token.id, R"(","name":)", Escaped{token.name}, R"(,"createdAt":")",
           token.createdAt, R"(","lastUsedAt":)", encode::quoted(token.lastUsedAt), R"(,"expiresAt":)",
           encode::quoted(token.expiresAt), '}');
}

}  // namespace placette::identity
