// Placette: JSON-RPC 2.0, `placette.v1`. Offsets are told as the server has them.
#pragma once

#include <vector>

#include "dialect.hpp"

namespace load {

std::string upgrade_to_placette(std::string_view host, const std::string& token);

class PlacetteWatcher : public Dialect {
public:
    explicit PlacetteWatcher(const Options& options) : options_(options) {}

    std::string upgrade(std::string_view host) const override;
    std::string greeting(std::optional<Number> stood) const override;
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void read(std::string_view message, std::string& kept, Hearer&) override;

private:
    void read_reply(std::string_view reply, Hearer&);

    const Options& options_;
    std::string epoch_;  // of the last reply
};

// Raises one cell after the other by one, and on the next round lowers them again.
class PlacettePublisher : public PublisherDialect {
public:
    explicit PlacettePublisher(const Options& options);

    std::string upgrade(std::string_view host) const override;
    std::string greeting(std::optional<Number> stood) const override;
    void read(std::string_view message, std::string& kept, Hearer&) override;
    std::string change(Number) override;

private:
    void read_board(std::string_view answers, Hearer&);

    const Options& options_;
    std::string run_;                 // what makes keys this run's own
    std::vector<std::string> cells_;  // the call but for its key and `by`
};

}  // namespace load
