#include "app/backup.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/as_owner.hpp"
#include "app/contacts_key.hpp"
#include "app/store_access.hpp"
#include "identity/stored_account.hpp"
#include "redis/aof_manifest.hpp"
#include "redis/data_folder.hpp"
#include "redis/keys.hpp"
#include "redis/server_info.hpp"
#include "redis/store_digest.hpp"

namespace placette::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* snapshotFile = "store.rdb";
constexpr const char* descriptionFile = "backup.json";

[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error(why);
}

// A folder for as long as the object lives.
class TemporaryFolder {
public:
    explicit TemporaryFolder(fs::path path) : path_(std::move(path)) { fs::create_directories(path_); }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

// What Redis starts with: the snapshot, and an empty file for the changes that follow it.
void placeStore(const fs::path& snapshot, const fs::path& dataDir) {
    const auto files = dataDir / "appendonlydir";
    fs::create_directories(files);
    fs::copy_file(snapshot, files / "appendonly.aof.1.base.rdb");
    std::ofstream(files / "appendonly.aof.1.incr.aof").flush();
    std::ofstream manifest(files / redis::manifestName);
    manifest << "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n";
    if (!manifest.flush()) fail("cannot write " + (files / redis::manifestName).string());
}

StoreConfig own(const fs::path& dataDir) {
    StoreConfig config;
    config.dataDir = dataDir;
    config.diskReserve = 1;
    return config;
}

redis::Awaitable<void> takeDigest(redis::Client& client, redis::StoreDigest& digest) {
    const auto taken = co_await redis::digestOf(client);
    if (!taken) fail("the store does not answer");
    digest = *taken;
}

redis::Endpoint endpointOf(const StoreConfig& config) {
    if (config.redis.empty()) return redis::DataFolder::endpointOf(fs::absolute(config.dataDir));
    return redis::parseEndpoint(config.redis).value();
}

// redis-cli of Debian's redis-tools, which comes with redis-server. A password goes by the environment, which
// is not for everybody to see.
void snapshot(const redis::Endpoint& endpoint, const fs::path& file) {
    std::vector<std::string> words{"redis-cli"};
    if (endpoint.socket.empty())
        words.insert(words.end(), {"-h", endpoint.host, "-p", std::to_string(endpoint.port)});
    else
        words.insert(words.end(), {"-s", endpoint.socket});
    words.insert(words.end(), {"--rdb", file.string()});
    if (!endpoint.password.empty()) ::setenv("REDISCLI_AUTH", endpoint.password.c_str(), 1);
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    ::posix_spawn_file_actions_init(&quiet);
    ::posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int error = ::posix_spawnp(&pid, "redis-cli", &quiet, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&quiet);
    if (error != 0) fail("redis-cli cannot be run: install redis-tools");
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !fs::exists(file) || fs::file_size(file) == 0)
        fail("Redis gave no snapshot: look at its log, and at the disk");
}

redis::Awaitable<void> describe(redis::Client& client, nlohmann::json& description) {
    std::vector<std::string> ask{"HGET", "{placette}:store", "schema"};
    const auto schema = co_await client.command(std::move(ask));
    if (!schema || schema->isNil() || schema->isError()) fail("there is no store to back up");
    description["schema"] = schema->text;
}

// Beside nobody's data: the backup may be where nothing can be written.
fs::path somewhere() {
    std::string name = (fs::temp_directory_path() / "placette-proof-XXXXXX").string();
    if (!::mkdtemp(name.data())) fail("cannot make a folder in " + fs::temp_directory_path().string());
    return name;
}

// Started on a copy and read to its end.
redis::StoreDigest proven(const fs::path& snapshot) {
    const TemporaryFolder proof(somewhere());
    placeStore(snapshot, proof.path());
    redis::StoreDigest digest;
    try {
        withRedis(own(proof.path()), [&](redis::Client& client) { return takeDigest(client, digest); });
    } catch (const std::exception&) {
        fail("the backup is damaged: Redis does not load " + snapshot.string());
    }
    return digest;
}

redis::Awaitable<void> mustHaveItsKey(redis::Client& client, fs::path dataDir) {
    const auto key = co_await contactsKeyFinding(client, std::move(dataDir));
    if (key.state == redis::Finding::State::wrong) fail("the key of the contacts " + key.says);
}

