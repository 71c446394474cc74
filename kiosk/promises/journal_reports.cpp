// Reports, step by step. What a resident said lies sealed beside them, until the report is closed.
#include "kiosk/promises/journal.h"
#include "kiosk/promises/journal_parts.h"
#include "kiosk/promises/report_content.h"
#include "kiosk/store/query.h"
#include "kiosk/store/transaction.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;

constexpr const char* kColumns =
    "id, state, backend, type_code, type_name, reference, code, request_id, token, notice, problem, sent, created, "
    "changed";
constexpr std::size_t kLongestContent = 60'000;  // what seal.h opens again, with some room

std::string content_purpose(const std::string& report_id) { return report_id + "/content"; }

std::optional<std::int64_t> sent_ms(const Report& report) {
  if (!report.sent) return std::nullopt;
  return to_ms(*report.sent);
}

Result<Report> read_report(const store::Statement& row) {
  Report report;
  report.id = row.text(0);
  const std::optional<ReportState> state = report_state(row.text_view(1));
  if (!state) return make_error(ErrorKind::Corrupt, "unknown report state", "journal");
  report.state = *state;
  report.target = {row.text(2), row.text(3)};
  report.type_name = row.text(4);
  report.reference = row.text(5);
  report.code = row.text(6);
  report.request_id = row.text(7);
  report.token = row.text(8);
  report.notice = row.text(9);
  report.problem = row.text(10);
  if (const auto sent = row.optional_integer(11)) report.sent = from_ms(*sent);
  report.created = from_ms(row.integer(12));
  report.changed = from_ms(row.integer(13));
  return report;
}

}  // namespace

Status Journal::add_history(const Report& report) {
  return store::execute(database_, "INSERT INTO report_history (report_id, at, state, note) VALUES (?1, ?2, ?3, ?4)",
                        report.id, to_ms(report.changed), to_string(report.state), report.problem);
}

Status Journal::add(Report& report, const ReportContent& content) {
  const core::SecretText text = content_text(content);
  if (text.size() > kLongestContent) return make_error(ErrorKind::Invalid, "too long to be kept", report.id);
  report.created = report.changed = clock_.now();
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(check_code_free(report.code));
  KIOSK_CHECK(store::execute(
      database_,
      "INSERT INTO report (id, state, backend, type_code, type_name, reference, code, request_id, token, notice, "
      "problem, sent, created, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)",
      report.id, to_string(report.state), report.target.backend, report.target.type_code, report.type_name,
      report.reference, report.code, report.request_id, report.token, report.notice, report.problem, sent_ms(report),
      to_ms(report.created)));
  KIOSK_CHECK(store::execute(database_, "INSERT INTO sealed (purpose, box) VALUES (?1, ?2)", content_purpose(report.id),
                             key_.seal(content_purpose(report.id), text)));
  KIOSK_CHECK(add_history(report));
  return transaction.commit();
}

Status Journal::record(Report& report, ReportState from, ContentFate fate) {
  report.changed = clock_.now();
  const bool erase = fate == ContentFate::Erase || !is_open(report.state);
  KIOSK_TRY(store::Transaction transaction, store::Transaction::begin(database_));
  KIOSK_CHECK(store::execute(database_,
                             "UPDATE report SET state = ?2, request_id = ?3, token = ?4, notice = ?5, problem = ?6, "
                             "sent = ?7, changed = ?8 WHERE id = ?1 AND state = ?9",
                             report.id, to_string(report.state), report.request_id, report.token, report.notice,
                             report.problem, sent_ms(report), to_ms(report.changed), to_string(from)));
  if (database_.changes() != 1) {
    return make_error(ErrorKind::Refused, "the report is not " + std::string(to_string(from)) + " any more", report.id);
  }
  KIOSK_CHECK(add_history(report));
  bool erased = false;
  if (erase) {
    KIOSK_CHECK(store::execute(database_, "DELETE FROM sealed WHERE purpose = ?1", content_purpose(report.id)));
    erased = database_.changes() > 0;
  }
  KIOSK_CHECK(transaction.commit());
  if (erased) erase_from_log();
  return {};
}

