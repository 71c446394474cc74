#include "kiosk/promises/zms.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::SecretText;
using core::Status;
using work::CancelToken;

constexpr std::int64_t kKeptForPromises = 3;  // of the allowance: not spent on looking around
constexpr std::chrono::seconds kRateWindow{60};
constexpr std::chrono::seconds kPauseWhenRefused{15};  // a 429 says nothing of when it ends

std::optional<std::int64_t> header_number(const net::Response& response, const char* name) {
  const auto text = response.headers.find(name);
  if (!text) return std::nullopt;
  return core::json_integer(Json{{"n", std::string(*text)}}, "n");
}

// Seconds since 1970 of a slot, as the API counts.
std::string epoch_text(core::Instant instant) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

}  // namespace

ZmsBackend::ZmsBackend(net::HttpClient& http, const core::Clock& clock, ZmsOptions options)
    : http_(http), clock_(clock), options_(std::move(options)) {}

Status ZmsBackend::check_allowance(Weight weight) const {
  if (clock_.monotonic() >= allowance_renewed_) return {};
  const std::int64_t needed = weight == Weight::Heavy ? 1 : kKeptForPromises + 1;
  if (allowance_left_ >= needed) return {};
  return make_error(ErrorKind::RateLimited, "the allowance of this address is used up", options_.id);
}

