// Pretend authorities on loopback, for tests and tours: service directories in three dialects, appointment and
// report systems, faults on demand, and a ledger of what the back ends really hold and what clients really asked. See
// README.md for the paths, the JSON of faults and of the ledger.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"

namespace kiosk::sandbox {

struct SandboxOptions {
  int port = 0;  // 0: any free one
  // The demo region's folder (feeds/, authorities.json, appointments.json, reports.json). Empty: none. demo_folder()
  // finds it.
  std::filesystem::path demo;
  // Files and folders: HSDS service arrays, ORUK 1.0 dumps, library CSVs. A file's stem is its feed's id.
  std::vector<std::filesystem::path> data;
  // More feeds, straight from a test: feed id → array of full HSDS 3.0 service objects. Wins over a file of that id.
  std::map<std::string, core::Json> feeds;
  // The appointment system's description, as in appointments.json. Null: that of `demo`, if any.
  core::Json appointments;
  // The report systems' description, as in reports.json. Null: that of `demo`, if any.
  core::Json reports;
  std::filesystem::path faults;     // a file of rules; empty: none
  std::filesystem::path state_dir;  // the ledger and bookings survive here; empty: in memory only
  core::Json config;                // as for POST /sandbox/config; null: defaults
};

// One server with its own state: several may live in one process. All functions are thread-safe.
class Sandbox {
 public:
  // Listens on 127.0.0.1 when it returns. Errors name the file or port that is wrong.
  static core::Result<std::unique_ptr<Sandbox>> start(SandboxOptions options);
  ~Sandbox();  // stops
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // Closes every connection, also hanging ones, and frees the port. Idempotent.
  void stop();
  int port() const;
  std::string base_url() const;                                                 // "http://127.0.0.1:PORT"
  std::string feed_url(std::string_view feed, std::string_view dialect) const;  // dialect: "hsds3", "oruk3" or "oruk1"
  // ".../zms/<authority>/terminvereinbarung/api/citizen"
  std::string zms_url(std::string_view authority) const;
  std::string open311_url(std::string_view authority) const;  // ".../open311/<authority>/v2"
  std::vector<std::string> feed_ids() const;
  std::vector<std::string> zms_ids() const;
  std::vector<std::string> open311_ids() const;

  // The answer of GET /sandbox/ledger.
  core::Json ledger() const;
  // Replaces all fault rules (an array, or an object with "faults"); Invalid names the rule that is wrong.
  core::Status set_faults(const core::Json& rules);
  core::Status add_faults(const core::Json& rules);
  void clear_faults();
  // As POST /sandbox/config: merges into the behaviours.
  core::Status configure(const core::Json& patch);
  // Replaces (or adds) a feed's content, as an authority edits its directory.
  core::Status set_feed(const std::string& feed, core::Json services);
  // Closes a report, as the authority's staff do. NotFound where there is no such report.
  core::Status close_report(const std::string& authority, const std::string& number, const std::string& notes);
  // Forgets bookings, reports, requests, violations, faults, the clock's offset and changed behaviours; keeps the
  // feeds.
  void reset();
  // Moves the back ends' clock on (negative: back): holds expire, appointments pass.
  void advance_clock(std::chrono::seconds by);

 private:
  struct Impl;
  explicit Sandbox(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The folder assets/demo: $KIOSK_DEMO, beside the program's installation, or in the source tree. Empty where none is
// found.
std::filesystem::path demo_folder();

}  // namespace kiosk::sandbox
