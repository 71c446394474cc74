// What a FHIR server's refusal means: the codes of OperationOutcome (hl7.org/fhir/R4/valueset-issue-type.html) in plain
// words.
#include "kiosk/core/strings.h"
#include "kiosk/promises/fhir_parse.h"

namespace kiosk::promises::fhir {
namespace {

using core::ErrorKind;
using core::Json;

struct Meaning {
  std::string_view code;
  ErrorKind kind;
  std::string_view words;
};

constexpr Meaning kMeanings[] = {
    {"invalid", ErrorKind::Invalid, "something in what was sent is not as the system wants it"},
    {"structure", ErrorKind::Unsupported, "the system does not read this form of request"},
    {"required", ErrorKind::Invalid, "the system needs a detail that is missing"},
    {"value", ErrorKind::Invalid, "the system does not accept one of the details"},
    {"invariant", ErrorKind::Invalid, "the details do not go together"},
    {"too-long", ErrorKind::Invalid, "one of the details is too long"},
    {"code-invalid", ErrorKind::Refused, "the system does not know a code that was sent"},
    {"extension", ErrorKind::Unsupported, "the system wants an extension that the kiosk does not have"},
    {"security", ErrorKind::Refused, "the kiosk may not do this there"},
    {"login", ErrorKind::Refused, "the system wants the kiosk to sign in: look at its token"},
    {"unknown", ErrorKind::Refused, "the system does not know the kiosk's account"},
    {"expired", ErrorKind::Refused, "the kiosk's sign-in has run out: look at its token"},
    {"forbidden", ErrorKind::Refused, "the kiosk may not do this there"},
    {"suppressed", ErrorKind::Refused, "the system keeps part of it back"},
    {"not-supported", ErrorKind::Unsupported, "the system cannot do this"},
    {"duplicate", ErrorKind::NotFound, "somebody has this time already"},
    {"multiple-matches", ErrorKind::Refused, "the system has several that match"},
    {"not-found", ErrorKind::NotFound, "the system does not have it"},
    {"deleted", ErrorKind::NotFound, "it was removed there"},
    {"too-costly", ErrorKind::Refused, "it is more than the system wants to answer at once"},
    {"business-rule", ErrorKind::Refused, "a rule of the clinic is against it"},
    {"conflict", ErrorKind::NotFound, "somebody else was faster, or it has changed meanwhile"},
    {"processing", ErrorKind::Refused, "the system could not work on it"},
    {"throttled", ErrorKind::RateLimited, "the system wants fewer requests"},
    {"transient", ErrorKind::Interrupted, "a passing trouble there; it may be tried again"},
    {"lock-error", ErrorKind::Interrupted, "it is in use there; it may be tried again"},
    {"no-store", ErrorKind::Interrupted, "the system has no room, or no database"},
    {"exception", ErrorKind::Interrupted, "an error inside the system"},
    {"timeout", ErrorKind::Timeout, "the system took too long"},
    {"incomplete", ErrorKind::Interrupted, "the system could not find out everything"},
};

// Not the system itself speaks, but something before it: whether the request went through is open from 500 on.
ErrorKind kind_of_status(int status) {
  if (status == 429) return ErrorKind::RateLimited;
  if (status == 408 || status == 504) return ErrorKind::Timeout;
  if (status >= 500) return ErrorKind::Interrupted;
  if (status == 404 || status == 405 || status < 400) return ErrorKind::Unsupported;
  return ErrorKind::Refused;
}

// The status says more than the code where the two are at odds: a proxy may answer 500 for what went through, and HAPI
// says "processing" to almost everything.
ErrorKind kind_of(const Meaning& meaning, int status) {
  if (status == 429) return ErrorKind::RateLimited;
  if (status == 401 || status == 403) return ErrorKind::Refused;
  if (status == 404 || status == 410) return ErrorKind::NotFound;
  if (status == 409) return ErrorKind::NotFound;
  if (status == 408 || status == 504) return ErrorKind::Timeout;
  if (status >= 500 && meaning.kind != ErrorKind::RateLimited) return ErrorKind::Interrupted;
  return meaning.kind;
}

// The first that is worse than a warning.
std::string code_of(const Json& outcome) {
  for (const Json& issue : core::json_array(outcome, "issue")) {
    const std::string severity = core::json_text(issue, "severity");
    if (severity != "warning" && severity != "information") return core::json_text(issue, "code");
  }
  return {};
}

}  // namespace

core::Error parse_error(int status, std::string_view body, const std::string& where) {
  const core::Result<Json> json = core::parse_json(body.substr(0, std::size_t{64} << 10), where, 20);
  if (json.ok() && core::json_text(*json, "resourceType") == "OperationOutcome") {
    const std::string code = code_of(*json);
    for (const Meaning& meaning : kMeanings) {
      if (code != meaning.code) continue;
      std::string what = std::string(code) + ": " + std::string(meaning.words);
      return core::make_error(kind_of(meaning, status), std::move(what), where);
    }
    // A code of a later release: the status decides, but the system has spoken.
    const Meaning unknown{{}, ErrorKind::Refused, {}};
    return core::make_error(kind_of(unknown, status), "HTTP " + std::to_string(status), where);
  }
  return core::make_error(kind_of_status(status), "HTTP " + std::to_string(status), where);
}

}  // namespace kiosk::promises::fhir
