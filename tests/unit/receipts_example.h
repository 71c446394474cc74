// A receipt with everything on it, and the words for it, for the tests of receipts.
#pragma once

#include "kiosk/receipts/receipt.h"
#include "tests/unit/catch.h"

inline const kiosk::text::Words& example_words() {
  static const auto words = kiosk::text::Words::load(KIOSK_SOURCE_DIR "/tests/unit/words");
  INFO((words.ok() ? std::string() : words.error().describe()));
  REQUIRE(words.ok());
  return **words;
}

inline kiosk::text::Moment example_moment(const char* iso) {
  return {*kiosk::core::parse_iso8601(iso), "Europe/London"};
}

inline kiosk::receipts::Receipt example_receipt() {
  kiosk::receipts::Receipt receipt;
  receipt.kind = kiosk::receipts::Kind::Appointment;
  receipt.title = "Blue Badge: first application";
  receipt.provider = "Northfield District Council";
  receipt.starts = example_moment("2026-11-24T14:30:00Z");
  receipt.length = std::chrono::minutes(30);
  receipt.where = {"Riverside Library", {"12 Mill Lane", "Northfield", "NF1 2AB"}, "Bus 7 and 12, stop Mill Lane"};
  receipt.bring = {"Proof of who you are (passport or driving licence)", "One passport photo"};
  receipt.facts = {"Free"};
  receipt.reference = "ZMS 104 993 27";
  receipt.code = "7K3M9QXA";
  receipt.what_next = {"Go to the welcome desk and say your code."};
  receipt.call = "020 7946 0018";
  receipt.call_hours = "Monday to Friday, 9:00 to 17:00";
  receipt.link = "https://kiosk.example/r/7K3M9QX4ABCDEF";
  receipt.issued_at = example_moment("2026-11-20T10:12:00Z");
  receipt.issued_by = "Riverside Library";
  return receipt;
}
