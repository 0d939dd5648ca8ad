#include "redis/supervisor.hpp"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "loop.hpp"
#include "redis/supervisor_process.hpp"
#include "redis_process.hpp"

namespace placette::redis::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct Fixture {
    TemporaryFolder temporary;
    DataFolder folder = *DataFolder::open(temporary.path());
    Loop loop;
    std::optional<Supervisor> supervisor;
    std::unique_ptr<Client> client;

    ~Fixture() {
        if (!supervisor) return;
        client.reset();
        loop.await(supervisor->stop());
    }

    tl::expected<void, StoreFailure> start(Supervisor::Options options = {.patience = 3s,
                                                                          .backoffMin = 50ms}) {
        supervisor.emplace(loop.io, folder, options);
        return loop.await(supervisor->start());
    }

    // The server goes away and leaves its Redis.
    void leave() {
        supervisor.reset();
        loop.runFor(200ms);
    }

    Reply ask(std::vector<std::string> arguments) {
        if (!client) {
            client = std::make_unique<Client>(loop.io, folder.endpoint(), Client::Options{.name = "test"},
                                              Client::Hooks{});
            client->start();
        }
        REQUIRE(loop.until([&] { return client->available(); }));
        const auto reply = loop.await(client->command(std::move(arguments)));
        REQUIRE(reply);
        return *reply;
    }

    void killRedis() {
        const pid_t pid = supervisor->pid();
        ::kill(pid, SIGKILL);
        REQUIRE(loop.until([&] { return supervisor->pid() != pid; }));
    }

    // Nobody starts a Redis here; how many live?
    int livingOnes() const {
        int count = 0;
        for (const auto& process : fs::directory_iterator("/proc")) {
            std::ifstream file(process.path() / "cmdline");
            const std::string command{std::istreambuf_iterator<char>(file), {}};
            count += command.starts_with("redis-server") &&
                     command.find(folder.endpoint().socket) != std::string::npos;
        }
        return count;
    }
};

bool alive(pid_t pid) {
    return ::kill(pid, 0) == 0;
}

}  // namespace

TEST_CASE("A Redis is started with every write on the disk, in its own session", "[supervisor]") {
    Fixture fixture;
    const auto started = fixture.start();
    REQUIRE(started);
    CHECK(fixture.ask({"CONFIG", "GET", "appendfsync"}).items.at(1).text == "always");
    CHECK(fixture.ask({"CONFIG", "GET", "save"}).items.at(1).text.empty());
    CHECK(fixture.ask({"CONFIG", "GET", "maxmemory-policy"}).items.at(1).text == "noeviction");
    CHECK(::getsid(fixture.supervisor->pid()) == fixture.supervisor->pid());
    CHECK(fixture.livingOnes() == 1);
    CHECK_FALSE(fixture.supervisor->diskLow());

    const auto files = fs::directory_iterator("/proc/" + std::to_string(fixture.supervisor->pid()) + "/fd");
    for (const auto& file : files) {
        std::error_code gone;
        const auto target = fs::read_symlink(file, gone);
        CHECK(target != fixture.folder.path() / "lock");
    }
}

TEST_CASE("A stop ends Redis, and its data is there at the next start", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    const pid_t pid = fixture.supervisor->pid();
    fixture.client.reset();
    fixture.loop.await(fixture.supervisor->stop());
    CHECK_FALSE(alive(pid));
    CHECK(fixture.livingOnes() == 0);

    REQUIRE(fixture.start());
    CHECK(fixture.supervisor->pid() != pid);
    CHECK(fixture.ask({"GET", "a"}).text == "1");
}

TEST_CASE("The Redis of a server that went away is adopted", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    const pid_t pid = fixture.supervisor->pid();
    fixture.leave();
    CHECK(alive(pid));

    REQUIRE(fixture.start());
    CHECK(fixture.supervisor->pid() == pid);
    CHECK(fixture.livingOnes() == 1);

    SECTION("and started again when it dies") {
        fixture.killRedis();
        CHECK(fixture.ask({"GET", "a"}).text == "1");
    }
}

TEST_CASE("A Redis that is killed comes back with its data", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    for (int kill = 1; kill <= 5; ++kill) {
        CHECK(fixture.ask({"INCR", "a"}).integer == kill);
        CHECK(fixture.livingOnes() == 1);
        fixture.killRedis();
    }
    CHECK(fixture.ask({"GET", "a"}).text == "5");
}

