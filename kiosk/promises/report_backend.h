// What every system that takes reports can do for us. One adapter a system (open311.h). Blocking; each call has a
// deadline; used on a worker. No call retries by itself what may have taken effect.
#pragma once

#include "kiosk/core/result.h"
#include "kiosk/promises/report.h"
#include "kiosk/work/cancel.h"

namespace kiosk::promises {

// What the back end said when it took a report: a number, a token, or neither.
struct ReportReceipt {
  std::string request_id, token, notice;
};

class ReportBackend {
 public:
  virtual ~ReportBackend() = default;
  // Errors of all: Unavailable/Timeout/Interrupted (not reachable), RateLimited, Unsupported (not this kind of server).
  virtual core::Result<std::vector<ReportType>> types(work::CancelToken cancel) = 0;
  // NotFound: no such kind of report (any more).
  virtual core::Result<ReportForm> form(const std::string& type_code, work::CancelToken cancel) = 0;
  // Sends the report, its reference in the description. Unavailable and RateLimited: nothing was heard. Invalid: the
  // content is refused, the back end's words for the resident in `what`. NotFound: no such kind of report. Refused:
  // otherwise no (our key). Everything else: it may have been taken.
  virtual core::Result<ReportReceipt> send(const Report& report, const ReportContent& content,
                                           work::CancelToken cancel) = 0;
  // Looks in the back end's books for the report that carries our reference; nullopt: certainly not there. Unsupported:
  // this back end can't be asked.
  virtual core::Result<std::optional<RemoteReport>> find(const Report& report, work::CancelToken cancel) = 0;
  // The number that a token stands for; nullopt: not yet. NotFound: no such token.
  virtual core::Result<std::optional<std::string>> redeem(const std::string& token, work::CancelToken cancel) = 0;
  // NotFound: no such request, or not for others to see.
  virtual core::Result<RemoteReport> read(const std::string& request_id, work::CancelToken cancel) = 0;
  // Open ones of this kind within `metres` of the point, nearest first, at most 20, of the last 90 days.
  virtual core::Result<std::vector<RemoteReport>> near(const std::string& type_code, const core::GeoPoint& point,
                                                       double metres, work::CancelToken cancel) = 0;
};

}  // namespace kiosk::promises
