#include "kiosk/app/printing.h"

#include "kiosk/core/log.h"
#include "kiosk/receipts/receipt_layout.h"

namespace kiosk::app {

namespace printer = drivers::printer;

printer::PrinterOptions printer_options(const settings::PrinterSection& settings) {
  printer::PrinterOptions options;
  switch (settings.kind) {
    case settings::PrinterKind::None:
      options.kind = printer::PrinterKind::None;
      break;
    case settings::PrinterKind::EscposTcp:
      options.kind = printer::PrinterKind::EscposTcp;
      break;
    case settings::PrinterKind::File:
      options.kind = printer::PrinterKind::File;
      break;
  }
  options.host = settings.host;
  options.port = settings.port;
  options.directory = settings.directory;
  options.dots_per_line = settings.dots_per_line;
  options.dots_per_mm = settings.dots_per_mm;
  return options;
}

Printing::Printing(const settings::PrinterSection& settings, std::unique_ptr<printer::Printer> device)
    : settings_(settings), printer_(std::move(device)) {}

core::Result<std::unique_ptr<Printing>> Printing::create(const settings::PrinterSection& settings) {
  KIOSK_TRY(auto device, printer::create_printer(printer_options(settings)));
  return std::unique_ptr<Printing>(new Printing(settings, std::move(device)));
}

printer::PrinterStatus Printing::status(const work::CancelToken& cancel) {
  auto status = printer_->status(cancel);
  if (status.ok()) return *status;
  return {printer::PrinterCondition::Unknown, status.error().describe()};
}

bool Printing::ready(const work::CancelToken& cancel) { return printer::can_print(status(cancel).condition); }

core::Result<core::Bitmap1> Printing::lay_out(const receipts::Receipt& receipt, const text::Language& language,
                                              bool large) {
  if (!engine_) {
    KIOSK_TRY(engine_, text::TextEngine::create());
  }
  receipts::PaperFormat format;
  format.width_dots = printer_->dots_per_line();
  format.dots_per_mm = printer_->dots_per_mm();
  format.large_print = large || settings_.large_print;
  auto page = receipts::layout_receipt(receipt, language, format, *engine_);
  if (page.ok() || page.error().kind != core::ErrorKind::Full) return page;
  receipts::Receipt without_link = receipt;
  without_link.link.clear();
  return receipts::layout_receipt(without_link, language, format, *engine_);
}

core::Result<printer::PrintReport> Printing::print_report(const std::string& job, const receipts::Receipt& receipt,
                                                          const text::Language& language, bool large,
                                                          const work::CancelToken& cancel) {
  KIOSK_TRY(core::Bitmap1 page, lay_out(receipt, language, large));
  printer::PrintJob print_job;
  print_job.id = job;
  print_job.pages.push_back(std::move(page));
  auto report = printer_->print(print_job, cancel);
  if (engine_) engine_->forget();  // receipts are personal
  return report;
}

visit::PrintState Printing::print(const std::string& job, const receipts::Receipt& receipt,
                                  const text::Language& language, bool large, const work::CancelToken& cancel) {
  const auto report = print_report(job, receipt, language, large, cancel);
  if (!report.ok()) {
    core::log_error("printing.not_possible", {{"job", job}, {"error", report.error()}});
    return visit::PrintState::Failed;
  }
  core::log_info("printing.done", {{"job", job},
                                {"outcome", printer::to_string(report->outcome)},
                                {"condition", printer::to_string(report->condition)}});
  switch (report->outcome) {
    case printer::PrintOutcome::Printed:
      return visit::PrintState::Printed;
    case printer::PrintOutcome::Failed:
      return visit::PrintState::Failed;
    case printer::PrintOutcome::Unknown:
      break;
  }
  return visit::PrintState::Unknown;
}

}  // namespace kiosk::app
