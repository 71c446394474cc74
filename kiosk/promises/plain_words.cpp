#include "kiosk/promises/plain_words.h"

namespace kiosk::promises {
namespace {

// "2026-11-26 05:30 UTC"
std::string minute(core::Instant instant) {
  std::string text = core::to_iso8601(instant).substr(0, 16) + " UTC";
  text[10] = ' ';
  return text;
}

std::string next_try(const Outlook& outlook) {
  if (outlook.tries.count == 0) return "It has not been tried again yet.";
  const std::string times = outlook.tries.count == 1 ? "once" : std::to_string(outlook.tries.count) + " times";
  return "Tried again " + times + "; the next try is due at " + minute(outlook.tries.next) + ".";
}

std::string because(const std::string& problem) { return problem.empty() ? "" : " (" + problem + ")"; }

PlainWords without_system(std::string now, const std::string& back_end) {
  return {std::move(now), "Nothing: its system, \"" + back_end + "\", is not in the configuration any more.",
          "Put the system back into the configuration, or settle it with the authority by telephone."};
}

PlainWords of_giving_up(const Booking& booking, const Outlook& outlook) {
  const bool confirmed = booking.state == BookingState::Confirmed;
  return {
      std::string(confirmed ? "It was booked, and is to be cancelled" : "The slot was held, and is to be given back") +
          "; the back end has not taken that yet" + because(booking.problem) + ".",
      next_try(outlook),
      confirmed ? "If it is urgent, cancel it with the authority, by reference " + booking.reference + "." : ""};
}

PlainWords of_open(const Booking& booking, const Outlook& outlook) {
  switch (booking.state) {
    case BookingState::Drafted:
      return {"Written down; nothing was sent.", "It is closed when the kiosk looks after it next.", ""};
    case BookingState::Holding:
      return {"A slot was asked for and no answer came" + because(booking.problem) + ": a hold may stand there.",
              "The back end lets it lapse by itself" +
                  (booking.hold_until ? ", by " + minute(*booking.hold_until) : std::string()) + ".",
              ""};
    case BookingState::Held:
      return {"The slot is held; nothing is booked.", "It is given back when the visit ends.", ""};
    case BookingState::Confirming:
      return {"The confirmation is on its way, or the kiosk stopped while it was.",
              "The back end's books are read, and it is booked or given back as they say.", ""};
    default:
      return {"It was sent and no answer came" + because(booking.problem) + ": it may be booked.",
              "The back end's books are read until they say. " + next_try(outlook),
              "\"kioskctl promises resolve " + booking.id + "\" reads them now."};
  }
}

PlainWords of_queued(const Report& report, const Outlook& outlook) {
  if (report.problem.starts_with("refused")) {
    return {"Not sent: the back end will not have it (" + report.problem + ").",
            next_try(outlook) + " Others go ahead of it meanwhile.",
            "Check the key for this system (api_key_file), or ask the authority why it refuses reports."};
  }
  return {"Not yet sent" + because(report.problem) + ".",
          "It is sent in its turn, as soon as the back end answers. " + next_try(outlook), ""};
}

PlainWords of_unknown(const Report& report, const Outlook& outlook) {
  PlainWords words;
  words.now = "It was sent and no answer came: it may have arrived" + because(report.problem) + ".";
  const bool blind = report.problem.starts_with("cannot be looked for: unsupported");
  words.next = blind ? "It is not sent again by itself, as the back end can't be asked whether it has it."
                     : "The back end's books are searched for reference " + report.reference +
                           "; it is sent again only if they lack it. " + next_try(outlook);
  if (!outlook.content_kept) words.next += " What it said is erased, so it cannot be sent again.";
  words.staff = "Ask the authority whether it has reference " + report.reference +
                "; then \"kioskctl promises resolve " + report.id + " --sent\", or \"--not-sent\".";
  if (!blind)
    words.staff = "\"kioskctl promises resolve " + report.id + "\" looks now. If it stays unknown: " + words.staff;
  return words;
}

PlainWords of_sent(const Report& report, const Outlook& outlook) {
  if (!report.request_id.empty()) return {"Sent; the back end's number for it is " + report.request_id + ".", "", ""};
  if (report.token.empty()) return {"Sent; this back end gives no numbers.", "", ""};
  if (outlook.tries.count >= kMostTokenTries) {
    return {"Sent; its number is not known.", "The back end is not asked any more.",
            "Ask the authority by reference " + report.reference + " where somebody needs the number."};
  }
  return {"Sent; its number is not known yet.", "The back end is asked for it. " + next_try(outlook), ""};
}

}  // namespace

PlainWords plain_words(const Booking& booking, const Outlook& outlook) {
  const bool open = is_open(booking.state) || booking.giving_up;
  if (booking.giving_up && outlook.configured) return of_giving_up(booking, outlook);
  if (open) {
    PlainWords words = booking.giving_up ? of_giving_up(booking, outlook) : of_open(booking, outlook);
    return outlook.configured ? words : without_system(std::move(words.now), booking.target.backend);
  }
  switch (booking.state) {
    case BookingState::Confirmed:
      return {"Booked, under reference " + booking.reference + "." +
                  (booking.problem.empty() ? "" : " It could not be cancelled (" + booking.problem + ")."),
              "", booking.problem.empty() ? "" : "If nobody needs it, cancel it with the authority."};
    case BookingState::Refused:
      return {"Not booked: the back end said no" + because(booking.problem) + ".", "", ""};
    case BookingState::Cancelled:
      return {"It was booked, and then cancelled.", "", ""};
    default:
      return {"Given back; nothing is booked" + because(booking.problem) + ".", "", ""};
  }
}

PlainWords plain_words(const Report& report, const Outlook& outlook) {
  PlainWords words;
  switch (report.state) {
    case ReportState::Drafted:
      words = {"Written down; nothing was sent.", "It is closed when the kiosk looks after it next.", ""};
      break;
    case ReportState::Queued:
      words = of_queued(report, outlook);
      break;
    case ReportState::Sending:
      words = {"It is on its way, or the kiosk stopped while it was.", "The back end's books are searched for it.", ""};
      break;
    case ReportState::Unknown:
      words = of_unknown(report, outlook);
      break;
    case ReportState::Sent:
      words = of_sent(report, outlook);
      break;
    case ReportState::Refused:
      return {"Not sent: " + (report.problem.empty() ? "the back end said no" : report.problem) + ".", "", ""};
    case ReportState::Withdrawn:
      return {"Taken back before it was sent.", "", ""};
  }
  if (outlook.configured || !is_open(report.state)) return words;
  return without_system(std::move(words.now), report.target.backend);
}

}  // namespace kiosk::promises
