// Free times over a ZMS citizen API of either generation. From server tag 2.25.00-muc46 on there is one calendar;
// before that there are lists of days, and a request for the times of each day. Which it is, is found by asking.
// Private to promises.
#pragma once

#include "kiosk/promises/backend.h"
#include "kiosk/promises/zms_line.h"

namespace kiosk::promises::zms {

struct CalendarQuestion {
  BookingTarget target;
  std::vector<std::string> office_ids;
  core::Date first, last;
  bool operator==(const CalendarQuestion&) const = default;
};

// Same thread rules as its line.
class CalendarReader {
 public:
  CalendarReader(Line& line, const core::Clock& clock, const ZmsOptions& options)
      : line_(line), clock_(clock), options_(options) {}

  // `captcha_token` may be empty. Asks the generation that was found last; where that has no such route (a server that
  // was exchanged while the kiosk runs), the other. Errors: those of the line; Unsupported: neither generation.
  core::Result<Calendar> read(const CalendarQuestion& question, const std::string& captcha_token,
                              const work::CancelToken& cancel);
  // What was read a moment ago; nullopt: it has to be read.
  std::optional<Calendar> remembered(const CalendarQuestion& question) const;
  void forget() { memory_.clear(); }  // somebody, if only we, has taken a slot

 private:
  enum class Generation { Present, Legacy };
  core::Result<Calendar> ask(Generation generation, const CalendarQuestion& question, const std::string& captcha_token,
                             const work::CancelToken& cancel);
  core::Result<Calendar> ask_present(const CalendarQuestion& question, const std::string& captcha_token,
                                     const work::CancelToken& cancel);
  void remember(const CalendarQuestion& question, const Calendar& calendar);

  struct Memory {
    CalendarQuestion question;
    Calendar calendar;
    core::Milliseconds read{};
  };
  Line& line_;
  const core::Clock& clock_;
  const ZmsOptions& options_;
  Generation generation_ = Generation::Present;
  std::vector<Memory> memory_;
};

// Ids and counts of the target's services, in one order, as both generations want them.
std::vector<std::string> service_ids(const BookingTarget& target);
std::vector<std::string> service_counts(const BookingTarget& target);

}  // namespace kiosk::promises::zms
