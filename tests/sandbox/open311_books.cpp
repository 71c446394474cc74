#include "tests/sandbox/open311_books.h"

#include <algorithm>

#include "kiosk/core/clock.h"

namespace kiosk::sandbox {
namespace {

using core::Json;
using core::json_text;

std::string stamp(std::int64_t epoch_s) { return core::to_iso8601(core::Instant{std::chrono::seconds{epoch_s}}); }

std::int64_t seconds_of(const Json& json, const char* key) {
  const auto instant = core::parse_iso8601(json_text(json, key));
  return instant ? std::chrono::floor<std::chrono::seconds>(*instant).time_since_epoch().count() : 0;
}

Json to_entry(const FiledReport& report) {
  return {{"backend", report.authority},
          {"service_request_id", report.number},
          {"token", report.token},
          {"service_code", report.service_code},
          {"type", report.type},
          {"reference", report.reference},
          {"at", stamp(report.filed_at)},
          {"listed_at", stamp(report.listed_at)},
          {"status", report.status},
          {"status_notes", report.status_notes},
          {"lat", report.latitude},
          {"long", report.longitude},
          {"address", report.address},
          {"address_id", report.address_id},
          {"description", report.description},
          {"contact", report.contact},
          {"attributes", report.attributes}};
}

FiledReport from_entry(const Json& entry) {
  FiledReport report;
  report.authority = json_text(entry, "backend");
  report.number = json_text(entry, "service_request_id");
  report.token = json_text(entry, "token");
  report.service_code = json_text(entry, "service_code");
  report.type = json_text(entry, "type");
  report.reference = json_text(entry, "reference");
  report.filed_at = seconds_of(entry, "at");
  report.listed_at = seconds_of(entry, "listed_at");
  report.status = json_text(entry, "status");
  report.status_notes = json_text(entry, "status_notes");
  report.latitude = json_text(entry, "lat");
  report.longitude = json_text(entry, "long");
  report.address = json_text(entry, "address");
  report.address_id = json_text(entry, "address_id");
  report.description = json_text(entry, "description");
  for (const auto& [name, value] : core::json_object(entry, "contact").items()) {
    if (value.is_string()) report.contact[name] = value.get<std::string>();
  }
  for (const auto& [code, values] : core::json_object(entry, "attributes").items()) {
    for (const Json& value : values) {
      if (value.is_string()) report.attributes[code].push_back(value.get<std::string>());
    }
  }
  return report;
}

}  // namespace

const FiledReport& FiledReports::add(FiledReport report) {
  report.number = std::to_string(++last_number_);
  if (report.type == "batch") report.token = "t-" + report.number + "-" + std::to_string(report.filed_at % 100'000);
  reports_.push_back(std::move(report));
  return reports_.back();
}

const FiledReport* FiledReports::find(const std::string& authority, const std::string& number) const {
  for (const FiledReport& report : reports_) {
    if (report.authority == authority && report.number == number) return &report;
  }
  return nullptr;
}

FiledReport* FiledReports::change(const std::string& authority, const std::string& number) {
  return const_cast<FiledReport*>(std::as_const(*this).find(authority, number));
}

const FiledReport* FiledReports::find_token(const std::string& authority, const std::string& token) const {
  for (const FiledReport& report : reports_) {
    if (report.authority == authority && !token.empty() && report.token == token) return &report;
  }
  return nullptr;
}

std::vector<const FiledReport*> FiledReports::listed(const std::string& authority, std::int64_t now_s) const {
  std::vector<const FiledReport*> list;
  for (const FiledReport& report : reports_) {
    if (report.authority == authority && report.is_listed(now_s)) list.push_back(&report);
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const FiledReport* a, const FiledReport* b) { return a->filed_at > b->filed_at; });
  return list;
}

Json FiledReports::to_json() const {
  Json list = Json::array();
  for (const FiledReport& report : reports_) {
    if (report.by_client) list.push_back(to_entry(report));
  }
  return list;
}

void FiledReports::restore(const Json& saved) {
  for (const Json& entry : saved) {
    reports_.push_back(from_entry(entry));
    last_number_ = std::max(last_number_, core::json_integer(entry, "service_request_id").value_or(0));
  }
}

void FiledReports::clear() {
  reports_.clear();
  last_number_ = 1000;
}

}  // namespace kiosk::sandbox
