#include "kiosk/app/take_away.h"

#include "kiosk/receipts/qr.h"

namespace kiosk::app {
namespace {

receipts::Place place_of(const promises::Office& office) {
  receipts::Place place;
  place.name = office.name;
  if (!office.address.empty()) place.address = {office.address};
  return place;
}

receipts::Place place_of(const directory::Place& from) {
  receipts::Place place;
  place.name = from.name;
  if (from.address) {
    place.address = from.address->lines;
    if (!from.address->city.empty()) place.address.push_back(from.address->city);
    if (!from.address->postcode.empty()) place.address.push_back(from.address->postcode);
  }
  place.how_to_get_there = from.transportation;
  return place;
}

// A day a line: "Tuesday: 09:00 to 17:00".
std::vector<std::string> week_lines(const std::vector<directory::DayHours>& week, const settings::Settings& settings,
                                    const text::Language& language) {
  if (visit::is_always(week)) return {language.format("hours.always")};
  std::vector<std::string> lines;
  for (const directory::DayHours& day : week) {
    std::string spans;
    for (const directory::OpenInterval& interval : day.intervals) {
      const std::string from = language.time_of_day({interval.opens, settings.kiosk.time_zone});
      const std::string to = language.time_of_day({interval.closes, settings.kiosk.time_zone});
      spans += (spans.empty() ? "" : ", ") + language.format("hours.span", {{"from", from}, {"to", to}});
    }
    if (spans.empty()) spans = language.format("hours.closed");
    lines.push_back(language.weekday(day.date) + ": " + spans);
  }
  return lines;
}

// Of hours that have no table, as nothing opens in its days; none where they are not known.
std::vector<std::string> later_lines(const directory::Opening& opening, const settings::Settings& settings,
                                     const text::Language& language) {
  if (opening.kind == directory::OpenKind::ClosedFor) return {language.format("hours.closed_for_now")};
  if (opening.kind != directory::OpenKind::Closed) return {};
  const text::Moment opens{opening.interval.opens, settings.kiosk.time_zone};
  const std::string day = language.day(directory::local_date(opens.instant, opens.zone));
  return {language.format("hours.opens_date", {{"date", day}, {"time", language.time_of_day(opens)}})};
}

std::vector<std::string> noted_lines(const visit::NotedWeek& noted, const settings::Settings& settings,
                                     const text::Language& language) {
  return noted.week.empty() ? later_lines(noted.opening, settings, language)
                            : week_lines(noted.week, settings, language);
}

// Opening hours, as long as a whole table fits: half a week would say that the rest is closed.
class TimesOnPaper {
 public:
  explicit TimesOnPaper(std::string more) : more_(std::move(more)), bytes_(more_.size()) {}

  void add(receipts::OpeningTimes table) {
    if (table.of_what.empty() && table.lines.empty()) return;
    std::size_t bytes = table.of_what.size();
    for (const std::string& line : table.lines) bytes += line.size();
    const std::size_t lines = table.lines.size() + (table.of_what.empty() ? 0 : 1);
    cut_ = cut_ || lines_ + lines >= receipts::kMostTimesLines || bytes_ + bytes > receipts::kMostTimesBytes;
    if (cut_) return;
    bytes_ += bytes;
    lines_ += lines;
    times_.push_back(std::move(table));
  }

  // With the words that there is more, where there is.
  std::vector<receipts::OpeningTimes> times(bool cut) && {
    if (cut || cut_) times_.push_back({std::move(more_), {}});
    return std::move(times_);
  }

