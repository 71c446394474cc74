#include "kiosk/directory/cost.h"

#include <algorithm>

namespace kiosk::directory {

CostKind cost_of(const Service& service) {
  if (service.costs.empty()) return CostKind::Unknown;
  const auto is_free = [](const Cost& cost) { return cost.amount && *cost.amount == 0; };
  const bool free = std::all_of(service.costs.begin(), service.costs.end(), is_free);
  const bool some_free = std::any_of(service.costs.begin(), service.costs.end(), is_free);
  const bool charged = std::any_of(service.costs.begin(), service.costs.end(),
                                   [](const Cost& cost) { return cost.amount && *cost.amount > 0; });
  if (some_free && charged) return CostKind::Part;
  return free ? CostKind::Free : charged ? CostKind::Charged : CostKind::Unknown;
}

}  // namespace kiosk::directory
