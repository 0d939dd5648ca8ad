// From an entry of the log to what each watcher is written.
#include <benchmark/benchmark.h>

#include <optional>

#include "boards.hpp"

using namespace placette;

namespace {

constexpr std::size_t some = 100;

std::size_t count(const benchmark::State& state) {
    return static_cast<std::size_t>(state.range(0));
}

void encodeChange(benchmark::State& state) {
    const auto raw = sample::Log(sample::town).adjusted();
    const auto entry = redis::decodeLogEntry(raw.offset(), raw.fields);
    for (auto _ : state) benchmark::DoNotOptimize(hub::logged(entry));
}
BENCHMARK(encodeChange)->Name("hub/encode the cell of a change");

void tellFirst(benchmark::State& state) {
    const auto changes = sample::changes(sample::town, some);
    for (auto _ : state) {
        state.PauseTiming();
        const auto channel = sample::channel(sample::town, {});
        state.ResumeTiming();
        for (const auto& change : changes) {
            channel->offer(change);
            benchmark::DoNotOptimize(channel->news(change->entry.offset - 1));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(some));
}
BENCHMARK(tellFirst)->Name("hub/put the frame of a change together, 100 times");

void tellAll(benchmark::State& state) {
    const auto changes = sample::changes(sample::town, some);
    std::optional<sample::Crowd> crowd;
    for (auto _ : state) {
        state.PauseTiming();
        crowd.emplace(sample::town, count(state));
        state.ResumeTiming();
        for (const auto& change : changes) {
            crowd->tell(change);
            for (auto& watcher : crowd->watchers()) benchmark::DoNotOptimize(watcher->take());
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(some) * state.range(0));
}
BENCHMARK(tellAll)->Name("hub/tell watchers of a change, 100 times")->Arg(1'000);

void mergeNews(benchmark::State& state) {
    const auto changes = sample::changes(sample::town, count(state));
    for (auto _ : state) {
        state.PauseTiming();
        const auto channel = sample::channel(sample::town, changes);
        state.ResumeTiming();
        benchmark::DoNotOptimize(channel->news(0));
    }
}
BENCHMARK(mergeNews)->Name("hub/merge changes for who lags")->Arg(32)->Arg(500);

void resume(benchmark::State& state) {
    const auto changes = sample::changes(sample::town, count(state));
    for (auto _ : state) {
        state.PauseTiming();
        const auto channel = sample::channel(sample::town, changes);
        state.ResumeTiming();
        benchmark::DoNotOptimize(channel->changedSince(0));
    }
}
BENCHMARK(resume)->Name("hub/last states for who comes back")->Arg(32)->Arg(500);

void applyToBoard(benchmark::State& state, sample::Size size) {
    auto cells = sample::cells(size);
    hub::Board board;
    for (const auto& cell : cells) board.apply(cell);
    std::size_t n = 0;
    for (auto _ : state) {
        auto& cell = cells[n = (n + 7919) % cells.size()];
        ++cell.cell.version;
        board.apply(cell);
    }
}
BENCHMARK_CAPTURE(applyToBoard, , sample::town)->Name("hub/apply a cell to a town's board");
BENCHMARK_CAPTURE(applyToBoard, , sample::departement)->Name("hub/apply a cell to a département's board");

void snapshot(benchmark::State& state, sample::Size size) {
    sample::LoadedBoard board(size);
    for (auto _ : state) benchmark::DoNotOptimize(board.snapshot());
}
BENCHMARK_CAPTURE(snapshot, , sample::town)->Name("hub/encode a town's snapshot");
BENCHMARK_CAPTURE(snapshot, , sample::departement)->Name("hub/encode a département's snapshot");

}  // namespace
