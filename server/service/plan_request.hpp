// plan.search as it is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "placette/domain/distance.hpp"
#include "placette/domain/plan.hpp"
#include "placette/domain/problem.hpp"
#include "service/booking_request.hpp"

namespace placette::service {

struct PlanPoint {
    std::string commune{};  // INSEE code; or empty, and
    Point point{};
};
struct PlanRequest {
    std::vector<std::string> territories;
    std::optional<PlanPoint> near, via;
    std::vector<WantedChild> children;
    Care care = Care::vip;
    std::vector<std::string> knownAt;
    std::vector<Want> wants;  // by date
    std::optional<double> maxKm;
    std::size_t limit = 3;
};

// `invalid_params`.
Result<PlanRequest> readPlanRequest(const Json& params);

}  // namespace placette::service
