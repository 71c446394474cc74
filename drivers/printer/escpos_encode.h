// ESC/POS bytes: what is sent to a printer. Sources of the forms: Epson's command reference, checked against the
// decoders named in README.md. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/printer/printer.h"

namespace drivers::printer::escpos {

using namespace std::string_view_literals;

// Real-time: acted upon as they arrive, whatever the printer is doing.
inline constexpr std::string_view kAskPrinter = "\x10\x04\x01"sv;  // DLE EOT 1
inline constexpr std::string_view kAskOffline = "\x10\x04\x02"sv;
inline constexpr std::string_view kAskError = "\x10\x04\x03"sv;
inline constexpr std::string_view kAskPaper = "\x10\x04\x04"sv;
inline constexpr std::string_view kRecover =
    "\x10\x05\x02"sv;  // DLE ENQ 2: out of a recoverable error, buffers cleared
// DLE DC4 8: throws away all that was received and not printed; answered with 37 25 00, offline too.
inline constexpr std::string_view kClear = "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"sv;

// In the stream: acted upon in their turn.
inline constexpr std::string_view kAskStatus = "\x1D\x72\x01"sv;  // GS r 1: paper
// ESC @, FS . (clones wake up in Chinese mode), GS a 0E: speak up about online, errors and paper.
inline constexpr std::string_view kPrologue = "\x1B\x40\x1C\x2E\x1D\x61\x0E"sv;
inline constexpr std::string_view kFeedAndCut = "\x1D\x56\x42\x00"sv;
inline constexpr std::string_view kFeedToTear = "\x1B\x64\x05"sv;

// GS ( H function 48: four bytes 30..39 that come back once all before them is on paper.
std::string ask_done(std::uint32_t process_id);
std::string process_id_text(std::uint32_t process_id);  // the last four decimal digits

// A page as raster commands, a strip each, that can be sent one after the other. No strip holds the beginning of a
// real-time command (10 04, 10 05, 10 14), which the printer would obey in the middle of a picture: rows are divided
// there, or, within a row, a lone dot is made two wide. `page` is 1 to 32767 dots wide.
std::vector<std::string> encode_page(const kiosk::core::Bitmap1& page, RasterCommand command, int strip_rows);

// Whether the bytes hold what a printer takes for a real-time command.
bool holds_realtime_command(std::string_view bytes);

// All that a job sends, for files and tests: prologue, strips, cuts, the request for the acknowledgement.
std::string encode_job(const PrintJob& job, const PrinterOptions& options, std::uint32_t process_id);

}  // namespace drivers::printer::escpos
