#include "kiosk/promises/open311.h"

#include <algorithm>
#include <set>

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"
#include "kiosk/promises/open311_echo.h"
#include "kiosk/promises/plain_text.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::SecretText;
using core::Status;
using work::CancelToken;

constexpr int kMostPages = 20;
constexpr int kMostPagesNear = 5;                // a resident waits
constexpr std::size_t kMostInOneAnswer = 1'000;  // by the specification: such an answer may not be all
constexpr std::chrono::hours kMargin{24};        // clocks, and servers that say local time without a zone
constexpr std::chrono::hours kClockError{6};     // of our clock, that the margin covers as well
constexpr int kMostLooks = 3;                    // for a report, where answers show that our clock is wrong
constexpr std::chrono::days kLongestSpan{90};    // by the specification
constexpr std::size_t kMostNear = 20;
constexpr std::size_t kLongestNear = 300;  // bytes of what another resident wrote

// Refused or not there: the list is not for us.
bool no_such_list(const core::Error& error) {
  return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Refused;
}

const char* suffix(Open311Format format) { return format == Open311Format::Json ? ".json" : ".xml"; }

// Servers take no fractions of a second.
std::string moment(core::Instant instant) {
  return core::to_iso8601(std::chrono::floor<std::chrono::seconds>(instant)).substr(0, 19) + "Z";
}

// Where an error comes before anything was sent, all that counts is that nothing was heard.
core::Error nothing_heard(core::Error error) {
  if (error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Cancelled) return error;
  core::Error outer = make_error(ErrorKind::Unavailable, "the back end could not be asked before", error.where);
  outer.cause = std::make_shared<const core::Error>(std::move(error));
  return outer;
}

// Of what another resident wrote, no more than tells whether it is the same thing.
RemoteReport for_a_page(RemoteReport report) {
  const std::string words = plain_text(open311::without_reference(report.description), kLongestNear);
  report.description = words;
  return report;
}

std::vector<RemoteReport> nearest_of(std::vector<RemoteReport> reports, const core::GeoPoint& point, double metres) {
  std::vector<std::pair<double, RemoteReport>> found;
  for (RemoteReport& report : reports) {
    if (!report.point) continue;
    const double distance = core::distance_metres(point, *report.point);
    if (distance <= metres) found.emplace_back(distance, for_a_page(std::move(report)));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<RemoteReport> nearest;
  for (auto& [distance, report] : found) {
    if (nearest.size() < kMostNear) nearest.push_back(std::move(report));
  }
  return nearest;
}

}  // namespace

Open311Backend::Open311Backend(net::HttpClient& http, const core::Clock& clock, Open311Options options)
    : http_(http),
      clock_(clock),
      options_(std::move(options)),
      url_(options_.base_url),
      settled_(options_.format),
      format_(options_.format.value_or(Open311Format::Json)),
      future_questions_(options_.id, options_.future_questions) {}

Result<Json> Open311Backend::exchange(net::Request request, const CancelToken& cancel) {
  const bool is_post = request.method == net::Method::Post;
  const std::string where = net::loggable_url(request.url);
  request.timeouts = options_.timeouts;
  KIOSK_TRY(net::Response response, http_.send(request, cancel));
  note_time(response);
  const auto refused = [&] {
    return is_post ? open311::error_of_post(response.status, response.body, where)
                   : open311::error_of_get(response.status, response.body, where);
  };
  Result<Json> answer = make_error(ErrorKind::Internal, "not read", where);
  if (!response.success()) {
    answer = refused();
  } else {
    answer = open311::parse_document(response.body, where);
    // Some servers refuse with status 200.
    if (answer.ok() && open311::refusal_in(*answer)) answer = refused();
  }
  core::wipe(response.body);  // answers repeat what residents typed
  return answer;
}

// What a cache gives (it says an age) was dated when it was made.
void Open311Backend::note_time(const net::Response& response) {
  const auto date = response.date();
  if (date && !response.headers.find("age")) ahead_ = *date - clock_.now();
}

core::Instant Open311Backend::their_now() const {
  const bool close = std::chrono::abs(ahead_) <= kClockError;
  return close ? clock_.now() : clock_.now() + ahead_;
}

Result<Json> Open311Backend::get_from(const std::string& base, const std::string& path, Open311Format format,
                                      const Parameters& query, const CancelToken& cancel) {
  Parameters all = query;
  // An empty one breaks some servers.
  if (!options_.sender.jurisdiction_id.empty()) all.emplace_back("jurisdiction_id", options_.sender.jurisdiction_id);
  net::Request request;
  request.url = net::build_url(base, path + suffix(format), all);
  request.headers.set("Accept", format == Open311Format::Json ? "application/json" : "text/xml, application/xml");
  return exchange(std::move(request), cancel);
}

