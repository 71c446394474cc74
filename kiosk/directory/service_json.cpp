#include "kiosk/directory/service_json.h"

#include "kiosk/core/json.h"

namespace kiosk::directory {

namespace {

using core::Json;

// One list of members for each struct serves writing and reading: `members(archive, value)` names each field once.
// Members that are empty are not written.
class Writer {
 public:
  explicit Writer(Json& out) : out_(out) {}
  template <class T>
  void operator()(const char* key, const T& value) {
    Json json = encode(value);
    const bool empty = json.is_null() || (json.is_string() && json.get_ref<const std::string&>().empty()) ||
                       (json.is_array() && json.empty());
    if (!empty) out_[key] = std::move(json);
  }

 private:
  static Json encode(const std::string& text) { return text; }
  static Json encode(bool value) { return value; }
  static Json encode(int value) { return value; }
  static Json encode(double value) { return value; }
  static Json encode(core::Date date) { return core::to_iso8601(date); }
  static Json encode(core::Instant instant) { return instant.time_since_epoch().count(); }
  static Json encode(std::chrono::weekday day) { return static_cast<int>(day.c_encoding()); }
  static Json encode(const core::GeoPoint& point) { return Json::array({point.latitude, point.longitude}); }
  template <class T>
  static Json encode(const std::optional<T>& value) {
    return value ? encode(*value) : Json();
  }
  template <class T>
  static Json encode(const std::vector<T>& list) {
    Json json = Json::array();
    for (const T& item : list) json.push_back(encode(item));
    return json;
  }
  template <class T>
  requires std::is_enum_v<T>
  static Json encode(T value) { return static_cast<int>(value); }
  template <class T>
  requires std::is_class_v<T>
  static Json encode(const T& value) {
    Json json = Json::object();
    Writer writer(json);
    members(writer, value);
    return json;
  }

  Json& out_;
};

// Throws nlohmann's exceptions for wrong types; from_stored_json catches them.
class Reader {
 public:
  explicit Reader(const Json& in) : in_(in) {}
  template <class T>
  void operator()(const char* key, T& value) {
    const auto found = in_.find(key);
    if (found != in_.end()) decode(*found, value);
  }

 private:
  static void decode(const Json& json, std::string& text) { text = json.get<std::string>(); }
  static void decode(const Json& json, bool& value) { value = json.get<bool>(); }
  static void decode(const Json& json, int& value) { value = json.get<int>(); }
  static void decode(const Json& json, double& value) { value = json.get<double>(); }
  static void decode(const Json& json, core::Date& date) {
    date = core::parse_iso_date(json.get_ref<const std::string&>()).value_or(core::Date{});
  }
  static void decode(const Json& json, core::Instant& instant) {
    instant = core::Instant(core::Milliseconds(json.get<std::int64_t>()));
  }
  static void decode(const Json& json, std::chrono::weekday& day) {
    day = std::chrono::weekday(json.get<unsigned>() % 7);
  }
  static void decode(const Json& json, core::GeoPoint& point) {
    point = {json.at(0).get<double>(), json.at(1).get<double>()};
  }
  template <class T>
  static void decode(const Json& json, std::optional<T>& value) {
    decode(json, value.emplace());
  }
  template <class T>
  static void decode(const Json& json, std::vector<T>& list) {
    list.reserve(json.size());
    for (const Json& item : json) decode(item, list.emplace_back());
  }
  template <class T>
  requires std::is_enum_v<T>
  static void decode(const Json& json, T& value) { value = static_cast<T>(json.get<int>()); }
  template <class T>
  requires std::is_class_v<T>
  static void decode(const Json& json, T& value) {
    Reader reader(json);
    members(reader, value);
  }