 private:
  std::string more_;
  std::vector<receipts::OpeningTimes> times_;
  std::size_t lines_ = 0, bytes_ = 0;
  bool cut_ = false;
};

// What holds for all of it, and notes that no hours are known of; then what notes limit, each below its note.
std::vector<receipts::OpeningTimes> opening_times(const visit::Timetable& times, const visit::Hours& hours,
                                                  const settings::Settings& settings, const text::Language& language) {
  receipts::OpeningTimes of_all{
      "", times.empty() ? later_lines(hours.opening, settings, language) : week_lines(times.week, settings, language)};
  std::vector<receipts::OpeningTimes> limited;
  for (const visit::NotedWeek& noted : times.noted) {
    std::vector<std::string> lines = noted_lines(noted, settings, language);
    if (lines.empty())
      of_all.lines.push_back(noted.note);
    else
      limited.push_back({noted.note, std::move(lines)});
  }
  TimesOnPaper paper(language.format("hours.more"));
  paper.add(std::move(of_all));
  for (receipts::OpeningTimes& table : limited) paper.add(std::move(table));
  return std::move(paper).times(times.cut);
}

void add_contact(receipts::Receipt& receipt, const settings::Settings& settings) {
  if (!receipt.call.empty()) return;
  receipt.call = settings.contact.phone;
  receipt.call_hours = settings.contact.hours;
}

void add_appointment(receipts::Receipt& receipt, const promises::Booking& booking, const settings::Settings& settings) {
  receipt.title = booking.service_name;
  receipt.starts = text::Moment{booking.slot.start, settings.kiosk.time_zone};
  if (booking.office.slot_minutes > 0) receipt.length = std::chrono::minutes(booking.office.slot_minutes);
  receipt.where = place_of(booking.office);
}

std::string link_to(const std::string& code, const settings::Settings& settings) {
  return settings.receipts.manage_url.empty() ? code : settings.receipts.manage_url + code;
}

receipts::Kind kind_of(visit::ReportOutcome outcome) {
  if (visit::is_sent(outcome)) return receipts::Kind::ReportSent;
  if (outcome == visit::ReportOutcome::NotYetSent) return receipts::Kind::NotYetSent;
  return outcome == visit::ReportOutcome::Refused ? receipts::Kind::ReportRefused : receipts::Kind::ReportNotKnown;
}

receipts::Kind kind_of(visit::SorryReason reason) {
  if (visit::is_report(reason)) return receipts::Kind::ReportNotSent;
  const bool unknown = reason == visit::SorryReason::BookingUnknown;
  return unknown ? receipts::Kind::AppointmentNotKnown : receipts::Kind::AppointmentNotBooked;
}

void add_report_system(receipts::Receipt& receipt, const promises::ReportTarget& target,
                       const settings::Settings& settings) {
  receipt.provider = visit::report_system_name(settings, target);
  if (const settings::ReportEntry* entry = settings::report_entry(settings, target.backend)) {
    receipt.call = entry->phone;
    receipt.call_hours = entry->hours;
  }
}

}  // namespace

std::string booking_link(const promises::Booking& booking, const settings::Settings& settings) {
  return link_to(booking.code, settings);
}

std::string report_link(const promises::Report& report, const settings::Settings& settings) {
  return report.code.empty() ? "" : link_to(report.code, settings);
}

receipts::Receipt report_receipt(const promises::Report& report, const directory::Service& service,
                                 const settings::Settings& settings, const text::Language& language, core::Instant now,
                                 int copy) {
  const visit::ReportOutcome outcome = visit::outcome_of(report).value_or(visit::ReportOutcome::NotKnown);
  const bool call_back = visit::is_call_back(settings, report.target);
  const std::string stem = visit::word_stem(outcome, call_back);
  receipts::Receipt receipt;
  receipt.kind = kind_of(outcome);
  receipt.call_back = call_back;
  receipt.title = service.name;
  add_report_system(receipt, report.target, settings);
  const text::Args args = {{"name", receipt.provider}, {"number", report.request_id}};
  // Of one that waits the paper has a paragraph of its own: it is read where the page is not. Of one that was refused
  // the heading says it.
  const bool refused = outcome == visit::ReportOutcome::Refused;
  const bool waits = outcome == visit::ReportOutcome::NotYetSent;
  if (!refused && !waits) receipt.happened.push_back(language.format(stem + ".title", args));
  if (!waits) receipt.happened.push_back(language.format(stem + ".text", args));
  if (!report.notice.empty()) {
    receipt.happened.push_back(language.format("report.says", {{"name", receipt.provider}}) + ":");
    receipt.happened.push_back(report.notice);
  }
  receipt.reference = report.request_id;
  if (!refused) {  // what the page offers to do next, paper can't
    receipt.what_next = {language.format(stem + ".next", args)};
    receipt.code = report.code;
  }
  receipt.link = refused ? service.url : report_link(report, settings);
  add_contact(receipt, settings);
  receipt.copy = copy;
  receipt.issued_at = {now, settings.kiosk.time_zone};
  receipt.issued_by = settings.kiosk.name;
  return receipt;
}

receipts::Receipt booking_receipt(const promises::Booking& booking, const directory::Service* service,
                                  const settings::Settings& settings, const text::Language& language, core::Instant now,
                                  int copy) {
  receipts::Receipt receipt;
  const bool cancelled = booking.state == promises::BookingState::Cancelled;
  receipt.kind = cancelled                  ? receipts::Kind::AppointmentCancelled
                 : booking.replaces.empty() ? receipts::Kind::Appointment
                                            : receipts::Kind::AppointmentMoved;
  add_appointment(receipt, booking, settings);
  receipt.reference = booking.reference;
  receipt.code = booking.code;
  if (!cancelled) {
    receipt.what_next = {language.format("done.next_text")};
    if (!booking.office.hint.empty()) receipt.facts = {booking.office.hint};
  }
  if (const auto* entry = settings::booking_entry(settings, booking.target.backend)) {
    receipt.provider = entry->name;
    receipt.call = entry->phone;
    receipt.call_hours = entry->hours;
  }
  if (service && !cancelled) {
    const directory::Place* place = visit::place_at(*service, booking.office.point, booking.office.name);
    if (place) receipt.where.how_to_get_there = place->transportation;
    for (const directory::RequiredDocument& document : service->documents) receipt.bring.push_back(document.name);
  }
  add_contact(receipt, settings);
  receipt.link = booking_link(booking, settings);
  receipt.copy = copy;
  receipt.issued_at = {now, settings.kiosk.time_zone};
  receipt.issued_by = settings.kiosk.name;
  return receipt;
}

receipts::Receipt service_slip(const visit::ServiceView& view, const settings::Settings& settings,
                               const text::Language& language, core::Instant now) {
  const directory::Service& service = view.service;
  receipts::Receipt receipt;
  receipt.kind = receipts::Kind::ServiceInformation;
  receipt.title = service.name;
  receipt.provider = service.organisation.name;
  const visit::PlaceCard* place = view.places.empty() ? nullptr : &view.places.front();
  if (place) receipt.where = place_of(place->place);
  const bool of_place = place && (visit::is_known(place->hours) || view.times.empty());
  receipt.times = of_place ? opening_times(place->times, place->hours, settings, language)
                           : opening_times(view.times, view.card.hours, settings, language);
  for (const directory::RequiredDocument& document : service.documents) receipt.bring.push_back(document.name);
  if (service.checked != core::Instant{}) receipt.checked = {service.checked, settings.kiosk.time_zone};
  if (!service.eligibility.empty()) receipt.facts.push_back(service.eligibility);
  if (!service.fees.empty()) receipt.facts.push_back(service.fees);
  if (!service.phones.empty()) receipt.call = service.phones.front().number;
  add_contact(receipt, settings);
  receipt.link = service.url;
  receipt.issued_at = {now, settings.kiosk.time_zone};
  receipt.issued_by = settings.kiosk.name;
  return receipt;
}

receipts::Receipt sorry_slip(const visit::Sorry& sorry, const visit::ServiceView& view,
                             const settings::Settings& settings, const text::Language& language, core::Instant now) {
  receipts::Receipt receipt;
  const bool unknown = sorry.reason == visit::SorryReason::BookingUnknown;
  receipt.kind = kind_of(sorry.reason);
  if (!unknown) {
    const std::string stem(visit::word_stem(sorry.reason));
    receipt.happened = {language.format(stem + ".title"), language.format(stem + ".text")};
  }
  receipt.title = view.service.name;
  if (sorry.booking) {
    add_appointment(receipt, *sorry.booking, settings);
    if (unknown) receipt.reference = sorry.booking->reference, receipt.code = sorry.booking->code;
  }
  receipt.provider = sorry.phone.empty() ? view.service.organisation.name : sorry.backend_name;
  receipt.call = sorry.phone;
  receipt.call_hours = sorry.hours;
  add_contact(receipt, settings);
  receipt.link = view.service.url;
  receipt.issued_at = {now, settings.kiosk.time_zone};
  receipt.issued_by = settings.kiosk.name;
  return receipt;
}

core::Bitmap1 qr_bitmap(const std::string& text) {
  const auto code = receipts::encode_qr(text);
  if (!code.ok()) return {};
  const int side = code->size + 2 * receipts::kQuietModules;
  core::Bitmap1 bitmap(side, side);
  for (int y = 0; y < code->size; ++y) {
    for (int x = 0; x < code->size; ++x) {
      if (code->at(x, y)) bitmap.set(x + receipts::kQuietModules, y + receipts::kQuietModules);
    }
  }
  return bitmap;
}

}  // namespace kiosk::app
