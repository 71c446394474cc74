#include "kiosk/directory/cost.h"

#include <algorithm>

namespace kiosk::directory {

CostKind cost_of(const Service& service) {
  if (service.costs.empty()) return CostKind::Unknown;
  const bool free = std::all_of(service.costs.begin(), service.costs.end(),
                                [](const Cost& cost) { return cost.amount && *cost.amount == 0; });
  const bool charged = std::any_of(service.costs.begin(), service.costs.end(),
                                   [](const Cost& cost) { return cost.amount && *cost.amount > 0; });
  return free ? CostKind::Free : charged ? CostKind::Charged : CostKind::Unknown;
}

}  // namespace kiosk::directory
