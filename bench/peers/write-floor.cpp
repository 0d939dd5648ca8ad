// The floor under every fan-out: what the kernel takes for one small write to a loopback socket. One thread
// writes to 1,000 connections in turn and is measured; another reads what arrives, as clients would.
//   placette-write-floor [seconds] [bytes]   ->   {"sockets", "bytes", "writes", "userMicros",
//   "systemMicros"}
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int sockets = 1000;

int checked(int result, const char* what) {
    if (result < 0) throw std::runtime_error(what);
    return result;
}

struct Pair {
    int writer;
    int reader;
};

class Listener {
public:
    Listener() : socket_(checked(::socket(AF_INET, SOCK_STREAM, 0), "socket")) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        checked(::bind(socket_, generic(), size_), "bind");
        checked(::listen(socket_, 16), "listen");
        checked(::getsockname(socket_, generic(), &size_), "getsockname");
    }

    Pair connected() {
        const int reader =
            checked(::socket(AF_INET, SOCK_STREAM, 0), "socket: is the limit of open files too low?");
        checked(::connect(reader, generic(), size_), "connect");
        const int writer = checked(::accept(socket_, nullptr, nullptr), "accept");
        const int yes = 1;
        checked(::setsockopt(writer, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "TCP_NODELAY");
        return {writer, reader};
    }

private:
    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&address_); }

    int socket_;
    sockaddr_in address_{};
    socklen_t size_ = sizeof address_;
};

void readAll(const std::vector<Pair>& pairs, const std::atomic<bool>& over) {
    const int epoll = checked(::epoll_create1(0), "epoll");
    for (const auto& pair : pairs) {
        epoll_event event{EPOLLIN, {.fd = pair.reader}};
        checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, pair.reader, &event), "epoll_ctl");
    }
    std::vector<epoll_event> events(sockets);
    std::vector<char> sink(1 << 16);
    while (!over) {
        const int count = ::epoll_wait(epoll, events.data(), sockets, 10);
        for (int i = 0; i < count; ++i)
            checked(static_cast<int>(::read(events[i].data.fd, sink.data(), sink.size())), "read");
    }
}

double micros(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

void measure(const std::vector<Pair>& pairs, std::chrono::seconds seconds, std::size_t bytes) {
    const std::string text(bytes, 'x');
    rusage before{}, after{};
    long writes = 0;
    ::getrusage(RUSAGE_THREAD, &before);
    for (const auto end = std::chrono::steady_clock::now() + seconds;
         std::chrono::steady_clock::now() < end;) {
        for (const auto& pair : pairs)
            checked(static_cast<int>(::write(pair.writer, text.data(), text.size())), "write");
        writes += sockets;
    }
    ::getrusage(RUSAGE_THREAD, &after);
    const auto each = [&](timeval from, timeval to) {
        return (micros(to) - micros(from)) / static_cast<double>(writes);
    };
    std::printf(R"({"sockets":%d,"bytes":%zu,"writes":%ld,"userMicros":%.3f,"systemMicros":%.3f})"
                "\n",
                sockets, bytes, writes, each(before.ru_utime, after.ru_utime),
                each(before.ru_stime, after.ru_stime));
}

}  // namespace

int main(int argc, char** argv) {
    const std::chrono::seconds seconds{argc > 1 ? std::atoi(argv[1]) : 2};
    const auto bytes = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 500);
    Listener listener;
    std::vector<Pair> pairs;
    for (int i = 0; i < sockets; ++i) pairs.push_back(listener.connected());
    std::atomic<bool> over = false;
    std::thread reader([&] { readAll(pairs, over); });
    measure(pairs, seconds, bytes);
    over = true;
    reader.join();
}
