// Answers of a report system, XML and JSON: whatever comes, no crash, and nothing is accepted that we could not act on
// or show.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/promises/open311_form.h"
#include "kiosk/promises/open311_parse.h"

using namespace kiosk;
using namespace kiosk::promises;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Valid, bounded, and without what would reach beyond its own place on a page.
void require_plain(const std::string& text) {
  require(core::is_valid_utf8(text) && text.size() <= 20'000);
  for (const char* override : {"\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    require(text.find(override) == std::string::npos);
  }
}

void check_services(const core::Json& document) {
  const auto types = open311::parse_services(document);
  if (!types.ok()) return;
  for (const ReportType& type : *types) {
    require(!type.code.empty() && type.code.size() <= 200 && !type.name.empty());
    for (const std::string* text : {&type.code, &type.name, &type.description, &type.group}) require_plain(*text);
  }
}

void check_definition(const core::Json& document) {
  const auto questions = open311::parse_definition(document);
  if (!questions.ok()) return;
  for (const ReportQuestion& question : *questions) {
    using Kind = ReportQuestion::Kind;
    const bool list = question.kind == Kind::OneOf || question.kind == Kind::ManyOf;
    require(!question.text.empty());
    require(question.kind == Kind::Notice || !question.code.empty());
    require(list == !question.choices.empty());
    require(question.kind != Kind::Notice || !question.required);
    for (const std::string* text : {&question.code, &question.text, &question.hint}) require_plain(*text);
    for (const ReportQuestion::Choice& choice : question.choices) require(!choice.key.empty() && !choice.name.empty());
  }
}

void check_requests(const core::Json& document) {
  const auto reports = open311::parse_requests(document);
  if (!reports.ok()) return;
  for (const RemoteReport& report : *reports) {
    for (const std::string* text : {&report.request_id, &report.type_code, &report.type_name, &report.description,
                                    &report.status_notes, &report.address}) {
      require_plain(*text);
    }
    require(open311::without_reference(report.description).size() <= report.description.size());
    if (!report.point) continue;
    require(report.point->latitude >= -90 && report.point->latitude <= 90);
    require(report.point->longitude >= -180 && report.point->longitude <= 180);
  }
}

void check_receipts(const core::Json& document) {
  const auto receipt = open311::parse_receipt(document, ReportAnswer::AtOnce);
  if (receipt.ok()) {
    require(!receipt->request_id.empty() || !receipt->token.empty());
    for (const std::string* text : {&receipt->request_id, &receipt->token, &receipt->notice}) require_plain(*text);
  }
  const auto number = open311::parse_token(document, "t-88f1");
  if (number.ok()) require_plain(*number);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const int status : {200, 400, 404, 500}) {
    const core::Error error = open311::error_of_post(status, bytes, "fuzz");
    require(!error.what.empty() && error.what.size() <= 400);
    require_plain(error.what);
    require(status < 500 || error.kind == core::ErrorKind::Interrupted);
    require(!open311::error_of_get(status, bytes, "fuzz").what.empty());
  }
  const auto document = open311::parse_document(bytes, "fuzz");
  if (!document.ok()) return 0;
  check_services(*document);
  check_definition(*document);
  check_requests(*document);
  check_receipts(*document);
  const auto endpoints = open311::parse_discovery(*document);
  if (!endpoints.ok()) return 0;
  for (const open311::Endpoint& endpoint : *endpoints) require_plain(endpoint.url);
  return 0;
}
