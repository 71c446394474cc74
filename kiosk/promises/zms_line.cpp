#include "kiosk/promises/zms_line.h"

#include <algorithm>

#include "kiosk/net/url.h"
#include "kiosk/promises/seal.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::SecretText;
using work::CancelToken;

std::optional<std::int64_t> header_number(const net::Response& response, const char* name) {
  const auto text = response.headers.find(name);
  if (!text) return std::nullopt;
  return core::json_integer(Json{{"n", std::string(*text)}}, "n");
}

std::uint64_t seed_of(const ZmsOptions& options) {
  std::uint64_t seed = options.seed;
  if (seed == 0) secure_random(reinterpret_cast<std::uint8_t*>(&seed), sizeof seed);
  return seed;
}

}  // namespace

bool is_no_such_route(const core::Error& error) {
  return error.kind == ErrorKind::Unsupported && error.what == "notFound";
}

Line::Line(net::HttpClient& http, const core::Clock& clock, const ZmsOptions& options)
    : http_(http), clock_(clock), options_(options), allowance_(clock, seed_of(options)) {}

void Line::note_allowance(const net::Response& response) {
  if (response.status == 429) return allowance_.refused(response.retry_after(clock_.now()));
  const auto left = header_number(response, "X-RateLimit-Remaining");
  const auto reset = header_number(response, "X-RateLimit-Reset");
  if (!left || !reset) return;
  const std::int64_t limit = header_number(response, "X-RateLimit-Limit").value_or(0);
  allowance_.granted(std::clamp<std::int64_t>(limit, 0, 1'000'000), std::clamp<std::int64_t>(*left, -1, 1'000'000),
                     core::Instant(std::chrono::seconds(std::clamp<std::int64_t>(*reset, 0, 100'000'000'000))));
}

Result<Json> Line::call(net::Request& request, Weight weight, const CancelToken& cancel) {
  KIOSK_CHECK(allowance_.admit(weight, options_.id));
  const std::string where = net::loggable_url(request.url);
  KIOSK_TRY(net::Response response, http_.send(request, cancel));
  note_allowance(response);
  Result<Json> answer = make_error(ErrorKind::Unsupported, "answer is not JSON", where);
  if (!response.success()) {
    answer = parse_error(response.status, response.body, where);
  } else if (auto json = core::parse_json(response.body, where, 32); json.ok()) {
    answer = std::move(json);
  }
  core::wipe(response.body);  // answers repeat what the resident typed
  return answer;
}

Result<Json> Line::send(net::Request request, const std::string& path, const Query& query, Weight weight,
                        const CancelToken& cancel) {
  request.timeouts = options_.timeouts;
  request.headers.set("Accept", "application/json");
  const auto url = [&](bool slash) { return net::build_url(options_.base_url, slash ? path + "/" : path, query); };
  request.url = url(slash_);
  Result<Json> answer = call(request, weight, cancel);
  if (answer.ok() || !is_no_such_route(answer.error())) return answer;
  request.url = url(!slash_);
  Result<Json> other = call(request, weight, cancel);
  if (!other.ok() && is_no_such_route(other.error())) return answer;
  // A route behind which the API itself speaks, be it to refuse.
  const bool there = other.ok() || other.error().kind == ErrorKind::NotFound ||
                     other.error().kind == ErrorKind::Invalid || other.error().kind == ErrorKind::Refused;
  if (there) slash_ = !slash_;
  return other;
}

Result<Json> Line::get(const std::string& path, const Query& query, Weight weight, const CancelToken& cancel) {
  return send({}, path, query, weight, cancel);
}

Result<Json> Line::post(const std::string& path, const SecretText& body, Weight weight, const CancelToken& cancel) {
  net::Request request;
  request.method = net::Method::Post;
  request.headers.set("Content-Type", "application/json");
  request.body = body;
  return send(std::move(request), path, {}, weight, cancel);
}

}  // namespace kiosk::promises::zms
