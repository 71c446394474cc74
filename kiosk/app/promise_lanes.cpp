#include "kiosk/app/promise_lanes.h"

#include <algorithm>

#include "kiosk/core/log.h"

namespace kiosk::app {

using core::ErrorKind;
using core::make_error;
using core::Milliseconds;

namespace {

constexpr Milliseconds kLookAgainAfter = std::chrono::seconds(30);

core::Error no_journal() {
  return make_error(ErrorKind::Corrupt, "there is no journal to write promises into", "kiosk.db");
}

void note_failure(const core::Error& error) {
  if (error.kind == ErrorKind::Cancelled) return;  // the kiosk is being stopped
  core::log_error("promises.recovery_failed", {{"error", error}});
}

}  // namespace

PromiseLanes::PromiseLanes(std::unique_ptr<PromiseSystems> systems, work::Inbox& inbox, const core::Clock& clock,
                           std::function<void()> booked)
    : systems_(std::move(systems)), inbox_(inbox), clock_(clock), booked_(std::move(booked)), journal_("journal") {
  if (!systems_) return;
  for (const std::string& id : systems_->booking_ids()) {
    bookings_[id] = std::make_unique<BookingLane>(*systems_->bookings(id), "book " + id);
  }
  for (const std::string& id : systems_->report_ids()) {
    reports_[id] = std::make_unique<ReportLane>(*systems_->reports(id), "report " + id);
  }
}

PromiseLanes::~PromiseLanes() { *alive_ = false; }

template <class L>
L* PromiseLanes::find(const std::map<std::string, std::unique_ptr<L>>& lanes, const std::string& id) {
  const auto found = lanes.find(id);
  return found == lanes.end() ? nullptr : found->second.get();
}

// Any thread.
void PromiseLanes::tell_booked() {
  if (!booked_) return;
  inbox_.post([this, alive = alive_] {
    if (*alive) booked_();
  });
}

// Any thread. Where the lane takes no job, it is called here with the reason.
template <class Desk, class Job>
void PromiseLanes::post(Lane<Desk>* lane, const std::string& system, Job job, const work::CancelToken& cancel) {
  if (!lane) {
    job(make_error(ErrorKind::NotFound, "no such system is configured", system), cancel);
    return;
  }
  const core::Status posted =
      lane->worker.post([job, desk = lane->desk](const work::CancelToken& token) { job(desk, token); }, cancel);
  if (posted.ok()) return;
  core::log_error("promises.lane_full", {{"system", system}, {"error", posted.error()}});
  job(posted.error(), cancel);
}

void PromiseLanes::at_bookings(const std::string& system, BookingJob job, const work::CancelToken& cancel) {
  if (!usable()) return job(no_journal(), cancel);
  BookingLane* const lane = find(bookings_, system);
  post(lane, system, std::move(job), cancel);
  if (lane) due_in(*lane, kLookAgainAfter);
}

void PromiseLanes::at_reports(const std::string& system, ReportJob job, const work::CancelToken& cancel) {
  if (!usable()) return job(no_journal(), cancel);
  ReportLane* const lane = find(reports_, system);
  post(lane, system, std::move(job), cancel);
  if (lane) look_after(*lane);
}

void PromiseLanes::look_up(JournalJob job, const work::CancelToken& cancel) {
  if (!usable()) return job(no_journal(), cancel);
  const core::Status posted =
      journal_.post([this, job](const work::CancelToken& token) { job(&systems_->journal(), token); }, cancel);
  if (!posted.ok()) job(posted.error(), cancel);
}

void PromiseLanes::of_booking(const std::string& booking_id, BookingJob job, const work::CancelToken& cancel) {
  look_up(
      [this, booking_id, job, cancel](core::Result<promises::Journal*> journal, const work::CancelToken& token) {
        if (!journal.ok()) return job(journal.error(), token);
        const auto booking = (*journal)->find(booking_id);
        if (!booking.ok()) return job(booking.error(), token);
        const auto telling = [this, job](core::Result<promises::BookingDesk*> desk, const work::CancelToken& own) {
          job(std::move(desk), own);
          tell_booked();
        };
        post(find(bookings_, booking->target.backend), booking->target.backend, telling, cancel);
      },
      cancel);
  for (auto& entry : bookings_) due_in(*entry.second, kLookAgainAfter);
}

void PromiseLanes::of_report(const std::string& report_id, ReportJob job, const work::CancelToken& cancel) {
  look_up(
      [this, report_id, job, cancel](core::Result<promises::Journal*> journal, const work::CancelToken& token) {
        if (!journal.ok()) return job(journal.error(), token);
        const auto report = (*journal)->find_report(report_id);
        if (!report.ok()) return job(report.error(), token);
        post(find(reports_, report->target.backend), report->target.backend, job, cancel);
      },
      cancel);
}

void PromiseLanes::recover() {
  for (auto& entry : bookings_) look_after(*entry.second);
  for (auto& entry : reports_) look_after(*entry.second);
}

void PromiseLanes::recover_if_due() {
  const Milliseconds now = clock_.monotonic();
  for (auto& entry : bookings_) {
    if (entry.second->due && *entry.second->due <= now) look_after(*entry.second);
  }
  for (auto& entry : reports_) {
    if (entry.second->due && *entry.second->due <= now) look_after(*entry.second);
  }
}

// What could not be sent, or was never answered, is looked after whoever still waits for it.
template <class L>
void PromiseLanes::due_in(L& lane, Milliseconds wait) {
  const Milliseconds when = clock_.monotonic() + wait;
  if (!lane.due || when < *lane.due) lane.due = when;
}

// `round`: on the lane's thread; when to look again, nullopt where nothing is open.
template <class L, class Round>
void PromiseLanes::look_after_with(L& lane, Round round) {
  lane.due.reset();
  const auto alive = alive_;
  const core::Status posted = lane.worker.post([this, alive, &lane, round](const work::CancelToken& cancel) {
    const std::optional<Milliseconds> again = round(cancel);
    if (!again) return;
    inbox_.post([this, alive, &lane, again] {
      if (*alive) due_in(lane, *again);
    });
  });
  if (posted.ok()) return;
  core::log_error("promises.lane_full", {{"error", posted.error()}});
  due_in(lane, kLookAgainAfter);
}

void PromiseLanes::look_after(BookingLane& lane) {
  look_after_with(lane, [this, desk = lane.desk](const work::CancelToken& cancel) -> std::optional<Milliseconds> {
    const auto open = desk->recover(cancel);
    tell_booked();
    if (!open.ok()) note_failure(open.error());
    if (open.ok() && *open == 0) return std::nullopt;
    return kLookAgainAfter;
  });
}

void PromiseLanes::look_after(ReportLane& lane) {
  look_after_with(lane, [desk = lane.desk](const work::CancelToken& cancel) -> std::optional<Milliseconds> {
    const auto outbox = desk->recover(cancel);
    if (!outbox.ok()) {
      note_failure(outbox.error());
      return kLookAgainAfter;
    }
    if (outbox->open == 0) return std::nullopt;
    return outbox->again_in;
  });
}

std::optional<Milliseconds> PromiseLanes::next_wake() const {
  std::optional<Milliseconds> when;
  const auto consider = [&](const std::optional<Milliseconds>& due) {
    if (due && (!when || *due < *when)) when = due;
  };
  for (const auto& entry : bookings_) consider(entry.second->due);
  for (const auto& entry : reports_) consider(entry.second->due);
  return when;
}

// The journal's worker first: what it has passed on is on a lane by then.
bool PromiseLanes::idle() const {
  const auto rests = [](const auto& entry) { return entry.second->worker.idle(); };
  return journal_.idle() && std::all_of(bookings_.begin(), bookings_.end(), rests) &&
         std::all_of(reports_.begin(), reports_.end(), rests);
}

}  // namespace kiosk::app
