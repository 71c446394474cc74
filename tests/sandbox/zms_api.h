// The ZMS citizen API, generation muc46 and later, and where behaviour.legacy says so the one before (facts:
// appointments sheet sections 0 to 5), over master data and books.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/sandbox/clock.h"
#include "tests/sandbox/config.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/zms_bookings.h"
#include "tests/sandbox/zms_captcha.h"
#include "tests/sandbox/zms_data.h"

namespace kiosk::sandbox {

// Thread-safe: one request at a time.
class ZmsApi {
 public:
  ZmsApi(ZmsMap authorities, const SandboxClock& clock, Ledger& ledger)
      : authorities_(std::move(authorities)), clock_(clock), ledger_(ledger) {}

  std::vector<std::string> ids() const;
  // `rest` is the path after ".../api/citizen", with its slashes.
  Answer answer(const Call& call, const std::string& authority, const std::string& rest, const std::string& endpoint,
                const ZmsBehaviour& behaviour);

  core::Json bookings_json();
  core::Json slots_json();
  void restore(const core::Json& bookings);
  void reset();
  // Called, locked, after each change of the books.
  void on_change(std::function<void(const core::Json& bookings)> changed) { changed_ = std::move(changed); }

 private:
  struct Context;  // one request
  using Handler = Answer (ZmsApi::*)(Context&);
  enum class Of { Both, Present, Legacy };  // generations
  struct Route {
    Of generation;
    const char* method;
    const char* path;
    Handler handler;
    const char* parameters;  // of the query or of the body, separated by blanks
  };
  static const std::vector<Route>& routes();

  bool within_rate(const std::string& client, const ZmsBehaviour& behaviour, Pairs& headers);
  Answer dispatch(Context& context, const std::string& rest);
  Answer offices_and_services(Context& context);
  Answer available_calendar(Context& context);
  Answer available_days(Context& context);
  Answer available_appointments(Context& context);
  Answer captcha_details(Context& context);
  Answer captcha_challenge(Context& context);
  Answer captcha_verify(Context& context);
  Answer my_appointments(Context& context);
  Answer reserve(Context& context);
  Answer update(Context& context);
  Answer preconfirm(Context& context);
  Answer confirm(Context& context);
  Answer appointment(Context& context);
  Answer cancel(Context& context);

  // The booking that the call names with its key; or an answer that refuses. Counts the call in its books.
  Booking* authorised(Context& context, std::optional<Answer>& refusal);
  Answer process(const Context& context, const Booking& booking) const;
  // The same with a fresh token, where the office asks for a captcha.
  Answer process_with_token(const Context& context, const Booking& booking);
  // Why the services can't be had there, or not without a captcha: an error code; "" where they can.
  std::string check_visit(const Context& context, const std::vector<std::int64_t>& offices,
                          const std::vector<std::pair<std::int64_t, int>>& services) const;
  Answer call_route(Context& context, const Route& route);
  void changed(const std::string& effect, const Booking& booking);

  ZmsMap authorities_;
  const SandboxClock& clock_;
  Ledger& ledger_;
  std::mutex mutex_;
  Bookings bookings_;
  CaptchaDesk captcha_;
  std::map<std::string, std::deque<std::int64_t>> recent_;  // requests by client, epoch seconds
  std::function<void(const core::Json&)> changed_;
};

}  // namespace kiosk::sandbox
