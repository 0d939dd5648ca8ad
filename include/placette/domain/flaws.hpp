// What a document may say and most likely does not mean, and what no reader can see by itself: between the
// parts of a facility, and between facilities, offices and communes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/territory.hpp"

namespace placette {

struct Flaw {
    std::string field, detail;  // "facilities[2].sections[1]"; what is so, and what would be right
    bool wrong = false;         // it is refused; else it is taken, and told
};

// Overlapping sections or periods, ages that no section takes, items that are there twice, an INSEE code that
// cannot be.
std::vector<Flaw> flawsOf(const Facility&, const std::string& path);

// The same of all that a document names, and communes that are none of the territory's as it will be
// (`after`).
std::vector<Flaw> flawsOf(const Territory& named, const Territory& after);

// Codes of communes begin with their département's, and go on with a number above zero.
bool isPossibleInsee(std::string_view);

}  // namespace placette
