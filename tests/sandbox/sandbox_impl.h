// The parts of a Sandbox and how a request finds its way to them.
#pragma once

#include <mutex>

#include "tests/sandbox/config.h"
#include "tests/sandbox/directory_api.h"
#include "tests/sandbox/faults.h"
#include "tests/sandbox/feeds.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/open311_api.h"
#include "tests/sandbox/sandbox.h"
#include "tests/sandbox/server.h"
#include "tests/sandbox/zms_api.h"

namespace kiosk::sandbox {

struct Sandbox::Impl {
  Impl(FeedMap feed_map, ZmsMap zms_map, Open311Map open311_map)
      : ledger(clock),
        zms(std::move(zms_map), clock, ledger),
        open311(std::move(open311_map), clock, ledger),
        feeds(std::move(feed_map)) {}

  // The back ends, behind the faults.
  Answer answer(const Call& call, const FaultPlan& plan);
  Answer back_end(const Call& call, const std::string& endpoint);
  Answer directory(const Call& call, const std::vector<std::string>& parts, const std::string& endpoint);
  Answer appointments(const Call& call, const std::vector<std::string>& parts, const std::string& endpoint);
  Answer reports(const Call& call, const std::vector<std::string>& parts, const std::string& endpoint);
  // /sandbox/…: for tests, never faulty.
  Answer control(const Call& call);
  Answer control_faults(const Call& call);
  Answer control_clock(const Call& call);
  Answer control_feed(const Call& call);

  core::Json whole_ledger();
  core::Status configure(const core::Json& patch);
  core::Status set_feed(const std::string& id, const core::Json& services);
  void reset();
  void books_changed(const core::Json& bookings);
  void reports_changed(const core::Json& reports);
  void save();
  core::Status restore();
  std::shared_ptr<const Feed> feed(const std::string& id) const;
  SandboxConfig config() const;

  SandboxClock clock;
  Ledger ledger;
  Faults faults;
  ZmsApi zms;
  Open311Api open311;
  std::filesystem::path state_file;  // empty: none
  core::Json first_config;           // as at the start, for reset()

  mutable std::mutex mutex;  // guards what follows
  FeedMap feeds;
  SandboxConfig behaviours;

  std::mutex save_mutex;  // guards the file and what it holds of the books
  core::Json saved_bookings = core::Json::array();
  core::Json saved_reports = core::Json::array();

  std::unique_ptr<Server> server;  // last: stops before the rest goes
};

// The path with ids replaced: "GET /harbour/hsds3/services/{id}".
std::string endpoint_of(const std::string& method, const std::string& path);

}  // namespace kiosk::sandbox
