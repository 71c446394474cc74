#include "drivers/printer/escpos_encode.h"

#include <algorithm>
#include <cstdio>

namespace drivers::printer::escpos {
namespace {

using kiosk::core::Bitmap1;

// Of the 16-bit length in GS ( L, less its own parameters.
constexpr std::size_t kMostStripBytes = 65'000;

std::string low_high(std::size_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>((value >> 8) & 0xFF)};
}

std::size_t find_realtime(std::string_view bytes, std::size_t from = 0) {
  for (std::size_t at = from; at + 1 < bytes.size(); at++) {
    if (bytes[at] != '\x10') continue;
    if (bytes[at + 1] == '\x04' || bytes[at + 1] == '\x05' || bytes[at + 1] == '\x14') return at;
  }
  return std::string_view::npos;
}

// The page's rows as bytes, with nothing set beyond its width and no real-time command within a row. 10 hex is a lone
// black dot; 18 hex has a neighbour, and is no DLE any more.
std::string safe_rows(const Bitmap1& page) {
  const auto stride = static_cast<std::size_t>(page.stride());
  std::string rows(page.bytes.begin(), page.bytes.begin() + static_cast<std::ptrdiff_t>(stride) * page.height);
  const int spare_bits = page.stride() * 8 - page.width;
  for (int y = 0; y < page.height; y++) {
    char* row = rows.data() + static_cast<std::size_t>(y) * stride;
    row[stride - 1] = static_cast<char>(static_cast<unsigned char>(row[stride - 1]) & (0xFF << spare_bits));
    const std::string_view view(row, stride);
    for (std::size_t at = find_realtime(view); at != std::string_view::npos; at = find_realtime(view, at + 1)) {
      row[at] = '\x18';
    }
  }
  return rows;
}

std::string encode_strip(std::string_view rows, int width, std::size_t stride, RasterCommand command) {
  const std::size_t height = rows.size() / stride;
  std::string out;
  if (command == RasterCommand::GsV0) {
    out = "\x1D\x76\x30\x00"sv;
    out += low_high(stride) + low_high(height);
    return out.append(rows);
  }
  // The width in dots is that of whole bytes, so that it says the same as the rows.
  const std::size_t dots = std::min<std::size_t>(stride * 8, static_cast<std::size_t>(width + 7) / 8 * 8);
  out = "\x1D\x28\x4C"sv;
  out += low_high(rows.size() + 10) + "\x30\x70\x30\x01\x01\x31" + low_high(dots) + low_high(height);
  out.append(rows);
  return out.append("\x1D\x28\x4C\x02\x00\x30\x32"sv);
}

// Rows from the front that can go into one strip.
std::size_t rows_that_fit(std::string_view rows, std::size_t stride, std::size_t most) {
  const std::size_t count = std::min(most, rows.size() / stride);
  for (std::size_t row = 1; row < count; row++) {
    if (find_realtime(rows.substr(row * stride - 1, 2)) == 0) return row;
  }
  return count;
}

}  // namespace

std::string process_id_text(std::uint32_t process_id) {
  char text[8];
  std::snprintf(text, sizeof text, "%04u", static_cast<unsigned>(process_id % 10000));
  return text;
}

std::string ask_done(std::uint32_t process_id) {
  return std::string("\x1D\x28\x48\x06\x00\x30\x30"sv) + process_id_text(process_id);
}

bool holds_realtime_command(std::string_view bytes) { return find_realtime(bytes) != std::string_view::npos; }

std::vector<std::string> encode_page(const Bitmap1& page, RasterCommand command, int strip_rows) {
  const auto stride = static_cast<std::size_t>(page.stride());
  const std::string rows = safe_rows(page);
  const std::size_t most = std::clamp<std::size_t>(kMostStripBytes / stride, 1, static_cast<std::size_t>(strip_rows));
  std::vector<std::string> strips;
  for (std::string_view rest = rows; !rest.empty();) {
    std::size_t count = rows_that_fit(rest, stride, most);
    std::string strip = encode_strip(rest.substr(0, count * stride), page.width, stride, command);
    // What is left can only be in the head, where the numbers of rows and bytes stand.
    while (count > 1 && holds_realtime_command(strip)) {
      count--;
      strip = encode_strip(rest.substr(0, count * stride), page.width, stride, command);
    }
    strips.push_back(std::move(strip));
    rest.remove_prefix(count * stride);
  }
  return strips;
}

std::string encode_job(const PrintJob& job, const PrinterOptions& options, std::uint32_t process_id) {
  std::string out(kPrologue);
  for (const Bitmap1& page : job.pages) {
    for (const std::string& strip : encode_page(page, options.raster, options.strip_rows)) out += strip;
    out += job.cut ? kFeedAndCut : kFeedToTear;
  }
  if (options.completion == Completion::ProcessId) out += ask_done(process_id);
  if (options.completion == Completion::StatusReply) out += kAskStatus;
  return out;
}

}  // namespace drivers::printer::escpos
