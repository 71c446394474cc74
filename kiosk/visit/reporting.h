// What the files of the report share. Private to visit/.
#pragma once

#include "kiosk/visit/turn.h"

namespace kiosk::visit {

// reporting.cpp
// Says sorry in the name of the report system, with its number where the site knows one, else the service's own.
void report_sorry(Turn& turn, SorryReason reason);
// Asks for the form; what the pages before the questions show doesn't wait for it.
void load_report_form(Turn& turn);
// The history without the pages of the report, and the page that led into it.
void leave_way(Turn& turn);

// reporting_place.cpp
void submit_postcode(Turn& turn);
void submit_place(Turn& turn);
// Past what is known near by: whoever still waits for it does so no longer.
void go_on_from_known(Turn& turn);

// reporting_questions.cpp
// Word key of what is wrong with the answer; "" nothing.
std::string fault_of_step(const State& state, const ReportStep& step);
// To a question that has to be answered before anything is sent, with what is wrong.
void show_fault(Turn& turn, std::size_t step);
// The first question, or the wait for the form; from the check page, back to that.
void begin_report_questions(Turn& turn);
void plan_steps(State& state);
void show_step(Turn& turn);
// Onto the check page, and the way there is: the place, then the questions.
void to_report_check(Turn& turn);

// reporting_send.cpp
// One that was found by its code: what became of it.
void show_report(Turn& turn, ReportStanding&& standing);

}  // namespace kiosk::visit
