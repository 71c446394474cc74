// Reports over Open311 GeoReport v2 (docs.open311.org), in XML or JSON, bare or wrapped as mySociety's servers have it.
#pragma once

#include <map>

#include "kiosk/net/http.h"
#include "kiosk/promises/open311_form.h"
#include "kiosk/promises/open311_future.h"
#include "kiosk/promises/open311_parse.h"
#include "kiosk/promises/report_backend.h"

namespace kiosk::promises {

enum class Open311Format { Json, Xml };

struct Open311Options {
  std::string id;  // of the [[reports]] entry
  // The endpoint ("https://…/open311/v2"), or where its discovery is. An endpoint that discovery names is used only on
  // the same origin, so that residents' words never go where nobody has configured.
  std::string base_url;
  open311::FormSender sender;
  std::optional<Open311Format> format;  // unset: what discovery says, else JSON where there is any, else XML
  // False where new reports are not listed at once, or not for everybody (moderation): find() is Unsupported then,
  // because "not listed" says nothing.
  bool lists_requests = true;
  std::vector<std::string> future_questions;  // about what is to come: "<code>", or "<kind of report>:<code>"
  net::Timeouts timeouts{core::Milliseconds{4'000}, core::Milliseconds{15'000}, core::Milliseconds{10'000}};
  core::Milliseconds services_life{std::chrono::hours(1)};  // kept longer while discovery's changeset stays the same
};

// Same thread rules as its client. Services and definitions are cached; while the back end is away, what it said last
// is still given, so that people can go on to say what they have to report.
class Open311Backend final : public ReportBackend {
 public:
  // `http` must not retry POSTs that may have taken effect (GuardedClient doesn't); it and `clock` outlive the backend.
  Open311Backend(net::HttpClient& http, const core::Clock& clock, Open311Options options);

  core::Result<std::vector<ReportType>> types(work::CancelToken cancel) override;
  core::Result<ReportForm> form(const std::string& type_code, work::CancelToken cancel) override;
  // Invalid of our own checks has the field as `where` (open311_form.h). What a back end says, in a refusal or in the
  // receipt's notice, comes without what the resident typed, as far as it repeats it (open311_echo.h).
  core::Result<ReportReceipt> send(const Report& report, const ReportContent& content,
                                   work::CancelToken cancel) override;
  // Searches the reports of the kind from two days before `report` was made to a day from now, all pages; of the last
  // 90 days where the clock can't be right. Where answers are dated otherwise than our clock says, by more than six
  // hours, the server's time is now. Unsupported as well where one of them has no description, for a kind that is only
  // taken (blackbox), and beyond 20 pages.
  core::Result<std::optional<RemoteReport>> find(const Report& report, work::CancelToken cancel) override;
  core::Result<std::optional<std::string>> redeem(const std::string& token, work::CancelToken cancel) override;
  core::Result<RemoteReport> read(const std::string& request_id, work::CancelToken cancel) override;
  core::Result<std::vector<RemoteReport>> near(const std::string& type_code, const core::GeoPoint& point, double metres,
                                               work::CancelToken cancel) override;

 private:
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  struct Definition {
    ReportForm form;
    std::uint64_t generation = 0;  // of the services that it was read with
  };
  // Some of the reports in the back end's books; `complete`: all that were asked for.
  struct Listing {
    std::vector<RemoteReport> reports;
    bool complete = false;
  };

  struct Span {
    core::Instant start{}, end{};
  };

  // `path` without the format's ending.
  core::Result<core::Json> get_from(const std::string& base, const std::string& path, Open311Format format,
                                    const Parameters& query, const work::CancelToken& cancel);
  core::Result<core::Json> get(const std::string& path, const Parameters& query, const work::CancelToken& cancel);
  core::Result<core::Json> post(const std::string& path, core::SecretText body, const work::CancelToken& cancel);
  core::Result<core::Json> exchange(net::Request request, const work::CancelToken& cancel);
  void note_time(const net::Response& response);
  core::Instant their_now() const;  // by their clock where ours is off

  // Services are there, no older than they may be. Errors as of types().
  core::Status ready(const work::CancelToken& cancel);
  core::Status refresh(const work::CancelToken& cancel);
  core::Status fetch(const work::CancelToken& cancel);
  core::Status discover(const work::CancelToken& cancel);
  void choose_endpoint(const std::vector<open311::Endpoint>& endpoints);
  core::Result<std::vector<ReportType>> fetch_services(const work::CancelToken& cancel);
  core::Result<std::vector<ReportType>> services_in(Open311Format format, const work::CancelToken& cancel);
  const ReportType* type_of(const std::string& type_code) const;
  core::Result<ReportForm> define(const ReportType& type, const work::CancelToken& cancel);
  // What has to be known before a report can be sent: its kind and its questions. Errors as of send() before anything
  // was heard.
  core::Result<ReportForm> prepare(const std::string& type_code, bool needs_questions, const work::CancelToken& cancel);
  Span span_of(const Report& report) const;
  // `span`: what was asked for at last. Unsupported as well where their clock won't stand still.
  core::Result<Listing> list_around(const Report& report, Span& span, const work::CancelToken& cancel);
  core::Result<Listing> list(const Parameters& query, int most_pages, const work::CancelToken& cancel);

  net::HttpClient& http_;
  const core::Clock& clock_;
  Open311Options options_;

  std::string url_;                       // of the endpoint: the configured one, or what discovery named
  std::optional<Open311Format> settled_;  // the configured format, or discovery's; unset: tried out
  Open311Format format_;                  // in which the services were read
  std::string changeset_;                 // of what discovery said last; empty: unknown
  std::string services_changeset_;        // of what services_ were read with
  std::optional<std::vector<ReportType>> services_;
  std::uint64_t generation_ = 0;  // of services_
  core::Milliseconds refresh_at_{};
  core::Milliseconds ahead_{};  // their clock of ours, as the last answer was dated; 0 where none was
  std::map<std::string, Definition> definitions_;  // by service_code
  open311::FutureQuestions future_questions_;
};

}  // namespace kiosk::promises
