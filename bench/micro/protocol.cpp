// Requests read, values written.
#include <benchmark/benchmark.h>

#include "protocol/encode.hpp"
#include "protocol/json_rpc.hpp"
#include "sample.hpp"

using namespace placette;

namespace {

void parseRequest(benchmark::State& state, const std::string& text) {
    for (auto _ : state) benchmark::DoNotOptimize(rpc::parse(text, 50));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void encodeCell(benchmark::State& state) {
    const auto cell = sample::cells(sample::town).front();
    for (auto _ : state) {
        std::string text;
        encode::cell(text, cell);
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(encodeCell)->Name("protocol/encode a cell");

const bool registered = [] {
    for (const auto& [method, text] : sample::questions())
        benchmark::RegisterBenchmark((std::string("protocol/parse ") + method).c_str(), parseRequest, text);
    return true;
}();

}  // namespace
