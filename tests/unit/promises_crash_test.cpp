// The kiosk is killed at every moment at which it looks at the clock, which is before every step that it writes down,
// and around every request; the usual run takes some of these moments (stride()). Whatever the moment, the kiosk that
// starts afterwards brings journal and back end together.
#include <unistd.h>

#include <cstdlib>

#include "tests/unit/promises_fatal.h"
#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;

namespace {

// Looks at the clock before and after each request, so that the process dies between effect and journal too.
class FatalClient final : public net::HttpClient {
 public:
  FatalClient(net::HttpClient& inner, const FatalClock& clock) : inner_(inner), clock_(clock) {}
  core::Result<net::Response> send(const net::Request& request, const work::CancelToken& cancel) override {
    clock_.count();
    auto response = inner_.send(request, cancel);
    clock_.count();
    return response;
  }

 private:
  net::HttpClient& inner_;
  const FatalClock& clock_;
};

constexpr char kSaidBooked = 'B';
constexpr const char* kVisitTest = "a visit in a process of its own";
constexpr const char* kVisitVariable = "KIOSK_TEST_VISIT";

// What that process is told.
struct VisitPlan {
  std::filesystem::path database, key;
  std::string url;
  System system = System::Zms;
  int looks = 0;  // at the clock, until it is killed
  int plan = 0;   // 1: it cancels in the end
  int claim = 0;  // the descriptor that it says "booked" to
};

// A whole visit: hold one, give it back, hold another, confirm it.
[[noreturn]] void visit(const VisitPlan& plan) {
  const FatalClock clock(plan.looks);
  auto journal = Journal::open(plan.database, plan.key, clock);
  auto curl = net::CurlClient::create();
  if (!journal.ok() || !curl.ok()) ::_exit(3);
  FatalClient http(**curl, clock);
  BookingDesk desk(**journal, {{"desk", make_backend(plan.system, plan.url, http, clock)}}, clock, quick_desk());
  const auto offer = desk.offer({"desk", kService}, {});
  const auto today = std::chrono::floor<std::chrono::days>(core::SystemClock().now());
  const auto calendar =
      desk.calendar({"desk", kService}, {kOffice}, core::Date(today), core::Date(today + std::chrono::days(9)), {});
  if (!offer.ok() || !calendar.ok() || calendar->slots.size() < 9) ::_exit(4);
  const auto first = desk.hold(*offer, calendar->slots[0], {});
  if (first.ok()) (void)desk.release(first->id, {});
  const auto second = desk.hold(*offer, calendar->slots[6], {});
  if (second.ok()) {
    const auto done = desk.confirm(second->id, resident(), {});
    if (done.ok() && done->state == BookingState::Confirmed) (void)!::write(plan.claim, &kSaidBooked, 1);
    if (plan.plan == 1) (void)desk.release(second->id, {});
  }
  ::_exit(0);
}

struct Run {
  bool finished = false;     // lived to the end
  bool said_booked = false;  // the resident read "booked"
};

Run run_visit(const Folder& folder, const std::string& url, System system, int looks, int plan) {
  const FatalRun run = run_fatally(kVisitTest, kVisitVariable,
                                   {{"database", folder.database().string()},
                                    {"key", folder.key().string()},
                                    {"url", url},
                                    {"system", static_cast<int>(system)},
                                    {"looks", looks},
                                    {"plan", plan}});
  return {run.finished, run.said.find(kSaidBooked) != std::string::npos};
}

// Each confirmed booking of the back end is a confirmed one of the journal, and the other way round.
void check_agreement(Kiosk& kiosk, const core::Json& ledger, const Run& run, int plan) {
  const auto booked = ledger_bookings(ledger, "confirmed");
  const auto journalled = kiosk.journal->newest(100);
  REQUIRE(journalled.ok());
  std::size_t confirmed = 0;
  for (const Booking& booking : *journalled) {
    CHECK_FALSE(is_open(booking.state));
    if (booking.state != BookingState::Confirmed) continue;
    confirmed++;
    bool found = false;
    for (const core::Json& entry : booked) {
      const core::Instant start{std::chrono::seconds(entry["timestamp"].get<std::int64_t>())};
      found = found || start == booking.slot.start;
    }
    CHECK(found);
  }
  CHECK(confirmed == booked.size());
  CHECK(booked.size() <= 1);
  CHECK(ledger_bookings(ledger, "reserved").empty());
  if (run.said_booked && plan == 0) CHECK(booked.size() == 1);
}

}  // namespace

TEST_CASE("a visit in a process of its own", "[.]") {
  const char* const told = std::getenv(kVisitVariable);
  if (!told) return;  // it is no test by itself
  const core::Json json = core::Json::parse(told);
  visit({json["database"].get<std::string>(), json["key"].get<std::string>(), json["url"].get<std::string>(),
         static_cast<System>(json["system"].get<int>()), json["looks"].get<int>(), json["plan"].get<int>(),
         json["claim"].get<int>()});
}

TEST_CASE("killed at any step, journal and back end agree after the next start", "[promises][crash]") {
  struct Fault {
    System system;
    const char* method;  // nullptr: no answer is lost
    const char* path;
    int usual_stride;  // every moment of the one that matters most: sanitized, a run costs a quarter of a second
  };
  const Fault faults[] = {{System::Zms, nullptr, nullptr, 1},
                          {System::Zms, "POST", "confirm-appointment", 2},
                          {System::Zms, "POST", "cancel-appointment", 3},
                          {System::Zms, "POST", "reserve-appointment", 3},
                          {System::Fhir, nullptr, nullptr, 3},
                          {System::Fhir, "POST", "/Appointment$", 2},
                          {System::Fhir, "PUT", "/Appointment/", 5}};
  const auto back_end = start_sandbox();
  int lost = 0, moments = 0, round = 0;
  for (const int plan : {0, 1}) {
    for (const auto& [system, method, fault, usual] : faults) {
      for (int looks = first_moment(round++, usual); looks < 400; looks += stride(usual)) {
        INFO("killed at look " << looks << ", answer lost: " << (fault ? fault : "none") << ", plan " << plan);
        begin_anew(*back_end);
        if (fault) {
          const core::Json match{{"method", method}, {"path", fault}};
          REQUIRE(back_end->add_faults({{"kind", "lose_answer"}, {"times", 1}, {"match", match}}).ok());
        }
        const Folder folder;
        const Run run = run_visit(folder, url_of(*back_end, system), system, looks, plan);
        back_end->clear_faults();
        moments++;
        core::AdjustableClock clock;
        Kiosk next(folder, *back_end, clock, system);
        recover_to_the_end(*next.desk, *back_end, clock);
        const core::Json ledger = back_end->ledger();
        check_agreement(next, ledger, run, plan);
        lost += run.said_booked && plan == 0 && ledger_bookings(ledger, "confirmed").size() != 1;
        if (run.finished) break;
        REQUIRE(looks < 390);
      }
    }
  }
  CHECK(lost == 0);
  CHECK(moments > 100);
}
