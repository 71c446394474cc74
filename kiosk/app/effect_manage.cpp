// The effects of a promise that is there already: found by its code, read back, cancelled.
#include "kiosk/app/effect_jobs.h"

namespace kiosk::app {

// The code is looked up beside the lanes; an appointment is then read back on the lane of its system.
void EffectRunner::run_effect(visit::FindByCode& effect) {
  ask_printer();
  const auto alive = alive_;
  lanes_.look_up(
      [this, alive, effect](core::Result<promises::Journal*> journal, const work::CancelToken&) {
        auto found = journal.ok() ? lookup_.find(**journal, effect.code) : journal.error();
        if (const auto* booking = found.ok() ? std::get_if<promises::Booking>(&*found) : nullptr) {
          inbox_.post([this, alive, ticket = effect.ticket, booking = *booking] {
            if (*alive) read_back(ticket, booking);
          });
          return;
        }
        auto event = std::make_shared<visit::Event>(visit::FoundByCode{effect.ticket, report_of(found)});
        inbox_.post([this, alive, event] {
          if (*alive) deliver_(std::move(*event));
        });
      },
      visit_requests_.token());
}

core::Result<visit::Found> EffectRunner::report_of(const core::Result<promises::FoundPromise>& found) const {
  if (!found.ok()) return found.error();
  auto standing = standing_of(std::get<promises::Report>(*found));
  if (!standing.ok()) return standing.error();
  return visit::Found(std::move(*standing));
}

void EffectRunner::read_back(std::uint64_t ticket, const promises::Booking& booking) {
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

void EffectRunner::run_effect(visit::LoadBookedService& effect) {
  on(find_, [this, effect](const work::CancelToken&) -> visit::Event {
    return visit::BookedServiceLoaded{effect.ticket, backstage_.knowledge->booked_service(effect.booking)};
  });
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
