// Bookings over the ZMS citizen API (facts: github.com/it-at-m/eappointment, module zmscitizenapi), both generations of
// it, with the captcha where an office asks for it. zms_line.h is the way there, zms_master.h what can be booked,
// zms_calendar.h when, zms_captcha.h the captcha's token.
#pragma once

#include "kiosk/promises/backend.h"
#include "kiosk/promises/zms_calendar.h"
#include "kiosk/promises/zms_captcha.h"
#include "kiosk/promises/zms_line.h"
#include "kiosk/promises/zms_master.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises {

// Same thread rules as its client.
class ZmsBackend final : public BookingBackend {
 public:
  // `http` must not retry POSTs that may have taken effect (GuardedClient doesn't); it and `clock` outlive the backend.
  ZmsBackend(net::HttpClient& http, const core::Clock& clock, ZmsOptions options);

  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel) override;
  // What was read within options.calendar_life, and no slot was taken since, is not asked again. On the first
  // generation of servers the times of most days are left unread (Calendar::unread_days).
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                  core::Date first, core::Date last, work::CancelToken cancel) override;
  core::Result<Hold> reserve(const BookingTarget& target, const Slot& slot, work::CancelToken cancel) override;
  core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) override;
  core::Result<RemoteBooking> confirm(const Booking& booking, const Handle& handle, const Details& details,
                                      work::CancelToken cancel) override;
  core::Result<RemoteBooking> read(const Booking& booking, const Handle& handle, work::CancelToken cancel) override;
  core::Status cancel(const Handle& handle, work::CancelToken cancel) override;

 private:
  core::Result<zms::Process> process_of(core::Result<core::Json> answer, const Handle& handle);
  core::Result<zms::Process> post_process(const std::string& path, const Handle& handle,
                                          const work::CancelToken& cancel);
  core::Status load_master(const work::CancelToken& cancel);
  core::Status check_offices(const BookingTarget& target, const std::vector<std::string>& office_ids) const;
  bool asks_for_captcha(const std::vector<std::string>& office_ids) const;
  // `request(token)`, with a token where the offices ask for one; once more with a new one where the server says that
  // it needs another.
  template <class Request>
  auto with_token(const std::vector<std::string>& office_ids, Weight weight, const work::CancelToken& cancel,
                  Request request) -> decltype(request(std::string()));

  const core::Clock& clock_;
  ZmsOptions options_;
  zms::Line line_;
  zms::Captcha captcha_;
  zms::CalendarReader calendars_;
  std::optional<zms::Master> master_;
  core::Milliseconds master_read_{};
};

}  // namespace kiosk::promises
