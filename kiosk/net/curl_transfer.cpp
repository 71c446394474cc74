#include "kiosk/net/curl_transfer.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"

namespace kiosk::net {

using core::ErrorKind;

namespace {

constexpr std::size_t kMostHeaderBytes = std::size_t{64} << 10;

bool is_token(std::string_view name) {  // RFC 9110 section 5.6.2
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != kOthers.npos;
  });
}

bool is_header_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// Says what we want, not who we are: may follow a redirect to another origin.
bool is_harmless(std::string_view name) {
  for (const char* each : {"accept", "accept-language", "if-none-match", "if-modified-since"}) {
    if (core::equals_ignoring_case(name, each)) return true;
  }
  return false;
}

// From here on nothing can have been sent, whatever libcurl counts.
bool is_before_sending(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT ||
         code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR;
}

}  // namespace

CurlTransfer::CurlTransfer(CURL* easy, CURLM* multi, const Hop& hop) : easy_(easy), multi_(multi), hop_(hop) {}

core::Result<HopAnswer> CurlTransfer::run(const work::CancelToken& cancel) {
  KIOSK_CHECK(set_headers());
  set_method();
  set_limits();
  curl_easy_setopt(easy_, CURLOPT_URL, hop_.url.c_str());
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, curl_message_);
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  if (!hop_.use_proxy) curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) return error(ErrorKind::Internal, "libcurl took no request");
  const End end = drive(cancel);
  const CURLcode code = end == End::Done ? outcome() : CURLE_OK;
  // What was sent is asked before the handle is taken off, which closes what is unfinished.
  core::Result<HopAnswer> result = end != End::Done   ? core::Result<HopAnswer>(given_up(end))
                                   : code != CURLE_OK ? core::Result<HopAnswer>(failure(code))
                                                      : answer();
  curl_multi_remove_handle(multi_, easy_);
  return result;
}

core::Status CurlTransfer::set_headers() {
  // "Expect: 100-continue" would cost a round trip; a body's type is the caller's to say.
  std::vector<std::string> lines{"Expect:"};
  if (!hop_.request->headers.find("content-type")) lines.push_back("Content-Type:");
  for (const auto& [name, value] : hop_.request->headers.entries()) {
    if (!is_token(name) || !is_header_value(value))
      return error(ErrorKind::Invalid, "a header with forbidden characters");
    if (!hop_.send_headers && !is_harmless(name)) continue;
    lines.push_back(name);
    lines.back().append(value.empty() ? ";" : ": ").append(value);  // libcurl's sign for an empty value
  }
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
    if (!longer) return error(ErrorKind::Internal, "out of memory");
    (void)header_list_.release();  // `longer` owns it now
    header_list_.reset(longer);
  }
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, header_list_.get());
  return {};
}

void CurlTransfer::set_method() {
  const Request& request = *hop_.request;
  if (request.method == Method::Head) curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
  if (!has_effect()) return;
  const bool needs_length = request.method != Method::Delete;  // RFC 9110 section 8.6
  if (needs_length || !request.body.empty()) {
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request.body.reveal().data());
  }
  curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, std::string(to_string(request.method)).c_str());
  // On a kept connection that turns out dead, libcurl would send the request once more by itself.
  curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
}

void CurlTransfer::set_limits() {
  const auto positive = [](core::Milliseconds limit) {  // 0 would be libcurl's own default, or none
    return static_cast<long>(std::clamp<std::int64_t>(limit.count(), 1, 24L * 3600 * 1000));
  };
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, positive(hop_.request->timeouts.connect));
  curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, positive(hop_.total));
}

CurlTransfer::End CurlTransfer::drive(const work::CancelToken& cancel) {
  constexpr int kSliceMilliseconds = 40;  // how late a cancellation is noticed at most
  moved_at_ = std::chrono::steady_clock::now();
  for (;;) {
    if (cancel.cancelled()) return End::Cancelled;
    int running = 0;
    // An error here ends the transfer as well; outcome() tells.
    if (curl_multi_perform(multi_, &running) != CURLM_OK || running == 0) return End::Done;
    if (stalled(std::chrono::steady_clock::now())) return End::Stalled;
    curl_multi_poll(multi_, nullptr, 0, kSliceMilliseconds, nullptr);
  }
}

