// The journal, and for each booking or reporting system that the site configures a desk with the adapter behind it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kiosk/app/booking_adapter.h"
#include "kiosk/app/places_on_disk.h"
#include "kiosk/net/http.h"
#include "kiosk/promises/booking_desk.h"
#include "kiosk/promises/journal.h"
#include "kiosk/promises/report_desk.h"
#include "kiosk/settings/settings.h"

namespace kiosk::app {

// Each desk, with its own connection to the journal, its own client and breaker, is for one thread at a time, so that
// no system waits for another: a lane each in civic-kiosk (promise_lanes.h), the main thread in kioskctl. The maps
// don't change once it is open.
class PromiseSystems {
 public:
  // Corrupt: kiosk.db is damaged; it is left as it is. Then the kiosk makes no promises. A reporting system whose key
  // can't be read is left out, and the log says so. `on_proof` is called on the threads of the desks.
  static core::Result<std::unique_ptr<PromiseSystems>> open(const DataFiles& files, const settings::Settings& settings,
                                                            const core::Clock& clock, OnProof on_proof = {});
  ~PromiseSystems();
  PromiseSystems(const PromiseSystems&) = delete;
  PromiseSystems& operator=(const PromiseSystems&) = delete;

  // NotFound where the configuration has no such system (any more).
  core::Result<promises::BookingDesk*> bookings(const std::string& id) const;
  core::Result<promises::ReportDesk*> reports(const std::string& id) const;
  std::vector<std::string> booking_ids() const;
  std::vector<std::string> report_ids() const;
  // A connection of nobody's lane: for looking things up. One thread at a time.
  promises::Journal& journal() { return *journal_; }

 private:
  struct Line;
  template <class Desk>
  struct System {
    std::unique_ptr<Line> line;
    std::unique_ptr<promises::Journal> journal;
    std::unique_ptr<Desk> desk;
  };
  PromiseSystems(std::unique_ptr<promises::Journal> journal, const core::Clock& clock, OnProof on_proof);
  core::Status add(const settings::BookingEntry& entry);
  core::Status add(const settings::ReportEntry& entry);
  core::Result<std::unique_ptr<Line>> line();
  core::Status warn_of_orphans();

  std::unique_ptr<promises::Journal> journal_;
  const core::Clock& clock_;
  const OnProof on_proof_;
  std::uint64_t seed_;
  std::map<std::string, System<promises::BookingDesk>> bookings_;
  std::map<std::string, System<promises::ReportDesk>> reports_;
};

}  // namespace kiosk::app
