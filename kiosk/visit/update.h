// The rules of a visit. Pure: the same state and action always give the same next state and effects.
#pragma once

#include <vector>

#include "kiosk/visit/action.h"
#include "kiosk/visit/effect.h"
#include "kiosk/visit/state.h"

namespace kiosk::visit {

struct Next {
  State state;
  std::vector<Effect> effects;
};

// The state of a kiosk that nobody uses: start page, default preferences.
State initial_state(std::shared_ptr<const settings::Settings> settings);
Next update(State state, Action action);

}  // namespace kiosk::visit
