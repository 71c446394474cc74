#include "kiosk/promises/report_desk.h"

#include "kiosk/core/log.h"
#include "kiosk/promises/desk_parts.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using work::CancelToken;

namespace {

constexpr int kMostOlder = 3;  // that a resident waits for, so that the queue keeps its order

// 55 bits: many kiosks' reports are in one back end's books.
std::string make_reference(const core::RandomBytes& random) {
  return core::make_check_code(random) + "-" + core::make_check_code(random).substr(0, 4);
}

}  // namespace

ReportDesk::ReportDesk(Journal& journal, std::map<std::string, std::shared_ptr<ReportBackend>> backends,
                       const core::Clock& clock, ReportDeskOptions options)
    : journal_(journal),
      backends_(std::move(backends)),
      clock_(clock),
      options_(std::move(options)),
      began_(clock.monotonic()) {}

Result<ReportBackend*> ReportDesk::backend(const std::string& id) const {
  const auto found = backends_.find(id);
  if (found == backends_.end()) return make_error(ErrorKind::NotFound, "no such reporting system is configured", id);
  return found->second.get();
}

core::Milliseconds ReportDesk::closed_for(const std::string& backend) const {
  return options_.closed_for ? options_.closed_for(backend) : core::Milliseconds(0);
}

Result<std::vector<ReportType>> ReportDesk::types(const std::string& id, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(id));
  return system->types(cancel);
}

Result<ReportForm> ReportDesk::form(const ReportTarget& target, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(target.backend));
  return system->form(target.type_code, cancel);
}

Result<std::vector<RemoteReport>> ReportDesk::near(const ReportTarget& target, const core::GeoPoint& point,
                                                   double metres, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(target.backend));
  return system->near(target.type_code, point, metres, cancel);
}

Status ReportDesk::step(Report& report, ReportState state, std::string problem, Journal::ContentFate fate) {
  const ReportState from = report.state;
  report.state = state;
  report.problem = std::move(problem);
  if (Status written = journal_.record(report, from, fate); !written.ok()) {
    report.state = from;
    return written;
  }
  if (!is_open(state)) attempted_.erase(report.id);
  core::log_info("promises.report_step",
                 {{"report", report.id}, {"state", to_string(state)}, {"problem", report.problem}});
  return {};
}

// For what the back end has said already and must not be unsaid: a failing journal is logged, and recover() finds out
// again. False where it failed.
bool ReportDesk::note(Report& report, ReportState state, std::string problem) {
  const Status written = step(report, state, std::move(problem));
  if (written.ok()) return true;
  core::log_error("promises.step_not_written", {{"report", report.id}, {"error", written.error()}});
  report.state = state;
  return false;
}

Result<Report> ReportDesk::draft(const ReportForm& form, const ReportContent& content) {
  Report report;
  report.id = random_id(options_.random);
  report.state = ReportState::Queued;
  report.target = form.target;
  report.type_name = form.name;
  Status added = make_error(ErrorKind::Refused, "not tried");
  for (int i = 0; i < 8 && !added.ok() && added.error().kind == ErrorKind::Refused; i++) {
    report.code = core::make_check_code(options_.random);  // another promise may have it already
    report.reference = make_reference(options_.random);
    added = journal_.add(report, content);
  }
  KIOSK_CHECK(std::move(added));
  return report;
}

Result<Report> ReportDesk::submit(const ReportForm& form, const ReportContent& content, CancelToken cancel) {
  KIOSK_TRY([[maybe_unused]] ReportBackend * system, backend(form.target.backend));
  KIOSK_TRY(Report report, draft(form, content));
  const Result<bool> in_turn = send_older(report.id, form.target.backend, cancel);
  if (!in_turn.ok()) core::log_warning("promises.outbox_stuck", {{"report", report.id}, {"error", in_turn.error()}});
  if (!in_turn.ok() || !*in_turn || cancel.cancelled()) return report;
  Status sent = send(report, Told::Nothing, cancel);
  if (!sent.ok() && sent.error().kind == ErrorKind::Invalid) return std::move(sent).error();
  // It is in the journal, and recover() will send it.
  if (!sent.ok()) core::log_warning("promises.not_sent_at_once", {{"report", report.id}, {"error", sent.error()}});
  if (report.state == ReportState::Unknown) read_back(report, cancel);
  return report;
}

