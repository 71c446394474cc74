// A receipt printer: what it says of itself, and printing a job of pages with an honest outcome.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"
#include "kiosk/work/cancel.h"

namespace drivers::printer {

enum class PrinterCondition {
  Ok,
  NearEnd,  // prints; the roll is nearly empty
  PaperOut,
  CoverOpen,
  CutterError,
  Overheated,    // recovers by itself
  Offline,       // reached, but it doesn't print: switched offline, broken, or silent
  Disconnected,  // not reached, or there is none
  Unknown,       // this printer can't say
};
// Stable lower-case name, for logs and commands: "paper_out".
std::string_view to_string(PrinterCondition condition);
// Whether a receipt may be offered on paper.
bool can_print(PrinterCondition condition);

struct PrinterStatus {
  PrinterCondition condition = PrinterCondition::Unknown;
  std::string detail;  // for staff: the printer's own bytes, or why it wasn't reached
};

struct PrintJob {
  std::string id;  // 1..80 of A-Z a-z 0-9 . _ -; names files. Never anything personal
  std::vector<kiosk::core::Bitmap1> pages;
  bool cut = true;  // after each page; otherwise fed out far enough to tear
};

enum class PrintOutcome {
  Printed,  // the printer acknowledged the end of the job
  Failed,   // no usable receipt left it, nor will one later: safe to print again
  Unknown,  // it may have come out: ask the resident before printing again
};
std::string_view to_string(PrintOutcome outcome);

struct PrintReport {
  PrintOutcome outcome = PrintOutcome::Failed;
  PrinterCondition condition = PrinterCondition::Unknown;  // as last known
  std::string detail;                                      // for staff
};

// Blocking, for one worker at a time, never the UI thread. Every call ends within its deadlines, whatever the printer
// does, and soon after `cancel`.
class Printer {
 public:
  virtual ~Printer() = default;
  // Asks now. A printer that can't be reached is an answer (Disconnected), not an error.
  virtual kiosk::core::Result<PrinterStatus> status(const kiosk::work::CancelToken& cancel) = 0;
  // Errors: Invalid (the job: no page, a page too wide or empty, a bad id) and nothing else; all that goes wrong
  // with the printer is a report.
  virtual kiosk::core::Result<PrintReport> print(const PrintJob& job, const kiosk::work::CancelToken& cancel) = 0;
  virtual int dots_per_line() const = 0;  // widest page, dots
  virtual double dots_per_mm() const = 0;
};

enum class PrinterKind { None, EscposTcp, File };
enum class RasterCommand {
  GsV0,      // GS v 0: nearly every printer
  GraphicsL  // GS ( L functions 112 and 50: Epson's present form
};
enum class Completion {
  ProcessId,    // GS ( H function 48: answered when printing is complete (Epson TM-T20 and later)
  StatusReply,  // GS r 1 after the job: answered when the job was read to its end and there is paper
  None,         // the printer never answers anything: outcomes are Unknown at best
};

struct PrinterOptions {
  PrinterKind kind = PrinterKind::None;
  std::string host = "127.0.0.1";   // EscposTcp: name or address
  int port = 9100;                  // 1..65535
  std::filesystem::path directory;  // File: created where missing
  int dots_per_line = 576;          // 64..4096
  double dots_per_mm = 8.0;         // 4..24
  RasterCommand raster = RasterCommand::GsV0;
  Completion completion = Completion::ProcessId;
  int strip_rows = 128;  // 1..256: rows sent before the printer is heard again
  kiosk::core::Milliseconds connect_timeout{3'000};
  kiosk::core::Milliseconds answer_timeout{1'500};       // of a real-time request
  kiosk::core::Milliseconds stall_timeout{8'000};        // the printer takes not one byte
  kiosk::core::Milliseconds completion_timeout{15'000};  // from the last byte to the acknowledgement
};

// Touches nothing yet. None gives a printer that is never there. Error Invalid names the option that is out of range.
kiosk::core::Result<std::unique_ptr<Printer>> create_printer(PrinterOptions options);

}  // namespace drivers::printer
