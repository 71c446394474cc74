// One service: what it is, who it is for, when, where, what it costs, and what can be done now.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr std::size_t kPlacesShown = 6;
constexpr double kAddressQrMm = 45;

std::string report_label(const Frame& frame, const directory::ActionLink& report) {
  const bool call_back = visit::is_call_back(*frame.state.settings, {report.backend, report.service_id});
  return frame.word(call_back ? "report.call_back_send" : "service.report");
}

std::vector<ui::DockButton> actions_of(const Frame& frame) {
  std::vector<ui::DockButton> actions;
  if (!frame.state.service.ready()) return actions;
  const directory::Service& service = frame.state.service.value.service;
  if (service.booking) {
    actions.push_back(
        {"book", {.label = frame.word("service.book"), .icon = ui::Icon::Calendar, .kind = ui::ButtonKind::Primary}});
  }
  if (service.report) {
    const ui::ButtonKind kind = service.booking ? ui::ButtonKind::Secondary : ui::ButtonKind::Primary;
    actions.push_back(
        {"report", {.label = report_label(frame, *service.report), .icon = ui::Icon::Chat, .kind = kind}});
  }
  if (frame.state.printer_ready) {
    const bool printing = frame.state.service_paper.printing();
    actions.push_back({"print", {.label = frame.word("service.print"), .icon = ui::Icon::Printer, .busy = printing}});
  }
  if (visit::needs_quick_exit(service, *frame.state.settings)) {  // found without looking for it
    const ui::ButtonKind kind = service.booking || service.report ? ui::ButtonKind::Secondary : ui::ButtonKind::Primary;
    actions.insert(actions.begin(),
                   {"leave", {.label = frame.word("service.leave_now"), .icon = ui::Icon::Exit, .kind = kind}});
  }
  return actions;
}

void act(const Frame& frame, const std::optional<std::string>& chosen) {
  if (chosen == "book") frame.emit(visit::StartBooking{});
  if (chosen == "report") frame.emit(visit::StartReport{});
  if (chosen == "print") frame.emit(visit::PrintServicePage{});
  if (chosen == "leave") frame.emit(visit::LeaveNow{});
}

void section(const Frame& frame, std::string_view key, const std::string& text) {
  if (text.empty()) return;
  ui::heading(frame.ui, frame.word(key), 2);
  for (const std::string& part : core::split(text, '\n')) ui::paragraph(frame.ui, part);
}

void draw_facts(const Frame& frame, const visit::ServiceView& view) {
  std::vector<std::string> costs;
  for (const directory::Cost& cost : view.service.costs) costs.push_back(cost_line(frame, cost));
  if (!view.service.fees.empty()) costs.push_back(view.service.fees);
  section(frame, "service.eligibility", view.service.eligibility);
  section(frame, "service.cost", core::join(costs, "\n"));
  section(frame, "service.bring", bring_words(frame, view.service));
  section(frame, "service.apply", view.service.application);
}

void draw_places_of(const Frame& frame, const visit::ServiceView& view) {
  std::vector<ui::CardSpec> specs;
  for (const visit::PlaceCard& place : view.places) {
    if (!place.place.address || specs.size() >= kPlacesShown) continue;
    ui::CardSpec spec;
    spec.title = place.place.name.empty() ? address_words(*place.place.address) : place.place.name;
    spec.icon = ui::Icon::MapPin;
    if (!place.place.name.empty()) spec.lines.push_back({address_words(*place.place.address)});
    const std::string opening = opening_words(frame, place.hours);
    if (!opening.empty()) spec.lines.push_back({opening, ui::Icon::Clock, ui::Ink::Quiet, kOpeningLines});
    const std::string walk = walking_words(frame, place.walking_minutes, place.is_here);
    if (!walk.empty()) spec.lines.push_back({walk, ui::Icon::Walk});
    specs.push_back(std::move(spec));
  }
  if (specs.empty()) return;
  ui::heading(frame.ui, frame.word("service.where"), 2);
  if (const auto chosen = ui::cards(frame.ui, "places", specs)) {
    std::size_t shown = 0;
    for (const visit::PlaceCard& place : view.places) {
      if (place.place.address && shown++ == *chosen) frame.emit(visit::OpenPlace{place.id});
    }
  }
}

