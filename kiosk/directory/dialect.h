// Finding out what a feed speaks, and where its services are.
#pragma once

#include <string>

#include "kiosk/core/result.h"
#include "kiosk/directory/dialect_name.h"
#include "kiosk/directory/fetcher.h"

namespace kiosk::directory {

struct FeedAddress {
  std::string base;      // without a slash at the end
  std::string services;  // path of the list below it: "services" or "hservices"
};

// A registered address may end in /services or /hservices already, with or without a slash.
FeedAddress split_feed_url(std::string_view url);

// `GET {base}/` for its version; on any failure `GET {base}/services?page=1&per_page=1` for its envelope. The version
// is only a hint: profile and openapi_url are not looked at, and the first page's envelope has the last word.
// Errors: those of the second request.
core::Result<Dialect> probe_dialect(const FeedAddress& address, Fetcher& fetcher);

}  // namespace kiosk::directory
