#include "kiosk/directory/record.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "kiosk/core/postcode.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/html_text.h"
#include "kiosk/directory/record_parts.h"

namespace kiosk::directory {

namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;

constexpr std::size_t kMaxIdBytes = 512;
constexpr std::size_t kMaxStoredText = std::size_t{32} << 10;

ServiceStatus read_status(const Json& record) {
  const std::string status = core::json_text(record, "status");
  if (is_word(status, "inactive")) return ServiceStatus::Inactive;
  if (is_word(status, "defunct")) return ServiceStatus::Defunct;
  if (is_word(status, "temporarily closed")) return ServiceStatus::TemporarilyClosed;
  return ServiceStatus::Active;
}

std::string read_attending(const Json& record) {
  std::string text = line_of(record, "attending_type");
  const std::string access = line_of(record, "attending_access");
  if (!access.empty()) text += (text.empty() ? "" : ", ") + access;
  return text;
}

// What stands in every dialect, suppliers' own fields included.
void read_shared_parts(const Json& record, const RecordContext& context, Service& service) {
  const std::string alternate = name_of(record, {"alternate_name"});
  if (!alternate.empty() && alternate != service.name) service.alternate_names.push_back(alternate);
  service.description = text_of(record, "description");
  service.status = read_status(record);
  service.url = clean_url(core::json_text(record, "url"));
  service.email = clean_email(core::json_text(record, "email"));
  service.alert = text_of(record, "alert");
  service.minimum_age = age_of(record, {"minimum_age", "min_age"});
  service.maximum_age = age_of(record, {"maximum_age", "max_age"});
  service.attending = read_attending(record);
  add_costs(core::json_array(record, "cost_options"), context, service);
  each_object(core::json_array(record, "pc_targetAudience"), [&](const Json& audience) {
    add_category({core::json_text(audience, "id"), line_of(audience, "audienceType"), "audience", ""}, service);
  });
  for (const char* key : {"last_modified", "updated_at"}) {
    if (!service.modified) service.modified = instant_of(record, key);
  }
  if (!service.modified) service.modified = instant_of(core::json_object(record, "pc_metadata"), "date_modified");
}

// Numbers and postcodes may stand in the description alone (rule 9). A postcode counts as the place only where the
// record names no place and the text names one postcode.
void complete_from_description(Service& service) {
  bool has_phone = !service.phones.empty();
  for (const Place& place : service.places) has_phone = has_phone || !place.phones.empty();
  if (!has_phone) service.phones = find_phones(service.description);
  if (!service.places.empty()) return;
  const std::vector<std::string> postcodes = core::find_full_postcodes(service.description);
  if (postcodes.size() != 1) return;
  Place place;
  place.address = Address{};
  place.address->postcode = postcodes.front();
  place.schedules = service.schedules;
  service.places.push_back(std::move(place));
}

void complete_organisation(const Json& record, const RecordContext& context, Service& service) {
  Organisation& organisation = service.organisation;
  if (organisation.id.empty()) organisation.id = core::json_text(record, "organization_id");
  if (organisation.authority.empty()) organisation.authority = context.authority;
}

// A name of thousands of letters would take a screen for itself.
std::size_t shorten_names(Service& service) {
  std::size_t shortened = shorten_line(service.name) ? 1 : 0;
  for (std::string& name : service.alternate_names) shortened += shorten_line(name) ? 1 : 0;
  shortened += shorten_line(service.organisation.name) ? 1 : 0;
  for (Place& place : service.places) shortened += shorten_line(place.name) ? 1 : 0;
  return shortened;
}

}  // namespace

std::string_view to_string(Dialect dialect) {
  switch (dialect) {
    case Dialect::Hsds3:
      return "hsds3";
    case Dialect::Oruk3:
      return "oruk3";
    case Dialect::Oruk1:
      return "oruk1";
    case Dialect::Outpost:
      return "outpost";
  }
  return "hsds3";
}

std::optional<Dialect> dialect_from(std::string_view name) {
  for (const Dialect each : {Dialect::Hsds3, Dialect::Oruk3, Dialect::Oruk1, Dialect::Outpost}) {
    if (name == to_string(each)) return each;
  }
  return std::nullopt;
}

