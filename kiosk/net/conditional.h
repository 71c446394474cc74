// Asking only for what changed: validators of an earlier answer (RFC 9110 section 13).
#pragma once

#include <string>

#include "kiosk/net/http.h"

namespace kiosk::net {

// Kept beside what was stored of the answer. Either may be empty.
struct Validators {
  std::string etag;           // as sent, quotes and W/ included
  std::string last_modified;  // as sent
  bool empty() const { return etag.empty() && last_modified.empty(); }
  bool operator==(const Validators&) const = default;
};

Validators validators_of(const Response& response);
// Adds If-None-Match and If-Modified-Since.
void make_conditional(Request& request, const Validators& validators);
inline bool not_modified(const Response& response) { return response.status == 304; }

}  // namespace kiosk::net
