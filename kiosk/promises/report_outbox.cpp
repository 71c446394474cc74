// The outbox: what waits to be sent, was sent and not answered, or has a number to come.
#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/net/backoff.h"
#include "kiosk/promises/desk_parts.h"
#include "kiosk/promises/report_desk.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::Milliseconds;
using core::Result;
using core::Status;
using work::CancelToken;

namespace {

// What was refused for itself, for its kind or for our key: those behind it pass.
bool lets_pass(const Report& report) {
  return report.problem.starts_with(to_string(ErrorKind::Refused)) ||
         report.problem.starts_with(to_string(ErrorKind::NotFound));
}

// Settled without asking the back end.
bool asks_nothing(const Report& report) {
  return report.state == ReportState::Drafted || report.state == ReportState::Sending;
}

}  // namespace

Result<std::vector<Report>> ReportDesk::own_open(const std::string& backend) {
  KIOSK_TRY(std::vector<Report> open, journal_.open_reports());
  std::erase_if(open, [&](const Report& report) { return report.target.backend != backend; });
  return open;
}

// The first of the queue; nullopt where nothing is queued.
Result<std::optional<ReportDesk::Front>> ReportDesk::front(const std::vector<Report>& open) {
  std::optional<Front> passed;
  for (const Report& report : open) {
    if (report.state != ReportState::Queued) continue;
    KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report.id));
    const Milliseconds wait = wait_until(tries.next, clock_.now());
    if (wait == Milliseconds(0) || !lets_pass(report)) {
      if (!passed || wait < passed->wait) return std::optional<Front>(Front{report, wait});
      return passed;
    }
    if (!passed || wait < passed->wait) passed = Front{report, wait};
  }
  return passed;
}

// What is to be done next for a back end, and when; nullopt where nothing is open.
Result<std::optional<ReportDesk::Front>> ReportDesk::next(const std::string& backend) {
  KIOSK_TRY(const std::vector<Report> open, own_open(backend));
  KIOSK_TRY(std::optional<Front> best, front(open));
  for (const Report& report : open) {
    if (report.state == ReportState::Queued) continue;
    if (asks_nothing(report)) return std::optional<Front>(Front{report, Milliseconds(0)});
    KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report.id));
    const Milliseconds wait = wait_until(tries.next, clock_.now());
    if (!best || wait < best->wait) best = Front{report, wait};
  }
  if (best) best->wait = std::max(best->wait, closed_for(backend));
  return best;
}

Result<Outbox> ReportDesk::recover(CancelToken cancel) {
  Outbox outbox;
  Milliseconds again = kLongestPause;
  for (const auto& [id, system] : backends_) {
    KIOSK_CHECK(cancel.check());
    KIOSK_TRY(std::optional<Front> first, next(id));
    if (first && first->wait == Milliseconds(0)) {
      KIOSK_CHECK(recover_one(std::move(first->report), cancel));
      KIOSK_TRY(first, next(id));
    }
    if (first) again = std::min(again, first->wait);
    KIOSK_TRY(const std::vector<Report> open, own_open(id));
    outbox.open += open.size();
  }
  if (!journal_.finish_erasing()) outbox.open++;  // what was erased lingers in the log: another round
  outbox.again_in = again;
  return outbox;
}

Status ReportDesk::recover_one(Report report, CancelToken cancel) {
  if (report.state == ReportState::Drafted) return step(report, ReportState::Withdrawn, "never sent");
  if (report.state == ReportState::Sending) {
    return step(report, ReportState::Unknown, "the kiosk stopped, or could not write, while it was on its way");
  }
  KIOSK_TRY(const bool expired, expire(report));
  if (expired) return {};
  if (report.state == ReportState::Unknown) return look(report, cancel);
  if (report.state == ReportState::Sent) return redeem(report, cancel);
  Status sent = send(report, Told::NotYetSent, cancel);
  if (!sent.ok() && sent.error().kind == ErrorKind::Invalid) return {};  // closed; nobody is there to read its words
  return sent;
}