void draw_contact_of(const Frame& frame, const directory::Service& service) {
  if (service.phones.empty() && service.email.empty() && service.url.empty()) return;
  ui::heading(frame.ui, frame.word("service.contact"), 2);
  for (const directory::Phone& phone : service.phones)
    ui::paragraph(frame.ui, phone_words(phone), {.type = ui::Type::Strong, .icon = ui::Icon::Phone});
  if (!service.email.empty()) ui::paragraph(frame.ui, service.email, {.icon = ui::Icon::Mail});
  if (service.url.empty()) return;
  ui::paragraph(frame.ui, service.url, {.icon = ui::Icon::Globe});
  if (frame.state.service_qr.width > 0) {
    ui::picture(frame.ui, frame.state.service_qr,
                {.name = frame.word("service.qr"), .max_mm = kAddressQrMm, .hint = frame.word("service.qr_hint")});
  }
}

void draw_badges(const Frame& frame, const visit::ServiceCard& card) {
  const std::string opening = opening_words(frame, card.hours);
  const bool open = visit::is_open_to_all(card.hours);
  ui::Wrap wrap(frame.ui);
  if (!opening.empty()) ui::badge(frame.ui, {opening, open ? ui::Tone::Good : ui::Tone::Neutral, ui::Icon::Clock});
  const std::string walk = walking_words(frame, card.walking_minutes, card.is_here);
  if (!walk.empty()) ui::badge(frame.ui, {walk, ui::Tone::Neutral, ui::Icon::Walk});
  const std::string cost = cost_words(frame, card);
  if (!cost.empty()) ui::badge(frame.ui, {cost, ui::Tone::Neutral, ui::Icon::Coin});
  for (const ui::BadgeSpec& badge : trust_badges(frame, card)) ui::badge(frame.ui, badge);
}

// The same service of other authorities, where the list that led here had them together.
void draw_others(const Frame& frame, const directory::RecordKey& key) {
  for (const visit::ServiceCard& card : frame.state.results.value.cards) {
    if (card.key != key || card.others.empty()) continue;
    ui::Panel panel(frame.ui, "others");
    ui::heading(frame.ui, frame.word("service.others"), 3);
    for (const visit::ServiceCard::Other& other : card.others) {
      if (ui::button(frame.ui, other.key.source + "/" + other.key.id,
                     {.label = other.organisation, .icon = ui::Icon::Building}))
        frame.emit(visit::OpenService{other.key});
    }
  }
}

void draw_head(const Frame& frame, const visit::ServiceView& view) {
  ui::heading(frame.ui, view.service.name, 1);
  ui::paragraph(frame.ui, frame.word("service.by", {{"organisation", view.service.organisation.name}}),
                {.ink = ui::Ink::Quiet, .icon = ui::Icon::Building});
  draw_badges(frame, view.card);
  draw_others(frame, view.service.key);
  if (!view.service.alert.empty())
    ui::notice(frame.ui, "alert", {view.service.alert, "", ui::Tone::Caution, ui::Icon::Warning});
  draw_print_outcome(frame, frame.state.service_paper.state);
}

}  // namespace

void draw_service(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, actions_of(frame));
  {
    ui::Scroll scroll(frame.ui, "service", dock.above());
    draw_wait(frame, frame.state.service, frame.word("wait.loading"));
    if (!frame.state.service.ready()) return;
    const visit::ServiceView& view = frame.state.service.value;
    draw_head(frame, view);
    two_columns(
        frame,
        [&] {
          for (const std::string& part : core::split(view.service.description, '\n')) ui::paragraph(frame.ui, part);
          draw_facts(frame, view);
          draw_places_of(frame, view);
        },
        [&] {
          draw_times(frame, view.times);
          draw_contact_of(frame, view.service);
        });
    ui::divider(frame.ui);
    ui::paragraph(frame.ui, checked_words(frame, view.service.checked),
                  {.ink = ui::Ink::Quiet, .icon = ui::Icon::Info});
    frame.ui.gap(6);
  }
  act(frame, dock.draw());
}

}  // namespace kiosk::screens
