#include "drivers/printer/escpos_printer.h"

#include <chrono>

#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/job_check.h"

namespace drivers::printer::escpos {
namespace {

using kiosk::core::Result;
using kiosk::work::CancelToken;

// A printer that still held an acknowledgement from before a restart must not be believed: begin somewhere else.
std::uint32_t first_process_id() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count() % 10000);
}

PrintReport not_begun(PrinterCondition condition, std::string why) {
  return {PrintOutcome::Failed, condition, std::move(why)};
}

}  // namespace

struct EscposPrinter::Progress {
  SendEnd end = SendEnd::Done;
  bool pages_left_us = false;  // all pictures, wholly: the receipt may be on paper
  bool asked_done = false;     // the request for the acknowledgement was on its way
  std::size_t unsent = 0;      // of the strip that was under way
};

EscposPrinter::EscposPrinter(PrinterOptions options) : options_(std::move(options)), process_id_(first_process_id()) {}

void EscposPrinter::make_clean(Session& session) {
  if (!tainted_ || !asks()) return;
  if (session.clear(owed_)) {
    tainted_ = false;
    owed_ = 0;
  }
}

Result<PrinterStatus> EscposPrinter::status(const CancelToken& cancel) {
  Result<Session> session = Session::open(options_, cancel);
  if (!session.ok()) return PrinterStatus{PrinterCondition::Disconnected, session.error().describe()};
  if (!asks()) return PrinterStatus{PrinterCondition::Unknown, "this printer is not asked"};
  const PrinterStatus status = session->ask_status();
  if (status.condition != PrinterCondition::Disconnected && clears_) make_clean(*session);
  return status;
}

Result<PrintReport> EscposPrinter::print(const PrintJob& job, const CancelToken& cancel) {
  KIOSK_CHECK(check_job(job, options_.dots_per_line));
  Result<Session> session = Session::open(options_, cancel);
  if (!session.ok()) return not_begun(PrinterCondition::Disconnected, session.error().describe());
  if (asks()) {
    const PrinterStatus status = session->ask_status();
    if (!can_print(status.condition)) return not_begun(status.condition, status.detail);
    make_clean(*session);
    // A printer that does well and doesn't know the command is not asked again by every look at its state.
    if (tainted_) clears_ = false;
  }
  if (cancel.cancelled()) return not_begun(session->condition(), "cancelled");
  process_id_ = (process_id_ + 1) % 10000;
  const Progress progress = send_job(*session, job);
  return conclude(*session, progress);
}

EscposPrinter::Progress EscposPrinter::send_job(Session& session, const PrintJob& job) {
  Progress progress;
  tainted_ = true;
  owed_ = 0;
  progress.end = session.send(kPrologue);
  for (const kiosk::core::Bitmap1& page : job.pages) {
    for (const std::string& strip : encode_page(page, options_.raster, options_.strip_rows)) {
      if (progress.end != SendEnd::Done) return progress;
      progress.end = asks() ? session.send_paced(strip) : session.send(strip);
      progress.unsent = session.unsent();
    }
    progress.pages_left_us = &page == &job.pages.back() && progress.unsent == 0;
    if (progress.end == SendEnd::Done) progress.end = session.send(job.cut ? kFeedAndCut : kFeedToTear);
  }
  progress.asked_done = progress.end == SendEnd::Done && asks();
  if (progress.asked_done) progress.end = session.await_done(process_id_);
  return progress;
}

PrintReport EscposPrinter::conclude(Session& session, const Progress& progress) {
  const std::string detail(to_string(progress.end));
  if (!asks()) {
    const bool sent = progress.end == SendEnd::Done;
    return {sent ? PrintOutcome::Unknown : PrintOutcome::Failed, PrinterCondition::Unknown, detail};
  }
  if (progress.end == SendEnd::Done) {
    tainted_ = false;
    acknowledges_ = true;
    clears_ = true;
    return {PrintOutcome::Printed, session.condition(), "acknowledged"};
  }
  owed_ = progress.unsent;
  const bool lost = progress.end == SendEnd::Lost;
  if (lost)
    return {progress.pages_left_us ? PrintOutcome::Unknown : PrintOutcome::Failed, PrinterCondition::Disconnected,
            detail};
  // Silent, but well: a receipt has probably come out, and there is nothing to throw away.
  if (progress.end == SendEnd::Stalled) session.ask_status();
  const bool well = can_print(session.condition());
  if (progress.pages_left_us && progress.end == SendEnd::Stalled && well) {
    return {PrintOutcome::Unknown, session.condition(), "not acknowledged"};
  }
  const bool clean = session.clear(owed_);
  if (clean) {
    tainted_ = false;
    owed_ = 0;
  }
  if (session.acknowledged(process_id_)) return {PrintOutcome::Printed, session.condition(), "acknowledged late"};
  // With all of it sent, only a printer that is known to acknowledge, and that holds nothing any more, proves by its
  // silence that the end was not reached.
  const bool by_id = options_.completion == Completion::ProcessId;
  const bool unfinished = !progress.pages_left_us || (clean && progress.asked_done && acknowledges_ && by_id);
  return {unfinished ? PrintOutcome::Failed : PrintOutcome::Unknown, session.condition(), detail};
}

}  // namespace drivers::printer::escpos