  const Json& in_;
};

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Phone>
void members(Archive& archive, T& phone) {
  archive("number", phone.number);
  archive("extension", phone.extension);
  archive("description", phone.description);
  archive("languages", phone.languages);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Address>
void members(Archive& archive, T& address) {
  archive("lines", address.lines);
  archive("city", address.city);
  archive("region", address.region);
  archive("postcode", address.postcode);
  archive("country", address.country);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Schedule::WeekdayRule>
void members(Archive& archive, T& rule) {
  archive("day", rule.day);
  archive("ordinal", rule.ordinal);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Schedule>
void members(Archive& archive, T& schedule) {
  archive("valid_from", schedule.valid_from);
  archive("valid_to", schedule.valid_to);
  archive("starts", schedule.starts);
  archive("until", schedule.until);
  archive("frequency", schedule.frequency);
  archive("interval", schedule.interval);
  archive("count", schedule.count);
  archive("by_weekday", schedule.by_weekday);
  archive("by_month_day", schedule.by_month_day);
  archive("by_week_number", schedule.by_week_number);
  archive("by_year_day", schedule.by_year_day);
  archive("week_start", schedule.week_start);
  archive("opens", schedule.opens);
  archive("closes", schedule.closes);
  archive("utc_offset", schedule.utc_offset_minutes);
  archive("description", schedule.description);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Closure>
void members(Archive& archive, T& closure) {
  archive("from", closure.from);
  archive("to", closure.to);
  archive("closed", closure.closed);
  archive("opens", closure.opens);
  archive("closes", closure.closes);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Place>
void members(Archive& archive, T& place) {
  archive("id", place.id);
  archive("name", place.name);
  archive("description", place.description);
  archive("transportation", place.transportation);
  archive("address", place.address);
  archive("point", place.point);
  archive("accessibility", place.accessibility);
  archive("phones", place.phones);
  archive("schedules", place.schedules);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Cost>
void members(Archive& archive, T& cost) {
  archive("option", cost.option);
  archive("amount", cost.amount);
  archive("currency", cost.currency);
  archive("description", cost.description);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Category>
void members(Archive& archive, T& category) {
  archive("id", category.id);
  archive("name", category.name);
  archive("taxonomy", category.taxonomy);
  archive("parent_id", category.parent_id);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, ServiceArea>
void members(Archive& archive, T& area) {
  archive("name", area.name);
  archive("uri", area.uri);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, RequiredDocument>
void members(Archive& archive, T& document) { archive("name", document.name); }

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Organisation>
void members(Archive& archive, T& organisation) {
  archive("id", organisation.id);
  archive("name", organisation.name);
  archive("description", organisation.description);
  archive("website", organisation.website);
  archive("email", organisation.email);
  archive("authority", organisation.authority);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, ActionLink>
void members(Archive& archive, T& link) {
  archive("backend", link.backend);
  archive("service_id", link.service_id);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, RecordKey>
void members(Archive& archive, T& key) {
  archive("source", key.source);
  archive("id", key.id);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Service>
void members(Archive& archive, T& service) {
  archive("key", service.key);
  archive("name", service.name);
  archive("alternate_names", service.alternate_names);
  archive("description", service.description);
  archive("organisation", service.organisation);
  archive("status", service.status);
  archive("url", service.url);
  archive("email", service.email);
  archive("eligibility", service.eligibility);
  archive("application", service.application);
  archive("fees", service.fees);
  archive("alert", service.alert);
  archive("minimum_age", service.minimum_age);
  archive("maximum_age", service.maximum_age);
  archive("attending", service.attending);
  archive("phones", service.phones);
  archive("places", service.places);
  archive("schedules", service.schedules);
  archive("closures", service.closures);
  archive("areas", service.areas);
  archive("languages", service.languages);
  archive("costs", service.costs);
  archive("documents", service.documents);
  archive("categories", service.categories);
  archive("booking", service.booking);
  archive("report", service.report);
  archive("modified", service.modified);
}

}  // namespace

std::string to_stored_json(const Service& service) {
  Json json = Json::object();
  Writer writer(json);
  members(writer, service);
  return core::dump_json(json);
}

core::Result<Service> from_stored_json(std::string_view text, std::string_view where) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return core::make_error(core::ErrorKind::Corrupt, "a stored record is damaged", std::string(where));
  }
  try {
    Service service;
    Reader reader(json);
    members(reader, service);
    return service;
  } catch (const Json::exception&) {
    return core::make_error(core::ErrorKind::Corrupt, "a stored record is damaged", std::string(where));
  }
}

}  // namespace kiosk::directory