TEST_CASE("A write that was cut in the middle does not hinder the start", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    fixture.ask({"SET", "b", "2"});
    fixture.client.reset();
    fixture.loop.await(fixture.supervisor->stop());
    for (const auto& file : fs::directory_iterator(fixture.folder.path() / "appendonlydir")) {
        const auto name = file.path().string();
        if (name.ends_with(".incr.aof")) fs::resize_file(file, file.file_size() - 3);
    }
    REQUIRE(fixture.start());
    CHECK(fixture.ask({"GET", "a"}).text == "1");
    CHECK(fixture.ask({"GET", "b"}).isNil());
}

TEST_CASE("A change that was cut in its middle has no effect, at the next start and at the one after it",
          "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    fixture.ask(
        {"EVAL", "redis.call('SET', 'a', 2) redis.call('SET', 'b', 2) redis.call('SET', 'c', 2)", "0"});
    const auto stop = [&] {
        fixture.client.reset();
        fixture.loop.await(fixture.supervisor->stop());
    };
    stop();
    const auto file = fixture.folder.path() / "appendonlydir" / "appendonly.aof.1.incr.aof";
    fs::resize_file(file, fs::file_size(file) - 20);  // its EXEC and some of what is before it
    for (int start = 1; start <= 3; ++start) {
        REQUIRE(fixture.start());
        CHECK(fixture.ask({"GET", "a"}).text == "1");
        CHECK(fixture.ask({"GET", "b"}).isNil());
        CHECK(fixture.ask({"INCR", "d"}).integer == start);
        fixture.ask({"EVAL", "redis.call('INCR', 'e') redis.call('INCR', 'f')", "0"});
        CHECK(fixture.ask({"GET", "e"}).text == std::to_string(start));
        stop();
    }
}

TEST_CASE("A Redis that does not yet, or no longer, listen is not doubled", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    const pid_t pid = fixture.supervisor->pid();
    fixture.leave();
    const auto socket = fixture.folder.endpoint().socket;
    fs::rename(socket, socket + ".away");

    SECTION("it is waited for") {
        bool done = false;
        fixture.supervisor.emplace(fixture.loop.io, fixture.folder, Supervisor::Options{});
        net::co_spawn(
            fixture.loop.io, fixture.supervisor->start(),
            [&](std::exception_ptr, tl::expected<void, StoreFailure> result) { done = result.has_value(); });
        fixture.loop.runFor(500ms);
        CHECK_FALSE(done);
        CHECK(fixture.livingOnes() == 1);
        fs::rename(socket + ".away", socket);
        CHECK(fixture.loop.until([&] { return done; }));
        CHECK(fixture.supervisor->pid() == pid);
    }
    SECTION("not for ever") {
        const auto result = fixture.start({.patience = 300ms});
        REQUIRE_FALSE(result);
        CHECK(result.error().why.find("does not answer") != std::string::npos);
        CHECK(fixture.livingOnes() == 1);
        fs::rename(socket + ".away", socket);
        REQUIRE(fixture.start());
    }
}

TEST_CASE("A Redis whose socket was deleted is started again, with its data", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    const pid_t pid = fixture.supervisor->pid();
    const auto socket = fixture.folder.endpoint().socket;
    const auto startedAgain = [&] {
        fixture.client.reset();
        CHECK(fixture.ask({"GET", "a"}).text == "1");
        CHECK(fixture.supervisor->pid() != pid);
        CHECK(fixture.livingOnes() == 1);
    };
    SECTION("while the server runs") {
        fs::remove(socket);
        REQUIRE(fixture.loop.until([&] { return fixture.supervisor->pid() != pid; }));
        startedAgain();
    }
    SECTION("and replaced by another") {
        TemporaryFolder elsewhere;
        RedisProcess other(elsewhere.path());
        fs::rename(other.endpoint().socket, socket);
        REQUIRE(fixture.loop.until([&] { return fixture.supervisor->pid() != pid; }));
        startedAgain();
        CHECK(alive(other.pid()));
    }
    SECTION("while no server runs") {
        fixture.leave();
        fs::remove(socket);
        REQUIRE(fixture.start({.backoffMin = 50ms, .socketTime = 100ms}));
        startedAgain();
    }
    SECTION("with its lock, while no server runs") {
        fixture.leave();
        fs::remove(socket);
        fs::remove(fixture.folder.path() / "redis.lock");
        REQUIRE(fixture.start({.backoffMin = 50ms, .socketTime = 100ms}));
        startedAgain();
    }
}

