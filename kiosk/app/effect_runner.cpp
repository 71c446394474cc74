#include "kiosk/app/effect_jobs.h"
#include "kiosk/app/take_away.h"
#include "kiosk/core/log.h"
#include "kiosk/work/ui_thread.h"

namespace kiosk::app {

EffectRunner::EffectRunner(Backstage backstage, work::Inbox& inbox, Deliver deliver)
    : backstage_(std::move(backstage)),
      inbox_(inbox),
      deliver_(std::move(deliver)),
      lookup_(*backstage_.clock),
      lanes_(std::move(backstage_.promises), inbox, *backstage_.clock,
             backstage_.calendar_files ? std::function<void()>([this] { update_calendar_files(); }) : nullptr),
      find_("find"),
      print_("print"),
      searches_(find_, inbox) {}

EffectRunner::~EffectRunner() {
  *alive_ = false;
  visit_requests_.cancel();
}

void EffectRunner::run(visit::Effect effect) {
  work::UiThread::assert_here("EffectRunner::run");
  effect.visit([this](auto& one) { run_effect(one); });
}

void EffectRunner::begin() {
  directory_published();
  ask_printer();
  deliver_(visit::JournalChanged{lanes_.usable()});
  lanes_.recover();
}

bool EffectRunner::idle() const { return find_.idle() && lanes_.idle() && print_.idle() && searches_.idle(); }

void EffectRunner::directory_published() {
  on(find_, [this](const work::CancelToken&) -> visit::Event {
    backstage_.knowledge->refresh();
    return visit::DirectoryChanged{backstage_.knowledge->empty(), backstage_.knowledge->checked()};
  });
  update_calendar_files();  // what has begun since is taken away, and what could not be written is tried again
}

void EffectRunner::ask_printer() {
  on(print_, [this](const work::CancelToken& cancel) -> visit::Event {
    return visit::PrinterChanged{backstage_.printing->ready(cancel)};
  });
}

// A folder that is slow or can't be written costs the calendar entry, and no booking.
void EffectRunner::update_calendar_files() {
  if (!backstage_.calendar_files) return;
  const core::Status posted = print_.post([this](const work::CancelToken&) {
    const core::Status done = backstage_.calendar_files->update();
    if (!done.ok()) core::log_warning("calendar.not_written", {{"error", done.error()}});
  });
  if (!posted.ok()) core::log_error("effects.worker_full", {{"error", posted.error()}});
}

void EffectRunner::run_effect(visit::RunSearch& effect) {
  const auto alive = alive_;
  const core::Status asked =
      searches_.ask([this, alive, effect](const work::CancelToken&) -> work::LatestOnly::Completion {
        auto results =
            std::make_shared<visit::SearchResults>(backstage_.knowledge->search(effect.query, effect.whereabouts));
        return [this, alive, results, ticket = effect.ticket] {
          if (*alive) deliver_(visit::SearchLoaded{ticket, std::move(*results)});
        };
      });
  if (!asked.ok()) core::log_error("effects.worker_full", {{"error", asked.error()}});
}

void EffectRunner::run_effect(visit::LoadTopics& effect) {
  on(find_, [this, ticket = effect.ticket](const work::CancelToken&) -> visit::Event {
    return visit::TopicsLoaded{ticket, backstage_.knowledge->topics()};
  });
}

void EffectRunner::run_effect(visit::LoadTopic& effect) {
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    return visit::TopicServicesLoaded{effect.ticket,
                                      backstage_.knowledge->topic_services(effect.id, effect.whereabouts)};
  });
}

void EffectRunner::run_effect(visit::LoadService& effect) {
  ask_printer();  // the page offers paper only where there is some
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    auto view = backstage_.knowledge->service(effect.key, effect.whereabouts);
    if (!view.ok()) return visit::ServiceLoaded{effect.ticket, view.error()};
    core::Bitmap1 qr = qr_bitmap(view->service.url);
    return visit::ServiceLoaded{effect.ticket, visit::ServicePage{std::move(*view), std::move(qr)}};
  });
}

void EffectRunner::run_effect(visit::FindArea& effect) {
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    return visit::AreaLoaded{effect.ticket, backstage_.knowledge->area(effect.postcode.reveal())};
  });
}

void EffectRunner::run_effect(visit::LoadPlaces& effect) {
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    return visit::PlacesLoaded{effect.ticket, backstage_.knowledge->places(effect.whereabouts)};
  });
}

void EffectRunner::run_effect(visit::LoadOffer& effect) {
  lanes_.at_bookings(
      effect.target.backend,
      answering([effect](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::OfferLoaded{effect.ticket, desk.error()};
        return visit::OfferLoaded{effect.ticket, (*desk)->offer(effect.target, cancel)};
      }),
      visit_requests_.token());
}

void EffectRunner::run_effect(visit::LoadCalendar& effect) {
  lanes_.at_bookings(
      effect.target.backend,
      answering([effect](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::CalendarLoaded{effect.ticket, desk.error()};
        return visit::CalendarLoaded{
            effect.ticket, (*desk)->calendar(effect.target, {effect.office_id}, effect.first, effect.last, cancel)};
      }),
      visit_requests_.token());
}

