#include "kiosk/core/strings.h"
#include "kiosk/receipts/icalendar.h"
#include "tests/unit/receipts_example.h"

using namespace kiosk;
using namespace kiosk::receipts;

namespace {

std::string calendar(const Receipt& receipt, int sequence = 0) {
  auto result = to_icalendar(receipt, "a1@kiosk.example", sequence);
  REQUIRE(result.ok());
  return std::move(result).value();
}

// RFC 5545 section 3.1: a line break and one space go.
std::string unfolded(std::string text) {
  for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
  return text;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("An appointment is an event in UTC") {
  Receipt receipt = example_receipt();
  receipt.starts = example_moment("2026-07-01T13:30:00+01:00");
  const std::string text = unfolded(calendar(receipt, 3));
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  CHECK(contains(text, "\r\nDTSTART:20260701T123000Z\r\n"));
  CHECK(contains(text, "\r\nDTEND:20260701T130000Z\r\n"));
  CHECK(contains(text, "\r\nDTSTAMP:20261120T101200Z\r\n"));
  CHECK(contains(text, "\r\nUID:a1@kiosk.example\r\n"));
  CHECK(contains(text, "\r\nSEQUENCE:3\r\n"));
  CHECK(contains(text, "\r\nSUMMARY:Blue Badge: first application\r\n"));
  CHECK(contains(text, "\r\nLOCATION:Riverside Library\\, 12 Mill Lane\\, Northfield\\, NF1 2AB\r\n"));
  CHECK(contains(text, "\r\nSTATUS:CONFIRMED\r\n"));
  receipt.kind = Kind::AppointmentCancelled;
  CHECK(contains(calendar(receipt), "METHOD:CANCEL\r\n"));
  CHECK(contains(calendar(receipt), "STATUS:CANCELLED\r\n"));
}

TEST_CASE("Text is escaped, and cannot add lines") {
  Receipt receipt = example_receipt();
  receipt.title = "a;b,c\\d\r\nATTENDEE:x@y\x01";
  CHECK(contains(unfolded(calendar(receipt)), "\r\nSUMMARY:a\\;b\\,c\\\\d\\nATTENDEE:x@y\r\n"));
  receipt.link = "https://x/\r\nATTACH:y";
  CHECK_FALSE(contains(calendar(receipt), "ATTACH"));
}

TEST_CASE("Lines are folded between characters at 75 bytes") {
  Receipt receipt = example_receipt();
  receipt.title.clear();
  for (int i = 0; i < 100; ++i) receipt.title += "żŵ€";
  const std::string text = calendar(receipt);
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
    CHECK(end - begin <= 75);
    CHECK(core::is_valid_utf8(text.substr(begin, end - begin)));
  }
  CHECK(contains(unfolded(text), "SUMMARY:" + receipt.title + "\r\n"));
}

TEST_CASE("What is not booked, or not known to be, is put into no calendar") {
  Receipt receipt = example_receipt();
  for (const Kind kind : {Kind::AppointmentNotBooked, Kind::AppointmentNotKnown}) {
    receipt.kind = kind;
    CHECK_FALSE(to_icalendar(receipt, "7K3M9QX4@kiosk.example").ok());
  }
}

TEST_CASE("A calendar entry needs a time and an id") {
  Receipt receipt = example_receipt();
  CHECK_FALSE(to_icalendar(receipt, "").ok());
  CHECK_FALSE(to_icalendar(receipt, "a\r\nb").ok());
  receipt.starts.reset();
  CHECK_FALSE(to_icalendar(receipt, "a").ok());
}
