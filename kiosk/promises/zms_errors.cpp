// What a refusal means, and how requests are worded.
#include <array>

#include "kiosk/core/strings.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;

constexpr std::size_t kMostCharacters = 250;  // of each field

struct Meaning {
  std::string_view code;  // or the beginning of several
  ErrorKind kind;
};

// Messages are English only and change: codes decide. First match wins.
constexpr Meaning kMeanings[] = {
    {"appointmentNotAvailable", ErrorKind::NotFound},
    {"appointmentNotFound", ErrorKind::NotFound},
    {"noAppointmentFor", ErrorKind::NotFound},
    {"providerNotFound", ErrorKind::NotFound},
    {"requestNotFound", ErrorKind::NotFound},
    {"scopeNotFound", ErrorKind::NotFound},
    {"scopesNotFound", ErrorKind::NotFound},
    {"sourceNotFound", ErrorKind::NotFound},
    {"departmentNotFound", ErrorKind::NotFound},
    {"organisationNotFound", ErrorKind::NotFound},
    {"notFound", ErrorKind::Unsupported},  // no such route: another kind or generation of server
    {"requestMethodNotAllowed", ErrorKind::Unsupported},
    {"notImplemented", ErrorKind::Unsupported},
    {"rateLimitExceeded", ErrorKind::RateLimited},
    {"serviceUnavailable", ErrorKind::Unavailable},  // maintenance: answered before anything is done
    {"emailIsRequired", ErrorKind::Invalid},
    {"telephoneIsRequired", ErrorKind::Invalid},
    {"invalid", ErrorKind::Invalid},
    {"requestEntityTooLarge", ErrorKind::Invalid},
    {"internalError", ErrorKind::Interrupted},  // these may come after the effect
    {"processDeleteFailed", ErrorKind::Interrupted},
    {"zmsClientCommunicationError", ErrorKind::Interrupted},
    {"unknownError", ErrorKind::Interrupted},
};

ErrorKind kind_of(std::string_view code, int status) {
  if (code == "invalidCredentials") return ErrorKind::Refused;
  for (const Meaning& meaning : kMeanings) {
    if (code.starts_with(meaning.code)) return meaning.kind;
  }
  return status >= 500 ? ErrorKind::Interrupted : ErrorKind::Refused;
}

// Not the system itself speaks, but something before it: whether the request went through is open from 500 on.
ErrorKind kind_without_code(int status) {
  if (status == 429) return ErrorKind::RateLimited;
  if (status == 408 || status == 504) return ErrorKind::Timeout;
  if (status >= 500) return ErrorKind::Interrupted;
  if (status == 404 || status < 400) return ErrorKind::Unsupported;
  return ErrorKind::Refused;
}

bool is_code(std::string_view text) {
  if (text.empty() || text.size() > 60) return false;
  for (const char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

}  // namespace

core::Error parse_error(int status, std::string_view body, const std::string& where) {
  const core::Result<Json> json = core::parse_json(body.substr(0, std::size_t{64} << 10), where, 10);
  std::string code;
  if (json.ok() && json->is_object()) {
    const Json& errors = core::json_array(*json, "errors");
    if (!errors.empty()) code = core::json_text(errors.front(), "errorCode");
  }
  if (is_code(code)) return core::make_error(kind_of(code, status), code, where);
  return core::make_error(kind_without_code(status), "HTTP " + std::to_string(status), where);
}

std::optional<std::string_view> fault_of(const Details& details) {
  const auto good = [](const core::SecretText& text, std::size_t most) {
    return core::is_valid_utf8(text.reveal()) && core::count_code_points(text.reveal()) <= most;
  };
  if (core::trim(details.name.reveal()).empty() || !good(details.name, kMostCharacters)) return "invalidFamilyName";
  if (!good(details.email, kMostCharacters)) return "invalidEmail";
  if (!good(details.custom, kMostCharacters)) return "invalidCustomTextfield";
  if (!good(details.custom2, kMostCharacters)) return "invalidCustomTextfield2";
  const core::SecretText plain = plain_telephone(details.telephone);
  const std::size_t digits = plain.size() - (plain.reveal().starts_with('+') ? 1 : 0);
  const bool given = !core::trim(details.telephone.reveal()).empty();
  if (given && (digits < 7 || digits > 15)) return "invalidTelephone";
  return std::nullopt;
}

core::SecretText plain_telephone(const core::SecretText& telephone) {
  std::string out;
  out.reserve(telephone.size());
  for (const char c : telephone.reveal()) {
    if ((c >= '0' && c <= '9') || (c == '+' && out.empty())) out += c;
  }
  core::SecretText secret{std::string_view(out)};
  core::wipe(out);
  return secret;
}

}  // namespace kiosk::promises::zms
