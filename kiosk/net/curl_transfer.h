// Private to net: one exchange with one server over a libcurl handle; no redirects.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <string>

#include "kiosk/core/owned.h"
#include "kiosk/net/http.h"

namespace kiosk::net {

// The request as it goes over the wire this time.
struct Hop {
  const Request* request = nullptr;
  std::string url;
  bool send_headers = true;  // false: another origin than the one they were meant for
  bool use_proxy = true;
  core::Milliseconds total{};
};

struct HopAnswer {
  Response response;
  std::string redirect_url;  // absolute; empty where the answer is no redirect
};

class CurlTransfer {
 public:
  // `easy` and `multi` must outlive it; `easy` is reset and set up for the hop.
  CurlTransfer(CURL* easy, CURLM* multi, const Hop& hop);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  core::Result<HopAnswer> run(const work::CancelToken& cancel);

 private:
  enum class End { Done, Cancelled, Stalled };

  core::Status set_headers();
  void set_method();
  void set_limits();
  End drive(const work::CancelToken& cancel);
  CURLcode outcome() const;
  bool anything_left() const;
  bool has_effect() const;
  bool stalled(std::chrono::steady_clock::time_point now);
  core::Result<HopAnswer> answer();
  core::Error failure(CURLcode code) const;
  core::Error given_up(End end) const;
  core::Error error(core::ErrorKind kind, std::string what) const;

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

  CURL* easy_;
  CURLM* multi_;
  const Hop& hop_;
  core::Owned<curl_slist, curl_slist_free_all> header_list_;
  Response response_;
  std::size_t header_bytes_ = 0;
  bool headers_complete_ = false;
  bool too_large_ = false;
  curl_off_t moved_ = 0;  // bytes either way, when last asked
  std::chrono::steady_clock::time_point moved_at_{};
  char curl_message_[CURL_ERROR_SIZE] = "";
};

}  // namespace kiosk::net
