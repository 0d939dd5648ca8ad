// The rules of taking places, without a store.
#include <benchmark/benchmark.h>

#include <chrono>

#include "placette/domain/engine.hpp"
#include "sample.hpp"

using namespace placette;

namespace {

Engine openTown() {
    ImportCells import;
    for (const auto& [key, cell] : sample::cells(sample::town))
        import.items.push_back({key, maxPlaces, 0, {}, sample::now + std::chrono::hours { 24 }});
    Engine engine;
    engine.apply({}, import, sample::now).value();
    return engine;
}

void holdThreePlaces(benchmark::State& state) {
    constexpr int bookings = 200;
    const auto opened = openTown();
    std::vector<Command> wishes;
    for (int n = 0; n < bookings; ++n) wishes.emplace_back(HoldPlaces{.booking = sample::booking(n)});
    for (auto _ : state) {
        state.PauseTiming();
        auto engine = opened;
        state.ResumeTiming();
        for (const auto& wish : wishes)
            if (!engine.apply({}, wish, sample::now)) state.SkipWithError("refused");
    }
    state.SetItemsProcessed(state.iterations() * bookings);
}
BENCHMARK(holdThreePlaces)->Name("domain/hold three places, 200 times");

}  // namespace