TEST_CASE("A folder that cannot be written is waited for while the server runs", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"SET", "a", "1"});
    const pid_t pid = fixture.supervisor->pid();
    const auto inTheWay = fixture.folder.path() / "trial";
    fs::create_directories(inTheWay / "x");  // what cannot be removed cannot be made
    ::kill(pid, SIGKILL);
    REQUIRE(fixture.loop.until([&] { return !alive(pid); }));
    fixture.loop.runFor(300ms);
    CHECK(fixture.livingOnes() == 0);
    fs::remove_all(inTheWay);
    REQUIRE(fixture.loop.until([&] { return fixture.supervisor->pid() != pid; }));
    CHECK(fixture.ask({"GET", "a"}).text == "1");
    CHECK_FALSE(fs::exists(inTheWay));
}

TEST_CASE("A folder that cannot be written is an error at the start", "[supervisor]") {
    Fixture fixture;
    fs::create_directories(fixture.folder.path() / "trial" / "x");
    const auto started = fixture.start();
    REQUIRE_FALSE(started);
    CHECK(started.error().why.find(fixture.folder.path().string() + " cannot be written") !=
          std::string::npos);
    CHECK(fixture.livingOnes() == 0);
}

TEST_CASE("A Redis that loads its data is waited for", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start());
    fixture.ask({"EVAL", "for i = 1, 10000 do redis.call('SET', 'k' .. i, i) end", "0"});
    fixture.client.reset();
    fixture.loop.await(fixture.supervisor->stop());

    RedisProcess slow(fixture.folder.path(), {"--key-load-delay", "100"});  // µs
    const auto probe = fixture.loop.await(probeRedis(fixture.loop.io, fixture.folder.endpoint()));
    CHECK(probe.state == Probe::State::loading);
    REQUIRE(fixture.start({.patience = 500ms}));
    CHECK(fixture.supervisor->pid() == slow.pid());
    CHECK(fixture.ask({"GET", "k10000"}).text == "10000");
    CHECK(fixture.livingOnes() == 1);
}

TEST_CASE("A Redis of another folder is not touched", "[supervisor]") {
    Fixture fixture;
    TemporaryFolder elsewhere;
    RedisProcess other(elsewhere.path());
    fs::create_symlink(other.endpoint().socket, fixture.folder.endpoint().socket);
    const auto started = fixture.start();
    REQUIRE_FALSE(started);
    CHECK(started.error().why.find("another folder") != std::string::npos);
    CHECK(alive(other.pid()));
}

TEST_CASE("A Redis that cannot start is an error", "[supervisor]") {
    Fixture fixture;
    const auto missing = fixture.start({.program = "no-such-redis"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().why.find("no-such-redis") != std::string::npos);
    const auto failing = fixture.start({.program = "false"});
    REQUIRE_FALSE(failing);
    CHECK(failing.error().why.find("redis.log") != std::string::npos);
}

TEST_CASE("Little disk is noticed", "[supervisor]") {
    Fixture fixture;
    REQUIRE(fixture.start({.diskReserve = std::uintmax_t{1} << 60}));
    CHECK(fixture.supervisor->diskLow());
}

TEST_CASE("A data folder has one server", "[folder]") {
    TemporaryFolder temporary;
    {
        const auto first = DataFolder::open(temporary.path() / "data");
        REQUIRE(first);
        CHECK((fs::status(first->path()).permissions() & fs::perms::group_all) == fs::perms::none);
        const auto second = DataFolder::open(temporary.path() / "data");
        REQUIRE_FALSE(second);
        CHECK(second.error().inUse);
        CHECK(second.error().message.find(std::to_string(::getpid())) != std::string::npos);
    }
    CHECK(DataFolder::open(temporary.path() / "data"));
}

TEST_CASE("A data folder that cannot be used is refused with the reason", "[folder]") {
    TemporaryFolder temporary;
    const auto tooLong = DataFolder::open(temporary.path() / std::string(90, 'x'));
    REQUIRE_FALSE(tooLong);
    CHECK(tooLong.error().message.find("too long") != std::string::npos);
    std::ofstream(temporary.path() / "file") << "x";
    const auto notAFolder = DataFolder::open(temporary.path() / "file");
    REQUIRE_FALSE(notAFolder);
    CHECK_FALSE(notAFolder.error().inUse);
}

}  // namespace placette::redis::test
