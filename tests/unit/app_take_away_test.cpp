// What residents take away, and what becomes of the journal's file.
#include <fstream>

#include "kiosk/app/promise_systems.h"
#include "kiosk/app/take_away.h"
#include "kiosk/core/files.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;

namespace {

settings::Settings site() {
  settings::Settings settings;
  settings.kiosk.name = "Riverside Library";
  settings.contact = {"Contact centre", "01632 960200", "weekdays"};
  settings.bookings.push_back({"zms", "Registrars", "https://zms.example", "zms", "01632 960100", "mornings"});
  settings.receipts.manage_url = "HTTPS://KIOSK.EXAMPLE/A/";
  return settings;
}

promises::Booking booking() {
  promises::Booking booking;
  booking.state = promises::BookingState::Confirmed;
  booking.target = {"zms", "2101"};
  booking.service_name = "Register a birth";
  booking.office.name = "Register Office";
  booking.office.address = "1 High Street";
  booking.office.hint = "Ring the bell.";
  booking.slot.start = kMorning;
  booking.reference = "100042";
  booking.code = "7K3M9QX4";
  return booking;
}

}  // namespace

TEST_CASE("a booking's receipt says what, when, where, what to bring, whom to call, and the code") {
  directory::Service service;
  service.documents = {{"Passport"}};
  service.places.push_back({});
  service.places.back().name = "Register Office";
  service.places.back().transportation = "Bus 4 to High Street.";
  const receipts::Receipt receipt = app::booking_receipt(booking(), &service, site(), words().in("en"), kMorning, 2);
  CHECK(receipt.title == "Register a birth");
  CHECK(receipt.provider == "Registrars");
  CHECK(receipt.starts->instant == kMorning);
  CHECK(receipt.where.name == "Register Office");
  CHECK(receipt.where.how_to_get_there == "Bus 4 to High Street.");
  CHECK(receipt.bring == std::vector<std::string>{"Passport"});
  CHECK(receipt.facts == std::vector<std::string>{"Ring the bell."});  // as the page: good to know, and no way to walk
  CHECK(receipt.call == "01632 960100");
  CHECK(receipt.code == "7K3M9QX4");
  CHECK(receipt.copy == 2);
}

TEST_CASE("nobody is told what to bring to an appointment that is cancelled, nor to ring there") {
  directory::Service service;
  service.documents = {{"Passport"}};
  service.places.push_back({});
  service.places.back().name = "Register Office";
  service.places.back().transportation = "Bus 4 to High Street.";
  promises::Booking cancelled = booking();
  cancelled.state = promises::BookingState::Cancelled;
  const receipts::Receipt receipt = app::booking_receipt(cancelled, &service, site(), words().in("en"), kMorning, 1);
  CHECK(receipt.bring.empty());
  CHECK(receipt.facts.empty());
  CHECK(receipt.where.how_to_get_there.empty());
}

namespace {

// From today on, open between hours of kMorning's day.
std::vector<directory::DayHours> one_day(int from, int to) {
  const auto day = std::chrono::floor<std::chrono::days>(kMorning);
  return {{core::Date(day), {{day + std::chrono::hours(from), day + std::chrono::hours(to)}}}};
}

std::vector<std::string> hours_on_paper(const visit::ServiceView& view) {
  std::vector<std::string> lines;
  for (const receipts::OpeningTimes& times : app::service_slip(view, site(), words().in("en"), kMorning).times) {
    if (!times.of_what.empty()) lines.push_back(times.of_what);
    lines.insert(lines.end(), times.lines.begin(), times.lines.end());
  }
  return lines;
}

}  // namespace