void EffectRunner::run_effect(visit::HoldSlot& effect) {
  lanes_.at_bookings(
      effect.offer.target.backend,
      answering([effect](core::Result<promises::BookingDesk*> desk, const work::CancelToken& cancel) -> visit::Event {
        if (!desk.ok()) return visit::HoldDone{effect.ticket, desk.error()};
        return visit::HoldDone{effect.ticket,
                               (*desk)->hold(effect.offer, effect.slot, cancel, effect.replaces, effect.record)};
      }),
      visit_requests_.token());
}

// Not cancelled with the visit: once it is on its way, its outcome is wanted whoever waits for it.
void EffectRunner::run_effect(visit::SendConfirmation& effect) {
  ask_printer();
  lanes_.of_booking(effect.booking_id, answering([this, effect](core::Result<promises::BookingDesk*> desk,
                                                                const work::CancelToken& cancel) -> visit::Event {
                      if (!desk.ok()) return visit::ConfirmDone{effect.ticket, desk.error()};
                      auto booking = (*desk)->confirm(effect.booking_id, effect.details, cancel);
                      return visit::ConfirmDone{effect.ticket, confirmation_of(**desk, std::move(booking))};
                    }));
}

core::Result<visit::Confirmation> EffectRunner::confirmation_of(promises::BookingDesk& desk,
                                                                core::Result<promises::Booking> booking) const {
  if (!booking.ok()) return booking.error();
  core::Bitmap1 qr = qr_bitmap(booking_link(*booking, *backstage_.settings));
  const bool old_stands = booking->state == promises::BookingState::Confirmed && desk.earlier_stands(*booking);
  return visit::Confirmation{std::move(*booking), std::move(qr), old_stands};
}

// Somebody waits for it: asked at once, whatever recover() has put off. It finds the answer in the journal where
// recover() was quicker.
void EffectRunner::run_effect(visit::FindOutcome& effect) {
  lanes_.of_booking(effect.booking_id,
                    answering([this, effect](core::Result<promises::BookingDesk*> desk,
                                             const work::CancelToken& cancel) -> visit::Event {
                      if (!desk.ok()) return visit::OutcomeLoaded{effect.ticket, desk.error()};
                      auto booking = (*desk)->resolve(effect.booking_id, cancel);
                      return visit::OutcomeLoaded{effect.ticket, confirmation_of(**desk, std::move(booking))};
                    }),
                    visit_requests_.token());
}

void EffectRunner::run_effect(visit::ReleaseHold& effect) {
  lanes_.of_booking(effect.booking_id, [id = effect.booking_id](core::Result<promises::BookingDesk*> desk,
                                                                const work::CancelToken& cancel) {
    if (!desk.ok()) return;
    const auto released = (*desk)->release_hold(id, cancel);
    if (released.ok()) return;
    core::log_warning("promises.release_failed", {{"booking", id}, {"error", released.error()}});
  });
}

void EffectRunner::run_effect(visit::CancelRequests&) {
  visit_requests_.cancel();
  visit_requests_ = work::CancelSource();
}

void EffectRunner::run_effect(visit::PrintBooking& effect) {
  const text::Language& language = backstage_.words->in(effect.language);
  print(effect.ticket, effect.booking.id,
        booking_receipt(effect.booking, &effect.service, *backstage_.settings, language, backstage_.clock->now(),
                        effect.copy),
        effect.language, effect.large);
}

void EffectRunner::run_effect(visit::PrintReport& effect) {
  const text::Language& language = backstage_.words->in(effect.language);
  print(effect.ticket, effect.report.id,
        report_receipt(effect.report, effect.service, *backstage_.settings, language, backstage_.clock->now(),
                       effect.copy),
        effect.language, effect.large);
}

void EffectRunner::run_effect(visit::PrintService& effect) {
  const text::Language& language = backstage_.words->in(effect.language);
  print(effect.ticket, {}, service_slip(effect.view, *backstage_.settings, language, backstage_.clock->now()),
        effect.language, false);
}

void EffectRunner::run_effect(visit::PrintSorry& effect) {
  const text::Language& language = backstage_.words->in(effect.language);
  print(effect.ticket, {},
        sorry_slip(effect.sorry, effect.view, *backstage_.settings, language, backstage_.clock->now()), effect.language,
        false);
}

void EffectRunner::print(std::uint64_t ticket, const std::string& booking, receipts::Receipt receipt,
                         const std::string& language, bool large) {
  on(print_,
     [this, ticket, booking, receipt = std::move(receipt), language,
      large](const work::CancelToken& cancel) -> visit::Event {
       return visit::PrintDone{
           ticket, backstage_.printing->print(booking, receipt, backstage_.words->in(language), large, cancel)};
     });
  ask_printer();
}

// Never on the worker that searches: a disk that is slow or full costs the count, and nothing else.
void EffectRunner::run_effect(visit::CountGap& effect) {
  const core::Status posted = print_.post([this, gap = std::move(effect)](const work::CancelToken&) {
    const core::Status counted = backstage_.gaps->count(gap);
    if (!counted.ok()) core::log_warning("gaps.not_counted", {{"error", counted.error()}});
  });
  if (!posted.ok()) core::log_error("effects.worker_full", {{"error", posted.error()}});
}

void EffectRunner::run_effect(visit::ReadPage&) {}  // the session's, who has the scene
void EffectRunner::run_effect(visit::Wipe&) {}

}  // namespace kiosk::app
