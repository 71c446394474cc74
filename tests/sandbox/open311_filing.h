// What a report system makes of a form that it is sent.
#pragma once

#include <optional>
#include <string>

#include "tests/sandbox/exchange.h"
#include "tests/sandbox/open311_books.h"

namespace kiosk::sandbox {

// A form as a report, or why it is refused: an HTTP status, and words for the user.
struct FormRefusal {
  int status = 400;
  std::string description;
};
struct ReadForm {
  FiledReport report;
  std::optional<FormRefusal> refusal;
  std::vector<std::string> misuse;  // what no client should send, though it is taken
};
ReadForm read_form(const Pairs& fields, const Open311Authority& authority);

// The word after "Reference: ".
std::string reference_in(const std::string& description);

}  // namespace kiosk::sandbox
