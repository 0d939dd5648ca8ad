// placette-cost          the names of the stages, one a line
// placette-cost STAGE    does that one's work; under callgrind, nothing else is counted
//
// A process for each stage: what one leaves behind in the heap is not another's cost.
#include <valgrind/callgrind.h>

#include <algorithm>
#include <iostream>

#include "stages.hpp"

using namespace placette;

int main(int count, char** arguments) {
    const auto& stages = cost::stages();
    if (count < 2) {
        for (const auto& stage : stages) std::cout << stage.name << '\n';
        return 0;
    }
    const auto stage = std::ranges::find(stages, std::string_view(arguments[1]), &cost::Stage::name);
    if (stage == stages.end()) {
        std::cerr << "there is no such stage\n";
        return 1;
    }
    const auto work = stage->prepare();
    CALLGRIND_START_INSTRUMENTATION;
    const auto made = work();
    CALLGRIND_STOP_INSTRUMENTATION;
    std::cout << made << '\n';
    return 0;
}
