#include "app/contacts_key.hpp"

#include <stdexcept>

#include "app/hopeless.hpp"
#include "redis/data_folder.hpp"
#include "redis/keys.hpp"

namespace placette::app {

namespace fs = std::filesystem;

namespace {

const std::string field = "contacts";  // of {placette}:store

std::string markOf(const identity::Cipher& cipher) {
    return identity::secrets::hash("contacts", cipher.keyFor("check"));
}

std::string refusal(const fs::path& key, const char* what) {
    return key.string() + " " + what +
           ", and the contacts of this store are sealed with another key: put that one in its "
           "place (from its backup, or from the other server of this Redis). Where it is lost for good, "
           "start once with "
           "--replace-contacts-key: the names and phone numbers that it sealed are lost with it";
}

redis::Awaitable<redis::Reply> ask(redis::Client& client, std::vector<std::string> command) {
    auto reply = co_await client.command(std::move(command));
    if (!reply || reply->isError()) throw std::runtime_error("the store does not answer");
    co_return std::move(*reply);
}

// Of a store from before it remembered its key.
redis::Awaitable<bool> hasBookings(redis::Client& client) {
    std::string cursor = "0";
    do {
        std::vector<std::string> scan{"SCAN", cursor, "MATCH", "{*}:booking:*", "COUNT", "1000"};
        const auto page = co_await ask(client, std::move(scan));
        if (!page.items.at(1).items.empty()) co_return true;
        cursor = page.items[0].text;
    } while (cursor != "0");
    co_return false;
}

// What is no key is put aside where it is to be replaced.
identity::Cipher keyFrom(const fs::path& path, bool replace) {
    try {
        return identity::Cipher::fromFile(path);
    } catch (const std::exception&) {
        if (!replace) throw Hopeless(refusal(path, "is no key of 32 bytes"));
    }
    fs::rename(path, path.string() + ".no-key");
    return identity::Cipher::fromFile(path);
}

}  // namespace

redis::Awaitable<identity::Cipher> contactsKey(redis::Client& client, fs::path dataDir, bool replace) {
    const auto path = dataDir / redis::keyOfContacts;
    const bool there = fs::exists(path);
    std::vector<std::string> get{"HGET", redis::keys::store, field};
    const auto known = co_await ask(client, get);
    if (!replace && !there) {
        bool needed = !known.isNil();
        if (!needed) needed = co_await hasBookings(client);
        if (needed) throw Hopeless(refusal(path, "is not there"));
    }
    fs::create_directories(dataDir);
    auto cipher = keyFrom(path, replace);
    const auto mark = markOf(cipher);
    std::vector<std::string> set{replace ? "HSET" : "HSETNX", redis::keys::store, field, mark};
    co_await ask(client, std::move(set));
    const auto now = co_await ask(client, std::move(get));
    if (now.text != mark) throw Hopeless(refusal(path, "is another one"));
    co_return cipher;
}

redis::Awaitable<redis::Finding> contactsKeyFinding(redis::Client& client, fs::path dataDir) {
    using State = redis::Finding::State;
    const auto path = dataDir / redis::keyOfContacts;
    std::vector<std::string> get{"HGET", redis::keys::store, field};
    const auto known = co_await client.command(std::move(get));
    redis::Finding finding{"contacts-key", State::well, "is the one of this store"};
    std::error_code error;
    if (!fs::exists(path, error)) {
        if (!known || known->isNil()) {
            finding.says = "is not there yet; the first start of the server makes it";
            co_return finding;
        }
        finding.state = State::wrong;
        finding.says = "is not there";
    } else {
        try {
            const auto mark = markOf(identity::Cipher::fromFile(path));
            if (known && !known->isNil() && known->text != mark) finding.state = State::wrong;
            if (finding.state == State::wrong) finding.says = "is not the one of this store";
            if (known && known->isNil())
                finding.says = "is there; the store will remember it with the next start";
        } catch (const std::exception& wrong) {
            finding.state = State::wrong;
            finding.says = wrong.what();
        }
    }
    if (finding.state == State::wrong) finding.todo = "put the right one in its place: " + path.string();
    co_return finding;
}

}  // namespace placette::app