TEST_CASE("hours on paper stand below the note that limits them") {
  visit::ServiceView view;
  view.times.week = one_day(9, 17);
  view.times.noted = {{"Phone, at night", {}, one_day(20, 22)}, {"Dangerous structures", {}, one_day(0, 24)}};
  view.times.noted.push_back({"Closed on bank holidays", {}, {}});
  CHECK(hours_on_paper(view) == std::vector<std::string>{"Tuesday: 09:00 to 17:00", "Closed on bank holidays",
                                                         "Phone, at night", "Tuesday: 20:00 to 22:00",
                                                         "Dangerous structures", "Always open"});
  const auto times = app::service_slip(view, site(), words().in("en"), kMorning).times;
  CHECK(times[0].of_what.empty());
  CHECK(times[1].of_what == "Phone, at night");
}

TEST_CASE("hours that paper has no room for are left out by the whole table, and it says that there is more") {
  visit::ServiceView view;
  const std::vector<directory::DayHours> week(7, one_day(9, 17).front());
  view.times.week = week;
  view.times.noted = {{"Phone", {}, week}, {"Garden", {}, week}, {"Museum", {}, week}};
  const std::vector<std::string> lines = hours_on_paper(view);
  CHECK(lines.size() == 24);  // a third would be one line too many
  CHECK(lines[15] == "Garden");
  CHECK(lines.back() == words().in("en").format("hours.more"));
  view.times.week.clear();
  CHECK(hours_on_paper(view).size() == 24);  // all three
  CHECK(hours_on_paper(view).back() != words().in("en").format("hours.more"));
  view.times.week = week;
  for (visit::NotedWeek& noted : view.times.noted) noted.note.assign(600, 'x');
  CHECK(hours_on_paper(view).size() == 7 + 8 + 1);  // two notes of that length leave no room for what else is told
  view.times.noted.resize(1);
  CHECK(hours_on_paper(view).size() == 15);
  view.times.cut = true;
  CHECK(hours_on_paper(view).size() == 16);
  view.times.noted.assign(visit::kMostNotes, {"Closed on bank holidays", {}, {}});
  std::vector<std::string> printed;
  const auto slip = app::service_slip(view, site(), words().in("en"), kMorning);
  for (const receipts::ReceiptLine& line : receipts::receipt_lines(slip, words().in("en")))
    printed.push_back(line.text);
  CHECK(std::find(printed.begin(), printed.end(), words().in("en").format("hours.more")) != printed.end());
}

TEST_CASE("paper tells the hours of the place, else the service's own, else what is said of the place's") {
  visit::ServiceView view;
  view.places.resize(1);
  view.places[0].times.noted = {{"By appointment", {}, {}}};
  CHECK(hours_on_paper(view) == std::vector<std::string>{"By appointment"});
  view.times.week = one_day(9, 17);
  CHECK(hours_on_paper(view) == std::vector<std::string>{"Tuesday: 09:00 to 17:00"});
  view.places[0].times.noted[0].week = one_day(14, 16);
  view.places[0].hours = {{directory::OpenKind::Closed, {}}, "By appointment"};
  CHECK(hours_on_paper(view) == std::vector<std::string>{"By appointment", "Tuesday: 14:00 to 16:00"});
  view.places[0].times = {};
  view.places[0].hours = {{directory::OpenKind::ClosedFor, {}}, {}};
  CHECK(hours_on_paper(view) == std::vector<std::string>{"Closed for now"});
  const auto opens = kMorning + std::chrono::days(10);
  view.places[0].hours = {{directory::OpenKind::Closed, {opens, opens + std::chrono::hours(2)}}, {}};
  REQUIRE(hours_on_paper(view).size() == 1);  // nothing of the service's own above the place's address
  CHECK(hours_on_paper(view)[0].starts_with("Opens "));
}

TEST_CASE("the QR of a booking holds the landing page and the code, and nothing of the person or the reason") {
  CHECK(app::booking_link(booking(), site()) == "HTTPS://KIOSK.EXAMPLE/A/7K3M9QX4");
  settings::Settings bare = site();
  bare.receipts.manage_url.clear();
  CHECK(app::booking_link(booking(), bare) == "7K3M9QX4");
}

