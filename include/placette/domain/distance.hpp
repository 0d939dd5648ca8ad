// How far two places are: what the crow flies, as the pages say it (« 6 km »).
#pragma once

#include <optional>
#include <vector>

#include "placette/domain/facility.hpp"
#include "placette/domain/territory.hpp"

namespace placette {

struct Point {
    double latitude = 0, longitude = 0;  // degrees
};

double kilometresBetween(Point, Point);

// nullopt: nobody has said where it is, and it is not guessed. A facility without coordinates of its own (a
// childminder's home is not shown) stands where its commune does.
std::optional<Point> pointOf(const Commune&);
std::optional<Point> pointOf(const Facility&, const std::vector<Commune>&);

}  // namespace placette
