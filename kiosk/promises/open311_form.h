// What an Open311 server is sent: a report as the fields of a form. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/promises/report.h"

namespace kiosk::promises::open311 {

// How several values of one attribute travel.
enum class ManyValues {
  Brackets,  // attribute[CODE][]=a&attribute[CODE][]=b: the specification
  Repeated,  // attribute[CODE]=a&attribute[CODE]=b: mySociety's servers
};

// What is the same for every report to one back end.
struct FormSender {
  std::string jurisdiction_id;  // left out where empty
  core::SecretText api_key;
  ManyValues many_values = ManyValues::Brackets;
  std::string fallback_email;  // sent where the resident gives none, to servers that insist on one
};

// Whether all of it can be sent as it is. Error Invalid with the field as `where` ("description", "address", "name",
// "email", "telephone", "reference", "attribute[CODE]"): too long (a description 4,000 code points with our reference,
// paragraphs as many, lines 1,000), not UTF-8, control characters, neither words nor a point. Nothing else is refused
// or changed: what a field holds is carried in it to the last byte, white space at both ends excepted.
core::Status check_content(const Report& report, const ReportContent& content,
                           const std::vector<ReportQuestion>& questions);

// application/x-www-form-urlencoded, of content that passed check_content(), built without copies that would outlive
// it. `questions` say which replies are lists; one of a code that is not among them goes as it is.
core::SecretText form_of(const Report& report, const ReportContent& content,
                         const std::vector<ReportQuestion>& questions, const FormSender& sender);

// Whether a description holds our reference as a word of its own.
bool carries_reference(std::string_view description, std::string_view reference);
// A description as the resident wrote it, without the line that form_of() put before it.
std::string_view without_reference(std::string_view description);

}  // namespace kiosk::promises::open311
