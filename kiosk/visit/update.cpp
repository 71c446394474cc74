#include "kiosk/visit/update.h"

#include <type_traits>

#include "kiosk/visit/turn.h"

namespace kiosk::visit {
namespace {

// Events that a resident causes: each counts as a touch. A Tick or an answer does not.
template <class E>
constexpr bool kByResident =
    !std::is_same_v<E, Tick> && !std::is_same_v<E, SearchLoaded> && !std::is_same_v<E, TopicsLoaded> &&
    !std::is_same_v<E, TopicServicesLoaded> && !std::is_same_v<E, ServiceLoaded> && !std::is_same_v<E, AreaLoaded> &&
    !std::is_same_v<E, PlacesLoaded> && !std::is_same_v<E, OfferLoaded> && !std::is_same_v<E, CalendarLoaded> &&
    !std::is_same_v<E, ProofProgressed> && !std::is_same_v<E, HoldDone> && !std::is_same_v<E, ConfirmDone> &&
    !std::is_same_v<E, OutcomeLoaded> && !std::is_same_v<E, ReportFormLoaded> && !std::is_same_v<E, ReportAreaLoaded> &&
    !std::is_same_v<E, NearReportsLoaded> && !std::is_same_v<E, ReportSent> &&
    !std::is_same_v<E, ReportOutcomeLoaded> && !std::is_same_v<E, FoundByCode> &&
    !std::is_same_v<E, BookedServiceLoaded> && !std::is_same_v<E, CancelDone> && !std::is_same_v<E, PrintDone> &&
    !std::is_same_v<E, DirectoryChanged> && !std::is_same_v<E, PrinterChanged> && !std::is_same_v<E, JournalChanged>;

}  // namespace

State initial_state(std::shared_ptr<const settings::Settings> settings) {
  State state;
  state.preferences.language = settings->kiosk.languages.front();
  state.preferences.theme = settings->display.theme;
  state.preferences.text_size = settings->display.text_size;
  state.settings = std::move(settings);
  return state;
}

Next update(State state, Action action) {
  Next next{std::move(state), {}};
  next.state.now = action.now;
  next.state.wall = action.wall;
  Turn turn{next.state, next.effects};
  action.event.visit([&](auto& event) {
    using E = std::decay_t<decltype(event)>;
    if constexpr (kByResident<E>) {
      turn.state.in_visit = true;
      turn.state.last_touch = turn.state.now;
    }
    apply(turn, event);
  });
  return next;
}

}  // namespace kiosk::visit
