#include "kiosk/promises/listing.h"

#include <algorithm>
#include <set>

#include "kiosk/promises/plain_words.h"
#include "kiosk/promises/report_content.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::Result;

void add_words(Json& json, const PlainWords& words) {
  json["now"] = words.now;
  json["next"] = words.next;
  json["staff"] = words.staff;
}

Result<Json> to_json(Journal& journal, const ConfiguredSystems& systems, const Booking& booking) {
  Json json{{"kind", "booking"},
            {"id", booking.id},
            {"state", to_string(booking.state)},
            {"open", is_open(booking.state) || booking.giving_up},
            {"service", booking.service_name},
            {"place", booking.office.name},
            {"starts", core::to_iso8601(booking.slot.start)},
            {"reference", booking.reference},
            {"back_end", booking.target.backend},
            {"giving_up", booking.giving_up},
            {"replaces", booking.replaces},
            {"problem", booking.problem},
            {"created", core::to_iso8601(booking.created)},
            {"changed", core::to_iso8601(booking.changed)}};
  KIOSK_TRY(const Journal::Tries tries, journal.tries(booking.id));
  add_words(json, plain_words(booking, {systems.bookings.contains(booking.target.backend), tries, false}));
  return json;
}

Result<Json> to_json(Journal& journal, const ConfiguredSystems& systems, const Report& report) {
  KIOSK_TRY(const Journal::Tries tries, journal.report_tries(report.id));
  KIOSK_TRY(const bool kept, journal.has_content(report.id));
  Json json{{"kind", "report"},
            {"id", report.id},
            {"state", to_string(report.state)},
            {"open", is_open(report.state)},
            {"type", report.type_name},
            {"reference", report.reference},
            {"number", report.request_id},
            {"back_end", report.target.backend},
            {"problem", report.problem},
            {"sent", report.sent ? core::to_iso8601(*report.sent) : ""},
            {"content_kept", kept},
            {"created", core::to_iso8601(report.created)},
            {"changed", core::to_iso8601(report.changed)}};
  add_words(json, plain_words(report, {systems.reports.contains(report.target.backend), tries, kept}));
  return json;
}

template <class Entry>
Json history_json(const std::vector<Entry>& history) {
  Json list = Json::array();
  for (const Entry& entry : history) {
    list.push_back({{"at", core::to_iso8601(entry.at)}, {"state", to_string(entry.state)}, {"note", entry.note}});
  }
  return list;
}

Result<Json> prints_json(Journal& journal, const std::string& id) {
  KIOSK_TRY(const std::vector<PrintRecord> prints, journal.prints_of(id));
  Json list = Json::array();
  for (const PrintRecord& print : prints) {
    list.push_back({{"id", print.id},
                    {"copy", print.copy},
                    {"state", to_string(print.state)},
                    {"detail", print.detail},
                    {"at", core::to_iso8601(print.changed)}});
  }
  return list;
}

// "2026-11-26 05:30"
std::string minute(const Json& promise, const char* key) {
  std::string text = core::json_text(promise, key).substr(0, 16);
  if (text.size() == 16) text[10] = ' ';
  return text;
}

std::string facts(const Json& promise) {
  const auto text = [&](const char* key) { return core::json_text(promise, key); };
  const bool booking = text("kind") == "booking";
  std::string line = text("id") + "  " + text("kind") + "  " + text("state") + "  ";
  line += booking ? minute(promise, "starts") + "Z  " + text("service") + ", " + text("place")
                  : minute(promise, "created") + "Z  " + text("type") + " (" + text("back_end") + ")";
  if (!text("reference").empty()) line += "  " + text("reference");
  if (!booking && !text("number").empty()) line += "  number " + text("number");
  return line;
}

// `open`, however old, then of `newest` those that are not among them.
template <class Promise>
std::vector<Promise> together(std::vector<Promise> open, std::vector<Promise> newest) {
  std::set<std::string> held;
  for (const Promise& promise : open) held.insert(promise.id);
  for (Promise& promise : newest) {
    if (!held.contains(promise.id)) open.push_back(std::move(promise));
  }
  return open;
}

}  // namespace

Result<Json> list_promises(Journal& journal, const ConfiguredSystems& systems, std::size_t limit) {
  std::vector<std::pair<core::Instant, Json>> all;
  KIOSK_TRY(std::vector<Booking> open_bookings, journal.open_bookings());
  KIOSK_TRY(std::vector<Booking> bookings, journal.newest(limit));
  for (const Booking& booking : together(std::move(open_bookings), std::move(bookings))) {
    KIOSK_TRY(Json json, to_json(journal, systems, booking));
    all.emplace_back(booking.created, std::move(json));
  }
  KIOSK_TRY(std::vector<Report> open_reports, journal.open_reports());
  KIOSK_TRY(std::vector<Report> reports, journal.newest_reports(limit));
  for (const Report& report : together(std::move(open_reports), std::move(reports))) {
    KIOSK_TRY(Json json, to_json(journal, systems, report));
    all.emplace_back(report.created, std::move(json));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Json list = Json::array();
  for (auto& entry : all) list.push_back(std::move(entry.second));
  return list;
}

Result<Json> show_promise(Journal& journal, const ConfiguredSystems& systems, const std::string& id) {
  const Result<Booking> booking = journal.find(id);
  if (!booking.ok() && booking.error().kind != ErrorKind::NotFound) return booking.error();
  Json json;
  if (booking.ok()) {
    KIOSK_TRY(json, to_json(journal, systems, *booking));
    KIOSK_TRY(const std::vector<HistoryEntry> history, journal.history(id));
    json["history"] = history_json(history);
  } else {
    const Result<Report> report = journal.find_report(id);
    if (!report.ok() && report.error().kind == ErrorKind::NotFound) {
      return core::make_error(ErrorKind::NotFound, "no such promise", id);
    }
    if (!report.ok()) return report.error();
    KIOSK_TRY(json, to_json(journal, systems, *report));
    KIOSK_TRY(const std::vector<ReportHistoryEntry> history, journal.report_history(id));
    json["history"] = history_json(history);
  }
  KIOSK_TRY(json["prints"], prints_json(journal, id));
  return json;
}

Result<Json> personal_content(Journal& journal, const std::string& id) {
  KIOSK_TRY(const ReportContent content, journal.content(id));
  return core::parse_json(content_text(content).reveal(), "sealed report");
}

std::string in_lines(const Json& promise, Words words) {
  std::string lines = facts(promise) + "\n";
  if (words == Words::OfOpen && !core::json_bool(promise, "open").value_or(true)) return lines;
  for (const char* key : {"now", "next", "staff"}) {
    if (const std::string text = core::json_text(promise, key); !text.empty()) {
      lines += "    " + std::string(key) + ": " + text + "\n";
    }
  }
  return lines;
}

}  // namespace kiosk::promises
