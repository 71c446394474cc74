// HTTP as values, and the one interface that all that talks to a back end is written against.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"
#include "kiosk/work/cancel.h"

namespace kiosk::net {

// Names compare without regard to ASCII case; order and repetition are kept.
class Headers {
 public:
  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);  // replaces all of that name
  // The first of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  std::string_view value_or(std::string_view name, std::string_view fallback) const;
  const std::vector<std::pair<std::string, std::string>>& entries() const { return entries_; }
  void clear() { entries_.clear(); }

 private:
  std::vector<std::pair<std::string, std::string>> entries_;
};

enum class Method { Get, Head, Post, Put, Patch, Delete };
std::string_view to_string(Method method);

struct Timeouts {
  core::Milliseconds connect{5'000};  // resolve, connect, TLS
  core::Milliseconds total{30'000};   // from first to last byte, redirects included
  core::Milliseconds stall{10'000};   // without a byte either way
};

struct Request {
  Method method = Method::Get;
  std::string url;  // absolute, http or https; no user information
  Headers headers;
  core::SecretText body;  // may hold what a resident typed: wiped with the request
  Timeouts timeouts;
  std::size_t max_body_bytes = std::size_t{8} << 20;  // of the answer, after decompression
  int max_redirects = 5;                              // GET and HEAD only; others see the 3xx
};

struct Response {
  int status = 0;  // 100 .. 599
  Headers headers;
  std::string body;
  std::string url;  // of the answer, after redirects

  bool success() const { return status >= 200 && status < 300; }
  // Media type in lower case, without parameters: "application/json"; "" where none is said.
  std::string content_type() const;
  // Retry-After (RFC 9110 section 10.2.3), seconds or a date; at least 0, at most a day.
  std::optional<core::Milliseconds> retry_after(core::Instant now) const;
  // Date (RFC 9110 section 6.6.1): the server's clock when it made the answer.
  std::optional<core::Instant> date() const;
};

// Blocking: for workers, never on the UI thread (asserted). One thread at a time. Any status is an answer, and so ok().
// Errors, with the URL without its query as `where`:
//   Unavailable   nothing of ours left: no such host, no connection, TLS not trusted, or the breaker is open
//   Interrupted   the connection was lost, or the answer was none, after bytes may have left: the effect is unknown
//   Timeout       total or stall passed after bytes may have left: the effect is unknown
//   Cancelled     by the token; for methods with an effect only while nothing had left, else Interrupted
//   Full          the answer is beyond max_body_bytes (GET and HEAD; others Interrupted)
//   Refused       redirected too often, or to where we do not go
//   Invalid       the request itself: URL, header
//   RateLimited   our own budget
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual core::Result<Response> send(const Request& request, const work::CancelToken& cancel) = 0;
};

}  // namespace kiosk::net
