#include "placette/domain/distance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace placette {
namespace {

constexpr double earthRadiusKm = 6371;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

std::optional<Point> pointAt(std::optional<double> latitude, std::optional<double> longitude) {
    if (!latitude || !longitude) return std::nullopt;
    return Point{*latitude, *longitude};
}

}  // namespace

double kilometresBetween(Point a, Point b) {
    const auto north = std::sin(radians(b.latitude - a.latitude) / 2);
    const auto east = std::sin(radians(b.longitude - a.longitude) / 2);
    const auto chord =
        north * north + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * east * east;
    return 2 * earthRadiusKm * std::asin(std::min(1.0, std::sqrt(chord)));
}

std::optional<Point> pointOf(const Commune& commune) {
    return pointAt(commune.latitude, commune.longitude);
}

std::optional<Point> pointOf(const Facility& facility, const std::vector<Commune>& communes) {
    if (auto own = pointAt(facility.latitude, facility.longitude)) return own;
    const auto commune = std::ranges::find(communes, facility.commune.insee, &Commune::insee);
    return commune == communes.end() ? std::nullopt : pointOf(*commune);
}

}  // namespace placette
