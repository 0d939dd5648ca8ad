// Answers at the server's addresses while it is not there yet: that it lives (/healthz), what it waits for
// (/readyz), and to all else that it is to be asked again. On a thread of its own: whatever the start does
// meanwhile, it answers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/types.hpp"

namespace placette::net {

class WaitingRoom {
public:
    explicit WaitingRoom(const std::vector<tcp::endpoint>&);  // throws where they cannot be had
    ~WaitingRoom();
    WaitingRoom(const WaitingRoom&) = delete;

    void say(std::string why);  // what is waited for; to others than this machine no more than that it is
    void close();               // who comes next comes to the server

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace placette::net
