#include "kiosk/net/conditional.h"

namespace kiosk::net {

Validators validators_of(const Response& response) {
  return {std::string(response.headers.value_or("etag", "")),
          std::string(response.headers.value_or("last-modified", ""))};
}

void make_conditional(Request& request, const Validators& validators) {
  if (!validators.etag.empty()) request.headers.set("If-None-Match", validators.etag);
  if (!validators.last_modified.empty()) request.headers.set("If-Modified-Since", validators.last_modified);
}

}  // namespace kiosk::net