// What was to be sent before this one goes first. False: the back end is away, or has too much to do.
Result<bool> ReportDesk::send_older(const std::string& report_id, const std::string& backend, CancelToken cancel) {
  for (int i = 0; i <= kMostOlder; i++) {
    KIOSK_TRY(const std::vector<Report> open, own_open(backend));
    KIOSK_TRY(std::optional<Front> first, front(open));
    if (!first || first->wait > core::Milliseconds(0) || closed_for(backend) > core::Milliseconds(0)) return false;
    if (first->report.id == report_id) return true;
    if (i == kMostOlder || cancel.cancelled()) return false;
    KIOSK_CHECK(recover_one(std::move(first->report), cancel));
  }
  return false;
}

// One attempt with a report that is Queued. Invalid: the back end refuses the content. Other errors: it was not sent.
Status ReportDesk::send(Report& report, Told told, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(report.target.backend));
  const Result<ReportContent> content = journal_.content(report.id);
  if (!content.ok()) {
    const bool gone = content.error().kind == ErrorKind::NotFound || content.error().kind == ErrorKind::Corrupt;
    if (!gone) return content.error();
    return step(report, ReportState::Refused, "could not be sent: its content is gone");
  }
  const Report before = report;
  if (!report.sent) report.sent = clock_.now();
  KIOSK_CHECK(step(report, ReportState::Sending, {}));
  const Result<ReportReceipt> receipt = system->send(report, *content, cancel);
  attempted_[report.id] = clock_.monotonic();
  if (!receipt.ok()) return not_taken(report, before, told, receipt.error());
  taken(report, *receipt);
  return {};
}

void ReportDesk::taken(Report& report, const ReportReceipt& receipt) {
  report.request_id = receipt.request_id;
  report.token = receipt.token;
  report.notice = receipt.notice;
  const bool written = note(report, ReportState::Sent, {});
  if (!written || report.token.empty() || !report.request_id.empty()) return;
  const Journal::Tries tries{0, clock_.now() + std::min(options_.recover_pace, kLongestPause)};
  if (const Status set = journal_.set_report_tries(report.id, tries); !set.ok()) {
    core::log_warning("promises.tries_not_written", {{"report", report.id}, {"error", set.error()}});
  }
}

// `before`: the report as it was before this attempt.
Status ReportDesk::not_taken(Report& report, const Report& before, Told told, core::Error error) {
  // Our key, or this kind of report: both may be put right, and a list of kinds may be read on a bad day.
  const bool of_us = error.kind == ErrorKind::Refused || error.kind == ErrorKind::NotFound;
  const bool may_pass = of_us && told == Told::NotYetSent;
  if (was_not_heard(error) || may_pass) {
    report.sent = before.sent;
    note(report, ReportState::Queued, problem_of(error));
    // What is refused for itself lets those behind it pass (see front()), and is tried again.
    return put_off(report.id, may_pass ? kLongestPause : core::Milliseconds(0));
  }
  if (error.kind == ErrorKind::Invalid) {
    // Its words may repeat what was typed: they are the resident's alone.
    refuse(report, "invalid: the back end refuses what was typed");
    if (report.state == ReportState::Refused) return error;
    return {};
  }
  if (of_us) {
    refuse(report, problem_of(error));
    return {};
  }
  note(report, ReportState::Unknown, problem_of(error));
  core::log_warning("promises.report_answer_lost", {{"report", report.id}, {"error", error}});
  return {};
}

// Of a report that the back end said no to. Where that can't be written down it is not known, here, and is not told to
// be refused: recover() might send it still.
void ReportDesk::refuse(Report& report, std::string problem) {
  if (!note(report, ReportState::Refused, std::move(problem))) report.state = ReportState::Unknown;
}

