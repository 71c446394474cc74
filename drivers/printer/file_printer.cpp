#include "drivers/printer/file_printer.h"

#include <unistd.h>

#include <system_error>

#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/job_check.h"
#include "drivers/printer/page_png.h"
#include "kiosk/core/files.h"

namespace drivers::printer {

using kiosk::core::ErrorKind;
using kiosk::core::make_error;
using kiosk::core::Result;
using kiosk::core::Status;
using kiosk::work::CancelToken;

namespace {

Status make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!std::filesystem::is_directory(directory)) return make_error(ErrorKind::Io, "no such folder", directory.string());
  if (::access(directory.c_str(), W_OK | X_OK) != 0) {
    return make_error(ErrorKind::Io, "folder can't be written", directory.string());
  }
  return {};
}

}  // namespace

Result<PrinterStatus> FilePrinter::status(const CancelToken&) {
  const Status usable = make_directory(options_.directory);
  if (!usable.ok()) return PrinterStatus{PrinterCondition::Offline, usable.error().describe()};
  return PrinterStatus{PrinterCondition::Ok, options_.directory.string()};
}

Status FilePrinter::write_job(const PrintJob& job) const {
  KIOSK_CHECK(make_directory(options_.directory));
  for (std::size_t i = 0; i < job.pages.size(); i++) {
    const std::string name = job.id + (i == 0 ? "" : "-" + std::to_string(i + 1)) + ".png";
    KIOSK_TRY(const std::string png, page_to_png(job.pages[i]));
    KIOSK_CHECK(kiosk::core::write_file_atomically(options_.directory / name, png, kiosk::core::FileMode::Private));
  }
  const std::string bytes = escpos::encode_job(job, options_, 1);
  return kiosk::core::write_file_atomically(options_.directory / (job.id + ".escpos"), bytes,
                                            kiosk::core::FileMode::Private);
}

Result<PrintReport> FilePrinter::print(const PrintJob& job, const CancelToken& cancel) {
  KIOSK_CHECK(check_job(job, options_.dots_per_line));
  if (cancel.cancelled()) return PrintReport{PrintOutcome::Failed, PrinterCondition::Ok, "cancelled"};
  const Status written = write_job(job);
  if (!written.ok()) return PrintReport{PrintOutcome::Failed, PrinterCondition::Offline, written.error().describe()};
  return PrintReport{PrintOutcome::Printed, PrinterCondition::Ok, job.id};
}

}  // namespace drivers::printer
