#include "app/account_commands.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/command_line.hpp"
#include "app/identity_desk.hpp"
#include "hub/documents.hpp"
#include "hub/loading.hpp"
#include "protocol/params.hpp"
#include "protocol/same_text.hpp"

namespace placette::app {

namespace {

using identity::Account;
using redis::Awaitable;
using redis::Client;

// What is told of an account on the line; what is not told is not changed.
struct Person {
    StoreConfig store;
    std::string account;
    std::optional<std::string> name, phone, password;
    std::optional<std::vector<std::string>> roles, facilities, offices, territories;
    bool passwordOnInput = false, json = false;
};

// The first line of what is typed or piped in.
std::string readPassword(std::istream& in) {
    std::string line;
    std::getline(in, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

struct Read {
    std::string account;
    identity::AccountChange change;
};

// As strict as the protocol.
Result<Read> readGiven(const Json& given) {
    Params p(given);
    Read read{p.account("account"), {}};
    auto& change = read.change;
    if (p.has("name")) change.name = p.text("name", 1, 200);
    if (p.has("phone")) change.phone = p.text("phone", 0, 40);
    if (p.has("roles")) {
        change.roles.emplace();
        for (const auto& role : p.distinct(&Params::text, "roles", 1, 5, 1, 64)) {
            if (const auto known = identity::roleFrom(role))
                change.roles->push_back(*known);
            else
                p.refuse("roles", "must be manager, worker, coordinator, admin or integrator");
        }
    }
    if (p.has("facilities")) change.facilities = p.distinct(&Params::id, "facilities", 0, 200);
    if (p.has("offices")) change.offices = p.distinct(&Params::id, "offices", 0, 200);
    if (p.has("territories")) change.territories = p.distinct(&Params::territory, "territories", 0, 200);
    if (p.has("password")) p.text("password", identity::shortestPassword, 256);
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    return read;
}

// Through JSON text, which also refuses what is not UTF-8.
Result<Read> readPerson(const Person& person) {
    nlohmann::json given{{"account", accountKey(person.account)}};
    const auto tell = [&](const char* name, const auto& value) {
        if (value) given[name] = *value;
    };
    tell("name", person.name);
    tell("phone", person.phone);
    tell("password", person.password);
    tell("roles", person.roles);
    tell("facilities", person.facilities);
    tell("offices", person.offices);
    tell("territories", person.territories);
    try {
        return readGiven(Json::parse(given.dump()));
    } catch (const nlohmann::json::exception&) {
        return problem(ProblemType::invalid_params, "texts must be UTF-8");
    }
}

Awaitable<Result<Directory>> readDirectory(Client& client) {
    const auto ids = co_await hub::territoryIds(client);
    if (!ids) co_return problem(ProblemType::store_unavailable);
    std::map<std::string, Directory::Entry, std::less<>> all;
    if (!ids->empty()) {
        redis::Store store(client);
        hub::Documents documents;
        auto wanted = *ids;
        const auto read = co_await documents.read(store, std::move(wanted));
        if (!read) co_return tl::unexpected(read.error());
        for (std::size_t i = 0; i < ids->size(); ++i)
            if ((*read)[i] && *(*read)[i]) all.emplace((*ids)[i], *(*read)[i]);
    }
    co_return Directory(std::move(all));
}

// A facility, office or territory that is written wrong would be noticed by nobody: the person sees nothing.
Awaitable<std::optional<Problem>> unknownScope(Client& client, identity::AccountChange change) {
    const auto directory = co_await readDirectory(client);
    if (!directory) co_return directory.error();
    const auto unknown = [](const char* field, const std::string& id) {
        return Problem{ProblemType::invalid_params, "there is no " + id, field};
    };
    for (const auto& id : change.facilities.value_or(std::vector<std::string>{}))
        if (!directory->facility(id)) co_return unknown("facilities", id);
    for (const auto& id : change.territories.value_or(std::vector<std::string>{}))
        if (!directory->territory(id)) co_return unknown("territories", id);
    for (const auto& id : change.offices.value_or(std::vector<std::string>{})) {
        bool known = false;
        for (const auto& entry : directory->territories())
            known = known || directory->office(entry.first, id);
        if (!known) co_return unknown("offices", id);
    }
    co_return std::nullopt;
}

void tellCode(const identity::Invited& invited) {
    if (invited.code)
        std::cout << "one-time code, valid until " << toText(invited.expiresAt) << ":\n"
                  << *invited.code << '\n';
}

Awaitable<int> add(Client& client, Person person) {
    auto read = readPerson(person);
    if (!read) co_return refuse(read.error());
    const auto unknown = co_await unknownScope(client, read->change);
    if (unknown) co_return refuse(*unknown);
    auto& told = read->change;
    Account account;
    account.id = std::move(read->account);
    account.name = told.name.value_or("");
    account.phone = told.phone.value_or("");
    account.roles = told.roles.value_or(std::vector<identity::Role>{});
    account.facilities = told.facilities.value_or(std::vector<std::string>{});
    account.offices = told.offices.value_or(std::vector<std::string>{});
    account.territories = told.territories.value_or(std::vector<std::string>{});
    Desk desk(client);
    WriteHeader noKey;
    const auto invited =
        co_await desk.accounts.create(std::move(noKey), std::move(account), std::move(person.password));
    if (!invited) co_return refuse(invited.error());
    tellCode(*invited);
    co_return 0;
}

Awaitable<int> change(Client& client, Person person, std::optional<bool> disabled) {
    auto read = readPerson(person);
    if (!read) co_return refuse(read.error());
    const auto unknown = co_await unknownScope(client, read->change);
    if (unknown) co_return refuse(*unknown);
    read->change.disabled = disabled;
    Desk desk(client);
    WriteHeader noKey;
    const auto updated =
        co_await desk.accounts.update(std::move(noKey), std::move(read->account), std::move(read->change));
    co_return updated ? 0 : refuse(updated.error());
}

Awaitable<int> reset(Client& client, Person person) {
    Desk desk(client);
    WriteHeader noKey;
    const auto invited = co_await desk.accounts.resetPassword(std::move(noKey), std::move(person.account));
    if (!invited) co_return refuse(invited.error());
    tellCode(*invited);
    co_return 0;
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ",") + name;
    return all;
}

void print(const Account& account) {
    std::cout << account.id << (account.disabled ? "  DISABLED" : "");
    std::vector<std::string> roles;
    for (const auto role : account.roles) roles.emplace_back(name(role));
    std::cout << "  " << joined(roles) << "  " << account.name;
    const auto scope = [](const char* of, const auto& ids) {
        if (!ids.empty()) std::cout << "  " << of << '=' << joined(ids);
    };
    scope("facilities", account.facilities);
    scope("offices", account.offices);
    scope("territories", account.territories);
    std::cout << '\n';
}

Awaitable<int> list(Client& client, Person person) {
    Desk desk(client);
    const auto all = co_await desk.accounts.list();
    if (!all) co_return refuse(all.error());
    if (person.json)
        printList(*all, identity::encodeAccount);
    else
        std::ranges::for_each(*all, print);
    co_return 0;
}

void addScope(CLI::App& command, Person& person, bool isNew) {
    command.add_option("--name", person.name, "As shown beside bookings")->required(isNew);
    command.add_option("--phone", person.phone, "As shown beside bookings");
    command.add_option("--role", person.roles, "manager, worker, coordinator, admin or integrator")
        ->required(isNew);
    command.add_option("--facility", person.facilities, "A facility it runs; instead of those it ran");
    command.add_option("--office", person.offices, "An office it works for; likewise");
    command.add_option("--territory", person.territories, "A territory it sees; likewise. None: all");
}

}  // namespace

void addAccountCommands(CLI::App& program, int& status) {
    static Person person;
    Family account(program, "account", "Who may sign in", person.store);
    const auto ofOne = [&](const char* name, const char* does) -> CLI::App& {
        auto& command = account.member(name, does);
        command.add_option("account", person.account, "What one signs in with, e.g. an address")->required();
        return command;
    };

    auto& adding = ofOne("add", "Add an account; prints a one-time code to set the password with");
    addScope(adding, person, true);
    adding.add_flag("--password-stdin", person.passwordOnInput, "Read the password from the standard input");
    runs(adding, person.store, status, [] {
        if (person.passwordOnInput) person.password = readPassword(std::cin);
        return [](Client& client) { return add(client, person); };
    });
    auto& changing = ofOne("update", "Change what is told, and nothing else");
    addScope(changing, person, false);
    runs(changing, person.store, status,
         [] { return [](Client& client) { return change(client, person, std::nullopt); }; });
    runs(ofOne("disable", "Nobody signs in as it; its sessions and tokens end"), person.store, status,
         [] { return [](Client& client) { return change(client, person, true); }; });
    runs(ofOne("enable", "One may sign in as it again"), person.store, status,
         [] { return [](Client& client) { return change(client, person, false); }; });
    runs(ofOne("reset", "End its password, sessions and tokens; prints a one-time code for a new password"),
         person.store, status, [] { return [](Client& client) { return reset(client, person); }; });
    auto& listing = account.member("list", "All accounts, a line each");
    listing.add_flag("--json", person.json, "For programs");
    runs(listing, person.store, status, [] { return [](Client& client) { return list(client, person); }; });
}

}  // namespace placette::app
