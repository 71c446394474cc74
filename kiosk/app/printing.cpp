#include "kiosk/app/printing.h"

#include "kiosk/core/log.h"
#include "kiosk/receipts/receipt_layout.h"

namespace kiosk::app {

namespace printer = drivers::printer;

namespace {

// 16 hexadecimal digits that no other job has.
std::string new_job_id() {
  std::uint8_t bytes[8];
  promises::secure_random(bytes, sizeof bytes);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string id;
  for (const std::uint8_t byte : bytes) {
    id += kDigits[byte >> 4];
    id += kDigits[byte & 15];
  }
  return id;
}

promises::PrintState state_of(printer::PrintOutcome outcome) {
  switch (outcome) {
    case printer::PrintOutcome::Printed:
      return promises::PrintState::Printed;
    case printer::PrintOutcome::Failed:
      return promises::PrintState::Failed;
    case printer::PrintOutcome::Unknown:
      break;
  }
  return promises::PrintState::Unknown;
}

}  // namespace

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

Printing::Printing(const settings::PrinterSection& settings, std::unique_ptr<printer::Printer> device,
                   std::unique_ptr<promises::Journal> journal)
    : settings_(settings), printer_(std::move(device)), journal_(std::move(journal)) {}

core::Result<std::unique_ptr<Printing>> Printing::create(const settings::PrinterSection& settings,
                                                         const DataFiles& files, const core::Clock& clock) {
  KIOSK_TRY(auto device, printer::create_printer(printer_options(settings)));
  auto journal = promises::Journal::open(files.kiosk_db, files.key, clock);
  std::unique_ptr<promises::Journal> usable;
  if (journal.ok()) usable = std::move(journal).value();
  if (usable) {
    if (const auto closed = usable->close_prints(); !closed.ok())
      core::log_warning("printing.journal", {{"error", closed.error()}});
  }
  return std::unique_ptr<Printing>(new Printing(settings, std::move(device), std::move(usable)));
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

void Printing::note(const std::string& job, promises::PrintState state, const std::string& detail) {
  if (!journal_) return;
  const core::Status noted = journal_->advance_print(job, state, detail);
  if (!noted.ok()) core::log_warning("printing.journal", {{"job", job}, {"error", noted.error()}});
}

core::Result<printer::PrintReport> Printing::print_report(const std::string& booking, const receipts::Receipt& receipt,
                                                          const text::Language& language, bool large,
                                                          const work::CancelToken& cancel) {
  KIOSK_TRY(core::Bitmap1 page, lay_out(receipt, language, large));
  promises::PrintRecord record;
  record.id = new_job_id();
  record.booking_id = booking;
  record.copy = receipt.copy;
  if (journal_) {
    if (const core::Status added = journal_->add_print(record); !added.ok())
      core::log_warning("printing.journal", {{"error", added.error()}});
  }
  printer::PrintJob job;
  job.id = record.id;
  job.pages.push_back(std::move(page));
  note(job.id, promises::PrintState::Sending, {});
  auto report = printer_->print(job, cancel);
  engine_->forget();  // receipts are personal
  if (!report.ok()) {
    note(job.id, promises::PrintState::Failed, report.error().what);
    return report;
  }
  note(job.id, state_of(report->outcome), report->detail);
  core::log_info("printing.done", {{"job", job.id},
                                   {"outcome", printer::to_string(report->outcome)},
                                   {"condition", printer::to_string(report->condition)}});
  return report;
}

visit::PrintState Printing::print(const std::string& booking, const receipts::Receipt& receipt,
                                  const text::Language& language, bool large, const work::CancelToken& cancel) {
  const auto report = print_report(booking, receipt, language, large, cancel);
  if (!report.ok()) {
    core::log_error("printing.not_possible", {{"error", report.error()}});
    return visit::PrintState::Failed;
  }
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