TEST_CASE("a service's slip falls back on the contact centre where the service has no number") {
  visit::ServiceView view;
  view.service.name = "Food bank";
  view.service.checked = kMorning;
  const receipts::Receipt slip = app::service_slip(view, site(), words().in("en"), kMorning);
  CHECK(slip.call == "01632 960200");
  CHECK(slip.code.empty());
  CHECK(slip.facts.empty());  // when the record was looked at is no advice
  REQUIRE(slip.checked);
  CHECK(slip.checked->instant == kMorning);
}

TEST_CASE("a slip from a page that says sorry says what happened to which appointment, and the booking line's number") {
  visit::ServiceView view;
  view.service.name = "Register a birth";
  view.service.url = "https://north.example/birth";
  view.service.phones.push_back({});
  view.service.phones.back().number = "01632 960999";
  visit::Sorry sorry{visit::SorryReason::BookingUnknown, "Registrars", "01632 960100", "mornings", {}, booking()};
  const auto said = [&] {
    std::string all;
    const receipts::Receipt slip = app::sorry_slip(sorry, view, site(), words().in("en"), kMorning);
    for (const receipts::ReceiptLine& line : receipts::receipt_lines(slip, words().in("en"))) all += line.text + "\n";
    return all;
  };
  const std::string unknown = said();
  INFO(unknown);
  CHECK(unknown.starts_with("We do not know yet whether your appointment is booked"));
  for (const char* part : {"do not book again", "Register a birth", "Tuesday 24 November 2026", "10:00",
                           "Register Office", "100042", "7K3M-9QX4", "01632 960100", "mornings"})
    CHECK(unknown.find(part) != std::string::npos);
  CHECK(unknown.find("01632 960999") == std::string::npos);
  sorry.reason = visit::SorryReason::BookingRefused;
  const std::string refused = said();
  INFO(refused);
  CHECK(refused.starts_with("No appointment is booked\n" + words().in("en").format("sorry.refused.title")));
  CHECK(refused.find("10:00") != std::string::npos);
  CHECK(refused.find("100042") == std::string::npos);  // it would be of no use
  CHECK(refused.find("7K3M") == std::string::npos);
  sorry = {visit::SorryReason::BookingUnavailable, "Contact centre", "01632 960200", "weekdays", {}, {}};
  CHECK(said().find("No appointment is booked\n") == 0);
}

namespace {

settings::Settings site_with_reports() {
  settings::Settings settings = site();
  settings::ReportEntry entry;
  entry.id = "streets";
  entry.name = "Street services";
  entry.phone = "01632 960300";
  settings.reports.push_back(entry);
  return settings;
}

// The slip of a report in words, and what its QR holds.
std::pair<std::string, std::string> slip_of(promises::ReportState state, const char* number = "",
                                            const char* notice = "", bool call_back = false) {
  promises::Report report;
  report.state = state;
  report.target = {"streets", "POTHOLE"};
  report.code = "7K3M9QX4";
  report.request_id = number;
  report.notice = notice;
  directory::Service service;
  service.name = "Report a pothole";
  service.url = "https://north.example/pothole";
  settings::Settings site = site_with_reports();
  if (call_back) site.bookings.front().call_back = "streets:POTHOLE";
  const receipts::Receipt slip = app::report_receipt(report, service, site, words().in("en"), kMorning, 1);
  std::string all;
  for (const receipts::ReceiptLine& line : receipts::receipt_lines(slip, words().in("en"))) all += line.text + "\n";
  return {all, slip.link};
}

}  // namespace

TEST_CASE("the slip of a request to be called back speaks of no report") {
  using promises::ReportState;
  for (const auto state : {ReportState::Sent, ReportState::Queued, ReportState::Unknown, ReportState::Refused}) {
    const std::string said = slip_of(state, "", "", true).first;
    INFO(said);
    CHECK(said.find("your report") == std::string::npos);
    CHECK(said.find("Your report") == std::string::npos);
  }
  CHECK(slip_of(ReportState::Sent, "1042-77", "", true).first.starts_with("You asked to be called back\n"));
}

