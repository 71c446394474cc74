// Where, and when: the office, the day and the time.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

// While the kiosk proves to the system that it is no robot, the wait says so, and how far it has come.
template <class T>
void draw_wait_for_times(const Frame& frame, const visit::Load<T>& load, std::string text) {
  const std::optional<double> proof = frame.state.booking.proof;
  draw_wait(frame, load, proof ? frame.word("wait.proof") : std::move(text), true, proof);
}

// Of the offices: one below the other where the panel stands upright, for there is room below and none beside.
constexpr double kColumnOfPortraitMm = 200, kColumnOfLandscapeMm = 110;

core::Date day_of(const Frame& frame, core::Instant instant) {
  return directory::local_date(instant, frame.state.settings->kiosk.time_zone);
}

bool has_free(const Frame& frame, core::Date day) {
  const promises::Calendar& calendar = frame.state.booking.calendar.value;
  const auto& unread = calendar.unread_days;
  return std::find(unread.begin(), unread.end(), day) != unread.end() ||
         std::any_of(calendar.slots.begin(), calendar.slots.end(),
                     [&](const promises::Slot& slot) { return day_of(frame, slot.start) == day; });
}

// Times stand beside the month where the panel is wide, else below it.
bool times_beside(const Frame& frame) { return !frame.ui.metrics().portrait() && frame.ui.width() >= frame.ui.px(200); }

// What a whole month needs, and one with the times of a day below it.
constexpr double kMonthMm = 130, kMonthAndTimesMm = 175;

void draw_month(const Frame& frame, bool scarce) {
  const visit::BookingFlow& flow = frame.state.booking;
  ui::CalendarSpec spec;
  spec.month = flow.month_shown;
  spec.selected = flow.day;
  spec.available = [&](core::Date day) { return has_free(frame, day); };
  spec.unavailable_reason = frame.word("time.day_full");
  const core::Date today = day_of(frame, frame.state.wall);
  if (scarce) spec.from = today;
  spec.has_previous = flow.month_shown > core::Date(today.year() / today.month() / 1);
  spec.has_next = std::chrono::sys_days(flow.month_shown) < std::chrono::sys_days(today) + std::chrono::days(330);
  const ui::CalendarResult result = ui::calendar(frame.ui, "month", spec);
  if (result.chosen) {
    frame.emit(visit::ChooseDay{*result.chosen});
    ui::show_tiles(frame.ui, "times");
  }
  if (result.month != 0) frame.emit(visit::ShowMonth{result.month});
}

void draw_times(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  if (!flow.day) {
    ui::paragraph(frame.ui, frame.word("time.choose_day"), {.ink = ui::Ink::Quiet});
    return;
  }
  ui::heading(frame.ui, frame.language().day(*flow.day), 2);
  draw_wait_for_times(frame, flow.day_times, asking_words(frame));
  if (flow.day_times.loading()) return;
  if (flow.day_times.failed()) {
    ui::notice(frame.ui, "failed", {frame.word("time.failed"), "", ui::Tone::Caution, ui::Icon::Warning, true});
    return;
  }
  std::vector<ui::ChoiceSpec> specs;
  std::vector<promises::Slot> slots;
  for (const promises::Slot& slot : flow.calendar.value.slots) {
    if (day_of(frame, slot.start) != *flow.day) continue;
    const bool held = flow.slot == slot && flow.hold.ready();
    specs.push_back({.label = frame.language().time_of_day(frame.moment(slot.start)), .selected = held});
    slots.push_back(slot);
  }
  if (specs.empty()) ui::paragraph(frame.ui, frame.word("time.day_full"), {.ink = ui::Ink::Quiet});
  if (const auto chosen = ui::tiles(frame.ui, "times", frame.word("time.times"), specs))
    frame.emit(visit::ChooseSlot{slots[*chosen]});
}

// Somebody else was quicker: the next best ones first.
void draw_lost(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  ui::notice(frame.ui, "lost",
             {frame.word("time.lost"), frame.word("time.lost_hint"), ui::Tone::Caution, ui::Icon::Warning, true});
  std::vector<ui::ChoiceSpec> specs;
  for (const promises::Slot& slot : flow.nearest)
    specs.push_back({.label = frame.language().date_and_time(frame.moment(slot.start)), .icon = ui::Icon::Clock});
  if (specs.empty()) return;
  if (const auto chosen = ui::tiles(frame.ui, "nearest", frame.word("time.nearest"), specs, 90)) {
    frame.emit(visit::ChooseSlot{flow.nearest[*chosen]});
  }
}

void draw_calendar_and_times(const Frame& frame) {
  const bool beside = times_beside(frame);
  const bool scarce = frame.lower_than(beside ? kMonthMm : kMonthAndTimesMm);
  if (!beside) {
    draw_month(frame, scarce);
    draw_times(frame);
    return;
  }
  ui::Row row(frame.ui, {ui::share(1), ui::share(1)}, 10);
  row.cell();
  draw_month(frame, scarce);
  row.cell();
  draw_times(frame);
}

}  // namespace

void draw_book_office(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "office", rect);
  ui::heading(frame.ui, frame.word("office.heading"), 1);
  draw_wait(frame, frame.state.booking.offer, asking_words(frame));
  if (!frame.state.booking.offer.ready()) return;
  draw_services_row(frame);
  std::vector<ui::CardSpec> specs;
  const auto& offices = frame.state.booking.offer.value.offices;
  for (const promises::Office& office : offices) {
    ui::CardSpec spec{.title = office.name, .icon = ui::Icon::Building};
    if (!office.address.empty()) spec.lines.push_back({office.address, ui::Icon::MapPin});
    if (!office.hint.empty()) spec.lines.push_back({office.hint, ui::Icon::Info});
    specs.push_back(std::move(spec));
  }
  const double least = frame.ui.metrics().portrait() ? kColumnOfPortraitMm : kColumnOfLandscapeMm;
  if (const auto chosen = ui::cards(frame.ui, "offices", specs, least))
    frame.emit(visit::ChooseOffice{offices[*chosen].id});
  frame.ui.gap(6);
}

void draw_book_time(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "time", rect);
  const visit::BookingFlow& flow = frame.state.booking;
  ui::heading(frame.ui, frame.word("time.heading"), 1);
  ui::paragraph(frame.ui, promises::visit_name(flow.offer.value), {.ink = ui::Ink::Quiet});
  if (flow.slot_lost) draw_lost(frame);
  if (flow.hold.loading()) {
    draw_wait_for_times(frame, flow.hold, frame.word("wait.holding"));
    return;
  }
  draw_wait_for_times(frame, flow.calendar, asking_words(frame));
  if (flow.calendar.failed()) {
    ui::notice(frame.ui, "failed", {frame.word("time.failed"), "", ui::Tone::Caution, ui::Icon::Warning, true});
    draw_contact(frame);
    return;
  }
  if (flow.calendar.ready() && flow.calendar.value.slots.empty() && flow.calendar.value.unread_days.empty()) {
    ui::notice(frame.ui, "empty",
               {frame.word("time.none"), frame.word("time.none_hint"), ui::Tone::Neutral, ui::Icon::Info});
  }
  draw_calendar_and_times(frame);
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
