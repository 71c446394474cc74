#include "kiosk/net/answer.h"

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"

namespace kiosk::net {

using core::ErrorKind;

namespace {

ErrorKind kind_of_status(int status) {
  if (status == 404 || status == 410) return ErrorKind::NotFound;
  if (status == 429) return ErrorKind::RateLimited;
  if (status == 408) return ErrorKind::Timeout;
  if (status >= 400 && status < 500) return ErrorKind::Refused;
  if (status >= 500) return ErrorKind::Interrupted;
  return ErrorKind::Unsupported;
}

// Some hosts say text/plain or nothing for JSON; what says that it is a page is one.
bool says_markup(const std::string& type) {
  return type == "text/html" || type == "application/xhtml+xml" || type == "text/xml" || type == "application/xml";
}

}  // namespace

core::Status check_status(const Response& response) {
  if (response.success()) return {};
  return core::make_error(kind_of_status(response.status), "answered with status " + std::to_string(response.status),
                          loggable_url(response.url));
}

core::Result<core::Json> json_answer(const Response& response) {
  KIOSK_CHECK(check_status(response));
  const std::string where = loggable_url(response.url);
  const std::string type = response.content_type();
  const std::string_view body = core::trim(response.body);
  if (body.empty()) return core::make_error(ErrorKind::Unsupported, "the answer is empty, not JSON", where);
  if (says_markup(type) || body.front() == '<') {
    return core::make_error(ErrorKind::Unsupported,
                            "the answer is a page, not JSON (" + core::sanitise_utf8(type) + ")", where);
  }
  return core::parse_json(body, where);
}

}  // namespace kiosk::net
