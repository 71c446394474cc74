// HttpClient over libcurl: one handle, its connections kept alive between requests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/net/http.h"

namespace kiosk::net {

struct CurlOptions {
  std::string user_agent = "civic-kiosk";
  std::filesystem::path ca_file;  // PEM certificates to trust in place of the system's; empty: the system's
};

// Verifies TLS always; http and https only; asks for gzip; no proxy for loopback, else what the environment says;
// notices cancellation within 100 ms. Redirects (GET and HEAD) stay on their scheme or go up to https, never into
// loopback from outside, and take no headers of ours but the harmless ones to another origin. Requests with an effect
// get a connection of their own: libcurl would repeat them by itself where a kept one turns out dead. Create one a
// worker.
class CurlClient final : public HttpClient {
  struct Handle;

 public:
  static core::Result<std::unique_ptr<CurlClient>> create(const CurlOptions& options = {});
  explicit CurlClient(std::unique_ptr<Handle> handle);  // for create()
  ~CurlClient() override;
  core::Result<Response> send(const Request& request, const work::CancelToken& cancel) override;

 private:
  void set_up();
  std::unique_ptr<Handle> handle_;
};

}  // namespace kiosk::net
