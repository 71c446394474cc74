// What a refusal of an Open311 server means.
#include "kiosk/core/strings.h"
#include "kiosk/promises/open311_parse.h"
#include "kiosk/promises/plain_text.h"

namespace kiosk::promises::open311 {
namespace {

using core::ErrorKind;
using core::Json;
using core::json_text;

constexpr std::size_t kLongestRefusal = 400;               // bytes; it is for a page
constexpr std::size_t kMostBytes = std::size_t{64} << 10;  // of an error's answer

bool is_refusal(const Json& entry) {
  if (!entry.is_object()) return false;
  for (const char* of_report : {"service_request_id", "token", "service_code", "service_notice"}) {
    if (entry.contains(of_report)) return false;
  }
  return entry.contains("code") || entry.contains("description") || entry.contains("message");
}

// Their text, where servers leave the objects out: {"errors": ["…"]}.
std::string said_by(const Json& entry) {
  if (entry.is_string()) return entry.get<std::string>();
  const std::string description = json_text(entry, "description");
  return description.empty() ? json_text(entry, "message") : description;
}

// In the shapes that servers use; empty where the document is no refusal.
Entries refusals_of(const Json& document) {
  Entries found;
  if (document.is_array()) {
    for (const Json& entry : document) {
      const bool wrapped = entry.is_object() && entry.size() == 1 && entry.contains("error");
      if (!wrapped && !is_refusal(entry)) return {};
      found.push_back(wrapped ? &entry["error"] : &entry);
    }
    return found;
  }
  for (const char* outer : {"errors", "error"}) {
    found = entries_in(document, outer, "error");
    if (!found.empty()) return found;
  }
  return is_refusal(document) ? Entries{&document} : Entries{};
}

ErrorKind kind_of_get(int code) {
  if (code == 404 || code == 410) return ErrorKind::NotFound;
  if (code == 429 || code == 425) return ErrorKind::RateLimited;
  if (code == 408 || code == 504) return ErrorKind::Timeout;
  if (code >= 500) return ErrorKind::Interrupted;
  return code >= 400 ? ErrorKind::Refused : ErrorKind::Unsupported;
}

// The status, or what the body says where that is the more exact: a success or a general 400 that holds another code.
int code_of(int status, const std::optional<Refusal>& refusal) {
  const bool general = status < 300 || status == 400;
  return refusal && general && refusal->code >= 400 && refusal->code < 600 ? refusal->code : status;
}

std::optional<Refusal> read_refusal(std::string_view body, const std::string& where) {
  const auto document = parse_document(body.substr(0, kMostBytes), where);
  return document.ok() ? refusal_in(*document) : std::nullopt;
}

core::Error plain_error(ErrorKind kind, int code, const std::string& where) {
  return core::make_error(kind, "HTTP " + std::to_string(code), where);
}

}  // namespace

std::optional<Refusal> refusal_in(const Json& document) {
  const Entries entries = refusals_of(document);
  if (entries.empty()) return std::nullopt;
  Refusal refusal;
  for (const Json* entry : entries) {
    const std::int64_t code = core::json_integer(*entry, "code").value_or(0);
    if (refusal.code == 0 && code >= 100 && code < 600) refusal.code = static_cast<int>(code);
    const std::string said = plain_text_of_html(said_by(*entry), kLongestRefusal);
    if (said.empty() || refusal.description.find(said) != std::string::npos) continue;
    refusal.description += (refusal.description.empty() ? "" : "\n") + said;
  }
  refusal.description = plain_text(refusal.description, kLongestRefusal);
  return refusal;
}

core::Error error_of_get(int status, std::string_view body, const std::string& where) {
  const int code = code_of(status, read_refusal(body, where));
  return plain_error(kind_of_get(code), code, where);
}

core::Error error_of_post(int status, std::string_view body, const std::string& where) {
  const auto refusal = read_refusal(body, where);
  const int code = code_of(status, refusal);
  const bool of_content = code == 400 || code == 422;
  if (of_content && refusal && !refusal->description.empty()) {
    return core::make_error(ErrorKind::Invalid, refusal->description, where);
  }
  // Gateways say 404 too, in pages, in words and in JSON of their own: the back end is known by its refusal's code.
  const bool gone = code == 404 || code == 410;
  const bool by_back_end = refusal && refusal->code != 0;
  if (gone && !by_back_end) return plain_error(ErrorKind::Unavailable, code, where);
  // A conflict may be with the very report that we are sending.
  if (code == 409) return plain_error(ErrorKind::Unsupported, code, where);
  return plain_error(kind_of_get(code), code, where);
}

}  // namespace kiosk::promises::open311
