#include "kiosk/net/curl_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "kiosk/core/owned.h"
#include "kiosk/net/curl_library.h"
#include "kiosk/net/curl_transfer.h"
#include "kiosk/net/url.h"
#include "kiosk/net/url_parts.h"
#include "kiosk/work/ui_thread.h"

namespace kiosk::net {

using core::ErrorKind;

struct CurlClient::Handle {
  core::Owned<CURLM, curl_multi_cleanup> multi;  // holds the kept connections
  core::Owned<CURL, curl_easy_cleanup> easy;
  CurlOptions options;
};

namespace {

core::Error request_error(ErrorKind kind, const char* what, std::string_view url) {
  return core::make_error(kind, what, loggable_url(url));
}

core::Result<UrlParts> check_request(const Request& request) {
  const std::optional<UrlParts> parts = parse_url(request.url);
  if (!parts) return request_error(ErrorKind::Invalid, "not an http or https URL", request.url);
  if (parts->has_user_info) return request_error(ErrorKind::Invalid, "the URL holds a user name", request.url);
  const bool bodiless = request.method == Method::Get || request.method == Method::Head;
  if (bodiless && !request.body.empty())
    return request_error(ErrorKind::Invalid, "this method has no body", request.url);
  return *parts;
}

core::Result<UrlParts> check_redirect(const UrlParts& from, const std::string& to) {
  const std::optional<UrlParts> parts = parse_url(to);
  if (!parts || parts->has_user_info) return request_error(ErrorKind::Refused, "redirected to where we do not go", to);
  if (from.scheme == "https" && parts->scheme != "https") {
    return request_error(ErrorKind::Refused, "redirected from https to http", to);
  }
  if (parts->is_loopback() && !from.is_loopback()) {
    return request_error(ErrorKind::Refused, "redirected into this machine", to);
  }
  return *parts;
}

bool follows_redirects(const Request& request) {
  return request.max_redirects > 0 && (request.method == Method::Get || request.method == Method::Head);
}

}  // namespace

CurlClient::CurlClient(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
CurlClient::~CurlClient() = default;

core::Result<std::unique_ptr<CurlClient>> CurlClient::create(const CurlOptions& options) {
  KIOSK_CHECK(start_curl());
  auto handle = std::make_unique<Handle>();
  handle->multi.reset(curl_multi_init());
  handle->easy.reset(curl_easy_init());
  handle->options = options;
  if (!handle->multi || !handle->easy) return core::make_error(ErrorKind::Internal, "libcurl gives no handle");
  constexpr long kKeptConnections = 4;
  curl_multi_setopt(handle->multi.get(), CURLMOPT_MAXCONNECTS, kKeptConnections);
  return std::make_unique<CurlClient>(std::move(handle));
}

void CurlClient::set_up() {
  CURL* easy = handle_->easy.get();
  curl_easy_reset(easy);  // connections, DNS and TLS sessions stay
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // or giving up would wait for a resolver that hangs
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's answer is not the back end's
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, handle_->options.user_agent.c_str());
  if (!handle_->options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, handle_->options.ca_file.c_str());
}

core::Result<Response> CurlClient::send(const Request& request, const work::CancelToken& cancel) {
  work::UiThread::assert_elsewhere("CurlClient::send");
  KIOSK_TRY(UrlParts at, check_request(request));
  const std::string origin = at.origin();
  const auto start = std::chrono::steady_clock::now();
  Hop hop{&request, request.url, true, !at.is_loopback(), request.timeouts.total};
  for (int redirects = 0;; ++redirects) {
    set_up();
    KIOSK_TRY(HopAnswer answer, CurlTransfer(handle_->easy.get(), handle_->multi.get(), hop).run(cancel));
    if (answer.redirect_url.empty() || !follows_redirects(request)) return std::move(answer.response);
    if (redirects == request.max_redirects)
      return request_error(ErrorKind::Refused, "redirected too often", request.url);
    KIOSK_TRY(at, check_redirect(at, answer.redirect_url));
    const auto spent = std::chrono::duration_cast<core::Milliseconds>(std::chrono::steady_clock::now() - start);
    hop = Hop{&request, answer.redirect_url, at.origin() == origin, !at.is_loopback(), request.timeouts.total - spent};
    if (hop.total <= core::Milliseconds{0})
      return request_error(ErrorKind::Timeout, "redirects took too long", request.url);
  }
}

}  // namespace kiosk::net
