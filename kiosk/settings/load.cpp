#include "kiosk/settings/load.h"

#include <algorithm>
#include <set>

#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/settings/checks.h"
#include "kiosk/settings/describe.h"
#include "kiosk/settings/reader.h"

namespace kiosk::settings {
namespace {

constexpr std::size_t kMaxFileBytes = 1 << 20;

bool is_identifier(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void read_identifier(TableReader& reader, std::string& out) {
  reader.required_text("id", out);
  if (!out.empty() && !is_identifier(out)) reader.complain("id", "may hold only a-z, 0-9 and '-', at most 64 of them");
}

void read_url(TableReader& reader, std::string_view key, std::string& out) {
  reader.text(key, out);
  if (out.empty()) return;
  if (std::string fault = fault_of_url(out); !fault.empty()) reader.complain(key, std::move(fault));
}

bool is_language_tag(const std::string& tag) {
  return tag.size() >= 2 && tag.size() <= 12 && std::all_of(tag.begin(), tag.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

void read_languages(TableReader& reader, std::vector<std::string>& out) {
  reader.texts("languages", out);
  if (out.empty() || !std::all_of(out.begin(), out.end(), is_language_tag)) {
    reader.complain("languages", "must name one language or more, as \"en\" or \"pt-BR\"");
  }
  std::set<std::string> seen;
  for (const std::string& language : out) {
    if (!seen.insert(language).second)
      reader.complain("languages", "\"" + language + "\" is there twice; name each language once");
  }
}

void read_point(TableReader& reader, std::optional<core::GeoPoint>& out) {
  if (!reader.has("latitude") && !reader.has("longitude")) return;
  core::GeoPoint point{1000, 1000};
  reader.number("latitude", point.latitude, -90, 90);
  reader.number("longitude", point.longitude, -180, 180);
  if (point.latitude > 90 || point.longitude > 180) {
    reader.complain("latitude", "latitude and longitude go together");
  } else {
    out = point;
  }
}

void read_kiosk(TableReader reader, KioskSection& out) {
  reader.text("id", out.id);
  if (!is_identifier(out.id)) reader.complain("id", "may hold only a-z, 0-9 and '-', at most 64 of them");
  reader.text("name", out.name, 80);
  reader.text("postcode", out.postcode, 10);
  reader.text("time_zone", out.time_zone, 64);
  if (std::string fault = fault_of_time_zone(out.time_zone); !fault.empty()) reader.complain("time_zone", fault);
  read_languages(reader, out.languages);
  read_point(reader, out.point);
}

void read_display(TableReader reader, DisplaySection& out) {
  reader.number("pixel_pitch_mm", out.pixel_pitch_mm, 0.05, 1.0);
  reader.whole("width", out.width, 640, 7680);
  reader.whole("height", out.height, 640, 7680);
  reader.choice("renderer", out.renderer,
                {{"automatic", Renderer::Automatic}, {"software", Renderer::Software}, {"gpu", Renderer::Gpu}});
  reader.choice("theme", out.theme,
                {{"light", ThemeChoice::Light},
                 {"dark", ThemeChoice::Dark},
                 {"black-on-white", ThemeChoice::BlackOnWhite},
                 {"yellow-on-black", ThemeChoice::YellowOnBlack}});
  reader.whole("text_size", out.text_size, 0, 3);
  reader.number("low_reach_top_mm", out.low_reach_top_mm, 0, 2000);
  reader.text("primary", out.primary, 7);
  const bool hex = out.primary.size() == 7 && out.primary[0] == '#' &&
                   out.primary.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
  if (!out.primary.empty() && !hex) reader.complain("primary", "must be a colour as \"#1a2b3c\"");
}

void read_source(TableReader& reader, SourceEntry& out) {
  read_identifier(reader, out.id);
  reader.required_text("name", out.name);
  read_url(reader, "url", out.url);
  reader.whole("refresh_minutes", out.refresh_minutes, 5, 10080);
  reader.text("authority", out.authority, 64);
}

template <class BackEnd>
void read_back_end(TableReader& reader, BackEnd& out) {
  read_identifier(reader, out.id);
  reader.required_text("name", out.name);
  read_url(reader, "url", out.url);
  if (out.url.empty()) reader.complain("url", "is needed here");
  reader.text("kind", out.kind, 20);
  reader.text("phone", out.phone, 40);
  reader.text("hours", out.hours, 200);
  if constexpr (requires { out.api_key_file; }) {
    reader.text("jurisdiction", out.jurisdiction, 100);
    reader.path("api_key_file", out.api_key_file);
    reader.boolean("lists_requests", out.lists_requests);
    reader.texts("future_questions", out.future_questions);
  }
}

void read_booking(TableReader& reader, BookingEntry& out) {
  read_back_end(reader, out);
  const bool fhir = out.kind == "fhir";
  if (out.kind != "zms" && !fhir) reader.complain("kind", "expected one of \"zms\", \"fhir\"");
  reader.path("token_file", out.token_file);
  reader.text("slot_keeper", out.slot_keeper, 20);
  if (out.slot_keeper != "server" && out.slot_keeper != "kiosk") {
    reader.complain("slot_keeper", "expected one of \"server\", \"kiosk\"");
  }
  for (const char* key : {"token_file", "slot_keeper"}) {
    if (!fhir && reader.has(key)) reader.complain(key, "belongs to systems of kind \"fhir\" alone");
  }
  reader.text("call_back", out.call_back);
}

// Nobody is sent away without a way on: a number, or a page of the directory.
void read_handed_over(TableReader& reader, HandedOverEntry& out) {
  reader.texts("types", out.types);
  if (out.types.empty()) reader.complain("types", "must name one kind of report or more");
  reader.required_text("name", out.name);
  reader.text("phone", out.phone, 40);
  reader.text("hours", out.hours, 200);
  reader.text("service", out.service);
  if (out.phone.empty() && out.service.empty()) reader.complain("phone", "either phone or service is needed");
}

void read_report(ReadContext& context, TableReader& reader, const std::string& prefix, ReportEntry& out) {
  read_back_end(reader, out);
  if (out.kind != "open311") reader.complain("kind", "the only kind is \"open311\"");
  std::set<std::string> seen;
  for (const toml::table* table : reader.tables("handed_over")) {
    TableReader inner(context, table, prefix + ".handed_over[" + std::to_string(out.handed_over.size()) + "]");
    HandedOverEntry entry;
    read_handed_over(inner, entry);
    for (const std::string& type : entry.types) {
      if (!seen.insert(type).second) inner.complain("types", "\"" + type + "\" is there twice");
    }
    out.handed_over.push_back(std::move(entry));
  }
}

void read_action(TableReader& reader, ActionEntry& out) {
  reader.required_text("source", out.source);
  reader.required_text("service", out.service);
  reader.text("book", out.book);
  reader.text("report", out.report);
  if (out.book.empty() && out.report.empty()) reader.complain("book", "either book or report is needed");
}

void read_printer(TableReader reader, PrinterSection& out) {
  reader.choice("kind", out.kind,
                {{"none", PrinterKind::None}, {"escpos-tcp", PrinterKind::EscposTcp}, {"file", PrinterKind::File}});
  reader.text("host", out.host, 255);
  reader.whole("port", out.port, 1, 65535);
  reader.path("directory", out.directory);
  reader.whole("dots_per_line", out.dots_per_line, 200, 1024);
  reader.number("dots_per_mm", out.dots_per_mm, 5, 24);
  reader.boolean("large_print", out.large_print);
  if (out.kind == PrinterKind::File && out.directory.empty()) {
    reader.complain("directory", "a printer of kind \"file\" needs a directory");
  }
}

// Reads every [[key]] table into `out`, and sees to it that ids are unique.
template <class Entry, class Read>
void read_list(ReadContext& context, TableReader& root, const std::string& key, std::vector<Entry>& out, Read read) {
  std::set<std::string> ids;
  for (const toml::table* table : root.tables(key)) {
    TableReader reader(context, table, key + "[" + std::to_string(out.size()) + "]");
    Entry entry;
    read(reader, entry);
    if constexpr (requires { entry.id; }) {
      if (!ids.insert(entry.id).second) reader.complain("id", "\"" + entry.id + "\" is there twice");
    }
    out.push_back(std::move(entry));
  }
}

void check_links(TableReader& root, const Settings& settings) {
  const auto known = [](const auto& list, std::string_view id) {
    return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
  };
  for (const ActionEntry& action : settings.actions) {
    if (!known(settings.sources, action.source))
      root.complain("actions", "no source has the id \"" + action.source + "\"");
    const std::string book = action.book.substr(0, action.book.find(':'));
    if (!action.book.empty() && !known(settings.bookings, book)) {
      root.complain("actions", "book: no [[bookings]] entry has the id \"" + book + "\"");
    }
    const std::string report = action.report.substr(0, action.report.find(':'));
    if (!action.report.empty() && !known(settings.reports, report)) {
      root.complain("actions", "report: no [[reports]] entry has the id \"" + report + "\"");
    }
  }
  for (const BookingEntry& booking : settings.bookings) {
    const std::string back_end = booking.call_back.substr(0, booking.call_back.find(':'));
    const bool whole = back_end.size() + 1 < booking.call_back.size();
    if (!booking.call_back.empty() && !(whole && known(settings.reports, back_end))) {
      root.complain("bookings", "call_back: must be \"<[[reports]] id>:<service code>\"");
    }
  }
  for (const ReportEntry& report : settings.reports) {
    for (const HandedOverEntry& entry : report.handed_over) {
      const std::string source = entry.service.substr(0, entry.service.find(':'));
      const bool whole = source.size() + 1 < entry.service.size();
      if (!entry.service.empty() && !(whole && known(settings.sources, source))) {
        root.complain("reports", "handed_over: service must be \"<[[sources]] id>:<record>\"");
      }
    }
  }
}

void read_all(ReadContext& context, const toml::table& file, Settings& out) {
  TableReader root(context, &file, "");
  const auto section = [&](const char* key) { return TableReader(context, root.table(key), key); };
  read_kiosk(section("kiosk"), out.kiosk);
  read_display(section("display"), out.display);
  {
    TableReader reader = section("idle");
    reader.whole("ask_after_s", out.idle.ask_after_s, 30, 600);
    reader.whole("end_after_s", out.idle.end_after_s, 20, 120);
  }
  {
    TableReader reader = section("contact");
    reader.text("name", out.contact.name, 80);
    reader.text("phone", out.contact.phone, 40);
    reader.text("hours", out.contact.hours, 200);
  }
  read_printer(section("printer"), out.printer);
  {
    TableReader reader = section("receipts");
    read_url(reader, "manage_url", out.receipts.manage_url);
    reader.path("calendar_folder", out.receipts.calendar_folder);
  }
  {
    TableReader reader = section("areas");
    reader.paths("postcodes", out.areas.postcodes);
    reader.paths("authorities", out.areas.authorities);
  }
  {
    TableReader reader = section("topics");
    reader.path("file", out.topics.file);
  }
  {
    TableReader reader = section("privacy");
    reader.texts("leave_now_words", out.privacy.leave_now_words);
  }
  {
    TableReader reader = section("data");
    reader.path("directory", out.data.directory);
    if (reader.is_empty_text("directory"))
      reader.complain("directory", "is empty; name a folder, or leave the key out for \"data\" beside this file");
  }
  read_list(context, root, "sources", out.sources, read_source);
  read_list(context, root, "bookings", out.bookings, read_booking);
  read_list(context, root, "reports", out.reports, [&](TableReader& r, ReportEntry& e) {
    read_report(context, r, "reports[" + std::to_string(out.reports.size()) + "]", e);
  });
  read_list(context, root, "actions", out.actions, read_action);
  check_links(root, out);
}

}  // namespace

core::Result<Loaded> inspect(const std::filesystem::path& file) {
  KIOSK_TRY(const std::string bytes, core::read_file(file, kMaxFileBytes));
  try {
    const toml::table table = toml::parse(bytes, file.string());
    Loaded loaded;
    ReadContext context{std::filesystem::absolute(file).parent_path(), {}, {}, {}};
    loaded.settings.data.directory = (context.base / loaded.settings.data.directory).lexically_normal();
    read_all(context, table, loaded.settings);
    std::stable_sort(context.problems.begin(), context.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    loaded.problems = std::move(context.problems);
    loaded.given = std::move(context.given);
    loaded.settings.origin = {file, std::move(context.lines)};
    return loaded;
  } catch (const toml::parse_error& error) {
    return core::make_error(core::ErrorKind::Invalid, std::string(error.description()),
                            file.string() + ":" + std::to_string(error.source().begin.line));
  }
}

core::Result<Settings> load(const std::filesystem::path& file) {
  KIOSK_TRY(Loaded loaded, inspect(file));
  if (loaded.problems.empty()) return std::move(loaded.settings);
  return refusal(file, loaded.problems);
}

core::Error refusal(const std::filesystem::path& file, const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += "\n";
    text += file.string() + ":" + std::to_string(problem.line) + ": " + problem.key + ": " + problem.what;
  }
  return core::make_error(core::ErrorKind::Invalid, text);
}

int line_of(const Settings& settings, const std::string& key) {
  const auto found = settings.origin.lines.find(key);
  return found == settings.origin.lines.end() ? 0 : found->second;
}

core::Error at_key(const Settings& settings, const std::string& key, const core::Error& error) {
  if (settings.origin.file.empty()) return error;
  return core::make_error(error.kind, key + ": " + error.describe(),
                          settings.origin.file.string() + ":" + std::to_string(line_of(settings, key)));
}

core::Result<Explanation> explain(const std::filesystem::path& file, const std::string& key) {
  KIOSK_TRY(const Loaded loaded, inspect(file));
  for (const auto& [name, value] : describe(loaded.settings)) {
    if (name != key) continue;
    const bool given = std::find(loaded.given.begin(), loaded.given.end(), key) != loaded.given.end();
    return Explanation{key, value, given ? file.string() : "built-in default"};
  }
  return core::make_error(core::ErrorKind::NotFound, "there is no such key", key);
}

}  // namespace kiosk::settings
