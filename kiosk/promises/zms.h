// Bookings over the ZMS citizen API, the present generation (server tags 2.25.00-muc46 and later), without captcha:
// offices that ask for one are left out. Facts: github.com/it-at-m/eappointment, module zmscitizenapi.
#pragma once

#include <map>

#include "kiosk/net/http.h"
#include "kiosk/promises/backend.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises {

struct ZmsOptions {
  std::string id;        // of the [[bookings]] entry
  std::string base_url;  // ".../terminvereinbarung/api/citizen"
  net::Timeouts timeouts{core::Milliseconds{4'000}, core::Milliseconds{12'000}, core::Milliseconds{8'000}};
  core::Milliseconds master_data_life{std::chrono::minutes(5)};  // the server itself lags up to an hour
};

// Same thread rules as its client.
class ZmsBackend final : public BookingBackend {
 public:
  // `http` must not retry POSTs that may have taken effect (GuardedClient doesn't); it and `clock` outlive the backend.
  ZmsBackend(net::HttpClient& http, const core::Clock& clock, ZmsOptions options);

  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel) override;
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                  core::Date first, core::Date last, work::CancelToken cancel) override;
  core::Result<Hold> reserve(const BookingTarget& target, const Slot& slot, work::CancelToken cancel) override;
  core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) override;
  core::Result<RemoteBooking> confirm(const Booking& booking, const Handle& handle, const Details& details,
                                      work::CancelToken cancel) override;
  core::Result<RemoteBooking> read(const Booking& booking, const Handle& handle, work::CancelToken cancel) override;
  core::Status cancel(const Handle& handle, work::CancelToken cancel) override;

 private:
  enum class Weight {
    Light,  // can wait: refused before the allowance of the address is used up
    Heavy,  // a promise hangs on it: sent as long as the server answers
  };
  core::Result<core::Json> call(net::Request request, Weight weight, const work::CancelToken& cancel);
  core::Result<core::Json> get(const std::string& path, const std::vector<std::pair<std::string, std::string>>& query,
                               Weight weight, const work::CancelToken& cancel);
  core::Result<core::Json> post(const std::string& path, core::SecretText body, const work::CancelToken& cancel);
  core::Result<zms::Process> post_process(const std::string& path, const Handle& handle,
                                          const work::CancelToken& cancel);
  core::Status check_allowance(Weight weight) const;
  void note_allowance(const net::Response& response);
  core::Status load_master(const work::CancelToken& cancel);
  core::Status check_offices(const BookingTarget& target, const std::vector<std::string>& office_ids,
                             const work::CancelToken& cancel);

  net::HttpClient& http_;
  const core::Clock& clock_;
  ZmsOptions options_;
  std::optional<zms::Master> master_;
  core::Milliseconds master_read_{};
  std::int64_t allowance_left_ = 1'000'000;  // requests that the server grants to our address
  core::Milliseconds allowance_renewed_{};   // on the monotonic clock: it means nothing any more
};

}  // namespace kiosk::promises