Result<std::vector<Report>> Journal::select_reports(const std::string& condition,
                                                    const std::variant<std::int64_t, std::string>& parameter) {
  std::vector<Report> reports;
  KIOSK_TRY(store::Statement statement,
            database_.prepare(std::string("SELECT ") + kColumns + " FROM report " + condition));
  std::visit([&](const auto& value) { statement.bind(1, value); }, parameter);
  for (;;) {
    KIOSK_TRY(const bool more, statement.step());
    if (!more) return reports;
    KIOSK_TRY(Report report, read_report(statement));
    reports.push_back(std::move(report));
  }
}

Result<Report> Journal::find_report(const std::string& report_id) {
  KIOSK_TRY(std::vector<Report> found, select_reports("WHERE id = ?1", report_id));
  if (found.empty()) return make_error(ErrorKind::NotFound, "no such report", report_id);
  return std::move(found.front());
}

Result<Report> Journal::find_report_by_code(const std::string& code) {
  KIOSK_TRY(std::vector<Report> found, select_reports("WHERE code = ?1", code));
  if (found.empty()) return make_error(ErrorKind::NotFound, "no report of this code");
  return std::move(found.front());
}

Result<ReportContent> Journal::content(const std::string& report_id) {
  KIOSK_TRY(const auto box, store::query_one<store::Bytes>(database_, "SELECT box FROM sealed WHERE purpose = ?1",
                                                           content_purpose(report_id)));
  if (!box) return make_error(ErrorKind::NotFound, "no content of this report", report_id);
  KIOSK_TRY(const core::SecretText text, key_.open(content_purpose(report_id), *box));
  return parse_content(text);
}

Result<bool> Journal::has_content(const std::string& report_id) {
  KIOSK_TRY(const auto found, store::query_one<std::int64_t>(database_, "SELECT 1 FROM sealed WHERE purpose = ?1",
                                                             content_purpose(report_id)));
  return found.has_value();
}

// In the order of writing: `created` is of a clock that may have been set back.
Result<std::vector<Report>> Journal::open_reports() {
  return select_reports(
      "WHERE rowid IN (SELECT rowid FROM report WHERE state IN ('drafted', 'queued', 'sending', 'unknown') UNION ALL "
      "SELECT rowid FROM report WHERE state = 'sent' AND request_id = '' AND token <> '' AND tries < ?1) "
      "ORDER BY rowid",
      std::int64_t{kMostTokenTries});
}

Result<std::vector<Report>> Journal::newest_reports(std::size_t limit) {
  return select_reports("ORDER BY rowid DESC LIMIT ?1", static_cast<std::int64_t>(limit));
}

Result<std::vector<ReportHistoryEntry>> Journal::report_history(const std::string& report_id) {
  std::vector<ReportHistoryEntry> entries;
  KIOSK_CHECK(store::for_each_row(
      database_, "SELECT at, state, note FROM report_history WHERE report_id = ?1 ORDER BY id",
      [&](const store::Statement& row) {
        entries.push_back(
            {from_ms(row.integer(0)), report_state(row.text_view(1)).value_or(ReportState::Unknown), row.text(2)});
      },
      report_id));
  return entries;
}

Result<Journal::Tries> Journal::report_tries(const std::string& report_id) {
  KIOSK_TRY(const auto row, (store::query_row<int, std::int64_t>(
                                database_, "SELECT tries, next_try FROM report WHERE id = ?1", report_id)));
  if (!row) return make_error(ErrorKind::NotFound, "no such report", report_id);
  return Tries{std::get<0>(*row), from_ms(std::get<1>(*row))};
}

Status Journal::set_report_tries(const std::string& report_id, const Tries& tries) {
  return store::execute(database_, "UPDATE report SET tries = ?2, next_try = ?3 WHERE id = ?1", report_id, tries.count,
                        to_ms(tries.next));
}

}  // namespace kiosk::promises
