// How a FHIR server is asked: one request, a search with its pages, a resource put back.
#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"
#include "kiosk/promises/fhir.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::SecretText;
using fhir::WipedJson;
using work::CancelToken;

namespace {

constexpr int kMostPages = 100;
constexpr int kDeepestJson = 40;
constexpr std::size_t kLongestAddress = 8'000;
constexpr std::chrono::seconds kPauseWhenRefused{15};  // where a 429 doesn't say how long

}  // namespace

Result<FhirBackend::Reply> FhirBackend::exchange(net::Request request, const CancelToken& cancel, int* refused_with) {
  if (clock_.monotonic() < paused_until_) {
    return make_error(ErrorKind::RateLimited, "the system wants fewer requests", options_.id);
  }
  request.timeouts = options_.timeouts;
  request.max_redirects = 0;  // the token is for this server alone
  request.headers.set("Accept", "application/fhir+json");
  request.headers.set("Cache-Control", "no-cache");
  if (request.method != net::Method::Get) {
    request.headers.set("Content-Type", "application/fhir+json");
    request.headers.set("Prefer", "return=representation");
  }
  if (!options_.token.empty()) request.headers.set("Authorization", "Bearer " + options_.token.reveal());
  const std::string where = net::loggable_url(request.url);
  KIOSK_TRY(net::Response response, http_.send(request, cancel));
  if (response.status == 429) {
    paused_until_ = clock_.monotonic() + response.retry_after(clock_.now()).value_or(kPauseWhenRefused);
  }
  Result<Json> json = Json();
  if (!response.success()) {
    if (refused_with) *refused_with = response.status;
    json = fhir::parse_error(response.status, response.body, where);
  } else if (!core::trim(response.body).empty()) {
    json = core::parse_json(response.body, where, kDeepestJson);
    if (!json.ok()) json = make_error(ErrorKind::Unsupported, "answer is not JSON", where);
  }
  core::wipe(response.body);  // answers repeat what the resident typed
  if (!json.ok()) return std::move(json).error();
  return Reply{response.status, WipedJson(std::move(*json))};
}

Result<WipedJson> FhirBackend::get(const std::string& url, const CancelToken& cancel) {
  net::Request request;
  request.url = url;
  KIOSK_TRY(Reply reply, exchange(std::move(request), cancel));
  return std::move(reply.body);
}

Result<WipedJson> FhirBackend::get_resource(const std::string& type, const std::string& id, const CancelToken& cancel) {
  return get(net::build_url(options_.base_url, type + "/" + id), cancel);
}

Result<std::string> FhirBackend::next_address(const std::string& next) const {
  const std::string origin = net::origin_of(options_.base_url);
  if (next.size() > kLongestAddress) return make_error(ErrorKind::Unsupported, "address too long", options_.id);
  if (next.starts_with("http:") || next.starts_with("https:")) {
    if (net::origin_of(next) == origin) return next;
    return make_error(ErrorKind::Unsupported, "the next page is on another server", options_.id);
  }
  if (next.starts_with('/')) return origin + next;
  if (next.starts_with('?')) return options_.base_url + next;
  return options_.base_url + "/" + next;
}

Result<bool> FhirBackend::search(const std::string& type, const Parameters& query, const CancelToken& cancel,
                                 const Take& take) {
  std::string url = net::build_url(options_.base_url, type, query);
  for (int i = 0; i < kMostPages; i++) {
    Result<WipedJson> answer = get(url, cancel);
    if (!answer.ok() && answer.error().kind == ErrorKind::NotFound) {
      // A search that finds nothing is an answer; this is none, and must not be taken for "no such appointment".
      return make_error(ErrorKind::Unsupported, answer.error().what, answer.error().where);
    }
    KIOSK_TRY(const WipedJson json, std::move(answer));
    KIOSK_TRY(const fhir::Page page, fhir::parse_page(json.json));
    KIOSK_TRY(const bool goes_on, take(page));
    if (!goes_on || page.next.empty()) return true;
    Result<std::string> next = next_address(page.next);
    if (!next.ok() || *next == url) {
      core::log_warning("promises.fhir_pages", {{"back_end", options_.id}, {"type", type}});
      return false;
    }
    url = std::move(*next);
  }
  return false;
}

Result<FhirBackend::Reply> FhirBackend::put(const std::string& path, const std::string& version, SecretText body,
                                            const CancelToken& cancel) {
  net::Request request;
  request.method = net::Method::Put;
  request.url = net::build_url(options_.base_url, path);
  if (!version.empty()) request.headers.set("If-Match", "W/\"" + version + "\"");
  request.body = std::move(body);
  int refused_with = 0;
  Result<Reply> reply = exchange(std::move(request), cancel, &refused_with);
  if (refused_with == 409 || refused_with == 412) {
    return make_error(ErrorKind::NotFound, "conflict: it has changed meanwhile", reply.error().where);
  }
  return reply;
}

}  // namespace kiosk::promises
