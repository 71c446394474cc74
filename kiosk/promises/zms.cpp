#include "kiosk/promises/zms.h"

#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::SecretText;
using core::Status;
using work::CancelToken;

constexpr std::chrono::minutes kUsualHold{15};

// Seconds since 1970 of a slot, as the API counts.
std::string epoch_text(core::Instant instant) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

// What went wrong before the request itself was sent leaves no doubt about its outcome.
core::Error not_sent(core::Error error) {
  const bool doubt = core::outcome_unknown(error) || error.kind == ErrorKind::Unsupported ||
                     error.kind == ErrorKind::Full || error.kind == ErrorKind::Internal ||
                     error.kind == ErrorKind::Cancelled;
  if (doubt) error.kind = ErrorKind::Unavailable;
  return error;
}

// The back end's word that it has no such appointment.
bool is_no_appointment(const core::Error& error) {
  return error.kind == ErrorKind::NotFound && error.what == "appointmentNotFound";
}

SecretText reservation_of(const BookingTarget& target, const Slot& slot, const std::string& captcha_token) {
  const std::string services = "[\"" + core::join(zms::service_ids(target), "\",\"") + "\"]";
  const std::string counts = "[" + core::join(zms::service_counts(target), ",") + "]";
  return zms::object_of({{"timestamp", epoch_text(slot.start), true},
                         {"officeId", slot.office_id},
                         {"serviceId", services, true},
                         {"serviceCount", counts, true},
                         {"captchaToken", captcha_token}});
}

}  // namespace

ZmsBackend::ZmsBackend(net::HttpClient& http, const core::Clock& clock, ZmsOptions options)
    : clock_(clock),
      options_(std::move(options)),
      line_(http, clock, options_),
      captcha_(line_, clock, options_),
      calendars_(line_, clock, options_) {}

Status ZmsBackend::load_master(const CancelToken& cancel) {
  if (master_ && clock_.monotonic() - master_read_ < options_.master_data_life) return {};
  const Result<Json> json = line_.get("/offices-and-services", {}, Weight::Light, cancel);
  // Old data is better than none while the address has used up its allowance: what is wrong is refused by the server.
  if (!json.ok() && json.error().kind == ErrorKind::RateLimited && master_) return {};
  if (!json.ok()) return json.error();
  KIOSK_TRY(master_, zms::parse_master(*json));
  master_read_ = clock_.monotonic();
  return {};
}

Result<Offer> ZmsBackend::offer(const BookingTarget& target, CancelToken cancel) {
  KIOSK_CHECK(load_master(cancel));
  return zms::offer_of(*master_, target);
}

// A service that one of the offices doesn't have would be refused for all of them.
Status ZmsBackend::check_offices(const BookingTarget& target, const std::vector<std::string>& office_ids) const {
  KIOSK_TRY(const Offer known, zms::offer_of(*master_, target));
  if (office_ids.empty()) return make_error(ErrorKind::Invalid, "no office is named", options_.id);
  for (const std::string& id : office_ids) {
    const auto has_id = [&](const Office& office) { return office.id == id; };
    if (std::none_of(known.offices.begin(), known.offices.end(), has_id)) {
      return make_error(ErrorKind::Invalid, "the office does not offer the service", options_.id + ", office " + id);
    }
  }
  return {};
}

bool ZmsBackend::asks_for_captcha(const std::vector<std::string>& office_ids) const {
  return std::any_of(office_ids.begin(), office_ids.end(), [&](const std::string& id) {
    const auto office = master_->offices.find(id);
    return office != master_->offices.end() && office->second.captcha;
  });
}

template <class Request>
auto ZmsBackend::with_token(const std::vector<std::string>& office_ids, Weight weight, const CancelToken& cancel,
                            Request request) -> decltype(request(std::string())) {
  Result<std::string> token = std::string();
  if (asks_for_captcha(office_ids)) token = captcha_.token(weight, cancel);
  if (!token.ok()) return not_sent(std::move(token).error());
  auto answer = request(*token);
  if (answer.ok() || !zms::is_about_captcha(answer.error())) return answer;
  core::log_info("zms.captcha_renewed", {{"system", options_.id}, {"why", answer.error().what}});
  captcha_.drop();
  token = captcha_.token(weight, cancel);
  if (!token.ok()) return not_sent(std::move(token).error());
  return request(*token);
}

Result<Calendar> ZmsBackend::calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                      core::Date first, core::Date last, CancelToken cancel) {
  KIOSK_CHECK(check_calendar_range(first, last));
  KIOSK_CHECK(load_master(cancel));
  KIOSK_CHECK(check_offices(target, office_ids));
  const zms::CalendarQuestion question{target, office_ids, first, last};
  if (auto known = calendars_.remembered(question)) return std::move(*known);
  return with_token(office_ids, Weight::Light, cancel,
                    [&](const std::string& token) { return calendars_.read(question, token, cancel); });
}

