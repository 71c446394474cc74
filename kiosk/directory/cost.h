// Whether a service costs anything, as far as its record says in figures.
#pragma once

#include "kiosk/directory/model.h"

namespace kiosk::directory {

enum class CostKind { Unknown, Free, Charged };

// Free where every cost is 0, Charged where any is more; prices in words alone leave it Unknown.
CostKind cost_of(const Service& service);

}  // namespace kiosk::directory