bool isKnown(const std::string& schema) {
    for (int known = redis::oldestSchema; known <= redis::storeSchema; ++known)
        if (schema == std::to_string(known)) return true;
    return false;
}

struct Backup {
    fs::path folder;
    std::string schema;
    redis::StoreDigest digest;
    fs::path snapshot() const { return folder / snapshotFile; }
};

Backup read(const fs::path& folder) {
    try {
        std::ifstream in(folder / descriptionFile);
        const auto description = nlohmann::json::parse(in);
        Backup backup{
            folder, description.at("schema"), {description.at("records"), description.at("checksum")}};
        if (!isKnown(backup.schema)) fail("the backup: " + redis::refusalOf(backup.schema));
        if (!fs::exists(backup.snapshot())) fail("there is no " + backup.snapshot().string());
        if (proven(backup.snapshot()) != backup.digest)
            fail("the backup is damaged: " + backup.snapshot().string() + " does not have the sum of " +
                 descriptionFile);
        return backup;
    } catch (const nlohmann::json::exception&) {
        fail(folder.string() + " is no backup: " + descriptionFile + " is missing, or is none");
    }
}

redis::Awaitable<void> compareAndRenew(redis::Client& client, Backup backup) {
    nlohmann::json description;
    co_await describe(client, description);
    if (description["schema"] != backup.schema)
        fail("what was restored has schema " + description["schema"].get<std::string>() +
             ", and the backup says " + backup.schema);
    redis::StoreDigest found;
    co_await takeDigest(client, found);
    if (found != backup.digest)
        fail("what was restored is not what was backed up: " + std::to_string(found.records) + " records, " +
             std::to_string(backup.digest.records) + " were backed up");
    const bool renewed = co_await redis::renewStoreId(client);
    if (!renewed) fail("the store does not answer");
}

struct Dumped {
    std::string key, ttl, payload;
};

redis::Awaitable<void> dumpAll(redis::Client& client, std::vector<Dumped>& all) {
    std::string cursor = "0";
    do {
        std::vector<std::string> scan{"SCAN", cursor, "COUNT", "1000"};
        const auto page = co_await client.command(std::move(scan));
        if (!page || page->isError()) fail("the copy does not answer");
        cursor = page->items.at(0).text;
        for (const auto& key : page->items.at(1).items) {
            std::vector<std::vector<std::string>> ask{{"PTTL", key.text}, {"DUMP", key.text}};
            const auto told = co_await client.pipeline(std::move(ask));
            if (!told) fail("the copy does not answer");
            const auto ttl = std::max<std::int64_t>(0, told->items.at(0).integer);
            if (!told->items.at(1).isNil())
                all.push_back({key.text, std::to_string(ttl), told->items.at(1).text});
        }
    } while (cursor != "0");
}

// A store that is not whole must not be taken for one: what says that there are territories comes first, what
// says that it is a store comes last.
void inSafeOrder(std::vector<Dumped>& all) {
    const auto rank = [](const Dumped& one) {
        return one.key == redis::keys::territories ? 0 : one.key == redis::keys::store ? 2 : 1;
    };
    std::ranges::stable_sort(all, {}, rank);
}

redis::Awaitable<void> restoreAll(redis::Client& client, std::vector<Dumped> all) {
    for (auto& one : all) {
        std::vector<std::string> command{"RESTORE", std::move(one.key), std::move(one.ttl),
                                         std::move(one.payload)};
        const auto reply = co_await client.command(std::move(command));
        if (!reply || reply->isError())
            fail("this Redis does not take a record: " + (reply ? reply->text : ""));
    }
}

// Of a Redis that was empty: nothing else is touched.
redis::Awaitable<void> removeAll(redis::Client& client, std::vector<std::string> keys) {
    constexpr std::size_t atOnce = 500;
    for (std::size_t begin = 0; begin < keys.size(); begin += atOnce) {
        std::vector<std::string> command{"UNLINK"};
        const auto end = std::min(begin + atOnce, keys.size());
        for (std::size_t i = begin; i < end; ++i) command.push_back(keys[i]);
        const auto removed = co_await client.command(std::move(command));
        if (!removed || removed->isError()) fail("Redis does not answer");
    }
}

redis::Awaitable<void> mustBeEmpty(redis::Client& client) {
    std::vector<std::string> ask{"DBSIZE"};
    const auto size = co_await client.command(std::move(ask));
    if (!size) fail("Redis does not answer");
    if (size->integer != 0) fail("this Redis is not empty: a backup is restored beside nothing else");
}

