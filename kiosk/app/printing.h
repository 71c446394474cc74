// Receipts onto paper: laid out and printed on a worker of their own, the outcome acknowledged or unknown.
#pragma once

#include <functional>
#include <memory>

#include "drivers/printer/printer.h"
#include "kiosk/app/places_on_disk.h"
#include "kiosk/promises/journal.h"
#include "kiosk/receipts/receipt.h"
#include "kiosk/settings/settings.h"
#include "kiosk/text/layout.h"
#include "kiosk/text/words.h"
#include "kiosk/visit/state.h"

namespace kiosk::app {

// The drivers' options as the site configures them.
drivers::printer::PrinterOptions printer_options(const settings::PrinterSection& settings);

// One thread at a time; the text engine is made on the first print, on the thread that prints. Each job is in the
// journal before its first byte leaves; without a usable journal it is printed all the same: paper promises nothing by
// itself.
class Printing {
 public:
  static core::Result<std::unique_ptr<Printing>> create(const settings::PrinterSection& settings,
                                                        const DataFiles& files, const core::Clock& clock);

  bool ready(const work::CancelToken& cancel);  // asks the printer now
  drivers::printer::PrinterStatus status(const work::CancelToken& cancel);
  // Lays out at the printer's width and prints. `booking`: id of the promise that the paper tells of, or empty. A
  // receipt whose link can't fit the paper is printed without its QR.
  visit::PrintState print(const std::string& booking, const receipts::Receipt& receipt, const text::Language& language,
                          bool large, const work::CancelToken& cancel);
  core::Result<drivers::printer::PrintReport> print_report(const std::string& booking, const receipts::Receipt& receipt,
                                                           const text::Language& language, bool large,
                                                           const work::CancelToken& cancel);

 private:
  Printing(const settings::PrinterSection& settings, std::unique_ptr<drivers::printer::Printer> printer,
           std::unique_ptr<promises::Journal> journal);
  core::Result<core::Bitmap1> lay_out(const receipts::Receipt& receipt, const text::Language& language, bool large);
  void note(const std::string& job, promises::PrintState state, const std::string& detail);

  settings::PrinterSection settings_;
  std::unique_ptr<drivers::printer::Printer> printer_;
  std::unique_ptr<promises::Journal> journal_;  // a connection of its own; null without a usable journal
  std::unique_ptr<text::TextEngine> engine_;
};

}  // namespace kiosk::app
