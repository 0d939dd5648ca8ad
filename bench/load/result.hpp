// Figures as the result tells them.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

#include "histogram.hpp"
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

}  // namespace load
