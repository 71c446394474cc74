// The effects of a promise that is there already: found by its code, read back, cancelled.
#include "kiosk/app/effect_jobs.h"

namespace kiosk::app {

// The code is looked up beside the lanes; an appointment is then read back on the lane of its system.
void EffectRunner::run_effect(visit::FindByCode& effect) {
  ask_printer();
  const auto alive = alive_;
  lanes_.look_up(
      [this, alive, effect](core::Result<promises::Journal*> journal, const work::CancelToken&) {
        auto found = std::make_shared<core::Result<promises::FoundPromise>>(
            journal.ok() ? lookup_.find(**journal, effect.code) : journal.error());
        inbox_.post([this, alive, found, ticket = effect.ticket] {
          if (*alive) show_found(ticket, std::move(*found));
        });
      },
      visit_requests_.token());
}

void EffectRunner::answer_found(std::uint64_t ticket, core::Result<visit::Found> found) {
  deliver_(visit::FoundByCode{ticket, std::move(found)});
}

void EffectRunner::show_found(std::uint64_t ticket, core::Result<promises::FoundPromise> found) {
  if (!found.ok()) return answer_found(ticket, found.error());
  if (auto* report = std::get_if<promises::Report>(&*found)) {
    auto standing = standing_of(std::move(*report));
    if (!standing.ok()) return answer_found(ticket, standing.error());
    return answer_found(ticket, visit::Found(std::move(*standing)));
  }
  const promises::Booking booking = std::get<promises::Booking>(*found);
  lanes_.of_booking(booking.id,
                    answering([ticket, booking](core::Result<promises::BookingDesk*> desk,
                                                const work::CancelToken& cancel) -> visit::Event {
                      // Its system is not configured any more: it is told as it was known last.
                      if (!desk.ok())
                        return visit::FoundByCode{ticket, visit::Found(promises::Managed{booking, false, {}})};
                      auto managed = (*desk)->look(booking.id, cancel);
                      if (!managed.ok()) return visit::FoundByCode{ticket, managed.error()};
                      return visit::FoundByCode{ticket, visit::Found(std::move(*managed))};
                    }),
                    visit_requests_.token());
}

// Not cancelled with the visit: it was asked for, and is done.
void EffectRunner::run_effect(visit::CancelBooking& effect) {
  lanes_.of_booking(effect.booking_id, answering([effect](core::Result<promises::BookingDesk*> desk,
                                                          const work::CancelToken& cancel) -> visit::Event {
                      if (!desk.ok()) return visit::CancelDone{effect.ticket, desk.error()};
                      return visit::CancelDone{effect.ticket, (*desk)->release(effect.booking_id, cancel)};
                    }));
}

}  // namespace kiosk::app
