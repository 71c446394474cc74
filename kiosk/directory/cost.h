// Whether a service costs anything, as far as its record says in figures.
#pragma once

#include "kiosk/directory/model.h"

namespace kiosk::directory {

enum class CostKind { Unknown, Free, Charged, Part };  // Part: some of it is free, some is not

// Free where every cost is 0, Charged where one is more and none 0; prices in words alone leave it Unknown.
CostKind cost_of(const Service& service);

}  // namespace kiosk::directory
