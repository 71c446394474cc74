// The effects of a report: its form, what is known near by, sending it, and what became of it.
#include "kiosk/app/effect_jobs.h"
#include "kiosk/app/take_away.h"

namespace kiosk::app {

using promises::ReportDesk;
using promises::ReportState;

namespace {

// Called back by the resident: what has not left yet is taken back. What may have left stays as it is.
// `by_resident` is theirs alone: a kiosk that stops takes nothing back.
core::Result<promises::Report> submit(ReportDesk& desk, const visit::SendReport& effect,
                                      const work::CancelToken& by_resident, const work::CancelToken& cancel) {
  auto report = desk.submit(effect.form, effect.content, cancel);
  if (!report.ok() || report->state != ReportState::Queued || !by_resident.cancelled()) return report;
  auto withdrawn = desk.withdraw(report->id);
  return withdrawn.ok() ? std::move(withdrawn) : std::move(report);
}

}  // namespace

core::Result<visit::ReportStanding> EffectRunner::standing_of(core::Result<promises::Report> report) const {
  if (!report.ok()) return report.error();
  core::Bitmap1 qr;
  if (report->state != ReportState::Refused) qr = qr_bitmap(report_link(*report, *backstage_.settings));
  return visit::ReportStanding{std::move(*report), std::move(qr)};
}

void EffectRunner::run_effect(visit::LoadReportForm& effect) {
  lanes_.at_reports(
      effect.target.backend,
      answering([effect](core::Result<ReportDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::ReportFormLoaded{effect.ticket, desk.error()};
        return visit::ReportFormLoaded{effect.ticket, (*desk)->form(effect.target, cancel)};
      }),
      visit_requests_.token());
}

void EffectRunner::run_effect(visit::FindReportArea& effect) {
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    return visit::ReportAreaLoaded{effect.ticket, backstage_.knowledge->area(effect.postcode.reveal())};
  });
}

void EffectRunner::run_effect(visit::LoadNearReports& effect) {
  lanes_.at_reports(
      effect.target.backend,
      answering([effect](core::Result<ReportDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::NearReportsLoaded{effect.ticket, desk.error()};
        return visit::NearReportsLoaded{effect.ticket,
                                        (*desk)->near(effect.target, effect.point, effect.metres, cancel)};
      }),
      visit_requests_.token());
}

// Not cancelled with the visit: once it is on its way, its outcome is wanted whoever waits for it.
void EffectRunner::run_effect(visit::SendReport& effect) {
  ask_printer();
  sending_ = work::CancelSource();
  lanes_.at_reports(effect.form.target.backend,
                    answering([this, effect, by_resident = sending_.token()](
                                  core::Result<ReportDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
                      if (!desk.ok()) return visit::ReportSent{effect.ticket, desk.error()};
                      return visit::ReportSent{effect.ticket, standing_of(submit(**desk, effect, by_resident, cancel))};
                    }),
                    sending_.token());
}

void EffectRunner::run_effect(visit::CancelSending&) { sending_.cancel(); }

// Somebody waits for it: asked at once, whatever the outbox has put off. It finds the answer in the journal where that
// was quicker.
void EffectRunner::run_effect(visit::FindReportOutcome& effect) {
  lanes_.of_report(
      effect.report_id,
      answering([this, effect](core::Result<ReportDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::ReportOutcomeLoaded{effect.ticket, desk.error()};
        auto status = (*desk)->status(effect.report_id, cancel);
        if (!status.ok()) return visit::ReportOutcomeLoaded{effect.ticket, status.error()};
        return visit::ReportOutcomeLoaded{effect.ticket, standing_of(std::move(status->report))};
      }),
      visit_requests_.token());
}

}  // namespace kiosk::app
