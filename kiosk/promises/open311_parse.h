// Answers of Open311 GeoReport v2 servers as values (docs.open311.org: wiki GeoReport v2, Service Discovery). Pure;
// lenient about types and wrappings as the servers are, strict about what we act on. Documents come from
// parse_document(); all texts are plain and bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/promises/open311_document.h"
#include "kiosk/promises/report_backend.h"

namespace kiosk::promises::open311 {

// One way to the same server: those that speak GeoReport v2 alone.
struct Endpoint {
  std::string url;
  std::string changeset;  // changes when the services do; empty: unknown
  bool production = false;
  bool json = false, xml = false;
};
// Unsupported: the document is no discovery. Endpoints of other specifications are left out.
core::Result<std::vector<Endpoint>> parse_discovery(const core::Json& document);

// Entries without a code are left out, and each code comes once.
core::Result<std::vector<ReportType>> parse_services(const core::Json& document);

// The questions in the order in which to ask. Left out: what the server sets by itself (mySociety's `automated`), what
// cannot be sent because it has no code, and notices without words. Lists without values become lines.
core::Result<std::vector<ReportQuestion>> parse_definition(const core::Json& document);

// Unsupported where the answer isn't a report's: for ReportAnswer::Nothing it may lack number and token, else it may
// not.
core::Result<ReportReceipt> parse_receipt(const core::Json& document, ReportAnswer answer);

// Reports as the back end lists them; ids come once. Entries with neither number, kind nor description are left out.
core::Result<std::vector<RemoteReport>> parse_requests(const core::Json& document);

// The number that the token stands for; empty: not yet. Unsupported: the answer is about another token, or none.
core::Result<std::string> parse_token(const core::Json& document, const std::string& token);

// A refusal in the API's own words.
struct Refusal {
  int code = 0;             // normally the HTTP status; 0: not said
  std::string description;  // meant for the user; may repeat what was sent
};
std::optional<Refusal> refusal_in(const core::Json& document);

// What an answer means that is no success, or a success that holds a refusal. `what` is "HTTP 403" but for Invalid.
// Of a GET: NotFound (404, 410), RateLimited (429, 425), Timeout (408, 504), Interrupted (5xx), Refused (other 4xx),
// Unsupported (all else).
core::Error error_of_get(int status, std::string_view body, const std::string& where);
// Of a report that was sent, as ReportBackend::send() has it: Invalid only where the back end says why in `what`;
// Unavailable where a 404 or 410 comes without a refusal that has a code, because then it isn't the back end that
// speaks.
core::Error error_of_post(int status, std::string_view body, const std::string& where);

}  // namespace kiosk::promises::open311
