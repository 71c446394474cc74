#include "drivers/printer/printer.h"

#include <algorithm>

#include "drivers/printer/escpos_printer.h"
#include "drivers/printer/file_printer.h"
#include "drivers/printer/job_check.h"

namespace drivers::printer {
namespace {

using kiosk::core::ErrorKind;
using kiosk::core::make_error;
using kiosk::core::Result;
using kiosk::core::Status;
using kiosk::work::CancelToken;

constexpr std::size_t kLongestId = 80;
constexpr int kLongestPage = 40'000;  // rows: 5 m at 8 dots a millimetre

class NoPrinter final : public Printer {
 public:
  explicit NoPrinter(const PrinterOptions& options) : dots_(options.dots_per_line), density_(options.dots_per_mm) {}
  Result<PrinterStatus> status(const CancelToken&) override {
    return PrinterStatus{PrinterCondition::Disconnected, "no printer is configured"};
  }
  Result<PrintReport> print(const PrintJob& job, const CancelToken&) override {
    KIOSK_CHECK(check_job(job, dots_));
    return PrintReport{PrintOutcome::Failed, PrinterCondition::Disconnected, "no printer is configured"};
  }
  int dots_per_line() const override { return dots_; }
  double dots_per_mm() const override { return density_; }

 private:
  int dots_;
  double density_;
};

bool is_id_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

Status check_number(bool good, const char* option) {
  if (good) return {};
  return make_error(ErrorKind::Invalid, "out of range", std::string("printer.") + option);
}

Status check_options(const PrinterOptions& o) {
  KIOSK_CHECK(check_number(o.dots_per_line >= 64 && o.dots_per_line <= 4096, "dots_per_line"));
  KIOSK_CHECK(check_number(o.dots_per_mm >= 4 && o.dots_per_mm <= 24, "dots_per_mm"));
  KIOSK_CHECK(check_number(o.strip_rows >= 1 && o.strip_rows <= 256, "strip_rows"));
  if (o.kind == PrinterKind::EscposTcp) {
    KIOSK_CHECK(check_number(o.port >= 1 && o.port <= 65535, "port"));
    KIOSK_CHECK(check_number(!o.host.empty() && o.host.size() <= 253, "host"));
  }
  if (o.kind == PrinterKind::File) KIOSK_CHECK(check_number(!o.directory.empty(), "directory"));
  for (const auto timeout : {o.connect_timeout, o.answer_timeout, o.stall_timeout, o.completion_timeout}) {
    KIOSK_CHECK(check_number(timeout.count() > 0 && timeout <= std::chrono::minutes(10), "timeouts"));
  }
  return {};
}

}  // namespace

std::string_view to_string(PrinterCondition condition) {
  switch (condition) {
    case PrinterCondition::Ok:
      return "ok";
    case PrinterCondition::NearEnd:
      return "near_end";
    case PrinterCondition::PaperOut:
      return "paper_out";
    case PrinterCondition::CoverOpen:
      return "cover_open";
    case PrinterCondition::CutterError:
      return "cutter_error";
    case PrinterCondition::Overheated:
      return "overheated";
    case PrinterCondition::Offline:
      return "offline";
    case PrinterCondition::Disconnected:
      return "disconnected";
    case PrinterCondition::Unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view to_string(PrintOutcome outcome) {
  switch (outcome) {
    case PrintOutcome::Printed:
      return "printed";
    case PrintOutcome::Failed:
      return "failed";
    case PrintOutcome::Unknown:
      return "unknown";
  }
  return "unknown";
}

bool can_print(PrinterCondition condition) {
  return condition == PrinterCondition::Ok || condition == PrinterCondition::NearEnd ||
         condition == PrinterCondition::Unknown;
}

Status check_job(const PrintJob& job, int dots_per_line) {
  const auto wrong = [](const char* what) { return make_error(ErrorKind::Invalid, what, "print job"); };
  if (job.id.empty() || job.id.size() > kLongestId || job.id.front() == '.' ||
      !std::all_of(job.id.begin(), job.id.end(), is_id_character)) {
    return wrong("its id is no plain file name");
  }
  if (job.pages.empty()) return wrong("it has no page");
  for (const kiosk::core::Bitmap1& page : job.pages) {
    if (page.width < 1 || page.height < 1 || page.height > kLongestPage)
      return wrong("a page has no size, or too much");
    if (page.width > dots_per_line) return wrong("a page is wider than the paper");
    if (page.bytes.size() != static_cast<std::size_t>(page.stride()) * static_cast<std::size_t>(page.height)) {
      return wrong("a page's bytes do not fit its size");
    }
  }
  return {};
}

Result<std::unique_ptr<Printer>> create_printer(PrinterOptions options) {
  KIOSK_CHECK(check_options(options));
  switch (options.kind) {
    case PrinterKind::EscposTcp:
      return std::unique_ptr<Printer>(std::make_unique<escpos::EscposPrinter>(std::move(options)));
    case PrinterKind::File:
      return std::unique_ptr<Printer>(std::make_unique<FilePrinter>(std::move(options)));
    case PrinterKind::None:
      break;
  }
  return std::unique_ptr<Printer>(std::make_unique<NoPrinter>(options));
}

}  // namespace drivers::printer
