// A TCP connection to a device, where everything has a deadline.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kiosk/core/clock.h"
#include "kiosk/core/descriptor.h"
#include "kiosk/core/result.h"
#include "kiosk/work/cancel.h"

namespace drivers::printer {

// What one turn of waiting brought.
struct Traffic {
  std::size_t sent = 0;  // bytes that the system took from us
  std::string received;
  bool closed = false;  // by the other side, or lost
};

class TcpLine {
 public:
  // Errors: Unavailable (no such name, refused, no route, not in time), Cancelled.
  static kiosk::core::Result<TcpLine> connect(const std::string& host, int port, kiosk::core::Milliseconds timeout,
                                              const kiosk::work::CancelToken& cancel);

  // Sends some of `bytes` (may be empty) and takes what has come; returns as soon as either happened, or after
  // `timeout` with neither. Error Cancelled, noticed within 50 ms.
  kiosk::core::Result<Traffic> exchange(std::string_view bytes, kiosk::core::Milliseconds timeout,
                                        const kiosk::work::CancelToken& cancel);

 private:
  explicit TcpLine(kiosk::core::Descriptor socket) : socket_(std::move(socket)) {}
  kiosk::core::Descriptor socket_;
};

}  // namespace drivers::printer
