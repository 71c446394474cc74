// What the pages of a report have in common. Private to screens/.
#pragma once

#include <string>

#include "kiosk/screens/frame.h"

namespace kiosk::screens {

// Who receives it: "Northfield District Council".
std::string report_system_words(const Frame& frame);
// What is reported: "Missed bin collection", or "Call back: Register a birth".
std::string report_title_words(const Frame& frame);
// The question of a page, and what is said to it.
std::string step_words(const Frame& frame, const visit::ReportStep& step);
std::string step_hint(const Frame& frame, const visit::ReportStep& step);
// The answer in words; "" none.
std::string answer_words(const Frame& frame, const visit::ReportStep& step);
// Where it is, as the resident said it.
std::string place_words(const Frame& frame);
// Whom it goes to, and how long it stays here.
void draw_report_privacy(const Frame& frame);
// Whom to call about it: the report system's number, else the contact centre.
void draw_report_contact(const Frame& frame);
// What is wrong, first on the page; `field` is where a touch leads, None where nothing is typed.
void draw_fault(const Frame& frame, const std::string& key, visit::Field field);
// Continue, always at the same place.
std::vector<ui::DockButton> continue_button(const Frame& frame);

}  // namespace kiosk::screens
