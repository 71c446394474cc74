#include "kiosk/app/calendar_files.h"

#include <set>

#include "kiosk/app/take_away.h"
#include "kiosk/core/check_code.h"
#include "kiosk/core/files.h"
#include "kiosk/receipts/icalendar.h"

namespace kiosk::app {
namespace {

constexpr std::string_view kEnding = ".ics";

bool is_ours(const std::filesystem::path& file) {
  return file.extension() == kEnding && core::parse_check_code(file.stem().string()).ok();
}

core::Status remove_others(const std::filesystem::path& folder, const std::set<std::string>& kept) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!is_ours(entry.path()) || kept.contains(entry.path().stem().string())) continue;
    std::filesystem::remove(entry.path(), error);
    if (error) return core::make_error(core::ErrorKind::Io, error.message(), entry.path().string());
  }
  if (error) return core::make_error(core::ErrorKind::Io, error.message(), folder.string());
  return {};
}

}  // namespace

core::Status CalendarFiles::write(const promises::Booking& booking) const {
  const text::Language& language = words_->in(settings_->kiosk.languages.front());
  // "changed" as the moment of issue: the same appointment is the same file, byte for byte.
  const receipts::Receipt receipt = booking_receipt(booking, nullptr, *settings_, language, booking.changed, 1);
  const bool cancelled = booking.state == promises::BookingState::Cancelled;
  KIOSK_TRY(const std::string text, receipts::to_icalendar(receipt, booking.id + "@civic-kiosk", cancelled ? 1 : 0));
  const std::filesystem::path file = settings_->receipts.calendar_folder / (booking.code + std::string(kEnding));
  const auto held = core::read_file(file, text.size() + 1);
  if (held.ok() && *held == text) return {};
  return core::write_file_atomically(file, text);
}

core::Status CalendarFiles::update() {
  const std::filesystem::path& folder = settings_->receipts.calendar_folder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return core::make_error(core::ErrorKind::Io, error.message(), folder.string());
  KIOSK_TRY(const std::vector<promises::Booking> coming, journal_->coming());
  core::Status done;
  std::set<std::string> kept;
  for (const promises::Booking& booking : coming) {
    kept.insert(booking.code);
    if (core::Status written = write(booking); !written.ok() && done.ok()) done = std::move(written);
  }
  core::Status removed = remove_others(folder, kept);
  return done.ok() ? removed : done;
}

}  // namespace kiosk::app
