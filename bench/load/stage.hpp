// What the scenarios with watchers have in common: publishers, a crowd, and the ledger between them.
#pragma once

#include "crowd.hpp"
#include "publisher.hpp"

namespace load {

class Stage {
public:
    explicit Stage(const Options&);

    void enter_publishers();
    // Not all targets say when a subscription stands: a change that arrives does.
    void reach_everyone();
    bool turn_until_everywhere(Nanos patience);  // true: all watchers have the last change

private:
    // In the order in which one rests on the other: so these come before what is public.
    sockaddr_in address_;
    std::unique_ptr<PublisherDialect> publisher_dialect_;
    std::unique_ptr<Dialect> watcher_dialect_;
    std::string upgrade_;

public:
    Ledger ledger;
    Loop loop;
    Publishers publishers;
    Crowd crowd;
};

}  // namespace load