Dialect dialect_of_record(const Json& record, Dialect expected) {
  const auto has = [&](std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return record.contains(key); });
  };
  if (has({"organisation", "visible_from", "suitabilities", "local_offer"})) return Dialect::Outpost;
  if (has({"service_taxonomys", "service_taxonomies", "eligibilitys", "eligibilities", "regular_schedules",
           "holiday_schedules", "attending_access", "deliverable_type", "fundings"})) {
    return Dialect::Oruk1;
  }
  if (has({"attributes", "schedules", "cost_options", "last_modified", "organization_id", "eligibility_description",
           "phones", "program"}) &&
      (expected == Dialect::Oruk1 || expected == Dialect::Outpost)) {
    return has({"attributes", "schedules", "phones", "organization_id"}) ? Dialect::Hsds3 : expected;
  }
  return expected;
}

core::Result<Service> read_record(const Json& record, Dialect expected, const RecordContext& context,
                                  ReadNotes* notes) {
  if (!record.is_object()) return make_error(ErrorKind::Invalid, "not an object");
  Service service;
  service.key = {context.source, core::json_text(record, "id")};
  if (service.key.id.empty()) return make_error(ErrorKind::Invalid, "no id");
  if (service.key.id.size() > kMaxIdBytes) return make_error(ErrorKind::Invalid, "id too long");
  service.key.id = clean_text(service.key.id);
  service.name = name_of(record, {"name"});
  if (service.name.empty()) return make_error(ErrorKind::Invalid, "no name", service.key.id);
  read_shared_parts(record, context, service);
  switch (dialect_of_record(record, expected)) {
    case Dialect::Hsds3:
    case Dialect::Oruk3:
      read_hsds3_parts(record, context, service);
      break;
    case Dialect::Oruk1:
      read_oruk1_parts(record, context, service);
      break;
    case Dialect::Outpost:
      read_outpost_parts(record, context, service);
      break;
  }
  complete_organisation(record, context, service);
  complete_from_description(service);
  const std::size_t shortened = shorten_names(service);
  if (notes) {
    notes->shortened += shortened;
    notes->piled += has_mark_pile(core::json_text(record, "name")) ? 1 : 0;
  }
  return service;
}

namespace {

bool is_personal(std::string_view key) {
  static constexpr std::array<std::string_view, 4> kPersonal = {"assured_by", "assurer_email", "updated_by",
                                                                "attention"};
  return std::find(kPersonal.begin(), kPersonal.end(), key) != kPersonal.end();
}

// Depth is bounded by the parser (core::parse_json).
void make_storable(Json& value) {
  if (value.is_string()) {
    auto& text = value.get_ref<std::string&>();
    if (text.size() > kMaxStoredText) text = std::string(core::truncate_utf8(html_to_text(text), kMaxStoredText));
  } else if (value.is_array()) {
    for (Json& item : value) make_storable(item);
  } else if (value.is_object()) {
    for (auto member = value.begin(); member != value.end();) {
      if (is_personal(member.key())) {
        member = value.erase(member);
      } else {
        make_storable(*member);
        ++member;
      }
    }
  }
}

}  // namespace

Json storable_record(const Json& record) {
  Json stored = record;
  make_storable(stored);
  return stored;
}

std::string modified_mark(const Json& record) {
  if (!record.is_object()) return {};
  for (const char* key : {"last_modified", "updated_at"}) {
    std::string mark = core::json_text(record, key);
    if (!mark.empty()) return mark;
  }
  return core::json_text(core::json_object(record, "pc_metadata"), "date_modified");
}

std::string content_hash(const Json& record) {
  // FNV-1a, 64 bits: tells versions of one record apart, and is the same on every machine.
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : core::dump_json(record)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  std::string text(16, '0');
  for (std::size_t i = 0; i < text.size(); ++i) text[text.size() - 1 - i] = "0123456789abcdef"[(hash >> (4 * i)) & 0xf];
  return text;
}

}  // namespace kiosk::directory
