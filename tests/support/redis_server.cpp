#include "support/redis_server.hpp"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace placette::test {
namespace {

constexpr auto startPatience = std::chrono::seconds{10};

std::string temporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "placette-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    return name;
}

[[noreturn]] void becomeRedis(const std::string& folder, const std::string& socket) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no server behind
    const int log = open((folder + "/redis.log").c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(log, STDOUT_FILENO);
    execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", socket.c_str(), "--dir",
           folder.c_str(), "--save", "", "--appendonly", "no", static_cast<char*>(nullptr));
    _exit(127);
}

bool answers(const std::string& socket) {
    try {
        return RedisConnection(socket).command({"PING"}).text == "PONG";
    } catch (const std::runtime_error&) {
        return false;
    }
}

redis::Reply owned(const redisReply& reply) {
    redis::Reply value;
    switch (reply.type) {
        case REDIS_REPLY_INTEGER:
            value.type = redis::Reply::Type::integer;
            break;
        case REDIS_REPLY_STRING:
            value.type = redis::Reply::Type::text;
            break;
        case REDIS_REPLY_STATUS:
            value.type = redis::Reply::Type::status;
            break;
        case REDIS_REPLY_ERROR:
            value.type = redis::Reply::Type::error;
            break;
        case REDIS_REPLY_ARRAY:
            value.type = redis::Reply::Type::array;
            break;
        default:
            break;
    }
    value.integer = reply.integer;
    if (reply.str) value.text.assign(reply.str, reply.len);
    for (std::size_t i = 0; i < reply.elements; ++i) value.items.push_back(owned(*reply.element[i]));
    return value;
}

}  // namespace

RedisServer::RedisServer() : folder_(temporaryFolder()), socket_(folder_ + "/redis.sock") {
    pid_ = fork();
    if (pid_ == 0) becomeRedis(folder_, socket_);
    const auto deadline = std::chrono::steady_clock::now() + startPatience;
    while (!answers(socket_)) {
        if (std::chrono::steady_clock::now() > deadline) {
            stop();
            throw std::runtime_error("redis-server does not start");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

RedisServer::~RedisServer() {
    stop();
}

void RedisServer::stop() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void RedisConnection::Close::operator()(redisContext* context) const {
    redisFree(context);
}

RedisConnection::RedisConnection(const std::string& socket) : context_(redisConnectUnix(socket.c_str())) {
    if (!context_ || context_->err) throw std::runtime_error("no connection to " + socket);
}

redis::Reply RedisConnection::command(const std::vector<std::string>& arguments) {
    send(arguments);
    return receive();
}

void RedisConnection::send(const std::vector<std::string>& arguments) {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    for (const auto& argument : arguments) {
        texts.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    redisAppendCommandArgv(context_.get(), static_cast<int>(texts.size()), texts.data(), lengths.data());
}

redis::Reply RedisConnection::receive() {
    void* reply = nullptr;
    if (redisGetReply(context_.get(), &reply) != REDIS_OK)
        throw std::runtime_error("connection to Redis lost");
    const std::unique_ptr<redisReply, void (*)(void*)> owner(static_cast<redisReply*>(reply),
                                                             freeReplyObject);
    return owned(*owner);
}

}  // namespace placette::test
