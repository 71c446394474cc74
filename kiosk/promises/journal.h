// The journal of promises in kiosk.db: what residents were told will happen, step by step, and what was printed. One
// transaction a step, durable when the call returns. Nothing personal is in it to be read: of bookings, what a resident
// typed is never written; of reports it is sealed (seal.h), as the keys of holds and appointments are, and erased once
// it is of no use.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/promises/backend.h"
#include "kiosk/promises/booking.h"
#include "kiosk/promises/report.h"
#include "kiosk/promises/seal.h"
#include "kiosk/store/database.h"

namespace kiosk::promises {

enum class PrintState {
  Queued,  // written down; nothing was sent to the printer
  Sending,
  AwaitingAck,
  Printed,
  Failed,
  Unknown,
};
std::string_view to_string(PrintState state);

struct PrintRecord {
  std::string id;          // names the printer's job too
  std::string booking_id;  // empty: not of a booking
  int copy = 1;
  PrintState state = PrintState::Queued;
  std::string detail;  // for staff
  core::Instant created{}, changed{};
};

struct HistoryEntry {
  core::Instant at{};
  BookingState state = BookingState::Drafted;
  std::string note;  // for staff: the back end's or our code
};

struct ReportHistoryEntry {
  core::Instant at{};
  ReportState state = ReportState::Drafted;
  std::string note;  // as HistoryEntry's
};

// How often the number that a token stands for is asked for before it is left at "sent, number not known": about two
// days of tries.
inline constexpr int kMostTokenTries = 48;

// One connection: used on one worker at a time. Several journals of one file may be open (printing has its own).
class Journal {
 public:
  // Creates database and key file at the first start. Error Corrupt: the database is damaged, or its key is missing,
  // damaged or another's; Unsupported: a newer program's. In all these cases both files are left as they are, and the
  // kiosk makes no promises until staff have seen to it.
  static core::Result<std::unique_ptr<Journal>> open(const std::filesystem::path& database,
                                                     const std::filesystem::path& key_file, const core::Clock& clock);
  // A second connection to the same file, for another worker. It is not checked once more.
  core::Result<std::unique_ptr<Journal>> another() const;
  // Empties the write-ahead log of what was erased while somebody else was reading, or before a stop; nothing where
  // this connection knows that there is no such. False: a reader was in the way again, so it is to be called once more.
  bool finish_erasing();

  // --- bookings ---
  // Writes a new one down; `created` and `changed` are set. Refused where its id or code exists.
  core::Status add(Booking& booking);
  // One step from the state in which the caller found it: state, what else changed, a line of history and, where given,
  // the sealed handle; `changed` is set. A closed booking loses its handle in the same transaction; the one that a
  // confirmed booking replaces is giving_up. Refused: it is not in the state `from` any more, as another program took a
  // step. NotFound: no such booking.
  core::Status record(Booking& booking, BookingState from, const Handle* handle = nullptr);
  // NotFound.
  core::Result<Booking> find(const std::string& booking_id);
  // By the code on the receipt (core::parse_check_code): what a resident was told to be booked, or not known, or has
  // cancelled since, until a day after the appointment. NotFound.
  core::Result<Booking> find_by_code(const std::string& code);
  // NotFound where it has none, or none any more.
  core::Result<Handle> handle(const std::string& booking_id);
  // Those that are open or giving_up, oldest first.
  core::Result<std::vector<Booking>> open_bookings();
  // Those that stand in place of this one, or may do so as what became of them is open: Confirmed, Confirming or
  // Unknown; the newest first.
  core::Result<std::vector<Booking>> replacements(const std::string& booking_id);
  // Appointments that have not begun: Confirmed, and those Cancelled that were confirmed before.
  core::Result<std::vector<Booking>> coming();
  // The newest first, at most `limit`.
  core::Result<std::vector<Booking>> newest(std::size_t limit);
  core::Result<std::vector<HistoryEntry>> history(const std::string& booking_id);
  // Looks which appointments have begun, and erases the handles of those that had begun at a look `life` before this
  // one too, and at all between: a clock that is wrong for a while costs nobody a key. Returns how many.
  core::Result<std::size_t> erase_handles(core::Milliseconds life);

  // --- reports ---
  // Writes a new one down with its content; `created` and `changed` are set. Refused where its id, reference or code
  // exists; Invalid: the content is beyond 60,000 bytes.
  core::Status add(Report& report, const ReportContent& content);
  // One step from the state in which the caller found it: state, what else changed and a line of history; `changed` is
  // set. A closed report loses its content in the same transaction; with Erase an open one does too. Refused: it is not
  // in the state `from` any more, as another program took a step.
  enum class ContentFate { ByState, Erase };
  core::Status record(Report& report, ReportState from, ContentFate fate = ContentFate::ByState);
  // NotFound.
  core::Result<Report> find_report(const std::string& report_id);
  core::Result<Report> find_report_by_code(const std::string& code);
  // NotFound where it is erased.
  core::Result<ReportContent> content(const std::string& report_id);
  core::Result<bool> has_content(const std::string& report_id);
  // Those that are open, and those sent whose number is still asked for, in the order of writing.
  core::Result<std::vector<Report>> open_reports();
  // The newest first, at most `limit`.
  core::Result<std::vector<Report>> newest_reports(std::size_t limit);
  core::Result<std::vector<ReportHistoryEntry>> report_history(const std::string& report_id);

  // --- when to try again, for recover() ---
  struct Tries {
    int count = 0;
    core::Instant next{};
  };
  core::Result<Tries> report_tries(const std::string& report_id);
  core::Status set_report_tries(const std::string& report_id, const Tries& tries);
  core::Result<Tries> tries(const std::string& booking_id);
  core::Status set_tries(const std::string& booking_id, const Tries& tries);

  // --- printing ---
  // Written before the first byte goes to the printer. Refused where the id exists.
  core::Status add_print(PrintRecord& record);
  core::Status advance_print(const std::string& id, PrintState state, const std::string& detail = {});
  core::Result<std::vector<PrintRecord>> prints_of(const std::string& booking_id);
  // After a start: jobs that were under way become Unknown, those that never began Failed. Returns how many.
  core::Result<std::size_t> close_prints();

 private:
  Journal(std::filesystem::path path, store::Database database, SealingKey key, const core::Clock& clock)
      : path_(std::move(path)), database_(std::move(database)), key_(std::move(key)), clock_(clock) {}
  static core::Result<store::Database> connect(const std::filesystem::path& path);
  core::Status check_code_free(const std::string& code);
  core::Status add_history(const Booking& booking);
  core::Status add_history(const Report& report);
  core::Error not_taken(const Booking& booking, BookingState from);
  core::Status note_begun(std::int64_t now);
  core::Status give_up_replaced(const Booking& booking);
  core::Result<std::vector<Booking>> select(const std::string& condition,
                                            const std::variant<std::int64_t, std::string>& parameter);
  core::Result<std::vector<Report>> select_reports(const std::string& condition,
                                                   const std::variant<std::int64_t, std::string>& parameter);
  bool erase_from_log();

  std::filesystem::path path_;
  store::Database database_;
  SealingKey key_;
  const core::Clock& clock_;
  bool log_holds_erased_ = true;  // until it was emptied once: an earlier run may have stopped before it did
};

}  // namespace kiosk::promises
