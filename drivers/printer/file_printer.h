// A printer that makes files: each page as ID.png (ID-2.png …), and ID.escpos, the bytes that an ESC/POS printer would
// have got for the job. Each file appears whole or not at all; the .escpos comes last, and says that the job is
// complete.
#pragma once

#include "drivers/printer/printer.h"

namespace drivers::printer {

class FilePrinter final : public Printer {
 public:
  explicit FilePrinter(PrinterOptions options) : options_(std::move(options)) {}
  // Ok where the directory can be written; Offline otherwise.
  kiosk::core::Result<PrinterStatus> status(const kiosk::work::CancelToken& cancel) override;
  kiosk::core::Result<PrintReport> print(const PrintJob& job, const kiosk::work::CancelToken& cancel) override;
  int dots_per_line() const override { return options_.dots_per_line; }
  double dots_per_mm() const override { return options_.dots_per_mm; }

 private:
  kiosk::core::Status write_job(const PrintJob& job) const;
  PrinterOptions options_;
};

}  // namespace drivers::printer
