// What a directory record says, whatever dialect it came in. Plain values; text is clean (no HTML, valid UTF-8).
// Field names follow HSDS 3.x (docs.openreferral.org); what residents see of each is decided by the screens.
#pragma once

#include <chrono>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/geo.h"

namespace kiosk::directory {

// Names one record of one source. Record ids are opaque and only unique within their source.
struct RecordKey {
  std::string source;  // id of the source in the configuration
  std::string id;
  auto operator<=>(const RecordKey&) const = default;
};

struct Phone {
  std::string number;  // as published: "01632 960123"
  std::string extension;
  std::string description;  // what it is for
  std::vector<std::string> languages;
};

struct Address {
  std::vector<std::string> lines;  // street lines
  std::string city;
  std::string region;
  std::string postcode;  // "AB1 2CD" where it looks like one, else as published
  std::string country;
};

enum class Frequency { Once, Weekly, Monthly };

// One rule of opening, after RFC 5545 RRULE as HSDS 3.x uses it. Times are minutes after local midnight.
struct Schedule {
  std::optional<core::Date> valid_from, valid_to;  // both included
  std::optional<core::Date> starts, until;         // dtstart, until
  Frequency frequency = Frequency::Weekly;
  int interval = 1;
  std::optional<int> count;
  struct WeekdayRule {
    std::chrono::weekday day;
    int ordinal = 0;  // MONTHLY: 1 = first … -1 = last; 0 = every
  };
  std::vector<WeekdayRule> by_weekday;
  std::vector<int> by_month_day;  // 1..31, -1 = last
  std::vector<int> by_week_number, by_year_day;
  std::chrono::weekday week_start{1};     // wkst, Monday unless said
  std::optional<int> opens, closes;       // 0..1440; closes <= opens means the next day
  std::optional<int> utc_offset_minutes;  // where the feed fixed one; else the place's zone
  std::string description;                // "by appointment", "bank holidays closed"
};

// A closed day or special hours: ORUK 1.0 holiday_schedules.
struct Closure {
  core::Date from, to;  // both included
  bool closed = true;
  std::optional<int> opens, closes;
};

// A location at which something is provided. Virtual locations have neither address nor point.
struct Place {
  std::string id, name, description, transportation;
  std::optional<Address> address;
  std::optional<core::GeoPoint> point;
  std::vector<std::string> accessibility;
  std::vector<Phone> phones;
  std::vector<Schedule> schedules;  // of the service at this place, else of the service, else of the place
};

struct Cost {
  std::string option;            // "Adults"
  std::optional<double> amount;  // in `currency`; 0 = free
  std::string currency;          // ISO 4217; GBP where missing
  std::string description;
};

struct Category {
  std::string id, name, taxonomy, parent_id;
};

struct ServiceArea {
  std::string name, uri;
};

struct RequiredDocument {
  std::string name;
};

struct Organisation {
  std::string id, name, description, website, email;
  std::string authority;  // GSS code or configured id of the authority it belongs to; "" unknown
};

// What can be done with a service from the kiosk. Which service, where, is data: an HSDS attribute of the taxonomy
// "civic-kiosk:action" with code "book" or "report" and the value "<back end>:<service id there>", or the
// configuration.
struct ActionLink {
  std::string backend;     // id of a [[bookings]] or [[reports]] entry of the configuration
  std::string service_id;  // the back end's own id or code
};

enum class ServiceStatus { Active, Inactive, Defunct, TemporarilyClosed };

struct Service {
  RecordKey key;
  std::string name;
  std::vector<std::string> alternate_names;
  std::string description;  // paragraphs parted by '\n'
  Organisation organisation;
  ServiceStatus status = ServiceStatus::Active;
  std::string url, email;
  std::string eligibility, application, fees, alert;
  std::optional<int> minimum_age, maximum_age;  // years
  std::string attending;                        // how it is attended, as published
  std::vector<Phone> phones;
  std::vector<Place> places;
  std::vector<Schedule> schedules;
  std::vector<Closure> closures;
  std::vector<ServiceArea> areas;
  std::vector<std::string> languages;  // ISO 639 codes where recognised, else names
  std::vector<Cost> costs;
  std::vector<RequiredDocument> documents;
  std::vector<Category> categories;
  std::optional<ActionLink> booking, report;
  std::optional<core::Instant> modified;  // by the publisher
  core::Instant checked{};                // when the kiosk last had it confirmed by its source
};

// How a source stands, for residents ("last checked") and staff.
struct SourceState {
  std::string id, name, dialect;
  std::optional<core::Instant> last_success, last_attempt;
  std::string last_error;  // for staff; empty after a success
  std::size_t services = 0;
};

}  // namespace kiosk::directory
