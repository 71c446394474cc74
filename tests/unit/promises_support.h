// What the tests of promises share: a folder, an appointment system in the sandbox, a kiosk's desk in front of it.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/net/curl_client.h"
#include "kiosk/promises/booking_desk.h"
#include "kiosk/promises/fhir.h"
#include "kiosk/promises/zms.h"
#include "tests/sandbox/sandbox.h"
#include "tests/unit/catch.h"

namespace kiosk::promises::testing {

inline constexpr const char* kService = "9001";
inline constexpr const char* kOffice = "7001";
inline constexpr const char* kOtherOffice = "7002";
// Long enough for a sandbox under a sanitizer beside other tests; what hangs on purpose costs the last of them.
inline const net::Timeouts kPatience{core::Milliseconds(6000), core::Milliseconds(12000), core::Milliseconds(6000)};

// From one moment at which something fails to the next: every moment where somebody has the time for it.
inline int stride(int usual) { return std::getenv("KIOSK_CRASHES") ? 1 : usual; }
// The first of them, another one in each round, so that together the rounds meet every one.
inline int first_moment(int round, int usual) { return 1 + round % stride(usual); }

class Folder {
 public:
  Folder() {
    // In memory where there is such a place: what is tested is order, and each step waits for the disk otherwise.
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    const std::filesystem::path parent = memory ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string name = (parent / "promises-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path database() const { return path_ / "kiosk.db"; }
  std::filesystem::path key() const { return path_ / "kiosk.key"; }

 private:
  std::filesystem::path path_;
};

inline std::unique_ptr<Journal> open_journal(const Folder& folder, const core::Clock& clock) {
  auto opened = Journal::open(folder.database(), folder.key(), clock);
  INFO((opened.ok() ? std::string() : opened.error().describe()));
  REQUIRE(opened.ok());
  return std::move(*opened);
}

// Two offices, open every day all day, one desk each; the second asks for a telephone number.
inline core::Json appointments() {
  const auto office = [](int id, const std::string& name, bool telephone) {
    return core::Json{{"id", id},
                      {"name", name},
                      {"address",
                       {{"street", "Harrow Lane"},
                        {"house_number", "14"},
                        {"postal_code", "EX1 2AB"},
                        {"city", "Exampleton"},
                        {"hint", false}}},
                      {"geo", {{"lat", "51.5012"}, {"lon", "-0.1419"}}},
                      {"slotTimeInMinutes", 10},
                      {"scope",
                       {{"id", id},
                        {"reservationDuration", 15},
                        {"emailRequired", false},
                        {"telephoneActivated", telephone},
                        {"telephoneRequired", telephone},
                        {"infoForAppointment", "Bring proof of address."}}}};
  };
  core::Json patterns = core::Json::array();
  for (const int id : {7001, 7002}) {
    core::Json weekly = core::Json::array();
    for (const char* day : {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}) {
      weekly.push_back({{"day", day}, {"from", "08:00"}, {"to", "20:00"}, {"desks", 1}});
    }
    patterns.push_back({{"officeId", id}, {"leadDays", 1}, {"horizonDays", 40}, {"busy", 0}, {"weekly", weekly}});
  }
  core::Json backend{{"id", "desk"},
                     {"name", "Exampleton bookings"},
                     {"authority", "exampleton"},
                     {"timezone", "Europe/London"},
                     {"offices", {office(7001, "Harrow Lane Desk", false), office(7002, "Mill Road Hub", true)}},
                     {"services",
                      {{{"id", 9001}, {"name", "Blue Badge help"}, {"maxQuantity", 1}},
                       {{"id", 9002}, {"name", "Housing advice"}, {"maxQuantity", 1}}}},
                     {"relations",
                      {{{"officeId", 7001}, {"serviceId", 9001}, {"slots", 2}, {"public", true}, {"maxQuantity", 1}},
                       {{"officeId", 7002}, {"serviceId", 9001}, {"slots", 1}, {"public", true}, {"maxQuantity", 1}},
                       {{"officeId", 7001}, {"serviceId", 9002}, {"slots", 1}, {"public", true}, {"maxQuantity", 1}}}},
                     {"patterns", patterns}};
  return {{"backends", {backend}}};
}

inline std::unique_ptr<sandbox::Sandbox> start_sandbox() {
  sandbox::SandboxOptions options;
  options.appointments = appointments();
  options.config = {{"zms", {{"rate_limit", 0}}}, {"fhir", {{"page_size", 200}}}};
  auto started = sandbox::Sandbox::start(std::move(options));
  INFO((started.ok() ? std::string() : started.error().describe()));
  REQUIRE(started.ok());
  return std::move(*started);
}

inline DeskOptions quick_desk() {
  DeskOptions options;
  options.read_attempts = 3;
  options.read_pace = core::Milliseconds(2);
  options.recover_pace = core::Milliseconds(0);
  return options;
}

// The laws of promises hold in front of each.
enum class System { Zms, Fhir };
inline constexpr System kSystems[] = {System::Zms, System::Fhir};

inline std::string url_of(const sandbox::Sandbox& back_end, System system) {
  return system == System::Zms ? back_end.zms_url("desk") : back_end.fhir_url("desk");
}

inline std::shared_ptr<BookingBackend> make_backend(System system, const std::string& url, net::HttpClient& http,
                                                    const core::Clock& clock,
                                                    const net::Timeouts& timeouts = kPatience) {
  if (system == System::Zms) {
    ZmsOptions options;
    options.id = "desk";
    options.base_url = url;
    options.timeouts = timeouts;
    return std::make_shared<ZmsBackend>(http, clock, options);
  }
  FhirOptions options;
  options.id = "desk";
  options.base_url = url;
  options.timeouts = timeouts;
  return std::make_shared<FhirBackend>(http, clock, options);
}

// Everything that one run of a kiosk has; a second one over the same folder is the kiosk after a restart.
struct Kiosk {
  Kiosk(const Folder& folder, const sandbox::Sandbox& back_end, const core::Clock& clock, System system = System::Zms)
      : Kiosk(folder, url_of(back_end, system), clock, system) {}
  Kiosk(const Folder& folder, const std::string& url, const core::Clock& clock, System system = System::Zms) {
    auto opened = Journal::open(folder.database(), folder.key(), clock);
    INFO((opened.ok() ? std::string() : opened.error().describe()));
    REQUIRE(opened.ok());
    journal = std::move(*opened);
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    backend = make_backend(system, url, *http, clock);
    desk = std::make_unique<BookingDesk>(
        *journal, std::map<std::string, std::shared_ptr<BookingBackend>>{{"desk", backend}}, clock, quick_desk());
  }

  Offer offer() {
    auto found = desk->offer({"desk", kService}, {});
    INFO((found.ok() ? std::string() : found.error().describe()));
    REQUIRE(found.ok());
    return *found;
  }
  Calendar calendar(const core::Clock& clock, const std::string& office = kOffice) {
    const auto today = std::chrono::floor<std::chrono::days>(clock.now());
    auto found =
        desk->calendar({"desk", kService}, {office}, core::Date(today), core::Date(today + std::chrono::days(20)), {});
    INFO((found.ok() ? std::string() : found.error().describe()));
    REQUIRE(found.ok());
    return *found;
  }

  std::unique_ptr<Journal> journal;
  std::unique_ptr<net::HttpClient> http;
  std::shared_ptr<BookingBackend> backend;
  std::unique_ptr<BookingDesk> desk;
};

// Nothing is booked any more, no fault is left, and lists are long enough to come whole.
inline void begin_anew(sandbox::Sandbox& back_end) {
  back_end.reset();
  REQUIRE(back_end.configure({{"zms", {{"rate_limit", 0}}}, {"fhir", {{"page_size", 500}}}}).ok());
}

// In front of a back end that is well again nothing stays open. Holds whose key nobody has lapse, there and here.
inline void recover_to_the_end(BookingDesk& desk, sandbox::Sandbox& back_end, core::AdjustableClock& clock) {
  const auto first = desk.recover({});
  INFO((first.ok() ? std::string() : first.error().describe()));
  REQUIRE(first.ok());
  back_end.advance_clock(std::chrono::minutes(61));
  clock.advance(std::chrono::minutes(61));
  const auto left = desk.recover({});
  REQUIRE(left.ok());
  CHECK(*left == 0);
}

inline Details resident() {
  Details details;
  details.name.assign("Planted Surname");
  details.email.assign("planted@resident.example");
  details.telephone.assign("+44 7700 900123");
  return details;
}

// The ledger's bookings of a status.
inline std::vector<core::Json> ledger_bookings(const core::Json& ledger, const std::string& status) {
  std::vector<core::Json> found;
  for (const core::Json& booking : ledger["bookings"]) {
    if (booking["status"] == status) found.push_back(booking);
  }
  return found;
}

}  // namespace kiosk::promises::testing
