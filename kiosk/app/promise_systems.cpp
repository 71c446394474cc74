#include "kiosk/app/promise_systems.h"

#include "kiosk/core/files.h"
#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/net/curl_client.h"
#include "kiosk/net/guarded_client.h"
#include "kiosk/promises/open311.h"

namespace kiosk::app {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;

namespace {

// A resident is waiting: one try within its deadline, then a page that says what can be done instead.
net::GuardOptions once() {
  net::GuardOptions options;
  options.tries = 1;
  return options;
}

Result<core::SecretText> api_key(const settings::ReportEntry& entry) {
  if (entry.api_key_file.empty()) return core::SecretText();
  KIOSK_TRY(const core::SecretText text, core::read_secret_file(entry.api_key_file, 4096));
  return core::SecretText(core::trim(text.reveal()));
}

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& entry : map) keys.push_back(entry.first);
  return keys;
}

}  // namespace

// One system's way to the network: its own client, breaker and retries, so that none spoils another's.
struct PromiseSystems::Line {
  Line(std::unique_ptr<net::CurlClient> curl, const core::Clock& clock, std::uint64_t seed)
      : client(std::move(curl)), breaker(clock), guarded(*client, clock, breaker, nullptr, seed, once()) {}
  std::unique_ptr<net::CurlClient> client;
  net::Breaker breaker;
  net::GuardedClient guarded;
};

PromiseSystems::PromiseSystems(std::unique_ptr<promises::Journal> journal, const core::Clock& clock, OnProof on_proof)
    : journal_(std::move(journal)),
      clock_(clock),
      on_proof_(std::move(on_proof)),
      seed_(static_cast<std::uint64_t>(clock.now().time_since_epoch().count())) {}
PromiseSystems::~PromiseSystems() = default;

Result<std::unique_ptr<PromiseSystems>> PromiseSystems::open(const DataFiles& files, const settings::Settings& settings,
                                                             const core::Clock& clock, OnProof on_proof) {
  KIOSK_TRY(auto journal, promises::Journal::open(files.kiosk_db, files.key, clock));
  std::unique_ptr<PromiseSystems> systems(new PromiseSystems(std::move(journal), clock, std::move(on_proof)));
  for (const settings::BookingEntry& entry : settings.bookings) KIOSK_CHECK(systems->add(entry));
  for (const settings::ReportEntry& entry : settings.reports) KIOSK_CHECK(systems->add(entry));
  KIOSK_CHECK(systems->warn_of_orphans());
  return systems;
}

Result<std::unique_ptr<PromiseSystems::Line>> PromiseSystems::line() {
  KIOSK_TRY(auto curl, net::CurlClient::create());
  return std::make_unique<Line>(std::move(curl), clock_, ++seed_);
}

Status PromiseSystems::add(const settings::BookingEntry& entry) {
  System<promises::BookingDesk> system;
  KIOSK_TRY(system.line, line());
  KIOSK_TRY(system.journal, journal_->another());
  auto backend = make_booking_backend(entry, system.line->guarded, clock_, on_proof_);
  if (!backend.ok()) {
    core::log_error("bookings.token_unusable", {{"back_end", entry.id}, {"error", backend.error()}});
    return {};
  }
  promises::DeskOptions options;
  options.closed_for = [line = system.line.get()](const std::string&) { return line->breaker.retry_in(); };
  system.desk = std::make_unique<promises::BookingDesk>(
      *system.journal,
      std::map<std::string, std::shared_ptr<promises::BookingBackend>>{{entry.id, std::move(*backend)}}, clock_,
      std::move(options));
  bookings_[entry.id] = std::move(system);
  return {};
}

Status PromiseSystems::add(const settings::ReportEntry& entry) {
  Result<core::SecretText> key = api_key(entry);
  if (!key.ok()) {
    core::log_error("reports.key_unusable", {{"back_end", entry.id}, {"error", key.error()}});
    return {};
  }
  System<promises::ReportDesk> system;
  KIOSK_TRY(system.line, line());
  KIOSK_TRY(system.journal, journal_->another());
  promises::Open311Options open311;
  open311.id = entry.id;
  open311.base_url = entry.url;
  open311.sender.jurisdiction_id = entry.jurisdiction;
  open311.sender.api_key = std::move(*key);
  open311.lists_requests = entry.lists_requests;
  open311.future_questions = entry.future_questions;
  auto backend = std::make_shared<promises::Open311Backend>(system.line->guarded, clock_, std::move(open311));
  promises::ReportDeskOptions options;
  options.closed_for = [line = system.line.get()](const std::string&) { return line->breaker.retry_in(); };
  system.desk = std::make_unique<promises::ReportDesk>(
      *system.journal, std::map<std::string, std::shared_ptr<promises::ReportBackend>>{{entry.id, backend}}, clock_,
      std::move(options));
  reports_[entry.id] = std::move(system);
  return {};
}

// A promise whose system was taken out of the configuration: nobody but staff can do anything about it.
Status PromiseSystems::warn_of_orphans() {
  const auto warn = [](const std::string& id, const std::string& back_end) {
    core::log_warning("promises.back_end_not_configured", {{"promise", id}, {"back_end", back_end}});
  };
  KIOSK_TRY(const std::vector<promises::Booking> bookings, journal_->open_bookings());
  for (const promises::Booking& booking : bookings) {
    if (!bookings_.contains(booking.target.backend)) warn(booking.id, booking.target.backend);
  }
  KIOSK_TRY(const std::vector<promises::Report> reports, journal_->open_reports());
  for (const promises::Report& report : reports) {
    if (!reports_.contains(report.target.backend)) warn(report.id, report.target.backend);
  }
  return {};
}

Result<promises::BookingDesk*> PromiseSystems::bookings(const std::string& id) const {
  const auto found = bookings_.find(id);
  if (found == bookings_.end()) return make_error(ErrorKind::NotFound, "no such booking system is configured", id);
  return found->second.desk.get();
}

Result<promises::ReportDesk*> PromiseSystems::reports(const std::string& id) const {
  const auto found = reports_.find(id);
  if (found == reports_.end()) return make_error(ErrorKind::NotFound, "no such reporting system is configured", id);
  return found->second.desk.get();
}

std::vector<std::string> PromiseSystems::booking_ids() const { return keys_of(bookings_); }
std::vector<std::string> PromiseSystems::report_ids() const { return keys_of(reports_); }

}  // namespace kiosk::app