Result<Json> Open311Backend::get(const std::string& path, const Parameters& query, const CancelToken& cancel) {
  return get_from(url_, path, format_, query, cancel);
}

Result<Json> Open311Backend::post(const std::string& path, SecretText body, const CancelToken& cancel) {
  net::Request request;
  request.method = net::Method::Post;
  request.url = net::build_url(url_, path + suffix(format_));
  request.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = std::move(body);
  return exchange(std::move(request), cancel);
}

Result<ReportForm> Open311Backend::prepare(const std::string& type_code, bool needs_questions,
                                           const CancelToken& cancel) {
  if (!type_of(type_code)) {
    refresh_at_ = {};  // it may be newer than what we know
    if (const Status known = refresh(cancel); !known.ok()) return nothing_heard(known.error());
  }
  const ReportType* type = type_of(type_code);
  // A server that knows no kind at all has a bad day.
  if (!type && services_->empty()) return make_error(ErrorKind::Unavailable, "its list of services is empty", url_);
  if (!type) return make_error(ErrorKind::NotFound, "no such kind of report", options_.id + ":" + type_code);
  const ReportForm without{{options_.id, type_code}, type->name, {}};
  if (!needs_questions) return without;
  Result<ReportForm> form = define(*type, cancel);
  if (form.ok()) return form;
  // A definition that is gone or broken keeps nobody from reporting: replies go as they are.
  const ErrorKind kind = form.error().kind;
  // Interrupted: the server was there, and broke over this one question.
  const bool lasting = kind == ErrorKind::NotFound || kind == ErrorKind::Unsupported || kind == ErrorKind::Refused ||
                       kind == ErrorKind::Interrupted;
  if (lasting) return without;
  return nothing_heard(std::move(form).error());
}

Result<ReportReceipt> Open311Backend::send(const Report& report, const ReportContent& content, CancelToken cancel) {
  KIOSK_CHECK(open311::check_content(report, content, {}));
  const std::string& code = report.target.type_code;
  KIOSK_TRY(const ReportForm form, prepare(code, !content.replies.empty(), cancel));
  KIOSK_CHECK(open311::check_content(report, content, form.questions));
  const ReportAnswer expected = type_of(code)->answer;
  const Result<Json> document =
      post("/requests", open311::form_of(report, content, form.questions, options_.sender), cancel);
  if (!document.ok()) {
    // An error may be logged, and staff may see it.
    core::Error error = document.error();
    open311::hide_echo(error.what, content, form.questions);
    return error;
  }
  KIOSK_TRY(ReportReceipt receipt, open311::parse_receipt(*document, expected));
  open311::hide_echo(receipt.notice, content, form.questions);  // it is kept unsealed
  return receipt;
}

// Without the paging parameters first, because strict servers refuse what they don't know; then page after page until
// one brings nothing new, because a page may be shorter than any size that we could ask for.
Result<Open311Backend::Listing> Open311Backend::list(const Parameters& query, int most_pages,
                                                     const CancelToken& cancel) {
  Listing listing;
  std::set<std::string> seen;
  for (int page = 1; page <= most_pages; page++) {
    Parameters asked = query;
    if (page > 1) asked.emplace_back("page", std::to_string(page));
    const Result<Json> document = get("/requests", asked, cancel);
    const bool no_paging = page == 2 && !document.ok() && no_such_list(document.error());
    if (!document.ok() && !no_paging) return document.error();
    std::vector<RemoteReport> reports;
    if (document.ok()) {
      KIOSK_TRY(reports, open311::parse_requests(*document));
    }
    const std::size_t before = seen.size();
    for (RemoteReport& report : reports) {
      const bool numbered = !report.request_id.empty();
      if (!seen.insert(numbered ? report.request_id : "\n" + report.description).second) continue;
      listing.reports.push_back(std::move(report));
    }
    if (seen.size() > before) continue;
    // Nothing beyond the first answer: it was all, unless it was cut at the specification's limit.
    listing.complete = page > 2 || listing.reports.size() < kMostInOneAnswer;
    return listing;
  }
  return listing;
}

