#include "kiosk/app/booking_systems.h"

#include "kiosk/net/curl_client.h"
#include "kiosk/net/guarded_client.h"
#include "kiosk/promises/zms.h"

namespace kiosk::app {

namespace {

// A resident is waiting: one try within its deadline, then a page that says what can be done instead.
net::GuardOptions once() {
  net::GuardOptions options;
  options.tries = 1;
  return options;
}

}  // namespace

struct BookingSystems::Line {
  Line(std::unique_ptr<net::CurlClient> curl, const core::Clock& clock, std::uint64_t seed)
      : client(std::move(curl)), breaker(clock), guarded(*client, clock, breaker, nullptr, seed, once()) {}
  std::unique_ptr<net::CurlClient> client;
  net::Breaker breaker;
  net::GuardedClient guarded;
};

BookingSystems::BookingSystems(std::unique_ptr<promises::Journal> journal) : journal_(std::move(journal)) {}
BookingSystems::~BookingSystems() = default;

core::Result<std::unique_ptr<BookingSystems>> BookingSystems::open(const DataFiles& files,
                                                                   const settings::Settings& settings,
                                                                   const core::Clock& clock) {
  KIOSK_TRY(auto journal, promises::Journal::open(files.kiosk_db, files.key, clock));
  std::unique_ptr<BookingSystems> systems(new BookingSystems(std::move(journal)));
  std::map<std::string, std::shared_ptr<promises::BookingBackend>> backends;
  auto seed = static_cast<std::uint64_t>(clock.now().time_since_epoch().count());
  for (const settings::BookingEntry& entry : settings.bookings) {
    KIOSK_TRY(auto curl, net::CurlClient::create());
    systems->lines_.push_back(std::make_unique<Line>(std::move(curl), clock, ++seed));
    promises::ZmsOptions options;
    options.id = entry.id;
    options.base_url = entry.url;
    backends[entry.id] = std::make_shared<promises::ZmsBackend>(systems->lines_.back()->guarded, clock, options);
  }
  systems->desk_ = std::make_unique<promises::BookingDesk>(*systems->journal_, std::move(backends), clock);
  systems->lookup_ = std::make_unique<promises::CodeLookup>(*systems->journal_, *systems->desk_, clock);
  return systems;
}

}  // namespace kiosk::app