void ZmsBackend::note_allowance(const net::Response& response) {
  const core::Instant now = clock_.now();
  if (response.status == 429) {
    allowance_left_ = 0;
    allowance_renewed_ = clock_.monotonic() + response.retry_after(now).value_or(kPauseWhenRefused);
  }
  const auto left = header_number(response, "X-RateLimit-Remaining");
  const auto reset = header_number(response, "X-RateLimit-Reset");
  if (!left || !reset || *left < 0) return;
  allowance_left_ = *left;
  // Clocks differ: never longer than a window.
  const core::Instant renewed{std::chrono::seconds(std::clamp<std::int64_t>(*reset, 0, 100'000'000'000))};
  const core::Milliseconds wait = std::clamp<core::Milliseconds>(renewed - now, core::Milliseconds{0}, kRateWindow);
  allowance_renewed_ = clock_.monotonic() + wait;
}

Result<Json> ZmsBackend::call(net::Request request, Weight weight, const CancelToken& cancel) {
  KIOSK_CHECK(check_allowance(weight));
  request.timeouts = options_.timeouts;
  request.headers.set("Accept", "application/json");
  const std::string where = net::loggable_url(request.url);
  KIOSK_TRY(net::Response response, http_.send(request, cancel));
  note_allowance(response);
  Result<Json> answer = make_error(ErrorKind::Unsupported, "answer is not JSON", where);
  if (!response.success()) {
    answer = zms::parse_error(response.status, response.body, where);
  } else if (auto json = core::parse_json(response.body, where, 32); json.ok()) {
    answer = std::move(json);
  }
  core::wipe(response.body);  // answers repeat what the resident typed
  return answer;
}

Result<Json> ZmsBackend::get(const std::string& path, const std::vector<std::pair<std::string, std::string>>& query,
                             Weight weight, const CancelToken& cancel) {
  net::Request request;
  request.url = net::build_url(options_.base_url, path, query);
  return call(std::move(request), weight, cancel);
}

Result<Json> ZmsBackend::post(const std::string& path, SecretText body, const CancelToken& cancel) {
  net::Request request;
  request.method = net::Method::Post;
  request.url = net::build_url(options_.base_url, path);
  request.headers.set("Content-Type", "application/json");
  request.body = std::move(body);
  return call(std::move(request), Weight::Heavy, cancel);
}

Status ZmsBackend::load_master(const CancelToken& cancel) {
  if (master_ && clock_.monotonic() - master_read_ < options_.master_data_life) return {};
  KIOSK_TRY(const Json json, get("/offices-and-services/", {}, Weight::Light, cancel));
  KIOSK_TRY(master_, zms::parse_master(json));
  master_read_ = clock_.monotonic();
  return {};
}

Result<Offer> ZmsBackend::offer(const BookingTarget& target, CancelToken cancel) {
  KIOSK_CHECK(load_master(cancel));
  return zms::offer_of(*master_, target);
}

// A service that one of the offices doesn't have would be refused for all of them.
Status ZmsBackend::check_offices(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                 const CancelToken& cancel) {
  KIOSK_TRY(const Offer known, offer(target, cancel));
  if (office_ids.empty()) return make_error(ErrorKind::Invalid, "no office is named", options_.id);
  for (const std::string& id : office_ids) {
    const auto has_id = [&](const Office& office) { return office.id == id; };
    if (std::none_of(known.offices.begin(), known.offices.end(), has_id)) {
      return make_error(ErrorKind::Invalid, "the office does not offer the service", options_.id + ", office " + id);
    }
  }
  return {};
}

Result<Calendar> ZmsBackend::calendar(const BookingTarget& target, const std::vector<std::string>& office_ids,
                                      core::Date first, core::Date last, CancelToken cancel) {
  KIOSK_CHECK(check_calendar_range(first, last));
  KIOSK_CHECK(check_offices(target, office_ids, cancel));
  const std::string start = core::to_iso8601(first), end = core::to_iso8601(last);
  Result<Json> json = get("/available-calendar/",
                          {{"startDate", start},
                           {"endDate", end},
                           {"officeIds", core::join(office_ids, ",")},
                           {"serviceIds", target.service_id},
                           {"serviceCounts", "1"},
                           {"slotsStartDate", start},
                           {"slotsEndDate", end}},
                          Weight::Light, cancel);
  if (!json.ok() && json.error().kind == ErrorKind::NotFound) return Calendar{};  // "no appointment for this scope"
  if (!json.ok()) return std::move(json).error();
  return zms::parse_calendar(*json, office_ids, clock_.now());
}

Result<Hold> ZmsBackend::reserve(const BookingTarget& target, const Slot& slot, CancelToken cancel) {
  KIOSK_CHECK(check_offices(target, {slot.office_id}, cancel));
  const core::Instant asked = clock_.now();
  const std::string services = "[\"" + target.service_id + "\"]";
  KIOSK_TRY(const Json json, post("/reserve-appointment/",
                                  zms::object_of({{"timestamp", epoch_text(slot.start), true},
                                                  {"officeId", slot.office_id},
                                                  {"serviceId", services, true},
                                                  {"serviceCount", "[1]", true}}),
                                  cancel));
  KIOSK_TRY(zms::Process process, zms::parse_process(json));
  const bool same = process.remote.slot.office_id == slot.office_id &&
                    epoch_text(process.remote.slot.start) == epoch_text(slot.start);
  if (!same || process.remote.state != RemoteState::Reserved) {
    return make_error(ErrorKind::Unsupported, "answer holds another slot than was asked for", options_.id);
  }
  // Counted from before the question, so that ours ends no later than theirs.
  const core::Milliseconds life =
      process.hold_life.count() > 0 ? process.hold_life : core::Milliseconds(std::chrono::minutes(15));
  return Hold{std::move(process.handle), asked + life, std::move(process.remote.reference)};
}

Status ZmsBackend::update(const Handle& handle, const Details& details, CancelToken cancel) {
  const SecretText telephone = zms::plain_telephone(details.telephone);
  KIOSK_TRY(const Json json, post("/update-appointment/",
                                  zms::object_of({{"processId", handle.process_id, true},
                                                  {"authKey", handle.key.reveal()},
                                                  {"familyName", core::trim(details.name.reveal())},
                                                  {"email", core::trim(details.email.reveal())},
                                                  {"telephone", telephone.reveal()},
                                                  {"customTextfield", core::trim(details.custom.reveal())},
                                                  {"customTextfield2", core::trim(details.custom2.reveal())}}),
                                  cancel));
  KIOSK_TRY(const zms::Process process, zms::parse_process(json));
  if (process.handle.process_id != handle.process_id) {
    return make_error(ErrorKind::Unsupported, "answer is about another appointment", options_.id);
  }
  return {};
}

Result<zms::Process> ZmsBackend::post_process(const std::string& path, const Handle& handle,
                                              const CancelToken& cancel) {
  KIOSK_TRY(
      const Json json,
      post(path, zms::object_of({{"processId", handle.process_id, true}, {"authKey", handle.key.reveal()}}), cancel));
  KIOSK_TRY(zms::Process process, zms::parse_process(json));
  if (process.handle.process_id != handle.process_id) {
    return make_error(ErrorKind::Unsupported, "answer is about another appointment", options_.id);
  }
  return process;
}

Result<RemoteBooking> ZmsBackend::confirm(const Booking&, const Handle& handle, const Details&, CancelToken cancel) {
  KIOSK_TRY(const zms::Process process, post_process("/confirm-appointment/", handle, cancel));
  if (process.remote.state != RemoteState::Confirmed) {
    return make_error(ErrorKind::Unsupported, "answer does not say that it is confirmed", options_.id);
  }
  return process.remote;
}

Result<RemoteBooking> ZmsBackend::read(const Booking&, const Handle& handle, CancelToken cancel) {
  const Result<Json> json =
      get("/appointment/", {{"processId", handle.process_id}, {"authKey", handle.key.reveal()}}, Weight::Heavy, cancel);
  if (!json.ok()) {
    if (json.error().kind == ErrorKind::NotFound && json.error().what == "appointmentNotFound") return RemoteBooking{};
    return json.error();
  }
  KIOSK_TRY(const zms::Process process, zms::parse_process(*json));
  if (process.handle.process_id != handle.process_id) {
    return make_error(ErrorKind::Unsupported, "answer is about another appointment", options_.id);
  }
  return process.remote;
}

Status ZmsBackend::cancel(const Handle& handle, CancelToken cancel) {
  KIOSK_TRY(const zms::Process process, post_process("/cancel-appointment/", handle, cancel));
  if (process.remote.state != RemoteState::Gone) {
    return make_error(ErrorKind::Unsupported, "answer does not say that it is cancelled", options_.id);
  }
  return {};
}

}  // namespace kiosk::promises
