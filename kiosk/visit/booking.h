// What the files of the booking share. Private to visit/.
#pragma once

#include <string>

#include "kiosk/visit/turn.h"

namespace kiosk::visit {

// booking.cpp
// What was typed outlives a booking that has to begin anew, as long as it is for the same service.
void begin_booking(Turn& turn);
// The same service at another time; what the booking system knows of the person needs no asking again.
void begin_move(Turn& turn, const promises::Managed& appointment);
// Says sorry in the name of the booking system, with its number where the site knows one, else the service's own.
void booking_sorry(Turn& turn, SorryReason reason);
SorryReason reason_of(core::ErrorKind kind);
const promises::Office* chosen_office(const State& state);
void return_to_service(Turn& turn);
// History without the pages of the booking: Back must not lead into a form that is done.
void forget_way(State& state);

// booking_services.cpp
// The answer to what was asked for on the page of services. What could not be had leaves all as it was before.
void take_services_offer(Turn& turn);
void cancel_services_offer(Turn& turn);  // nobody waits for it any more

// booking_time.cpp
void load_calendar(Turn& turn);
void open_calendar(Turn& turn, const std::string& office_id);
// Gives back a hold that stands; one whose answer is still awaited is given back when it comes (HoldDone).
void release_hold(Turn& turn);

// booking_details.cpp
void begin_questions(Turn& turn, const promises::DetailsForm& form);
// Whether each question has an answer that will do: then nothing is asked again.
bool all_answered(const State& state);
void show_question(Turn& turn);
// Onto the check page, or back to it where the resident came from there.
void to_check(Turn& turn);

}  // namespace kiosk::visit
