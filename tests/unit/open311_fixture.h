// What tests of reports share: a report system in the sandbox, and a kiosk's adapter in front of it.
#pragma once

#include <memory>
#include <string>

#include "kiosk/net/curl_client.h"
#include "kiosk/promises/open311.h"
#include "tests/unit/promises_support.h"
#include "tests/unit/report_systems.h"

namespace kiosk::promises::testing {

using test::kReportKey;
using test::report_systems;
using test::start_report_systems;

inline Open311Options report_options(const sandbox::Sandbox& back_end) {
  Open311Options options;
  options.id = "streets";
  options.base_url = back_end.open311_url("streets");
  options.sender.api_key.assign(kReportKey);
  options.sender.jurisdiction_id = "exampleton.example";
  options.timeouts = kPatience;
  return options;
}

// One run of a kiosk, as far as a report system sees it.
struct Reporter {
  explicit Reporter(const sandbox::Sandbox& back_end) : Reporter(report_options(back_end)) {}
  explicit Reporter(Open311Options options) {
    auto client = net::CurlClient::create();
    REQUIRE(client.ok());
    http = std::move(*client);
    backend = std::make_unique<Open311Backend>(*http, clock, std::move(options));
  }
  Open311Backend* operator->() { return backend.get(); }

  core::AdjustableClock clock;
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<Open311Backend> backend;
};

inline Report some_report(const std::string& type_code, const std::string& reference = "CK-7Q2M9TKD4H") {
  Report report;
  report.target = {"streets", type_code};
  report.reference = reference;
  report.created = core::SystemClock().now();
  return report;
}

inline ReportContent some_content() {
  ReportContent content;
  content.place.words.assign("By the bus stop outside the library");
  content.place.point = core::GeoPoint{51.5, -0.14};
  content.description.assign("It is dark here\nat night");
  content.name.assign("Planted Surname");
  content.email.assign("planted@resident.example");
  return content;
}

inline ReportContent::Reply reply_of(const std::string& code, std::initializer_list<std::string_view> values) {
  ReportContent::Reply reply{code, {}};
  for (const std::string_view value : values) reply.values.emplace_back(value);
  return reply;
}

inline core::Json ledger_reports(const sandbox::Sandbox& back_end) { return back_end.ledger()["reports"]; }

// How often the ledger counted requests to an endpoint that begins with `endpoint`.
inline std::int64_t asked(const sandbox::Sandbox& back_end, const std::string& endpoint) {
  std::int64_t count = 0;
  const core::Json ledger = back_end.ledger();
  for (const core::Json& one : ledger["requests"]) {
    if (one["endpoint"].get<std::string>().starts_with(endpoint)) count += one["count"].get<std::int64_t>();
  }
  return count;
}

}  // namespace kiosk::promises::testing
