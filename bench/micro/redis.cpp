// Entries of the log as Redis has them, read.
#include <benchmark/benchmark.h>

#include "redis/codec.hpp"
#include "sample.hpp"

using namespace placette;

namespace {

void decode(benchmark::State& state, redis::RawEntry (sample::Log::*next)()) {
    const auto entry = (sample::Log(sample::town).*next)();
    for (auto _ : state) benchmark::DoNotOptimize(redis::decodeLogEntry(entry.offset(), entry.fields));
}
BENCHMARK_CAPTURE(decode, , &sample::Log::adjusted)->Name("redis/decode an entry: one cell");
BENCHMARK_CAPTURE(decode, , &sample::Log::booked)->Name("redis/decode an entry: a booking, three cells");

}  // namespace
