// What the one visit is for: how many of the service, and what else with it.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

void draw_count(const Frame& frame, const std::string& service_id, const std::string& name, int most) {
  const int chosen = visit::chosen_count(frame.state.booking.target, service_id);
  if (most < 2 || chosen < 1) return;
  const std::string label = frame.word("services.count", {{"name", name}});
  ui::heading(frame.ui, label, 3);
  std::vector<ui::ChoiceSpec> specs;
  for (int count = 1; count <= most; ++count)
    specs.push_back({.label = frame.language().number(count), .selected = count == chosen});
  if (const auto tapped = ui::tiles(frame.ui, "count " + service_id, label, specs))
    frame.emit(visit::ChooseServiceCount{service_id, static_cast<int>(*tapped) + 1});
}

void draw_additions(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  const auto& additions = flow.offer.value.additions;
  if (additions.empty()) return;
  ui::heading(frame.ui, frame.word("services.also"), 2);
  std::vector<ui::ChoiceSpec> specs;
  for (const promises::Offer::Addition& each : additions) {
    const bool chosen = visit::chosen_count(flow.target, each.service_id) > 0;
    specs.push_back({.label = each.name, .selected = chosen, .many = true});
  }
  if (const auto tapped = ui::choices(frame.ui, "also", frame.word("services.also"), specs))
    frame.emit(visit::ChooseServiceCount{additions[*tapped].service_id, specs[*tapped].selected ? 0 : 1});
  for (const promises::Offer::Addition& each : additions) draw_count(frame, each.service_id, each.name, each.most);
}

void draw_fault(const Frame& frame) {
  const visit::ServicesFault fault = frame.state.booking.services_fault;
  if (fault == visit::ServicesFault::None) return;
  const bool refused = fault == visit::ServicesFault::Refused;
  ui::notice(frame.ui, refused ? "refused" : "not heard",
             {frame.word(refused ? "services.refused" : "services.not_heard"), frame.word("services.as_before"),
              ui::Tone::Caution, ui::Icon::Warning, true});
}

}  // namespace

void draw_services_row(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  if (!visit::can_choose_services(flow)) return;
  const std::string what = frame.word("check.what");
  const std::vector<ui::SummaryRow> rows = {{what, promises::visit_name(flow.offer.value),
                                             frame.word("services.change"),
                                             frame.word("check.change_what", {{"what", what}}), ui::Icon::Document}};
  if (ui::summary(frame.ui, "services", rows)) frame.emit(visit::ChangeServices{});
}

void draw_book_services(const Frame& frame, const ui::Rect& rect) {
  const visit::BookingFlow& flow = frame.state.booking;
  std::vector<ui::DockButton> actions;
  if (flow.offer.ready()) {
    actions.push_back({"continue",
                       {.label = frame.word("nav.continue"),
                        .icon = ui::Icon::Forward,
                        .kind = ui::ButtonKind::Primary,
                        .icon_at_end = true}});
  }
  ui::Dock dock(frame.ui, rect, std::move(actions));
  {
    ui::Scroll scroll(frame.ui, "services", dock.above());
    const promises::Offer& offer = flow.offer.value;
    ui::heading(frame.ui, frame.word("services.heading"), 1);
    if (offer.most < 2) ui::paragraph(frame.ui, offer.name, {.ink = ui::Ink::Quiet});  // its number says the name
    draw_fault(frame);
    draw_wait(frame, flow.offer, asking_words(frame));
    draw_count(frame, flow.target.service_id, offer.name, offer.most);
    draw_additions(frame);
    frame.ui.gap(6);
  }
  if (dock.draw()) frame.emit(visit::ContinueServices{});
}

}  // namespace kiosk::screens
