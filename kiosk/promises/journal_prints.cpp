// What was printed, step by step: queued → sending → awaiting_ack → printed | failed | unknown.
#include <array>
#include <utility>

#include "kiosk/promises/journal.h"
#include "kiosk/promises/journal_parts.h"
#include "kiosk/store/query.h"
#include "kiosk/store/transaction.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;

constexpr std::array<std::pair<PrintState, std::string_view>, 6> kNames{{
    {PrintState::Queued, "queued"},
    {PrintState::Sending, "sending"},
    {PrintState::AwaitingAck, "awaiting_ack"},
    {PrintState::Printed, "printed"},
    {PrintState::Failed, "failed"},
    {PrintState::Unknown, "unknown"},
}};

PrintState print_state(std::string_view name) {
  for (const auto& [state, known] : kNames) {
    if (known == name) return state;
  }
  return PrintState::Unknown;
}

}  // namespace

std::string_view to_string(PrintState state) {
  for (const auto& [known, name] : kNames) {
    if (known == state) return name;
  }
  return "";
}

Status Journal::add_print(PrintRecord& record) {
  record.created = record.changed = clock_.now();
  return store::execute(database_,
                        "INSERT INTO print_job (id, booking_id, copy, state, detail, created, changed) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
                        record.id, record.booking_id, record.copy, to_string(record.state), record.detail,
                        to_ms(record.created));
}

Status Journal::advance_print(const std::string& id, PrintState state, const std::string& detail) {
  KIOSK_CHECK(store::execute(database_, "UPDATE print_job SET state = ?2, detail = ?3, changed = ?4 WHERE id = ?1", id,
                             to_string(state), detail, to_ms(clock_.now())));
  if (database_.changes() != 1) return make_error(ErrorKind::NotFound, "no such print job", id);
  return {};
}

Result<std::vector<PrintRecord>> Journal::prints_of(const std::string& booking_id) {
  std::vector<PrintRecord> records;
  KIOSK_CHECK(store::for_each_row(
      database_,
      "SELECT id, booking_id, copy, state, detail, created, changed FROM print_job WHERE booking_id = ?1 "
      "ORDER BY created, rowid",
      [&](const store::Statement& row) {
        records.push_back({row.text(0), row.text(1), row.get<int>(2), print_state(row.text_view(3)), row.text(4),
                           from_ms(row.integer(5)), from_ms(row.integer(6))});
      },
      booking_id));
  return records;
}

Result<std::size_t> Journal::close_prints() {
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(store::execute(database_,
                             "UPDATE print_job SET state = 'failed', detail = 'never begun', changed = ?1 "
                             "WHERE state = 'queued'",
                             to_ms(clock_.now())));
  std::int64_t closed = database_.changes();
  KIOSK_CHECK(store::execute(database_,
                             "UPDATE print_job SET state = 'unknown', detail = 'the kiosk stopped', changed = ?1 "
                             "WHERE state IN ('sending', 'awaiting_ack')",
                             to_ms(clock_.now())));
  closed += database_.changes();
  KIOSK_CHECK(transaction.commit());
  return static_cast<std::size_t>(closed);
}

}  // namespace kiosk::promises