TEST_CASE("the slip of a report says what became of it in the screen's words, and what to ask by") {
  using promises::ReportState;
  const auto [sent, link] = slip_of(ReportState::Sent, "1042-77", "An inspector looks at it.");
  INFO(sent);
  CHECK(sent.starts_with("Your report was sent\nSent. Number 1042-77\n"));
  for (const char* part :
       {"Report a pothole", "Street services", "An inspector looks at it.", "7K3M-9QX4", "01632 960300"})
    CHECK(sent.find(part) != std::string::npos);
  CHECK(link == "HTTPS://KIOSK.EXAMPLE/A/7K3M9QX4");
  const std::string queued = slip_of(ReportState::Queued).first;
  INFO(queued);
  CHECK(queued.starts_with("Your report is not yet sent\n"));
  CHECK(queued.find("7K3M-9QX4") != std::string::npos);
  CHECK(queued.find("Sent.") == std::string::npos);
  CHECK(queued.find("reference") == std::string::npos);  // it has none yet that the code could be kept with
  const std::string unknown = slip_of(ReportState::Unknown).first;
  CHECK(unknown.starts_with("We do not know yet whether your report has arrived\n"));
  CHECK(unknown.find("do not report it again") != std::string::npos);
  CHECK(unknown.find("Sent.") == std::string::npos);
  const auto [refused, page] = slip_of(ReportState::Refused, "", "That street is not ours.");
  CHECK(refused.starts_with("Your report was not accepted\n"));
  CHECK(refused.find("Change your answers") == std::string::npos);  // paper has none
  CHECK(refused.find("That street is not ours.") != std::string::npos);
  CHECK(refused.find("7K3M") == std::string::npos);
  CHECK(page == "https://north.example/pothole");
}

TEST_CASE("a slip from a page that says sorry about a report speaks of no appointment") {
  const visit::Sorry sorry{visit::SorryReason::ReportJournal, "Street services", "01632 960300", "", {}, {}};
  visit::ServiceView view;
  view.service.name = "Report a pothole";
  const receipts::Receipt slip = app::sorry_slip(sorry, view, site(), words().in("en"), kMorning);
  CHECK(slip.kind == receipts::Kind::ReportNotSent);
}

TEST_CASE("a QR bitmap has its quiet zone; text that can't be a code gives none") {
  const core::Bitmap1 bitmap = app::qr_bitmap("HTTPS://KIOSK.EXAMPLE/A/7K3M9QX4");
  REQUIRE(bitmap.width > 8);
  for (int i = 0; i < bitmap.width; ++i) {
    CHECK_FALSE(bitmap.at(i, 3));
    CHECK_FALSE(bitmap.at(3, i));
  }
  CHECK(bitmap.at(4, 4));
  CHECK(app::qr_bitmap("").width == 0);
  CHECK(app::qr_bitmap(std::string(5000, 'x')).width == 0);
}

TEST_CASE("one kiosk at a time uses a data folder") {
  const TemporaryFolder folder;
  const auto files = app::data_files({}, folder.path());
  REQUIRE(files.ok());
  {
    const auto first = app::lock_data(*files);
    REQUIRE(first.ok());
    REQUIRE_FALSE(app::lock_data(*files).ok());
    CHECK(app::lock_data(*files).error().kind == core::ErrorKind::Refused);
  }
  CHECK(app::lock_data(*files).ok());
}

TEST_CASE("a damaged journal is refused and left exactly as it was") {
  const TemporaryFolder folder;
  const app::DataFiles files{folder.path() / "directory.db", folder.path() / "kiosk.db", folder.path() / "kiosk.key",
                             folder.path() / "gaps.db"};
  const std::string damage(3000, '\x5a');
  REQUIRE(core::write_file_atomically(files.kiosk_db, damage).ok());
  const core::SystemClock clock;
  const auto systems = app::PromiseSystems::open(files, site(), clock);
  REQUIRE_FALSE(systems.ok());
  CHECK(systems.error().kind == core::ErrorKind::Corrupt);
  CHECK(core::read_file(files.kiosk_db).value() == damage);
}
