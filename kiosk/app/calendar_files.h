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
  CalendarFiles(std::shared_ptr<const settings::Settings> settings, std::shared_ptr<const text::Words> words)
      : settings_(std::move(settings)), words_(std::move(words)) {}
  bool wanted() const { return !settings_->receipts.calendar_folder.empty(); }
  // Has the folder say what the journal says: a file for each confirmed appointment to come, one with STATUS:CANCELLED
  // for each that was cancelled. Those that have begun, and any other <code>.ics, are removed; whatever else is there
  // is left alone. What is right already is not written again. Error: Io, at the first that can't be written.
  core::Status update(promises::Journal& journal) const;

 private:
  core::Status write(const promises::Booking& booking) const;

  std::shared_ptr<const settings::Settings> settings_;
  std::shared_ptr<const text::Words> words_;
};

}  // namespace kiosk::app
