// What the tests of the booking desk share: a back end over HTTP, and a kiosk in front of it.
#pragma once

#include <fstream>
#include <thread>

#include "kiosk/store/database.h"
#include "tests/unit/promises_support.h"

namespace desk_test {

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Json;

struct World {
  explicit World(System of = System::Zms) : system(of) {}
  System system;
  Folder folder;
  std::unique_ptr<sandbox::Sandbox> back_end = start_sandbox();
  core::AdjustableClock clock;
  std::unique_ptr<Kiosk> kiosk = std::make_unique<Kiosk>(folder, *back_end, clock, system);

  void restart() {
    kiosk.reset();
    kiosk = std::make_unique<Kiosk>(folder, *back_end, clock, system);
  }
  BookingDesk& desk() { return *kiosk->desk; }
  Journal& journal() { return *kiosk->journal; }
  Slot first_slot() { return kiosk->calendar(clock).slots.at(0); }
  core::Result<Booking> hold() {
    const Slot slot = first_slot();
    return desk().hold(kiosk->offer(), slot, {});
  }
  Booking held() {
    const auto booking = hold();
    INFO((booking.ok() ? std::string() : booking.error().describe()));
    REQUIRE(booking.ok());
    return *booking;
  }
  // What stands for a call of the ZMS API in the other system.
  Json match(const std::string& path) const {
    if (system == System::Zms) return {{"path", path}};
    if (path == "confirm-appointment") return {{"method", "POST"}, {"path", "/Appointment$"}};
    if (path == "cancel-appointment") return {{"method", "PUT"}, {"path", "/Appointment/"}};
    return {{"method", "GET"}, {"path", "/Appointment"}};
  }
  void fault(const std::string& kind, const char* path, int times = 1, int after = 0) {
    Json rule{{"kind", kind}, {"times", times}, {"after", after}, {"match", match(path)}};
    if (kind == "status") rule["status"] = 500;
    if (kind == "cut") rule["bytes"] = 20;
    const auto added = back_end->add_faults(rule);
    INFO((added.ok() ? std::string() : added.error().describe()));
    REQUIRE(added.ok());
  }
  std::size_t count(const char* status) { return ledger_bookings(back_end->ledger(), status).size(); }
  BookingState state(const std::string& id) { return journal().find(id)->state; }
  void pass(std::chrono::seconds by) {
    clock.advance(by);
    back_end->advance_clock(by);
  }
};

}  // namespace desk_test
