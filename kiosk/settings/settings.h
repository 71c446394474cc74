// What a site configures, as values. The built-in defaults are the member initialisers here; config/example.toml shows
// every key with its meaning. Loaded by load.h.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/geo.h"

namespace kiosk::settings {

struct KioskSection {
  std::string id = "kiosk";          // [a-z0-9-], at most 64
  std::string name = "Civic Kiosk";  // where it stands: "Riverside Library"
  std::string postcode;              // of the place; "" unknown
  std::optional<core::GeoPoint> point;
  std::string time_zone = "Europe/London";                        // IANA
  std::vector<std::string> languages = {"en", "cy", "pl", "ar"};  // offered, in this order; the first is the default
};

enum class Renderer { Automatic, Software, Gpu };
enum class ThemeChoice { Light, Dark, BlackOnWhite, YellowOnBlack };

struct DisplaySection {
  double pixel_pitch_mm = 0.248;    // 0.05..1.0; measured at set-up (21.5" 1920x1080: 0.248)
  int width = 1920, height = 1080;  // of a window or of a screen without a display, 640..7680
  Renderer renderer = Renderer::Automatic;
  ThemeChoice theme = ThemeChoice::Light;
  int text_size = 0;            // 0..3
  double low_reach_top_mm = 0;  // height of the part that stays free of targets in low reach; 0 = half, but 200 mm stay
  std::string primary;          // "#rrggbb" in place of the theme's; "" = the theme's own
};

struct IdleSection {
  int ask_after_s = 90;  // 30..600
  int end_after_s = 30;  // 20..120
};

struct ContactSection {  // the contact centre: the way out of every dead end
  std::string name, phone, hours;
};

struct SourceEntry {
  std::string id, name, url;  // [[sources]]
  int refresh_minutes = 60;   // 5..10080
  std::string authority;      // code of the authority whose services these are; "" = as the records say
};

struct BookingEntry {  // [[bookings]]
  std::string id, name, url;
  std::string kind = "zms";            // or "fhir"
  std::string phone, hours;            // what to do when the back end is away
  std::filesystem::path token_file;    // of fhir: holds the bearer token, mode 0600; "" = none is needed
  std::string slot_keeper = "server";  // of fhir: "kiosk" where the server doesn't mark booked slots itself
  // "<reports id>:<service code>": a kind of report that takes requests to be called back, and nothing else: it is
  // sent with a number and without a place, from whatever page; "" = nobody does
  std::string call_back = {};
};

// Kinds of report that another body looks after: who, and how it is reached.
struct HandedOverEntry {           // [[reports]] handed_over
  std::vector<std::string> types;  // service codes
  std::string name, phone, hours;
  std::string service;  // "<source>:<record>": its own page in the directory; "" none
};

struct ReportEntry {  // [[reports]]
  std::string id, name, url;
  std::string kind = "open311";
  std::string phone, hours;
  std::string jurisdiction;            // jurisdiction_id; "" = the endpoint serves one alone
  std::filesystem::path api_key_file;  // holds the key, mode 0600; "" = none is needed
  bool lists_requests = true;          // new reports are listed at once and for everybody
  // Its questions whose day is to come, by code; of one kind alone: "<service code>:<code>". All others are of the
  // past, but those of requests to be called back.
  std::vector<std::string> future_questions;
  std::vector<HandedOverEntry> handed_over;
};

struct ActionEntry {            // [[actions]]: links for feeds that carry none
  std::string source, service;  // record key
  std::string book, report;     // "<back end>:<service id there>"
};

enum class PrinterKind { None, EscposTcp, File };
struct PrinterSection {
  PrinterKind kind = PrinterKind::None;
  std::string host = "127.0.0.1";
  int port = 9100;
  std::filesystem::path directory;  // of kind file
  int dots_per_line = 576;          // 200..1024
  double dots_per_mm = 8.0;         // 203 dpi
  bool large_print = false;
};

struct ReceiptsSection {
  std::string manage_url;                 // https://…/; the code is appended. "" = the QR holds the code alone
  std::filesystem::path calendar_folder;  // for <code>.ics of each appointment; "" = none are written
};

struct AreasSection {
  std::vector<std::filesystem::path> postcodes, authorities;
};

struct PrivacySection {
  // A service whose name or category holds one of these offers "Leave this page now".
  std::vector<std::string> leave_now_words = {"abuse", "violence", "forced marriage"};
};

struct TopicsSection {
  std::filesystem::path file;  // topics.json; "" = the categories of the records
};

struct DataSection {
  std::filesystem::path directory =
      "data";  // of directory.db, kiosk.db and the key; relative to the configuration file
};

// Where the values came from, for errors that show only when what they name is used.
struct Origin {
  std::filesystem::path file;        // "" for the built-in defaults
  std::map<std::string, int> lines;  // of every key that the file gives
};

struct Settings {
  KioskSection kiosk;
  DisplaySection display;
  IdleSection idle;
  ContactSection contact;
  std::vector<SourceEntry> sources;
  std::vector<BookingEntry> bookings;
  std::vector<ReportEntry> reports;
  std::vector<ActionEntry> actions;
  PrinterSection printer;
  ReceiptsSection receipts;
  AreasSection areas;
  TopicsSection topics;
  PrivacySection privacy;
  DataSection data;
  Origin origin;
};

// The entry of a system by its id; null where there is none (any more).
const BookingEntry* booking_entry(const Settings& settings, std::string_view id);
const ReportEntry* report_entry(const Settings& settings, std::string_view id);

}  // namespace kiosk::settings
