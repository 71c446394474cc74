#include "kiosk/core/error.h"

namespace kiosk::core {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid:
      return "invalid";
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Unavailable:
      return "unavailable";
    case ErrorKind::Interrupted:
      return "interrupted";
    case ErrorKind::Timeout:
      return "timeout";
    case ErrorKind::Cancelled:
      return "cancelled";
    case ErrorKind::Refused:
      return "refused";
    case ErrorKind::RateLimited:
      return "rate_limited";
    case ErrorKind::Corrupt:
      return "corrupt";
    case ErrorKind::Io:
      return "io";
    case ErrorKind::Full:
      return "full";
    case ErrorKind::Unsupported:
      return "unsupported";
    case ErrorKind::Internal:
      return "internal";
  }
  return "internal";
}

std::string Error::describe() const {
  std::string text = where.empty() ? what : where + ": " + what;
  if (cause) text += " (" + cause->describe() + ")";
  return text;
}

Error Error::wrapped(std::string outer_what, std::string outer_where) const {
  return Error{kind, std::move(outer_what), std::move(outer_where), std::make_shared<const Error>(*this)};
}

}  // namespace kiosk::core
