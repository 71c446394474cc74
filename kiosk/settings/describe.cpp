#include "kiosk/settings/describe.h"

#include <sstream>

namespace kiosk::settings {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string shown(const std::string& value) { return quoted(value); }
std::string shown(const char* value) { return quoted(value); }
std::string shown(const std::filesystem::path& value) { return quoted(value.string()); }
std::string shown(bool value) { return value ? "true" : "false"; }
std::string shown(int value) { return std::to_string(value); }
std::string shown(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}
template <class T>
std::string shown(const std::vector<T>& values) {
  std::string out = "[";
  for (const T& value : values) out += (out.size() > 1 ? ", " : "") + shown(value);
  return out + "]";
}

const char* name(Renderer renderer) {
  switch (renderer) {
    case Renderer::Automatic:
      return "automatic";
    case Renderer::Software:
      return "software";
    case Renderer::Gpu:
      return "gpu";
  }
  return "automatic";
}

const char* name(ThemeChoice theme) {
  switch (theme) {
    case ThemeChoice::Light:
      return "light";
    case ThemeChoice::Dark:
      return "dark";
    case ThemeChoice::BlackOnWhite:
      return "black-on-white";
    case ThemeChoice::YellowOnBlack:
      return "yellow-on-black";
  }
  return "light";
}

const char* name(PrinterKind kind) {
  switch (kind) {
    case PrinterKind::None:
      return "none";
    case PrinterKind::EscposTcp:
      return "escpos-tcp";
    case PrinterKind::File:
      return "file";
  }
  return "none";
}

class Lister {
 public:
  template <class T>
  Lister& add(const std::string& key, const T& value) {
    list_.emplace_back(prefix_ + "." + key, shown(value));
    return *this;
  }
  Lister& in(std::string prefix) {
    prefix_ = std::move(prefix);
    return *this;
  }
  std::vector<std::pair<std::string, std::string>> take() { return std::move(list_); }

 private:
  std::string prefix_;
  std::vector<std::pair<std::string, std::string>> list_;
};

template <class BackEnd>
void list_back_ends(Lister& list, const std::string& key, const std::vector<BackEnd>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BackEnd& entry = entries[i];
    list.in(key + "[" + std::to_string(i) + "]").add("id", entry.id).add("name", entry.name).add("url", entry.url);
    list.add("kind", entry.kind).add("phone", entry.phone).add("hours", entry.hours);
    if constexpr (requires { entry.call_back; }) list.add("call_back", entry.call_back);
    if constexpr (requires { entry.api_key_file; }) {
      list.add("jurisdiction", entry.jurisdiction).add("api_key_file", entry.api_key_file);
      list.add("lists_requests", entry.lists_requests).add("future_questions", entry.future_questions);
    }
    if constexpr (requires { entry.token_file; }) {
      list.add("token_file", entry.token_file).add("slot_keeper", entry.slot_keeper);
    }
  }
}

void list_handed_over(Lister& list, const std::vector<ReportEntry>& reports) {
  for (std::size_t i = 0; i < reports.size(); ++i) {
    for (std::size_t j = 0; j < reports[i].handed_over.size(); ++j) {
      const HandedOverEntry& entry = reports[i].handed_over[j];
      list.in("reports[" + std::to_string(i) + "].handed_over[" + std::to_string(j) + "]").add("types", entry.types);
      list.add("name", entry.name).add("phone", entry.phone).add("hours", entry.hours).add("service", entry.service);
    }
  }
}

void list_sections(Lister& list, const Settings& s) {
  list.in("kiosk").add("id", s.kiosk.id).add("name", s.kiosk.name).add("postcode", s.kiosk.postcode);
  if (s.kiosk.point) list.add("latitude", s.kiosk.point->latitude).add("longitude", s.kiosk.point->longitude);
  list.add("time_zone", s.kiosk.time_zone).add("languages", s.kiosk.languages);
  list.in("display").add("pixel_pitch_mm", s.display.pixel_pitch_mm).add("width", s.display.width);
  list.add("height", s.display.height).add("renderer", name(s.display.renderer)).add("theme", name(s.display.theme));
  list.add("text_size", s.display.text_size).add("low_reach_top_mm", s.display.low_reach_top_mm);
  list.add("primary", s.display.primary);
  list.in("idle").add("ask_after_s", s.idle.ask_after_s).add("end_after_s", s.idle.end_after_s);
  list.in("contact").add("name", s.contact.name).add("phone", s.contact.phone).add("hours", s.contact.hours);
  list.in("printer").add("kind", name(s.printer.kind)).add("host", s.printer.host).add("port", s.printer.port);
  list.add("directory", s.printer.directory).add("dots_per_line", s.printer.dots_per_line);
  list.add("dots_per_mm", s.printer.dots_per_mm).add("large_print", s.printer.large_print);
  list.in("receipts").add("manage_url", s.receipts.manage_url);
  list.add("calendar_folder", s.receipts.calendar_folder);
  list.in("areas").add("postcodes", s.areas.postcodes).add("authorities", s.areas.authorities);
  list.in("topics").add("file", s.topics.file);
  list.in("privacy").add("leave_now_words", s.privacy.leave_now_words);
  list.in("data").add("directory", s.data.directory);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> describe(const Settings& settings) {
  Lister list;
  list_sections(list, settings);
  for (std::size_t i = 0; i < settings.sources.size(); ++i) {
    const SourceEntry& entry = settings.sources[i];
    list.in("sources[" + std::to_string(i) + "]").add("id", entry.id).add("name", entry.name).add("url", entry.url);
    list.add("refresh_minutes", entry.refresh_minutes).add("authority", entry.authority);
  }
  list_back_ends(list, "bookings", settings.bookings);
  list_back_ends(list, "reports", settings.reports);
  list_handed_over(list, settings.reports);
  for (std::size_t i = 0; i < settings.actions.size(); ++i) {
    const ActionEntry& entry = settings.actions[i];
    list.in("actions[" + std::to_string(i) + "]").add("source", entry.source).add("service", entry.service);
    list.add("book", entry.book).add("report", entry.report);
  }
  return list.take();
}

}  // namespace kiosk::settings
