#include "kiosk/receipts/receipt.h"

#include <algorithm>

#include "tests/unit/receipts_example.h"

using namespace kiosk;
using namespace kiosk::receipts;
using Role = ReceiptLine::Role;

namespace {

std::vector<std::string> texts(const std::vector<ReceiptLine>& lines, Role role) {
  std::vector<std::string> result;
  for (const auto& line : lines) {
    if (line.role == role) result.push_back(line.text);
  }
  return result;
}

bool has(const std::vector<ReceiptLine>& lines, Role role) { return !texts(lines, role).empty(); }

}  // namespace

TEST_CASE("A receipt says what, when, where, bring, whom to call and the code, in that order") {
  const auto lines = receipt_lines(example_receipt(), example_words().in("en"));
  CHECK(lines.front() == ReceiptLine{Role::Heading, "Your appointment is booked"});
  CHECK(texts(lines, Role::Title) == std::vector<std::string>{"Blue Badge: first application"});
  CHECK(texts(lines, Role::Label) == std::vector<std::string>{"When", "Where", "How to get there", "Bring with you",
                                                              "Good to know", "Reference", "What happens next",
                                                              "Questions? Call", "Your code"});
  CHECK(texts(lines, Role::Important) ==
        std::vector<std::string>{"Tuesday 24 November 2026", "14:30", "Riverside Library"});
  CHECK(texts(lines, Role::Code) == std::vector<std::string>{"ZMS 104 993 27", "7K3M-9QXA"});
  CHECK(texts(lines, Role::QrCaption).size() == 1);
  CHECK(lines.back().role == Role::Note);
  CHECK(lines.back().text == "Printed at Riverside Library on Friday 20 November 2026 at 10:12");
}

TEST_CASE("What is not known leaves no empty label") {
  Receipt receipt;
  receipt.kind = Kind::ServiceInformation;
  receipt.title = "Garden waste";
  receipt.bring = {"", "  ", "\x01"};
  const auto lines = receipt_lines(receipt, example_words().in("en"));
  CHECK_FALSE(has(lines, Role::Label));
  CHECK_FALSE(has(lines, Role::QrCaption));
  CHECK(lines.size() == 3);  // heading, title, note
  receipt.checked = example_moment("2026-11-19T08:00:00Z");
  const auto noted = texts(receipt_lines(receipt, example_words().in("en")), Role::Note);
  REQUIRE(noted.size() == 2);
  CHECK(noted.front() == "Last checked on 19 November 2026");
}

TEST_CASE("Copies after the first say so, and so does a report that waits") {
  Receipt receipt = example_receipt();
  receipt.copy = 2;
  CHECK(receipt_lines(receipt, example_words().in("en")).front() == ReceiptLine{Role::Copy, "Copy 2"});
  receipt.kind = Kind::NotYetSent;
  receipt.copy = 1;
  const auto lines = receipt_lines(receipt, example_words().in("en"));
  CHECK(lines[0].text == "Your report is not yet sent");
  CHECK(lines[1].text.find("sends it as soon as it can") != std::string::npos);
}

TEST_CASE("Every kind of receipt has its words in every language") {
  CHECK(example_words().lint().empty());
  for (const auto& language : example_words().languages()) {
    for (const Kind kind :
         {Kind::Appointment, Kind::AppointmentMoved, Kind::AppointmentCancelled, Kind::AppointmentNotBooked,
          Kind::AppointmentNotKnown, Kind::ServiceInformation, Kind::ReportSent, Kind::NotYetSent, Kind::ReportNotKnown,
          Kind::ReportRefused, Kind::ReportNotSent, Kind::TestPage}) {
      Receipt receipt = example_receipt();
      receipt.kind = kind;
      receipt.call_back = GENERATE(false, true);
      if (receipt.call_back) receipt.reference.clear(), receipt.starts.reset(), receipt.times = {{"", {"09:00"}}};
      for (const auto& line : receipt_lines(receipt, example_words().in(language.code))) {
        CHECK(line.text.find("receipt.") == std::string::npos);
        CHECK(line.text.find('{') == std::string::npos);
      }
    }
  }
}

TEST_CASE("Texts from outside keep their own direction, and cannot turn others") {
  Receipt receipt = example_receipt();
  receipt.title = "Safe\u202Eelbaliava\nNext line\x07";
  CHECK(texts(receipt_lines(receipt, example_words().in("en")), Role::Title)[0] == "Safeelbaliava Next line");
  CHECK(texts(receipt_lines(receipt, example_words().in("ar")), Role::Phone)[0] == "\u2068020 7946 0018\u2069");
}

TEST_CASE("A receipt is bounded whatever it is given") {
  Receipt receipt = example_receipt();
  receipt.title = std::string(1 << 20, 'x');
  receipt.facts.assign(1000, std::string(5000, 'y'));
  receipt.bring.assign(1000, "ż");
  const auto lines = receipt_lines(receipt, example_words().in("en"));
  std::size_t bytes = 0;
  for (const auto& line : lines) bytes += line.text.size();
  CHECK(bytes < 5000);
  CHECK(texts(lines, Role::Title)[0].size() == 600 + 3);
  CHECK(texts(lines, Role::Title)[0].ends_with("…"));
  CHECK(lines.back().role == Role::Note);
  const auto whole = receipt_lines(example_receipt(), example_words().in("en"));
  for (const Role role : {Role::Code, Role::Phone, Role::Note}) CHECK(texts(lines, role) == texts(whole, role));
}

TEST_CASE("Codes are spoken one by one, with pauses between groups") {
  CHECK(spoken_code("7K3M-9QX4") == "7, K, 3, M; 9, Q, X, 4");
  CHECK(spoken_code("ZMS 12") == "Z, M, S; 1, 2");
  CHECK(spoken_code("\u2068Ż-1\u2069") == "Ż; 1");
  CHECK(spoken_code("").empty());
}

TEST_CASE("Paper of a moved appointment says which of two slips counts, and no other does") {
  Receipt receipt = example_receipt();
  for (const Kind kind : {Kind::Appointment, Kind::AppointmentMoved, Kind::AppointmentCancelled}) {
    receipt.kind = kind;
    const auto lines = receipt_lines(receipt, example_words().in("en"));
    const std::string told = example_words().in("en").format("receipt.moved");
    CHECK((lines[1].text == told) == (kind == Kind::AppointmentMoved));
  }
}
