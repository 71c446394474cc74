// Private to net: libcurl, started once a process.
#pragma once

#include "kiosk/core/result.h"

namespace kiosk::net {

// Any thread, any number of times. libcurl's buffers hold what residents typed, so its memory is wiped when it is
// freed. SIGPIPE is ignored from then on, unless the program handles it: TLS writes to a closed connection raise it.
core::Status start_curl();

}  // namespace kiosk::net
