#include "kiosk/visit/page.h"

namespace kiosk::visit {

bool is_report(SorryReason reason) {
  return reason == SorryReason::ReportUnavailable || reason == SorryReason::ReportGone ||
         reason == SorryReason::ReportJournal;
}

std::string_view word_stem(SorryReason reason) {
  switch (reason) {
    case SorryReason::BookingUnavailable:
      return "sorry.unavailable";
    case SorryReason::BookingClosed:
      return "sorry.closed";
    case SorryReason::HoldExpired:
      return "sorry.expired";
    case SorryReason::BookingRefused:
      return "sorry.refused";
    case SorryReason::BookingUnknown:
      return "sorry.unknown";
    case SorryReason::JournalUnavailable:
      return "sorry.journal";
    case SorryReason::ServiceGone:
      return "sorry.gone";
    case SorryReason::SearchUnavailable:
      return "sorry.search";
    case SorryReason::ReportUnavailable:
      return "sorry.report_unavailable";
    case SorryReason::ReportGone:
      return "sorry.report_gone";
    case SorryReason::ReportJournal:
      return "sorry.report_journal";
  }
  return "sorry.unavailable";
}

}  // namespace kiosk::visit
