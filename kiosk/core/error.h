// What went wrong, for whom to say it, and what to do next. Errors are values: see result.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kiosk::core {

// The kinds that callers decide by. Everything else about an error is for people.
enum class ErrorKind {
  Invalid,      // the input is wrong: bad syntax, wrong type, out of range
  NotFound,     // the thing asked for does not exist
  Unavailable,  // the other side was never reached: nothing of ours took effect there
  Interrupted,  // the connection was lost after bytes had left: the effect is unknown
  Timeout,      // the deadline passed after bytes had left: the effect is unknown
  Cancelled,    // we gave up ourselves
  Refused,      // the other side understood, and said no
  RateLimited,  // the other side, or our own budget, said "later"
  Corrupt,      // stored data is damaged
  Io,           // disk, file or device failed
  Full,         // no room: disk, queue, or size limit of ours
  Unsupported,  // a form of data or a dialect that we do not know
  Internal,     // a fault of ours
};

// Stable lower-case name, for logs: "rate_limited".
std::string_view to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::Internal;
  std::string what;   // one sentence fragment for staff, no personal data: "answer is not JSON"
  std::string where;  // the thing: a file and line, a URL without query, a key; may be empty
  std::shared_ptr<const Error> cause;

  // "where: what (because cause)", for logs and for the command line.
  std::string describe() const;
  // This error as the cause of a larger one of the same kind.
  Error wrapped(std::string outer_what, std::string outer_where = {}) const;
};

inline Error make_error(ErrorKind kind, std::string what, std::string where = {}) {
  return Error{kind, std::move(what), std::move(where), nullptr};
}

// True where a request may have taken effect although no answer came.
inline bool outcome_unknown(const Error& error) {
  return error.kind == ErrorKind::Interrupted || error.kind == ErrorKind::Timeout;
}

}  // namespace kiosk::core
