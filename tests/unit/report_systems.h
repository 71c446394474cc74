// A report system for tests, in the sandbox.
#pragma once

#include <memory>

#include "tests/sandbox/sandbox.h"
#include "tests/unit/catch.h"

namespace kiosk::test {

inline constexpr const char* kReportKey = "key-of-this-kiosk";

// "streets": a pothole with a question of every kind, a light that another body looks after, a batch, a blackbox.
inline core::Json report_systems() {
  return core::Json::parse(R"json({"backends": [{
    "id": "streets", "name": "Exampleton streets", "authority": "exampleton", "jurisdiction_id": "exampleton.example",
    "api_key": "key-of-this-kiosk",
    "services": [
      {"service_code": "POT", "service_name": "Pothole", "description": "A hole in a <b>road</b>", "type": "realtime",
       "keywords": "road, hole", "group": "Roads", "service_notice": "An inspector will look at it.",
       "attributes": [
         {"variable": true, "code": "size", "datatype": "singlevaluelist", "required": true, "datatype_description": "",
          "order": 2, "description": "How big is it?", "values": [{"key": "s", "name": "Small"}, {"key": "l", "name": "Large"}]},
         {"variable": false, "code": "danger", "datatype": "text", "required": false, "datatype_description": "",
          "order": 1, "description": "Call 999 if somebody is in danger."},
         {"variable": true, "code": "parts", "datatype": "multivaluelist", "required": false, "datatype_description": "",
          "order": 3, "description": "Where is it?", "values": [{"key": "kerb", "name": "Kerb"}, {"key": "lane", "name": "Lane"}]},
         {"variable": true, "code": "depth", "datatype": "number", "required": false, "datatype_description": "cm", "order": 4,
          "description": "How deep is it?"},
         {"variable": true, "code": "seen", "datatype": "datetime", "required": false, "datatype_description": "", "order": 5,
          "description": "When did you see it?"},
         {"variable": true, "code": "sign", "datatype": "string", "required": false, "datatype_description": "", "order": 6,
          "description": "The nearest sign"},
         {"variable": true, "code": "more", "datatype": "text", "required": false, "datatype_description": "", "order": 7,
          "description": "Anything else?"},
         {"variable": true, "code": "easting", "datatype": "number", "required": true, "datatype_description": "", "order": 8,
          "description": "Easting", "automated": "server_set"}]},
      {"service_code": "LIGHT", "service_name": "Street light", "type": "realtime",
       "agency_responsible": "Exampleshire", "service_notice": "Passed on to Exampleshire, 01632 960100."},
      {"service_code": "012", "service_name": "Missed bin", "type": "batch"},
      {"service_code": "NOISE", "service_name": "Noise", "type": "blackbox", "service_notice": "Thank you."}],
    "requests": [
      {"service_code": "LIGHT", "description": "Two lamps are out", "address": "Harrow Lane", "lat": 51.5001, "long": -0.14, "days_ago": 3},
      {"service_code": "LIGHT", "description": "Reference: CK-OLD1\n\nLamp post leans", "address": "Mill Road", "lat": 51.5003, "long": -0.14,
       "days_ago": 8, "status_notes": "On the list"},
      {"service_code": "LIGHT", "description": "Mended long ago", "lat": 51.5, "long": -0.14, "days_ago": 20, "status": "closed"},
      {"service_code": "POT", "description": "Another kind", "lat": 51.5, "long": -0.14, "days_ago": 2},
      {"service_code": "LIGHT", "description": "Too long ago", "lat": 51.5, "long": -0.14, "days_ago": 120},
      {"service_code": "LIGHT", "description": "No point", "address": "Somewhere", "days_ago": 2},
      {"service_code": "LIGHT", "description": "Too far", "lat": 51.6, "long": -0.14, "days_ago": 2}]}]})json");
}

// `behaviour` as for POST /sandbox/config, "open311", of all back ends.
inline std::unique_ptr<sandbox::Sandbox> start_report_systems(const core::Json& behaviour = core::Json::object()) {
  sandbox::SandboxOptions options;
  options.reports = report_systems();
  // Each report has a connection of its own, and many in a row end sooner than the server notices.
  options.config = {{"open311", {{"*", behaviour}}}, {"client_rules", {{"max_connections", 64}}}};
  auto started = sandbox::Sandbox::start(std::move(options));
  INFO((started.ok() ? std::string() : started.error().describe()));
  REQUIRE(started.ok());
  return std::move(*started);
}

}  // namespace kiosk::test