// The resident waits still: the back end's books are looked into a few times.
void ReportDesk::read_back(Report& report, CancelToken cancel) {
  const auto found = backends_.find(report.target.backend);
  core::Milliseconds pace = options_.read_pace;
  for (int i = 0; i < options_.read_attempts && cancel.wait(pace); i++, pace *= 2) {
    const auto remote = found->second->find(report, cancel);
    if (!remote.ok() && (remote.error().kind == ErrorKind::Unsupported || was_not_heard(remote.error()))) break;
    if (!remote.ok() || !*remote) continue;
    report.request_id = (*remote)->request_id;
    note(report, ReportState::Sent, "found in the back end's books");
    return;
  }
  if (const Status later = put_off(report.id); !later.ok()) {
    core::log_warning("promises.tries_not_written", {{"report", report.id}, {"error", later.error()}});
  }
}

Result<Report> ReportDesk::withdraw(const std::string& report_id) {
  KIOSK_TRY(Report report, journal_.find_report(report_id));
  if (report.state == ReportState::Withdrawn) return report;  // asked twice
  if (report.state != ReportState::Queued) return make_error(ErrorKind::Invalid, "it may have been sent", report_id);
  Status written = step(report, ReportState::Withdrawn, {});
  if (!written.ok() && written.error().kind == ErrorKind::Refused)
    written = make_error(ErrorKind::Invalid, "it has just been sent", report_id);
  KIOSK_CHECK(std::move(written));
  return report;
}

Result<ReportStatus> ReportDesk::status(const std::string& report_id, CancelToken cancel) {
  KIOSK_TRY(Report report, journal_.find_report(report_id));
  Result<std::optional<RemoteReport>> remote = read(report, cancel);
  if (remote.ok()) return ReportStatus{std::move(report), std::move(*remote)};
  core::log_info("promises.status_not_read", {{"report", report_id}, {"error", remote.error()}});
  return ReportStatus{std::move(report), std::nullopt};
}

// What the back end's books have of it. A step on the way (found, or its number known) is journalled.
Result<std::optional<RemoteReport>> ReportDesk::read(Report& report, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(report.target.backend));
  if (report.state == ReportState::Unknown) {
    KIOSK_TRY(std::optional<RemoteReport> found, system->find(report, cancel));
    if (!found) return found;
    report.request_id = found->request_id;
    note(report, ReportState::Sent, "found in the back end's books");
    return found;
  }
  if (report.state != ReportState::Sent) return std::optional<RemoteReport>();
  if (report.request_id.empty() && !report.token.empty()) {
    KIOSK_TRY(const std::optional<std::string> number, system->redeem(report.token, cancel));
    if (!number) return std::optional<RemoteReport>();
    report.request_id = *number;
    note(report, ReportState::Sent, "its number is known");
  }
  if (report.request_id.empty()) return std::optional<RemoteReport>();
  KIOSK_TRY(RemoteReport remote, system->read(report.request_id, cancel));
  return std::optional<RemoteReport>(std::move(remote));
}

Result<Report> ReportDesk::find_by_code(const std::string& code) { return journal_.find_report_by_code(code); }

Result<Report> ReportDesk::settle(const std::string& report_id, Verdict verdict) {
  KIOSK_TRY(Report report, journal_.find_report(report_id));
  if (report.state != ReportState::Unknown) {
    return make_error(ErrorKind::Invalid, "its outcome is not in question: " + std::string(to_string(report.state)),
                      report_id);
  }
  if (verdict == Verdict::Sent) {
    KIOSK_CHECK(step(report, ReportState::Sent, "staff: it arrived"));
    return report;
  }
  KIOSK_TRY(const bool sendable, journal_.has_content(report_id));
  if (!sendable) {
    KIOSK_CHECK(step(report, ReportState::Refused, "staff: it did not arrive; its content is erased already"));
    return report;
  }
  KIOSK_CHECK(step(report, ReportState::Queued, "staff: it did not arrive, to be sent again"));
  KIOSK_CHECK(journal_.set_report_tries(report_id, {0, clock_.now()}));
  return report;
}

}  // namespace kiosk::promises
