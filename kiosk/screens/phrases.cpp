#include "kiosk/screens/phrases.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/text/bidi.h"

namespace kiosk::screens {
namespace {

using directory::OpenKind;

bool is_today(const Frame& frame, core::Instant instant) {
  const std::string& zone = frame.state.settings->kiosk.time_zone;
  return directory::local_date(instant, zone) == directory::local_date(frame.state.wall, zone);
}

std::string time_of(const Frame& frame, core::Instant instant) {
  return frame.language().time_of_day(frame.moment(instant));
}

constexpr double kMostMoney = 1e6;  // no public service costs more: an amount beyond it is a fault of the feed

// "Free", as a feed says it in a language of its own.
bool says_free(const Frame& frame, std::string_view part) {
  const std::string said = core::to_lower_ascii(core::trim(part));
  const auto& languages = frame.words.languages();
  return std::any_of(languages.begin(), languages.end(), [&](const text::LanguageInfo& language) {
    return said == core::to_lower_ascii(frame.words.in(language.code).format("cost.free"));
  });
}

constexpr auto kAlways = std::chrono::days(5);  // open without a break for longer than any weekend

}  // namespace

std::vector<ui::BadgeSpec> trust_badges(const Frame& frame, const visit::ServiceCard& card) {
  std::vector<ui::BadgeSpec> badges;
  if (card.serving == visit::Serving::YourAddress) {
    badges.push_back({frame.word("card.serves_you"), ui::Tone::Good, ui::Icon::CheckCircle});
  } else if (card.serving == visit::Serving::Elsewhere) {
    badges.push_back({frame.word("card.serves_elsewhere", {{"organisation", card.organisation}}), ui::Tone::Caution,
                      ui::Icon::Info});
  }
  if (card.stale_since)
    badges.push_back({checked_words(frame, *card.stale_since), ui::Tone::Caution, ui::Icon::Warning});
  return badges;
}

namespace {

std::string opening_words(const Frame& frame, const directory::Opening& opening) {
  switch (opening.kind) {
    case OpenKind::Unknown:
      return "";
    case OpenKind::OpenNow:
      if (opening.interval.closes - frame.state.wall > kAlways) return frame.word("hours.always");
      if (opening.interval.closes - frame.state.wall > std::chrono::hours(24)) return frame.word("hours.open_now");
      return frame.word("hours.open_until", {{"time", time_of(frame, opening.interval.closes)}});
    case OpenKind::Closed:
      break;
    case OpenKind::ClosedFor:
      return frame.word("hours.closed_for_now");
  }
  const core::Instant opens = opening.interval.opens;
  const std::string& zone = frame.state.settings->kiosk.time_zone;
  if (is_today(frame, opens)) return frame.word("hours.opens_today", {{"time", time_of(frame, opens)}});
  const core::Date day = directory::local_date(opens, zone);
  if (opens - frame.state.wall < std::chrono::days(6)) {
    return frame.word("hours.opens_day", {{"day", frame.language().weekday(day)}, {"time", time_of(frame, opens)}});
  }
  return frame.word("hours.opens_date", {{"date", frame.language().day(day)}, {"time", time_of(frame, opens)}});
}

}  // namespace

std::string opening_words(const Frame& frame, const visit::Hours& hours) {
  const std::string opening = opening_words(frame, hours.opening);
  if (opening.empty() || hours.note.empty()) return opening;
  return opening + " \u00B7 " + text::isolate(hours.note);
}

std::string walking_words(const Frame& frame, std::optional<int> minutes, bool is_here) {
  if (is_here) return frame.word("card.here");
  return minutes ? frame.word("card.walk", {{"minutes", *minutes}}) : "";
}

std::string cost_words(const Frame& frame, const visit::ServiceCard& card) {
  switch (card.cost) {
    case directory::CostKind::Free:
      return frame.word("cost.free");
    case directory::CostKind::Charged:
      return frame.word("cost.charged");
    case directory::CostKind::Part:
      return frame.word("cost.part");
    case directory::CostKind::Unknown:
      break;
  }
  return "";
}

std::string cost_line(const Frame& frame, const directory::Cost& cost) {
  const bool free = cost.amount && *cost.amount == 0;
  std::string amount;
  if (free) {
    amount = frame.word("cost.free");
  } else if (cost.amount && *cost.amount > 0 && *cost.amount < kMostMoney) {
    const std::string currency = cost.currency.empty() ? "GBP" : cost.currency;
    amount = frame.language().money(static_cast<std::int64_t>(*cost.amount * 100 + 0.5), currency);
  }
  std::vector<std::string> parts;
  const auto add = [&](const std::string& part) {
    const std::string isolated = text::isolate(part);
    if (!part.empty() && (parts.empty() || parts.back() != isolated)) parts.push_back(isolated);
  };
  const auto add_of_feed = [&](const std::string& part) {
    if (!free || !says_free(frame, part)) add(part);
  };
  add_of_feed(cost.option);
  add(amount);
  add_of_feed(cost.description);
  return core::join(parts, " \u2013 ");
}

std::string checked_words(const Frame& frame, core::Instant checked) {
  return frame.word("checked.ago", {{"when", frame.language().ago(checked, frame.state.wall)}});
}

std::string phone_words(const directory::Phone& phone) {
  std::string text = phone.number;
  if (!phone.extension.empty()) text += " (" + phone.extension + ")";
  return phone.description.empty() ? text : phone.description + ": " + text;
}

std::string address_words(const directory::Address& address) {
  std::vector<std::string> parts = address.lines;
  for (const std::string& part : {address.city, address.postcode}) {
    if (!part.empty()) parts.push_back(part);
  }
  return core::join(parts, ", ");
}

std::string bring_words(const Frame& frame, const directory::Service& service) {
  // The bullet stands where the page's language begins, whatever the name is written in.
  const bool rtl = text::direction_of(frame.language().code()) == text::Direction::RightToLeft;
  std::vector<std::string> items;
  for (const directory::RequiredDocument& document : service.documents)
    items.push_back(rtl ? "\u200f\u2022 " + text::isolate(document.name) : "\u2022 " + document.name);
  return core::join(items, "\n");
}

std::string code_words(const std::string& code) {
  return code.size() == 8 ? code.substr(0, 4) + "-" + code.substr(4) : code;
}

std::string asking_words(const Frame& frame) {
  const auto* entry = settings::booking_entry(*frame.state.settings, frame.state.booking.target.backend);
  return entry ? frame.word("wait.asking", {{"name", entry->name}}) : frame.word("wait.loading");
}

constexpr std::size_t kWhenRow = 1;  // of appointment_rows

std::vector<ui::SummaryRow> appointment_rows(const Frame& frame, const promises::Booking& booking) {
  std::vector<ui::SummaryRow> rows;
  rows.push_back({frame.word("check.what"), booking.service_name, "", "", ui::Icon::Document, false});
  rows.push_back({frame.word("check.when"), frame.language().date_and_time(frame.moment(booking.slot.start)), "", "",
                  ui::Icon::Calendar, false});
  std::string where = booking.office.name;
  if (!booking.office.address.empty()) where += "\n" + booking.office.address;
  rows.push_back({frame.word("check.where"), where, "", "", ui::Icon::MapPin, false});
  return rows;
}

namespace {

// On foot from this kiosk, and as the place says it itself.
std::string way_words(const Frame& frame, const promises::Office& office, const directory::Service& service) {
  const directory::Place* place = visit::place_at(service, office.point, office.name);
  const std::optional<core::GeoPoint> from = frame.state.settings->kiosk.point;
  const std::optional<core::GeoPoint> to = office.point || !place ? office.point : place->point;
  std::vector<std::string> ways;
  const std::string walk = walking_words(frame, visit::walking_minutes(from, to), visit::is_here(from, to));
  if (!walk.empty()) ways.push_back(walk);
  if (place && !place->transportation.empty()) ways.push_back(place->transportation);
  return core::join(ways, "\n");
}

}  // namespace

std::vector<ui::SummaryRow> coming_rows(const Frame& frame, const promises::Booking& booking,
                                        const directory::Service& service) {
  std::vector<ui::SummaryRow> rows = appointment_rows(frame, booking);
  if (const std::chrono::minutes length(booking.office.slot_minutes); length.count() > 0)
    rows[kWhenRow].value += "\n" + frame.word("receipt.length", {{"duration", frame.language().duration(length)}});
  const auto add = [&](std::string_view key, const std::string& value, ui::Icon icon) {
    if (!value.empty()) rows.push_back({frame.word(key), value, "", "", icon, false});
  };
  add("receipt.getting_there", way_words(frame, booking.office, service), ui::Icon::Walk);
  add("done.know", booking.office.hint, ui::Icon::Info);
  add("service.bring", bring_words(frame, service), ui::Icon::List);
  return rows;
}

namespace {

std::vector<text::ByteRange> ranges_of(const std::vector<search::MarkedRange>& marks) {
  std::vector<text::ByteRange> ranges;
  for (const search::MarkedRange& mark : marks) ranges.push_back({mark.begin, mark.end});
  return ranges;
}

}  // namespace

ui::CardSpec service_card(const Frame& frame, const visit::ServiceCard& card) {
  ui::CardSpec spec;
  spec.title = card.name;
  spec.marked = ranges_of(card.marks);
  spec.lines.push_back({card.organisation, ui::Icon::Building, ui::Ink::Quiet, 2});
  if (!card.others.empty()) {
    std::vector<std::string> names;
    for (const visit::ServiceCard::Other& other : card.others) names.push_back(other.organisation);
    spec.lines.push_back(
        {frame.word("card.also_from", {{"organisations", frame.language().list(names)}}), ui::Icon::Info});
  }
  if (!card.summary.empty())
    spec.lines.push_back({card.summary, ui::Icon::None, ui::Ink::Ink, 2, ranges_of(card.summary_marks)});
  const std::string opening = opening_words(frame, card.hours);
  const bool open = visit::is_open_to_all(card.hours);
  if (!opening.empty())
    spec.lines.push_back({opening, ui::Icon::Clock, open ? ui::Ink::Good : ui::Ink::Quiet, kOpeningLines});
  const std::string walk = walking_words(frame, card.walking_minutes, card.is_here);
  if (!walk.empty()) spec.lines.push_back({walk, ui::Icon::Walk});
  spec.badges = trust_badges(frame, card);
  if (card.cost == directory::CostKind::Free)
    spec.badges.push_back({frame.word("cost.free"), ui::Tone::Good, ui::Icon::Coin});
  if (card.reportable) spec.badges.push_back({frame.word("card.report"), ui::Tone::Primary, ui::Icon::Chat});
  if (card.bookable) spec.badges.push_back({frame.word("card.book"), ui::Tone::Primary, ui::Icon::Calendar});
  return spec;
}

void draw_service_cards(const Frame& frame, std::string_view id, const std::vector<visit::ServiceCard>& cards) {
  std::vector<ui::CardSpec> specs;
  specs.reserve(cards.size());
  for (const visit::ServiceCard& card : cards) specs.push_back(service_card(frame, card));
  if (const auto chosen = ui::cards(frame.ui, id, specs)) frame.emit(visit::OpenService{cards[*chosen].key});
}

namespace {

// Seven days with their hours, today first.
void draw_week(const Frame& frame, std::string_view id, const std::vector<directory::DayHours>& week) {
  if (visit::is_always(week)) {
    ui::paragraph(frame.ui, frame.word("hours.always"), {.icon = ui::Icon::Clock});
    return;
  }
  std::vector<ui::SummaryRow> rows;
  for (const directory::DayHours& day : week) {
    std::vector<std::string> spans;
    if (visit::is_all_day(day)) spans = {frame.word("hours.all_day")};
    for (const directory::OpenInterval& interval : day.intervals) {
      if (visit::is_all_day(day)) break;
      spans.push_back(frame.word("hours.span",
                                 {{"from", time_of(frame, interval.opens)}, {"to", time_of(frame, interval.closes)}}));
    }
    const std::string hours = spans.empty() ? frame.word("hours.closed") : core::join(spans, ", ");
    rows.push_back({rows.empty() ? frame.word("hours.today") : frame.language().day(day.date), hours, "", "",
                    ui::Icon::None, false});
  }
  ui::summary(frame.ui, id, rows);
}

// A line where no table would tell more; else the note is the table's heading.
void draw_noted(const Frame& frame, std::string_view id, const visit::NotedWeek& noted) {
  if (noted.week.empty() || visit::is_always(noted.week)) {
    const std::string opening = opening_words(frame, visit::Hours{noted.opening, noted.note});
    ui::paragraph(frame.ui, opening.empty() ? noted.note : opening, {.icon = ui::Icon::Clock});
    return;
  }
  ui::heading(frame.ui, noted.note, 3);
  draw_week(frame, id, noted.week);
}

}  // namespace

void draw_times(const Frame& frame, const visit::Timetable& times) {
  if (times.empty()) return;
  ui::heading(frame.ui, frame.word("service.hours"), 2);
  if (!times.week.empty()) draw_week(frame, "week", times.week);
  for (std::size_t i = 0; i < times.noted.size(); ++i) draw_noted(frame, "week/" + std::to_string(i), times.noted[i]);
  if (times.cut) ui::paragraph(frame.ui, frame.word("hours.more"), {.icon = ui::Icon::Info});
}

namespace {

enum class Said { No, Yes };  // as soon as it appears

void draw_whom_to_ask(const Frame& frame, const settings::ContactSection& whom, Said said) {
  const bool aloud = said == Said::Yes;
  if (!whom.phone.empty()) {
    ui::paragraph(frame.ui, frame.word("contact.call", {{"name", whom.name}, {"phone", whom.phone}}),
                  {.type = ui::Type::Strong, .icon = ui::Icon::Phone, .said = aloud});
    if (!whom.hours.empty()) ui::paragraph(frame.ui, whom.hours, {.icon = ui::Icon::Clock, .said = aloud});
  }
  ui::paragraph(frame.ui, frame.word("contact.ask_staff"), {.icon = ui::Icon::Person});
}

}  // namespace

void draw_contact(const Frame& frame) { draw_whom_to_ask(frame, frame.state.settings->contact, Said::No); }

std::string topic_name(const Frame& frame, const visit::Topic& topic) {
  const std::string key = "topic." + topic.id;
  return frame.language().has(key) ? frame.word(key) : topic.name;
}

void draw_call(const Frame& frame, const std::string& name, const std::string& phone, const std::string& hours) {
  if (phone.empty()) return draw_contact(frame);
  draw_whom_to_ask(frame, {name, phone, hours}, Said::Yes);
}

void draw_keeper(const Frame& frame, const promises::Booking& booking) {
  const auto* system = settings::booking_entry(*frame.state.settings, booking.target.backend);
  if (!system) return draw_contact(frame);
  draw_call(frame, system->name, system->phone, system->hours);
}

void draw_print_outcome(const Frame& frame, visit::PrintState print, const NoPaper& without) {
  const auto tell = [&](std::string_view title, std::string text, ui::Tone tone, ui::Icon icon) {
    if (text.empty()) text = frame.word("print.failed_service");
    ui::notice(frame.ui, "printed", {frame.word(title), std::move(text), tone, icon, true});
  };
  switch (print) {
    case visit::PrintState::Printed:
      return tell("print.printed", frame.word("print.take"), ui::Tone::Good, ui::Icon::CheckCircle);
    case visit::PrintState::Failed:
      return tell("print.failed", without.failed, ui::Tone::Caution, ui::Icon::Warning);
    case visit::PrintState::Unknown:
      return tell("print.unknown", without.unknown, ui::Tone::Caution, ui::Icon::Warning);
    case visit::PrintState::None:
    case visit::PrintState::Printing:
      break;
  }
}

}  // namespace kiosk::screens
