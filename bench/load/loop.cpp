#include "loop.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "connection.hpp"

namespace load {

namespace {

// So few that the pace is kept between them.
constexpr std::size_t events_a_turn = 64;
constexpr std::size_t room_for_a_read = 1 << 22;

}  // namespace

Loop::Loop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), room_(room_for_a_read) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Loop::~Loop() {
    close(epoll_);
}

bool Loop::turn_until(Nanos deadline, const std::function<bool()>& done) {
    while (!done()) {
        const auto time = now();
        if (time >= deadline) return false;
        turn(std::min(deadline, pace_(time)));
    }
    return true;
}

void Loop::turn_for(Nanos time) {
    turn_until(now() + time, [] { return false; });
}

void Loop::turn(Nanos until) {
    const auto wait = until == never ? second : std::max<Nanos>(0, until - now());
    const timespec timeout{.tv_sec = wait / second, .tv_nsec = wait % second};
    std::array<epoll_event, events_a_turn> events;
    const int count = epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
    if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_pwait2");
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        static_cast<Connection*>(event.data.ptr)->happened(event.events, room_);
    }
}

}  // namespace load