CURLcode CurlTransfer::outcome() const {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE && message->easy_handle == easy_) return message->data.result;
  }
  return CURLE_FAILED_INIT;
}

bool CurlTransfer::anything_left() const {
  long request_bytes = 0;
  curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &request_bytes);
  return request_bytes > 0 || header_bytes_ > 0;
}

bool CurlTransfer::has_effect() const {
  return hop_.request->method != Method::Get && hop_.request->method != Method::Head;
}

bool CurlTransfer::stalled(std::chrono::steady_clock::time_point now) {
  long request_bytes = 0;
  curl_off_t sent = 0;
  curl_off_t received = 0;
  curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &request_bytes);
  curl_easy_getinfo(easy_, CURLINFO_SIZE_UPLOAD_T, &sent);
  curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &received);
  const curl_off_t moved = request_bytes + sent + received + static_cast<curl_off_t>(header_bytes_);
  // Until the first byte the connect timeout watches.
  if (moved != moved_ || moved == 0) {
    moved_ = moved;
    moved_at_ = now;
  }
  return now - moved_at_ >= hop_.request->timeouts.stall;
}

core::Result<HopAnswer> CurlTransfer::answer() {
  HopAnswer answer;
  long status = 0;
  const char* redirect = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_, CURLINFO_REDIRECT_URL, &redirect);
  if (status < 100 || status > 599) return error(ErrorKind::Interrupted, "the answer has no HTTP status");
  // libcurl takes a connection that closes within the headers for an answer without a body.
  if (!headers_complete_) return error(ErrorKind::Interrupted, "the answer breaks off in its headers");
  response_.status = static_cast<int>(status);
  response_.url = hop_.url;
  answer.response = std::move(response_);
  if (redirect) answer.redirect_url = redirect;
  return answer;
}

core::Error CurlTransfer::failure(CURLcode code) const {
  if (too_large_) {
    return error(has_effect() ? ErrorKind::Interrupted : ErrorKind::Full, "the answer is larger than we take");
  }
  // libcurl's own words name hosts and reasons, never what was sent.
  const std::string what = curl_message_[0] ? core::sanitise_utf8(curl_message_) : curl_easy_strerror(code);
  const bool sent = anything_left() && !is_before_sending(code);
  if (!sent && code == CURLE_URL_MALFORMAT) return error(ErrorKind::Invalid, what);
  if (!sent) return error(ErrorKind::Unavailable, what);
  return error(code == CURLE_OPERATION_TIMEDOUT ? ErrorKind::Timeout : ErrorKind::Interrupted, what);
}

core::Error CurlTransfer::given_up(End end) const {
  if (end == End::Stalled) return error(ErrorKind::Timeout, "not a byte came or went for too long");
  if (has_effect() && anything_left()) return error(ErrorKind::Interrupted, "cancelled after the request had left");
  return error(ErrorKind::Cancelled, "cancelled");
}

core::Error CurlTransfer::error(ErrorKind kind, std::string what) const {
  return core::make_error(kind, std::move(what), loggable_url(hop_.url));
}

std::size_t CurlTransfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::string_view line(bytes, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > kMostHeaderBytes) {
    transfer.too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {  // a new answer: the last one was an interim one (1xx)
    transfer.response_.headers.clear();
    transfer.headers_complete_ = false;
    return line.size();
  }
  if (core::trim(line).empty()) transfer.headers_complete_ = true;
  if (const std::size_t colon = line.find(':'); colon != line.npos) {
    transfer.response_.headers.add(std::string(line.substr(0, colon)), std::string(core::trim(line.substr(colon + 1))));
  }
  return line.size();
}

std::size_t CurlTransfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::size_t length = size * count;
  std::string& body = transfer.response_.body;
  if (length > transfer.hop_.request->max_body_bytes - std::min(body.size(), transfer.hop_.request->max_body_bytes)) {
    transfer.too_large_ = true;
    return length == 0 ? 1 : 0;  // anything but `length` ends the transfer
  }
  body.append(bytes, length);
  return length;
}

}  // namespace kiosk::net