// From well before the report was made to now; all of the longest span where our clock is wrong, or is known to have
// been.
Open311Backend::Span Open311Backend::span_of(const Report& report) const {
  const core::Instant now = their_now(), end = now + kMargin;
  const core::Instant made = std::min(report.created, report.sent.value_or(report.created));
  const core::Instant earliest = end - kLongestSpan;
  const bool dated = made <= now && std::chrono::abs(ahead_) <= kClockError;
  return {dated ? std::max<core::Instant>(made - 2 * kMargin, earliest) : earliest, end};
}

// Asks again where the answers show that another span should have been asked for.
Result<Open311Backend::Listing> Open311Backend::list_around(const Report& report, Span& span,
                                                            const CancelToken& cancel) {
  for (int look = 0; look < kMostLooks; look++) {
    const core::Milliseconds believed = ahead_;
    span = span_of(report);
    auto listing = list(
        {{"service_code", report.target.type_code}, {"start_date", moment(span.start)}, {"end_date", moment(span.end)}},
        kMostPages, cancel);
    if (std::chrono::abs(ahead_ - believed) <= kClockError) return listing;
  }
  return make_error(ErrorKind::Unsupported, "its clock and ours cannot be compared", options_.id);
}

Result<std::optional<RemoteReport>> Open311Backend::find(const Report& report, CancelToken cancel) {
  const auto cannot = [&](const char* why) { return make_error(ErrorKind::Unsupported, why, options_.id); };
  if (!options_.lists_requests) return cannot("its list is not for everybody to see at once");
  KIOSK_CHECK(ready(cancel));
  Span span;
  auto listing = list_around(report, span, cancel);
  if (!listing.ok() && no_such_list(listing.error())) return cannot("it does not list reports");
  if (!listing.ok()) return std::move(listing).error();
  const std::string& code = report.target.type_code;
  bool wordless = false;
  for (RemoteReport& remote : listing->reports) {
    if (open311::carries_reference(remote.description, report.reference)) return std::optional(std::move(remote));
    const bool candidate = (remote.type_code.empty() || remote.type_code == code) &&
                           (!remote.requested || (*remote.requested >= span.start && *remote.requested <= span.end));
    wordless = wordless || (candidate && remote.description.empty());
  }
  if (wordless) return cannot("it lists reports without their descriptions");
  if (!listing->complete) return cannot("more reports than can be looked through");
  const ReportType* type = type_of(code);
  if (!type || type->answer == ReportAnswer::Nothing) return cannot("it does not list reports of this kind");
  return std::optional<RemoteReport>();
}

Result<std::optional<std::string>> Open311Backend::redeem(const std::string& token, CancelToken cancel) {
  KIOSK_CHECK(ready(cancel));
  KIOSK_TRY(const Json document, get("/tokens/" + net::url_encode(token), {}, cancel));
  KIOSK_TRY(std::string number, open311::parse_token(document, token));
  return number.empty() ? std::nullopt : std::optional(std::move(number));
}

Result<RemoteReport> Open311Backend::read(const std::string& request_id, CancelToken cancel) {
  KIOSK_CHECK(ready(cancel));
  KIOSK_TRY(const Json document, get("/requests/" + net::url_encode(request_id), {}, cancel));
  KIOSK_TRY(auto reports, open311::parse_requests(document));
  if (reports.empty()) return make_error(ErrorKind::NotFound, "no such report", options_.id);
  for (RemoteReport& report : reports) {
    if (report.request_id == request_id) return std::move(report);
  }
  return make_error(ErrorKind::Unsupported, "answer is about another report", options_.id);
}

Result<std::vector<RemoteReport>> Open311Backend::near(const std::string& type_code, const core::GeoPoint& point,
                                                       double metres, CancelToken cancel) {
  KIOSK_CHECK(ready(cancel));
  const core::Instant now = their_now(), start = now - kLongestSpan;
  const Parameters asked{
      {"service_code", type_code}, {"status", "open"}, {"start_date", moment(start)}, {"end_date", moment(now)}};
  auto listing = list(asked, kMostPagesNear, cancel);
  if (!listing.ok() && no_such_list(listing.error())) {
    return make_error(ErrorKind::Unsupported, "it does not list reports", options_.id);
  }
  if (!listing.ok()) return std::move(listing).error();
  // Servers that know no filters send everything.
  std::erase_if(listing->reports, [&](const RemoteReport& report) {
    const bool old = report.requested && *report.requested < start - kMargin;
    return report.closed || report.request_id.empty() || report.type_code != type_code || old;
  });
  return nearest_of(std::move(listing->reports), point, metres);
}

}  // namespace kiosk::promises
