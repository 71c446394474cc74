// ESC/POS over TCP: a job from the first question to the acknowledgement, and what became of it.
#pragma once

#include "drivers/printer/escpos_session.h"
#include "drivers/printer/printer.h"

namespace drivers::printer::escpos {

class EscposPrinter final : public Printer {
 public:
  explicit EscposPrinter(PrinterOptions options);

  kiosk::core::Result<PrinterStatus> status(const kiosk::work::CancelToken& cancel) override;
  kiosk::core::Result<PrintReport> print(const PrintJob& job, const kiosk::work::CancelToken& cancel) override;
  int dots_per_line() const override { return options_.dots_per_line; }
  double dots_per_mm() const override { return options_.dots_per_mm; }

 private:
  struct Progress;
  bool asks() const { return options_.completion != Completion::None; }
  // Until the printer has confirmed it once, it may hold what somebody else left, or wait for the rest of a picture.
  void make_clean(Session& session);
  Progress send_job(Session& session, const PrintJob& job);
  PrintReport conclude(Session& session, const Progress& progress);

  PrinterOptions options_;
  bool tainted_ = true;        // may hold bytes of an earlier job
  std::size_t owed_ = 0;       // bytes that it may still take for the rest of a picture
  bool acknowledges_ = false;  // it has answered a process id before
  bool clears_ = true;         // it has not failed to confirm a clear while it was well
  std::uint32_t process_id_;
};

}  // namespace drivers::printer::escpos
