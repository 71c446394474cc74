// A small sandbox with a feed of three services and one appointment system, and an HTTP client that talks to it.
#pragma once

#include <httplib.h>

#include <memory>
#include <string>

#include "kiosk/core/clock.h"
#include "tests/sandbox/sandbox.h"
#include "tests/unit/catch.h"

namespace kiosk::sandbox::testing {

using core::Json;

inline Json place_json() {
  return Json::parse(R"({"id": "sal-1", "location": {"id": "loc-1", "location_type": "physical", "name": "Quay Hall",
    "latitude": 53.01, "longitude": -0.63, "transportation": "Bus 7",
    "addresses": [{"id": "adr-1", "address_1": "1 Quay", "address_2": "Floor 2", "city": "Harbour", "state_province": "Coast",
                   "postal_code": "HX1 1AA", "country": "GB", "address_type": "physical"}],
    "accessibility": [{"id": "acc-1", "description": "Step-free"}]},
    "schedules": [{"id": "sch-1", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00",
                   "until": "2030-01-01", "valid_from": "2026-01-01"}]})");
}

inline Json service_json() {
  Json service =
      Json::parse(R"({"id": "svc-1", "name": "Missed bin", "status": "active", "description": "<p>Report it.</p>",
    "url": "https://harbour.example/bins", "email": "bins@harbour.example", "fees_description": "Free",
    "eligibility_description": "Residents", "minimum_age": 16, "last_modified": "2026-05-01T10:00:00.000Z",
    "organization": {"id": "11111111-1111-4111-8111-111111111111", "name": "Harbour", "description": "A council",
                     "website": "https://harbour.example"},
    "phones": [{"id": "ph-1", "number": "01632 960001"}],
    "contacts": [{"id": "con-1", "name": "Desk", "email": "desk@harbour.example", "phones": []}],
    "cost_options": [{"id": "cost-1", "option": "Bulky waste", "amount": 20, "currency": "gbp"}],
    "service_areas": [{"id": "area-1", "name": "Harbour district", "uri": "http://statistics.data.gov.uk/id/E07999001"}],
    "languages": [{"id": "lang-1", "name": "Welsh", "code": "cy"}],
    "attributes": [{"id": "att-1", "link_entity": "service", "value": "x", "taxonomy_term": {"id": "term-1", "code": "waste",
      "name": "Waste", "description": "Waste and recycling", "taxonomy": "topics"}}]})");
  service["service_at_locations"] = Json::array({place_json()});
  return service;
}

inline Json three_services() {
  Json list = Json::array({service_json()});
  for (const char* id : {"svc-2", "svc-3"}) {
    list.push_back(
        {{"id", id}, {"name", std::string("Service ") + id}, {"status", "active"}, {"description", "Another one."}});
    list.back()["organization"] = service_json()["organization"];
  }
  return list;
}

// One desk, open every day from 9 to 17 with ten-minute slots; the service takes two of them.
inline Json appointments_json() {
  Json weekly = Json::array();
  for (const char* day : {"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
    weekly.push_back({{"day", day}, {"from", "09:00"}, {"to", "17:00"}, {"desks", 1}});
  Json office = Json::parse(R"({"id": 7001, "name": "Quay desk", "slotTimeInMinutes": 10, "organization": "Harbour",
    "address": {"street": "Quay", "house_number": "1", "postal_code": "HX1 1AA", "city": "Harbour"},
    "geo": {"lat": 53.01, "lon": -0.63}, "scope": {"telephoneActivated": true, "reservationDuration": 15}})");
  Json backend{{"id", "harbour"}, {"offices", {office}}, {"services", {{{"id", 9001}, {"name", "Blue Badge help"}}}}};
  backend["relations"] = Json::array({{{"officeId", 7001}, {"serviceId", 9001}, {"slots", 2}, {"maxQuantity", 2}}});
  backend["patterns"] = Json::array(
      {{{"officeId", 7001}, {"leadDays", 1}, {"horizonDays", 30}, {"closedDates", Json::array()}, {"weekly", weekly}}});
  return {{"backends", Json::array({backend})}};
}

inline SandboxOptions options_of_test() {
  SandboxOptions options;
  options.feeds["harbour"] = three_services();
  options.appointments = appointments_json();
  return options;
}

inline std::unique_ptr<Sandbox> start(SandboxOptions options = options_of_test()) {
  auto sandbox = Sandbox::start(std::move(options));
  if (!sandbox) FAIL(sandbox.error().describe());
  return std::move(*sandbox);
}

struct Reply {
  int status = 0;  // 0: no answer
  std::string body;
  httplib::Headers headers;
  Json json() const { return Json::parse(body, nullptr, false); }
  std::string header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? std::string() : it->second;
  }
};

class Client {
 public:
  explicit Client(const Sandbox& sandbox, std::string prefix = {})
      : http_("127.0.0.1", sandbox.port()), prefix_(std::move(prefix)) {
    http_.set_read_timeout(5);
    http_.set_default_headers({{"User-Agent", "sandbox-test/1"}});
  }
  Reply get(const std::string& path, const httplib::Headers& headers = {}) {
    return reply(http_.Get((prefix_ + path).c_str(), headers));
  }
  Reply post(const std::string& path, const Json& body) {
    return reply(http_.Post((prefix_ + path).c_str(), body.dump(), "application/json"));
  }
  httplib::Client& http() { return http_; }

 private:
  static Reply reply(const httplib::Result& result) {
    if (!result) return {};
    return {result->status, result->body, result->headers};
  }
  httplib::Client http_;
  std::string prefix_;
};

inline const std::string kZms = "/zms/harbour/terminvereinbarung/api/citizen";

inline std::string error_code(const Reply& reply) { return core::json_text(reply.json()["errors"][0], "errorCode"); }

// How often the ledger counted a rule as broken.
inline std::int64_t violations(const Sandbox& sandbox, const std::string& rule) {
  std::int64_t count = 0;
  const Json ledger = sandbox.ledger();
  for (const Json& one : ledger["violations"]) {
    if (one["rule"] == rule) count += one["count"].get<std::int64_t>();
  }
  return count;
}

}  // namespace kiosk::sandbox::testing
