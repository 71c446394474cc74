// The desk where reports are made: each is in the journal before it is sent, goes out in its turn, and is never sent a
// second time unless the back end's own books show that the first one did not arrive.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "kiosk/core/check_code.h"
#include "kiosk/promises/journal.h"
#include "kiosk/promises/report_backend.h"

namespace kiosk::promises {

struct ReportDeskOptions {
  core::RandomBytes random = secure_random;  // fills codes, references and ids (injected for tests)
  // Looking in the back end's books after a lost answer, while the resident waits.
  int read_attempts = 2;
  core::Milliseconds read_pace{1'000};  // before the first; doubles
  // Between tries for a back end that is away, or for one report; doubles up to an hour, with jitter.
  core::Milliseconds recover_pace{30'000};
  // How long a back end may take until a report that it did take shows in its books. Measured on the monotonic clock
  // since the attempt, or since this desk began: no step of the wall clock shortens it.
  core::Milliseconds grace{std::chrono::minutes(10)};
  // What could not be sent for so long, and in so many tries, is closed, and its content erased. Tries count too, as
  // the wall clock may be wrong by years.
  core::Milliseconds longest_life{std::chrono::hours(14 * 24)};
  int least_tries = 12;
  // How long nothing should be sent to this back end (its breaker is open); 0: it may be asked. Tries are not counted
  // meanwhile. Called on the desk's worker.
  std::function<core::Milliseconds(const std::string& backend)> closed_for;
};

// A report as it stands here, and as the back end's books have it where it is known there and could be asked.
struct ReportStatus {
  Report report;
  std::optional<RemoteReport> remote;
};

// What is left to do after recover().
struct Outbox {
  std::size_t open = 0;           // reports that are neither sent, refused nor withdrawn, or whose number is awaited
  core::Milliseconds again_in{};  // when recover() has something to do; meaningless where nothing is open
};

// Used on one worker at a time. Looks after the reports of its own back ends alone: a desk for each back end on a
// worker and a journal connection of its own keeps a slow one from delaying another's.
class ReportDesk {
 public:
  // `backends` by their ids. `journal` and `clock` outlive the desk. Only one desk of all programs may have a back end
  // and call submit() and recover(); others may look, withdraw and settle.
  ReportDesk(Journal& journal, std::map<std::string, std::shared_ptr<ReportBackend>> backends, const core::Clock& clock,
             ReportDeskOptions options = {});

  // Errors of these three as the backend's; NotFound where no such back end is configured.
  core::Result<std::vector<ReportType>> types(const std::string& backend, work::CancelToken cancel);
  core::Result<ReportForm> form(const ReportTarget& target, work::CancelToken cancel);
  core::Result<std::vector<RemoteReport>> near(const ReportTarget& target, const core::GeoPoint& point, double metres,
                                               work::CancelToken cancel);

  // Journals the report, its content sealed, and sends it at once where the back end answers and nothing older waits.
  // The returned report's state:
  //   Sent     the back end has it; `request_id` is its number, empty where that comes later or never
  //   Queued   not yet sent: it will be, without the resident, and `code` is what to ask by
  //   Unknown  it was sent and no answer came; it will be found out
  //   Refused  the back end will not have it (our access, or this kind of report); `problem` says why to staff
  // Error Invalid: the back end refuses the content, its words for the resident in `what` (never log them); nothing is
  // kept of it. Other errors: NotFound (no such back end), or the journal failed: nothing was sent. Where the disk
  // failed while it was being written down, the next start may find it written all the same, and sends it. Don't cancel
  // it with the visit: what is on its way when cancelled is Unknown.
  core::Result<Report> submit(const ReportForm& form, const ReportContent& content, work::CancelToken cancel);
  // Takes back what is not sent yet. Error Invalid: it isn't Queued (any more); NotFound.
  core::Result<Report> withdraw(const std::string& report_id);
  // Where it stands: what was not answered is looked for, a token redeemed, the back end's books read. A back end that
  // can't be asked just now, or knows nothing, leaves `remote` empty. NotFound: no such report here.
  core::Result<ReportStatus> status(const std::string& report_id, work::CancelToken cancel);
  // By the code on the slip (core::parse_check_code), in any state. NotFound.
  core::Result<Report> find_by_code(const std::string& code);

  // The outbox: after a start, after each submit() that didn't end with Sent, and then when `again_in` has passed. One
  // step for each back end and no more than one request, so that a resident's job never waits behind a long queue;
  // call it again until `again_in` is not 0.
  core::Result<Outbox> recover(work::CancelToken cancel);

  // Staff have found out what became of an Unknown one. Sent: it is closed so. NotSent: it goes back into the queue, or
  // is closed as Refused where its content has been erased. Error Invalid: it isn't Unknown. Any program may call it.
  enum class Verdict { Sent, NotSent };
  core::Result<Report> settle(const std::string& report_id, Verdict verdict);

 private:
  enum class Told { Nothing, NotYetSent };  // what the resident knows of the report
  struct Front {                            // of a back end's queue
    Report report;
    core::Milliseconds wait{};
  };

  core::Result<ReportBackend*> backend(const std::string& id) const;
  core::Milliseconds closed_for(const std::string& backend) const;
  core::Result<Report> draft(const ReportForm& form, const ReportContent& content);
  core::Status step(Report& report, ReportState state, std::string problem,
                    Journal::ContentFate fate = Journal::ContentFate::ByState);
  bool note(Report& report, ReportState state, std::string problem);
  core::Status send(Report& report, Told told, work::CancelToken cancel);
  void taken(Report& report, const ReportReceipt& receipt);
  core::Status not_taken(Report& report, const Report& before, Told told, core::Error error);
  void refuse(Report& report, std::string problem);
  core::Result<bool> send_older(const std::string& report_id, const std::string& backend, work::CancelToken cancel);
  void read_back(Report& report, work::CancelToken cancel);
  core::Result<std::optional<RemoteReport>> read(Report& report, work::CancelToken cancel);

  // What was left open (report_outbox.cpp).
  core::Result<std::vector<Report>> own_open(const std::string& backend);
  core::Result<std::optional<Front>> front(const std::vector<Report>& open);
  core::Result<std::optional<Front>> next(const std::string& backend);
  core::Status recover_one(Report report, work::CancelToken cancel);
  core::Status look(Report& report, work::CancelToken cancel);
  core::Status absent(Report& report);
  core::Status redeem(Report& report, work::CancelToken cancel);
  core::Result<bool> expire(Report& report);
  core::Milliseconds grace_left(const Report& report) const;
  core::Status put_off(const std::string& report_id, core::Milliseconds at_least = {});

  Journal& journal_;
  std::map<std::string, std::shared_ptr<ReportBackend>> backends_;
  const core::Clock& clock_;
  ReportDeskOptions options_;
  core::Milliseconds began_;                             // monotonic
  std::map<std::string, core::Milliseconds> attempted_;  // monotonic, by report
};

}  // namespace kiosk::promises