// Of a report that is Unknown. It is sent again only if the back end's books lack it when they certainly should not.
Status ReportDesk::look(Report& report, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(report.target.backend));
  const auto found = system->find(report, cancel);
  if (found.ok() && *found) {
    report.request_id = (*found)->request_id;
    return step(report, ReportState::Sent, "found in the back end's books");
  }
  if (found.ok()) return absent(report);
  const std::string problem = "cannot be looked for: " + problem_of(found.error());
  if (report.problem != problem) KIOSK_CHECK(step(report, ReportState::Unknown, problem));
  return put_off(report.id, found.error().kind == ErrorKind::Unsupported ? kLongestPause : Milliseconds(0));
}

Status ReportDesk::absent(Report& report) {
  if (const Milliseconds left = grace_left(report); left > Milliseconds(0)) {
    const std::string problem = "not in the back end's books yet";
    if (report.problem != problem) KIOSK_CHECK(step(report, ReportState::Unknown, problem));
    return put_off(report.id, std::min(left, kLongestPause));
  }
  KIOSK_TRY(const bool sendable, journal_.has_content(report.id));
  if (!sendable) return step(report, ReportState::Refused, "could not be sent: it is too old, and its content erased");
  KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report.id));
  KIOSK_CHECK(step(report, ReportState::Queued, "not in the back end's books: to be sent again"));
  return journal_.set_report_tries(report.id, {tries.count, clock_.now()});
}

Milliseconds ReportDesk::grace_left(const Report& report) const {
  const auto found = attempted_.find(report.id);
  const Milliseconds since = found == attempted_.end() ? began_ : found->second;
  return std::max(Milliseconds(0), since + options_.grace - clock_.monotonic());
}

// Of a report that is Sent, with a token in place of a number.
Status ReportDesk::redeem(Report& report, CancelToken cancel) {
  KIOSK_TRY(ReportBackend * system, backend(report.target.backend));
  const auto number = system->redeem(report.token, cancel);
  if (number.ok() && *number) {
    report.request_id = **number;
    return step(report, ReportState::Sent, "its number is known");
  }
  KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report.id));
  const bool never = !number.ok() && number.error().kind == ErrorKind::NotFound;
  if (!never && tries.count + 1 < kMostTokenTries) return put_off(report.id);
  KIOSK_CHECK(step(report, ReportState::Sent, "number not known"));
  return journal_.set_report_tries(report.id, {kMostTokenTries, clock_.now()});
}

// What is too old to be sent is closed; what may have been sent stays open without its content. True where it is
// closed.
Result<bool> ReportDesk::expire(Report& report) {
  if (!is_open(report.state)) return false;
  KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report.id));
  const bool over = clock_.now() - report.created > options_.longest_life && tries.count >= options_.least_tries;
  if (!over) return false;
  if (report.state == ReportState::Queued) {
    KIOSK_CHECK(step(report, ReportState::Refused, "could not be sent: " + report.problem));
    core::log_error("promises.report_could_not_be_sent", {{"report", report.id}, {"problem", report.problem}});
    return true;
  }
  KIOSK_TRY(const bool sendable, journal_.has_content(report.id));
  if (sendable) {
    const std::string problem = report.problem;
    KIOSK_CHECK(step(report, ReportState::Unknown, problem, Journal::ContentFate::Erase));
  }
  return false;
}

// With jitter, so that many kiosks don't come back in step.
Status ReportDesk::put_off(const std::string& report_id, Milliseconds at_least) {
  KIOSK_TRY(const Journal::Tries tries, journal_.report_tries(report_id));
  std::uint64_t seed = 0;
  options_.random(reinterpret_cast<std::uint8_t*>(&seed), sizeof seed);
  net::Backoff backoff(seed, {options_.recover_pace, kLongestPause});
  Milliseconds pause = backoff.next();
  for (int i = 0; i < std::min(tries.count, 12); i++) pause = backoff.next();
  return journal_.set_report_tries(report_id, {tries.count + 1, clock_.now() + std::max(pause, at_least)});
}

}  // namespace kiosk::promises
