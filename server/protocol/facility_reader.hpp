// The parts that the import document and the stored document have in common.
#pragma once

#include "placette/domain/territory.hpp"
#include "protocol/params.hpp"

namespace placette {

Facility facilityIn(Params&);
std::vector<std::string> bringIn(Params&);  // what else a manager decides
std::vector<Closure> closuresIn(Params&);
Office officeIn(Params&);
Commune communeIn(Params&);

}  // namespace placette
