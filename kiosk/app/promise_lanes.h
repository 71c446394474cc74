// A lane for each booking and reporting system: a worker of its own that does, one after the other, what is asked of
// that system, and looks after what was left open there. A slow or dead system holds up nobody else's lane.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/promise_systems.h"
#include "kiosk/work/inbox.h"
#include "kiosk/work/worker.h"

namespace kiosk::app {

// UI thread only; jobs run on their lane's thread. Every job is called exactly once, with an error in place of its desk
// where there is none: Corrupt (no usable journal), NotFound (no such system, booking or report), Full, Cancelled.
class PromiseLanes {
 public:
  using BookingJob = std::function<void(core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel)>;
  using ReportJob = std::function<void(core::Result<promises::ReportDesk*> desk, const work::CancelToken& cancel)>;
  using JournalJob = std::function<void(core::Result<promises::Journal*> journal, const work::CancelToken& cancel)>;

  // `systems` is null where there is no usable journal. `inbox` and `clock` outlive the lanes. `booked` is called on
  // the UI thread whenever a booking may have changed.
  PromiseLanes(std::unique_ptr<PromiseSystems> systems, work::Inbox& inbox, const core::Clock& clock,
               std::function<void()> booked = {});
  ~PromiseLanes();  // cancels, waits for the workers
  PromiseLanes(const PromiseLanes&) = delete;
  PromiseLanes& operator=(const PromiseLanes&) = delete;

  bool usable() const { return systems_ != nullptr; }
  // On the lane of a system, by the id of its [[bookings]] or [[reports]] entry.
  void at_bookings(const std::string& system, BookingJob job, const work::CancelToken& cancel = {});
  void at_reports(const std::string& system, ReportJob job, const work::CancelToken& cancel = {});
  // On the lane of the system that a promise belongs to, by the promise's id; found out in the journal first.
  void of_booking(const std::string& booking_id, BookingJob job, const work::CancelToken& cancel = {});
  void of_report(const std::string& report_id, ReportJob job, const work::CancelToken& cancel = {});
  // Beside the lanes, so that it never waits for a system: what a code stands for, what the journal says.
  void look_up(JournalJob job, const work::CancelToken& cancel = {});

  // Looks after what is open, on all lanes now, or on those whose time has come; next_wake() says when that is.
  void recover();
  void recover_if_due();
  std::optional<core::Milliseconds> next_wake() const;
  bool idle() const;

 private:
  template <class Desk>
  struct Lane {
    explicit Lane(Desk* its, const std::string& name) : desk(its), worker(name) {}
    Desk* desk;
    std::optional<core::Milliseconds> due;  // to be looked after, on the monotonic clock
    work::Worker worker;
  };
  using BookingLane = Lane<promises::BookingDesk>;
  using ReportLane = Lane<promises::ReportDesk>;

  template <class Desk, class Job>
  static void post(Lane<Desk>* lane, const std::string& system, Job job, const work::CancelToken& cancel);
  template <class L>
  static L* find(const std::map<std::string, std::unique_ptr<L>>& lanes, const std::string& id);
  void look_after(BookingLane& lane);
  void look_after(ReportLane& lane);
  template <class L, class Round>
  void look_after_with(L& lane, Round round);
  void tell_booked();
  template <class L>
  void due_in(L& lane, core::Milliseconds wait);

  std::unique_ptr<PromiseSystems> systems_;
  work::Inbox& inbox_;
  const core::Clock& clock_;
  const std::function<void()> booked_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::map<std::string, std::unique_ptr<BookingLane>> bookings_;  // they don't change
  std::map<std::string, std::unique_ptr<ReportLane>> reports_;
  work::Worker journal_;  // last: its jobs post to the lanes
};

}  // namespace kiosk::app
