// Figures as the result tells them.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

#include "histogram.hpp"
#include "options.hpp"
#include "process.hpp"

namespace load {

using Json = nlohmann::ordered_json;

inline double rounded(double value) {
    return std::round(value * 1000) / 1000;
}
inline double milliseconds(Nanos time) {
    return rounded(seconds(time) * 1000);
}

inline Json to_json(const Histogram& times) {
    return {{"p50", milliseconds(times.quantile(0.5))},
            {"p99", milliseconds(times.quantile(0.99))},
            {"max", milliseconds(times.max())}};
}

inline Json to_json(const Cpu& cpu) {
    return {{"user", rounded(cpu.user)}, {"system", rounded(cpu.system)}};
}

// What all concerned use from here on.
class Costs {
public:
    explicit Costs(const Options& options)
        : start_(now()), servers_(options.pids), apart_(options.apart_pids), self_({getpid()}) {}

    Json so_far() const {
        return {{"seconds", rounded(load::seconds(now() - start_))},
                {"cpu", to_json(servers_.used())},
                {"apart", to_json(apart_.used())},
                {"loadCpu", to_json(self_.used())}};
    }

private:
    Nanos start_;
    CpuMeter servers_, apart_, self_;
};

}  // namespace load