Result<Hold> ZmsBackend::reserve(const BookingTarget& target, const Slot& slot, CancelToken cancel) {
  // A promise doesn't wait for fresh master data where there are any.
  if (Status loaded = master_ ? Status() : load_master(cancel); !loaded.ok()) {
    return not_sent(std::move(loaded).error());
  }
  KIOSK_CHECK(check_offices(target, {slot.office_id}));
  calendars_.forget();
  core::Instant asked = clock_.now();
  Result<Json> json = with_token({slot.office_id}, Weight::Heavy, cancel, [&](const std::string& token) {
    asked = clock_.now();
    return line_.post("/reserve-appointment", reservation_of(target, slot, token), Weight::Heavy, cancel);
  });
  if (!json.ok()) return std::move(json).error();
  KIOSK_TRY(zms::Process process, zms::parse_process(*json));
  const bool same = process.remote.slot.office_id == slot.office_id &&
                    epoch_text(process.remote.slot.start) == epoch_text(slot.start);
  if (!same || process.remote.state != RemoteState::Reserved) {
    return make_error(ErrorKind::Unsupported, "answer holds another slot than was asked for", options_.id);
  }
  // Counted from before the question, so that ours ends no later than theirs.
  const core::Milliseconds life = process.hold_life.count() > 0 ? process.hold_life : core::Milliseconds(kUsualHold);
  return Hold{std::move(process.handle), asked + life, std::move(process.remote.reference)};
}

// Reads an answer about one appointment, and leaves nothing of what it repeats in memory.
Result<zms::Process> ZmsBackend::process_of(Result<Json> answer, const Handle& handle) {
  if (!answer.ok()) return std::move(answer).error();
  Result<zms::Process> process = zms::parse_process(*answer);
  captcha_.take_from(*answer);
  zms::wipe_texts(*answer);
  if (process.ok() && process->handle.process_id != handle.process_id) {
    return make_error(ErrorKind::Unsupported, "answer is about another appointment", options_.id);
  }
  return process;
}

Status ZmsBackend::update(const Handle& handle, const Details& details, CancelToken cancel) {
  if (const auto fault = zms::fault_of(details)) {
    return make_error(ErrorKind::Invalid, std::string(*fault), options_.id);
  }
  const SecretText telephone = zms::plain_telephone(details.telephone);
  const SecretText body = zms::object_of({{"processId", handle.process_id, true},
                                          {"authKey", handle.key.reveal()},
                                          {"familyName", core::trim(details.name.reveal())},
                                          {"email", core::trim(details.email.reveal())},
                                          {"telephone", telephone.reveal()},
                                          {"customTextfield", core::trim(details.custom.reveal())},
                                          {"customTextfield2", core::trim(details.custom2.reveal())}});
  KIOSK_TRY(const zms::Process process,
            process_of(line_.post("/update-appointment", body, Weight::Heavy, cancel), handle));
  return {};
}

Result<zms::Process> ZmsBackend::post_process(const std::string& path, const Handle& handle,
                                              const CancelToken& cancel) {
  const SecretText body = zms::object_of({{"processId", handle.process_id, true}, {"authKey", handle.key.reveal()}});
  return process_of(line_.post(path, body, Weight::Heavy, cancel), handle);
}

Result<RemoteBooking> ZmsBackend::confirm(const Booking&, const Handle& handle, const Details&, CancelToken cancel) {
  KIOSK_TRY(const zms::Process process, post_process("/confirm-appointment", handle, cancel));
  if (process.remote.state != RemoteState::Confirmed) {
    return make_error(ErrorKind::Unsupported, "answer does not say that it is confirmed", options_.id);
  }
  return process.remote;
}

Result<RemoteBooking> ZmsBackend::read(const Booking&, const Handle& handle, CancelToken cancel) {
  const zms::Query query{{"processId", handle.process_id}, {"authKey", handle.key.reveal()}};
  Result<zms::Process> process = process_of(line_.get("/appointment", query, Weight::Heavy, cancel), handle);
  if (process.ok()) return std::move(process->remote);
  if (is_no_appointment(process.error())) return RemoteBooking{};
  return std::move(process).error();
}

Status ZmsBackend::cancel(const Handle& handle, CancelToken cancel) {
  calendars_.forget();
  const Result<zms::Process> process = post_process("/cancel-appointment", handle, cancel);
  if (!process.ok()) {
    core::Error error = process.error();
    // That an office or a service isn't found says nothing of the appointment: it stands, for all that we know.
    if (error.kind == ErrorKind::NotFound && !is_no_appointment(error)) error.kind = ErrorKind::Interrupted;
    return error;
  }
  if (process->remote.state != RemoteState::Gone) {
    return make_error(ErrorKind::Unsupported, "answer does not say that it is cancelled", options_.id);
  }
  return {};
}

}  // namespace kiosk::promises