void restoreIntoFolder(const StoreConfig& config, const Backup& backup) {
    const auto files = config.dataDir / "appendonlydir";
    if (fs::exists(files)) fail(config.dataDir.string() + " has a store: move it away first");
    fs::create_directories(config.dataDir);
    placeStore(backup.snapshot(), config.dataDir);
    try {
        withRedis(config, [&](redis::Client& client) { return compareAndRenew(client, backup); });
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(files, ignored);
        throw;
    }
}

void takeBack(const StoreConfig& config, std::vector<std::string> keys, const std::string& why) {
    try {
        withRedis(config, [&](redis::Client& client) { return removeAll(client, std::move(keys)); });
    } catch (const std::exception&) {
        fail(why +
             ". What was restored of it is still there: empty this Redis (redis-cli FLUSHDB), and restore "
             "again");
    }
}

void restoreIntoRedis(const StoreConfig& config, const Backup& backup) {
    withRedis(config, mustBeEmpty);
    std::vector<Dumped> all;
    {
        const TemporaryFolder copy(somewhere());
        placeStore(backup.snapshot(), copy.path());
        withRedis(own(copy.path()), [&](redis::Client& client) { return dumpAll(client, all); });
    }
    inSafeOrder(all);
    std::vector<std::string> keys;
    for (const auto& one : all) keys.push_back(one.key);
    try {
        withRedis(config, [&](redis::Client& client) { return restoreAll(client, std::move(all)); });
        withRedis(config, [&](redis::Client& client) { return compareAndRenew(client, backup); });
    } catch (const std::exception& error) {
        takeBack(config, std::move(keys), error.what());
        throw;
    }
}

}  // namespace

void backUp(const StoreConfig& config, const fs::path& into, bool withKey) {
    if (config.redis.empty()) actAsOwnerOf(config.dataDir);
    if (config.redis.empty() && !fs::exists(config.dataDir / "appendonlydir"))
        fail("there is no store in " + config.dataDir.string());
    if (fs::exists(into) && !fs::is_empty(into))
        fail(into.string() + " is not empty: a backup has its own folder");
    if (withKey) {
        if (!fs::is_regular_file(config.dataDir / redis::keyOfContacts))
            fail("there is no " + (config.dataDir / redis::keyOfContacts).string() + " for --with-key");
        withRedis(config, [&](redis::Client& client) { return mustHaveItsKey(client, config.dataDir); });
    }
    fs::create_directories(into);
    const auto folder = fs::canonical(into);
    nlohmann::json description{{"placette", PLACETTE_VERSION}, {"made", toText(identity::now())}};
    withRedis(config, [&](redis::Client& client) { return describe(client, description); });
    withRedis(config, [&](redis::Client&) -> redis::Awaitable<void> {
        snapshot(endpointOf(config), folder / snapshotFile);
        co_return;
    });
    const auto digest = proven(folder / snapshotFile);
    description["records"] = digest.records;
    description["checksum"] = digest.checksum;
    if (withKey) fs::copy_file(config.dataDir / redis::keyOfContacts, folder / redis::keyOfContacts);
    std::ofstream out(folder / descriptionFile);
    out << description.dump(2) << '\n';
    if (!out.flush()) fail("cannot write " + (folder / descriptionFile).string());
    std::cout << digest.records << " records, checksum " << digest.checksum << '\n';
    if (!withKey)
        std::cout << "The key of the contacts is not in it: keep a copy of "
                  << (config.dataDir / redis::keyOfContacts).string() << " apart\n";
}

void restore(const StoreConfig& config, const fs::path& from) {
    const auto backup = read(from);
    if (config.redis.empty())
        restoreIntoFolder(config, backup);
    else
        restoreIntoRedis(config, backup);
    const auto key = config.dataDir / redis::keyOfContacts;
    if (fs::exists(from / redis::keyOfContacts) && !fs::exists(key)) {
        fs::create_directories(config.dataDir);
        fs::copy_file(from / redis::keyOfContacts, key);
    }
    std::cout << backup.digest.records << " records, checksum " << backup.digest.checksum
              << ": the same as was backed up\n";
    if (!fs::exists(key))
        std::cout << "Now put the key of its contacts in its place: " << key.string() << '\n';
}

}  // namespace placette::app
