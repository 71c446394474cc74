// Runs what visit::update() asks for, each on the worker that owns what it needs, and brings the answers back as
// events.
//
//   find worker    Knowledge: search, topics, services, areas, places. Never the network.
//   promise lanes  a worker for each booking or reporting system: offers, calendars, holds, confirmations, reports,
//                  recovery
//   print worker   Printing: the printer and its text engine; and GapLedger and CalendarFiles, whose disks must hold up
//                  neither a search nor a booking
//
// Threads of their own, because a slow printer must not hold up a booking, nor a slow back end a search or another's
// bookings.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "kiosk/app/calendar_files.h"
#include "kiosk/app/gap_ledger.h"
#include "kiosk/app/knowledge.h"
#include "kiosk/app/printing.h"
#include "kiosk/app/promise_lanes.h"
#include "kiosk/promises/code_lookup.h"
#include "kiosk/text/words.h"
#include "kiosk/visit/effect.h"
#include "kiosk/work/inbox.h"
#include "kiosk/work/latest_only.h"
#include "kiosk/work/worker.h"

namespace kiosk::app {

// What the runner works with. All but `promises` and `calendar_files` are there always: without a journal there are no
// promises, and bookings and reports are refused.
struct Backstage {
  std::shared_ptr<const settings::Settings> settings;
  std::shared_ptr<const text::Words> words;
  std::unique_ptr<Knowledge> knowledge;
  std::unique_ptr<PromiseSystems> promises;
  std::unique_ptr<Printing> printing;
  std::unique_ptr<GapLedger> gaps;
  std::unique_ptr<CalendarFiles> calendar_files;
  const core::Clock* clock = nullptr;
};

// UI thread only. `deliver` is called on the UI thread, from Inbox::drain().
class EffectRunner {
 public:
  using Deliver = std::function<void(visit::Event)>;
  EffectRunner(Backstage backstage, work::Inbox& inbox, Deliver deliver);
  ~EffectRunner();  // cancels, waits for the workers
  EffectRunner(const EffectRunner&) = delete;
  EffectRunner& operator=(const EffectRunner&) = delete;

  void run(visit::Effect effect);
  // At the start: takes up the directory, asks the printer, resolves open promises.
  void begin();
  // Sync has published: looks, and tells the visit.
  void directory_published();
  // Resolves open promises if it is time; next_wake() says when that is.
  void recover_if_due() { lanes_.recover_if_due(); }
  std::optional<core::Milliseconds> next_wake() const { return lanes_.next_wake(); }
  bool idle() const;  // no worker has anything to do

 private:
  void run_effect(visit::RunSearch& effect);
  void run_effect(visit::LoadTopics& effect);
  void run_effect(visit::LoadTopic& effect);
  void run_effect(visit::LoadService& effect);
  void run_effect(visit::FindArea& effect);
  void run_effect(visit::LoadPlaces& effect);
  void run_effect(visit::LoadOffer& effect);
  void run_effect(visit::LoadCalendar& effect);
  void run_effect(visit::HoldSlot& effect);
  void run_effect(visit::SendConfirmation& effect);
  void run_effect(visit::FindOutcome& effect);
  void run_effect(visit::ReleaseHold& effect);
  void run_effect(visit::FindByCode& effect);
  void run_effect(visit::LoadBookedService& effect);
  void run_effect(visit::CancelBooking& effect);
  void run_effect(visit::CancelRequests& effect);
  void run_effect(visit::LoadReportForm& effect);
  void run_effect(visit::FindReportArea& effect);
  void run_effect(visit::LoadNearReports& effect);
  void run_effect(visit::SendReport& effect);
  void run_effect(visit::CancelSending& effect);
  void run_effect(visit::FindReportOutcome& effect);
  void run_effect(visit::PrintBooking& effect);
  void run_effect(visit::PrintReport& effect);
  void run_effect(visit::PrintService& effect);
  void run_effect(visit::PrintSorry& effect);
  void run_effect(visit::CountGap& effect);
  void run_effect(visit::ReadPage& effect);
  void run_effect(visit::Wipe& effect);

  void ask_printer();
  void update_calendar_files();
  core::Result<visit::Confirmation> confirmation_of(promises::BookingDesk& desk,
                                                    core::Result<promises::Booking> booking) const;
  core::Result<visit::ReportStanding> standing_of(core::Result<promises::Report> report) const;
  // Of what was found by its code and is no booking.
  core::Result<visit::Found> report_of(const core::Result<promises::FoundPromise>& found) const;
  void read_back(std::uint64_t ticket, const promises::Booking& booking);
  // `booking`: id of the promise that the paper tells of; empty for a service's slip.
  void print(std::uint64_t ticket, const std::string& booking, receipts::Receipt receipt, const std::string& language,
             bool large);
  // Posts `job` (worker → event) to a worker; its event comes back through the inbox.
  template <class Job>
  void on(work::Worker& worker, Job job, const work::CancelToken& cancel = {});
  // The same for a lane: a job (desk or error, token → event) as it is to be given to PromiseLanes.
  template <class Job>
  auto answering(Job job);

  Backstage backstage_;
  work::Inbox& inbox_;
  Deliver deliver_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  work::CancelSource visit_requests_;
  work::CancelSource sending_;  // of a report: ended by the resident alone, not with the visit
  promises::CodeLookup lookup_;
  PromiseLanes lanes_;
  work::Worker find_, print_;  // after what they use: destroyed first
  work::LatestOnly searches_;
};

}  // namespace kiosk::app
