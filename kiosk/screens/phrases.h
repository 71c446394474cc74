// Facts in a resident's words: opening, distance, cost, who serves, when checked. Private to screens/.
#pragma once

#include <string>
#include <vector>

#include "kiosk/screens/frame.h"

namespace kiosk::screens {

// "Open now until 17:00", "Opens Tuesday at 09:00 · By appointment"; "" where hours are not known.
std::string opening_words(const Frame& frame, const visit::Hours& hours);
// On a card: a note is no longer than that, however large the letters.
constexpr int kOpeningLines = 2;
// "12 minutes on foot", "You are here"; "" where it is not known or too far.
std::string walking_words(const Frame& frame, std::optional<int> minutes, bool is_here);
std::string cost_words(const Frame& frame, const visit::ServiceCard& card);
std::string cost_line(const Frame& frame, const directory::Cost& cost);
std::string checked_words(const Frame& frame, core::Instant checked);
std::string phone_words(const directory::Phone& phone);
std::string address_words(const directory::Address& address);
std::string bring_words(const Frame& frame, const directory::Service& service);  // what to bring: an item a line
std::string code_words(const std::string& code);                                 // "7K3M-9QX4"

std::string asking_words(const Frame& frame);  // "Asking Northfield Council…": the system of the booking
// What the visit is for, and the way to change it; nothing where it can't be changed.
void draw_services_row(const Frame& frame);

// What, when and where, for a summary.
std::vector<ui::SummaryRow> appointment_rows(const Frame& frame, const promises::Booking& booking);
// The same of one that stands, with how long it takes and what helps to come: the way, what to know and to bring, as
// far as the office and the directory's record of the service say it.
std::vector<ui::SummaryRow> coming_rows(const Frame& frame, const promises::Booking& booking,
                                        const directory::Service& service);

// Whom it serves, and how old the record is.
std::vector<ui::BadgeSpec> trust_badges(const Frame& frame, const visit::ServiceCard& card);
// A service as a card of a list.
ui::CardSpec service_card(const Frame& frame, const visit::ServiceCard& card);
// A list of services as cards; opens what is chosen.
void draw_service_cards(const Frame& frame, std::string_view id, const std::vector<visit::ServiceCard>& cards);
// When it is open, as a table of seven days, today first, and one for each note; that there is more, where there is;
// nothing where nothing is known.
void draw_times(const Frame& frame, const visit::Timetable& times);
// What can be done where no paper came out, and where it is not known. Empty: of a page, whatever is on it.
struct NoPaper {
  std::string failed, unknown;
};
// What became of printing.
void draw_print_outcome(const Frame& frame, visit::PrintState print, const NoPaper& without = {});
// Whom to call about it: `name` on `phone`; the contact centre where there is no number.
void draw_call(const Frame& frame, const std::string& name, const std::string& phone, const std::string& hours);
// Whom to call about an appointment: who keeps it, else the contact centre.
void draw_keeper(const Frame& frame, const promises::Booking& booking);
// Whom to call when nothing else helps: the contact centre of the site.
void draw_contact(const Frame& frame);
// In the words of the language where they have the topic, else in the directory's.
std::string topic_name(const Frame& frame, const visit::Topic& topic);
// "Asking Northfield Council…" with Cancel, once the wait is long enough for words; `share` 0 .. 1 where it is known.
template <class T>
void draw_wait(const Frame& frame, const visit::Load<T>& load, std::string text, bool can_cancel = true,
               std::optional<double> share = {}) {
  if (!frame.waits(load)) return;
  const std::string cancel = can_cancel ? frame.word("nav.cancel") : "";
  // Another kind of wait is another thing to be told.
  if (ui::progress(frame.ui, share ? "work" : "wait", {std::move(text), cancel, share}))
    frame.emit(visit::CancelWaiting{});
}

}  // namespace kiosk::screens
