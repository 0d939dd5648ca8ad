// Counts the calls of one worker thread by method and outcome, with their time. What is counted into is
// looked up once: the families that all threads share are locked.
#pragma once

#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "observe/metrics.hpp"

namespace placette::service {

class CallMeter {
public:
    explicit CallMeter(observe::Metrics& metrics) : metrics_(metrics) {}

    // Both names live as long as the program.
    void note(std::string_view method, std::string_view outcome, std::chrono::duration<double> took) {
        counterOf(method, outcome).Increment();
        timesOf(method).Observe(took.count());
    }

private:
    prometheus::Counter& counterOf(std::string_view method, std::string_view outcome) {
        auto& known = counters_[{method, outcome}];
        if (!known)
            known = &metrics_.calls.Add({{"method", std::string(method)}, {"outcome", std::string(outcome)}});
        return *known;
    }
    prometheus::Histogram& timesOf(std::string_view method) {
        auto& known = times_[method];
        if (!known)
            known = &metrics_.callTimes.Add({{"method", std::string(method)}}, observe::timeBuckets());
        return *known;
    }

    observe::Metrics& metrics_;
    std::map<std::pair<std::string_view, std::string_view>, prometheus::Counter*> counters_;
    std::map<std::string_view, prometheus::Histogram*> times_;
};

}  // namespace placette::service
