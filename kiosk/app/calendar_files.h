// Appointments as calendar files for the receipt's landing address. Where [receipts] calendar_folder is set, that
// folder, this kiosk's own, holds <code>.ics for each appointment to come; the site serves it, or a copy of it, beside
// manage_url. Nothing personal is in them: what, where and when, as on the paper.
#pragma once

#include <memory>

#include "kiosk/promises/journal.h"
#include "kiosk/settings/settings.h"
#include "kiosk/text/words.h"

namespace kiosk::app {

// Threads: one at a time.
class CalendarFiles {
 public:
  // Of a site with a calendar_folder. `journal`: a connection of its own.
  CalendarFiles(std::shared_ptr<const settings::Settings> settings, std::shared_ptr<const text::Words> words,
                std::unique_ptr<promises::Journal> journal)
      : settings_(std::move(settings)), words_(std::move(words)), journal_(std::move(journal)) {}
  // Has the folder say what the journal says: a file for each confirmed appointment to come, one with STATUS:CANCELLED
  // for each that was cancelled. Those that have begun, and any other <code>.ics, are removed; whatever else is there
  // is left alone. What is right already is not written again, and what can't be written keeps nothing else from being
  // so. Error: the first, of kind Io.
  core::Status update();

 private:
  core::Status write(const promises::Booking& booking) const;

  std::shared_ptr<const settings::Settings> settings_;
  std::shared_ptr<const text::Words> words_;
  std::unique_ptr<promises::Journal> journal_;
};

}  // namespace kiosk::app
