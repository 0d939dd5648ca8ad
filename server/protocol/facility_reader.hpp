// The parts that the import document and the stored document have in common.
#pragma once

#include "placette/domain/territory.hpp"
#include "protocol/params.hpp"

namespace placette {

Facility facilityIn(Params&);
Office officeIn(Params&);
Commune communeIn(Params&);

}  // namespace placette
