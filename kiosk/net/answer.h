// What an answer means to us: status to Error, and JSON that is really JSON.
#pragma once

#include "kiosk/core/json.h"
#include "kiosk/net/http.h"

namespace kiosk::net {

// Ok for 2xx. Otherwise: NotFound (404, 410), RateLimited (429), Timeout (408), Refused (other 4xx), Unsupported (3xx,
// 1xx), Interrupted (5xx: whether the request took effect is unknown).
core::Status check_status(const Response& response);

// check_status, then the body as JSON. Error Unsupported where it says or shows that it is something else: some hosts
// answer 200 with an HTML page.
core::Result<core::Json> json_answer(const Response& response);

}  // namespace kiosk::net
