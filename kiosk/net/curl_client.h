// HttpClient over libcurl: one handle, its connections kept alive between requests.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/net/http.h"

namespace kiosk::net {

struct CurlOptions {
  std::string user_agent = "civic-kiosk";
  std::filesystem::path extra_ca_file;  // PEM certificates in place of the system's; empty: the system's
};

// Verifies TLS always; http and https only; redirects stay on their scheme or go up to https; no proxy for loopback;
// asks for gzip; notices cancellation within 100 ms. Create one a worker.
class CurlClient final : public HttpClient {
 public:
  static core::Result<std::unique_ptr<CurlClient>> create(const CurlOptions& options = {});
  ~CurlClient() override;
  core::Result<Response> send(const Request& request, const work::CancelToken& cancel) override;

 private:
  struct Handle;
  explicit CurlClient(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace kiosk::net
