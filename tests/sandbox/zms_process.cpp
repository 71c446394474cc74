// The life of one appointment: reserve, update, preconfirm, confirm, read, cancel.
#include <regex>

#include "kiosk/core/strings.h"
#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

constexpr int kTextLimit = 250;  // characters of a custom field

bool is_auth_key(const std::string& text) {
  return (text.size() == 4 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

bool is_number(const Json& body, const char* member) {
  return body.contains(member) && body[member].is_number_integer();
}

// The server takes numbers as text as well; what the documentation names is held against the client.
void judge_types(const Json& body, const std::string& endpoint, Ledger& ledger) {
  if (!is_number(body, "timestamp")) ledger.violation("wrong_type", endpoint, "timestamp is not a number");
  for (const char* member : {"serviceId", "serviceCount"}) {
    if (!body.contains(member) || !body[member].is_array())
      ledger.violation("wrong_type", endpoint, std::string(member) + " is no array");
  }
  for (const Json& count : core::json_array(body, "serviceCount")) {
    if (!count.is_number_integer())
      ledger.violation("wrong_type", endpoint, "serviceCount holds something else than numbers");
  }
}

// What a reserve request holds, once it is valid.
struct Wish {
  std::int64_t timestamp = 0;
  std::int64_t office = 0;
  std::vector<std::pair<std::int64_t, int>> services;
};

// An array of numbers, or of texts that hold one: the API takes both.
std::vector<std::int64_t> numbers_of(const Json& body, const char* member) {
  std::vector<std::int64_t> numbers;
  for (const Json& item : core::json_array(body, member)) {
    const auto number = core::json_integer(Json{{"n", item}}, "n");
    if (!number || *number < 1) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

std::vector<std::string> read_wish(const Json& body, std::int64_t now_s, Wish& wish) {
  std::vector<std::string> errors;
  wish.timestamp = core::json_integer(body, "timestamp").value_or(0);
  if (wish.timestamp <= now_s) errors.emplace_back("invalidTimestamp");
  wish.office = core::json_integer(body, "officeId").value_or(0);
  if (wish.office <= 0) errors.emplace_back("invalidOfficeId");
  const auto ids = numbers_of(body, "serviceId");
  if (ids.empty()) errors.emplace_back("invalidServiceId");
  const auto counts =
      body.contains("serviceCount") ? numbers_of(body, "serviceCount") : std::vector<std::int64_t>(ids.size(), 1);
  if (counts.size() != ids.size() || std::any_of(counts.begin(), counts.end(), [](auto c) { return c > 25; })) {
    errors.emplace_back("invalidServiceCount");
    return errors;
  }
  for (std::size_t i = 0; i < ids.size(); ++i) wish.services.emplace_back(ids[i], static_cast<int>(counts[i]));
  return errors;
}

// What an update request says, held against what the office asks for.
std::vector<std::string> check_contact(const Json& body, const ZmsOffice& office) {
  static const std::regex kEmail(R"(^[^@\s]+@[^@\s]+\.[^@\s]+$)");
  static const std::regex kTelephone(R"(^\+?[0-9]{7,15}$)");
  std::vector<std::string> errors;
  if (core::json_text(body, "familyName").empty()) errors.emplace_back("invalidFamilyName");
  const std::string email = core::json_text(body, "email");
  if (email.empty() && office.flag("emailRequired")) errors.emplace_back("emailIsRequired");
  if (!email.empty() && !std::regex_match(email, kEmail)) errors.emplace_back("invalidEmail");
  const std::string telephone = core::json_text(body, "telephone");
  if (office.flag("telephoneActivated")) {
    if (telephone.empty() && office.flag("telephoneRequired")) errors.emplace_back("telephoneIsRequired");
    if (!telephone.empty() && !std::regex_match(telephone, kTelephone)) errors.emplace_back("invalidTelephone");
  }
  for (const std::string field : {"customTextfield", "customTextfield2"}) {
    const std::string text = core::json_text(body, field.c_str());
    const bool missing =
        text.empty() && office.flag((field + "Activated").c_str()) && office.flag((field + "Required").c_str());
    if (missing || core::count_code_points(text) > kTextLimit) errors.push_back("invalidC" + field.substr(1));
  }
  return errors;
}

std::string ics_time(std::int64_t epoch_s) {
  std::string text;
  for (const char c : core::to_iso8601(core::Instant{std::chrono::seconds{epoch_s}}).substr(0, 19)) {
    if (c != '-' && c != ':') text += c;
  }
  return text + "Z";
}

std::string ics_of(const Booking& booking, const std::string& what, const std::string& where) {
  const std::int64_t end = booking.timestamp + std::int64_t{booking.slot_count} * booking.slot_minutes * 60;
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//civic-kiosk//sandbox//EN\r\nBEGIN:VEVENT\r\nUID:" +
         booking.authority + "-" + std::to_string(booking.process_id) +
         "@example.test\r\nDTSTAMP:" + ics_time(booking.timestamp) + "\r\nDTSTART:" + ics_time(booking.timestamp) +
         "\r\nDTEND:" + ics_time(end) + "\r\nSUMMARY:" + what + "\r\nLOCATION:" + where +
         "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string first_code(const Answer& answer) {
  const auto body = core::parse_json(answer.body, "answer");
  return body ? core::json_text((*body)["errors"][0], "errorCode") : std::string();
}

Answer refused(Booking& booking, const std::string& call, std::int64_t now_s, Answer answer) {
  note(booking, "refused", now_s, {{"call", call}, {"error", first_code(answer)}});
  return answer;
}

}  // namespace

Answer ZmsApi::process(const Context& context, const Booking& booking) const {
  const ZmsOffice& office = context.authority.offices.at(booking.office);
  const auto& [main_id, main_count] = booking.services.front();
  const std::string service_name = context.authority.services.at(main_id).name();
  Json others = Json::array();
  for (std::size_t i = 1; i < booking.services.size(); ++i) {
    const auto& [id, count] = booking.services[i];
    others.push_back({{"id", id}, {"name", context.authority.services.at(id).name()}, {"count", count}});
  }
  const bool gone = booking.status == "deleted";
  const bool binding = booking.status == "confirmed" || booking.status == "preconfirmed";
  // The real server seeds a placeholder e-mail while nobody has given one.
  const bool fresh = booking.status == "reserved" && booking.family_name.empty();
  return Answer::json({{"processId", booking.process_id},
                       {"timestamp", std::to_string(booking.timestamp)},
                       {"authKey", booking.auth_key},
                       {"familyName", gone ? Json() : text_or_null(booking.family_name)},
                       {"customTextfield", gone ? "" : booking.custom_text},
                       {"customTextfield2", gone ? "" : booking.custom_text2},
                       {"email", fresh  ? Json("placeholder@example.test")
                                 : gone ? Json()
                                        : text_or_null(booking.email)},
                       {"telephone", gone ? Json() : text_or_null(booking.telephone)},
                       {"officeName", nullptr},
                       {"officeId", booking.office},
                       {"scope", office.scope},
                       {"subRequestCounts", others},
                       {"serviceId", main_id},
                       {"serviceName", service_name},
                       {"serviceCount", main_count},
                       {"status", booking.status},
                       {"captchaToken", nullptr},
                       {"slotCount", booking.slot_count},
                       {"displayNumber", booking.display_number},
                       {"icsContent", binding ? Json(ics_of(booking, service_name, office.name())) : Json()}});
}

Answer ZmsApi::process_with_token(const Context& context, const Booking& booking) {
  Answer answer = process(context, booking);
  if (!context.authority.offices.at(booking.office).flag("captchaActivatedRequired")) return answer;
  Json body = Json::parse(answer.body);
  body["captchaToken"] = captcha_.mint(context.client, context.now_s + context.behaviour.captcha_life_s);
  return Answer::json(body);
}

Booking* ZmsApi::authorised(Context& context, std::optional<Answer>& refusal) {
  const std::string id = context.text("processId");
  const std::string key = context.text("authKey");
  if (context.call.method == "POST" && !is_number(context.body, "processId"))
    ledger_.violation("wrong_type", context.endpoint, "processId is not a number");
  std::vector<std::string> errors;
  if (!all_digits(id)) errors.emplace_back("invalidProcessId");
  if (!is_auth_key(key)) errors.emplace_back("invalidAuthKey");
  if (!errors.empty()) {
    refusal = zms_errors(errors);
    return nullptr;
  }
  Booking* booking = bookings_.find(context.authority.id, std::stoll(id));
  if (booking) ++booking->asked[context.name];
  if (!booking || !booking->holds_slots()) {
    refusal = zms_error("appointmentNotFound");
    if (booking) refusal = refused(*booking, context.name, context.now_s, std::move(*refusal));
    return nullptr;
  }
  if (!core::equals_ignoring_case(booking->auth_key, key)) {
    refusal = refused(*booking, context.name, context.now_s, zms_error("authKeyMismatch"));
    return nullptr;
  }
  return booking;
}

Answer ZmsApi::reserve(Context& context) {
  judge_types(context.body, context.endpoint, ledger_);
  Wish wish;
  if (const auto errors = read_wish(context.body, context.now_s, wish); !errors.empty()) return zms_errors(errors);
  if (const std::string error = check_visit(context, {wish.office}, wish.services); !error.empty())
    return zms_error(error);
  const auto office = context.authority.offices.find(wish.office);
  const int slots = slots_needed(context.authority, wish.office, wish.services);
  const auto taken = bookings_.taken(context.authority.id, wish.office);
  if (!is_bookable(office->second, taken, wish.timestamp, slots, context.now_s)) {
    ledger_.effect("slot_refused",
                   {{"authority", context.authority.id}, {"office_id", wish.office}, {"timestamp", wish.timestamp}});
    return zms_error("appointmentNotAvailable");
  }
  Booking booking;
  booking.authority = context.authority.id;
  booking.office = wish.office;
  booking.services = wish.services;
  booking.timestamp = wish.timestamp;
  booking.slot_count = slots;
  booking.slot_minutes = office->second.slot_minutes;
  booking.status = "reserved";
  booking.expires_at = context.now_s + office->second.hold_minutes() * 60;
  booking.asked[context.name] = 1;
  note(booking, "reserved", context.now_s);
  const Booking& kept = bookings_.add(std::move(booking), context.behaviour.auth_key_length);
  changed("reserved", kept);
  return process(context, kept);
}

Answer ZmsApi::update(Context& context) {
  std::optional<Answer> refusal;
  Booking* booking = authorised(context, refusal);
  if (!booking) return *refusal;
  if (booking->status != "reserved")
    return refused(*booking, context.name, context.now_s, zms_error("processNotReservedAnymore"));
  const auto errors = check_contact(context.body, context.authority.offices.at(booking->office));
  if (!errors.empty()) return refused(*booking, context.name, context.now_s, zms_errors(errors));
  if (const std::string email = core::json_text(context.body, "email"); !email.empty()) {
    const auto limit = core::json_integer(context.authority.offices.at(booking->office).scope, "appointmentsPerMail");
    if (limit && *limit > 0 && bookings_.count_with_mail(context.authority.id, email, booking->process_id) >= *limit)
      return refused(*booking, context.name, context.now_s, zms_error("tooManyAppointmentsWithSameMail"));
  }
  booking->family_name = core::json_text(context.body, "familyName");
  booking->email = core::json_text(context.body, "email");
  booking->telephone = core::json_text(context.body, "telephone");
  booking->custom_text = core::json_text(context.body, "customTextfield");
  booking->custom_text2 = core::json_text(context.body, "customTextfield2");
  note(*booking, "updated", context.now_s);
  changed("updated", *booking);
  return process(context, *booking);
}

Answer ZmsApi::preconfirm(Context& context) {
  std::optional<Answer> refusal;
  Booking* booking = authorised(context, refusal);
  if (!booking) return *refusal;
  if (booking->status != "reserved")
    return refused(*booking, context.name, context.now_s, zms_error("processNotReservedAnymore"));
  booking->status = "preconfirmed";
  booking->expires_at = context.now_s + context.authority.offices.at(booking->office).activation_minutes() * 60;
  note(*booking, "preconfirmed", context.now_s);
  changed("preconfirmed", *booking);
  return process(context, *booking);
}

Answer ZmsApi::confirm(Context& context) {
  std::optional<Answer> refusal;
  Booking* booking = authorised(context, refusal);
  if (!booking) return *refusal;
  if (booking->status == "confirmed")
    return refused(*booking, context.name, context.now_s, zms_error("processNotPreconfirmedAnymore"));
  if (booking->family_name.empty())
    ledger_.violation("confirmed_without_contact", context.endpoint, "confirm came before update");
  booking->status = "confirmed";
  booking->expires_at = 0;
  note(*booking, "confirmed", context.now_s);
  changed("confirmed", *booking);
  return process_with_token(context, *booking);
}

Answer ZmsApi::appointment(Context& context) {
  std::optional<Answer> refusal;
  Booking* booking = authorised(context, refusal);
  return booking ? process_with_token(context, *booking) : *refusal;
}

Answer ZmsApi::cancel(Context& context) {
  std::optional<Answer> refusal;
  Booking* booking = authorised(context, refusal);
  if (!booking) return *refusal;
  if (booking->timestamp <= context.now_s)
    return refused(*booking, context.name, context.now_s, zms_error("appointmentCanNotBeCanceled"));
  note(*booking, "cancelled", context.now_s, {{"was", booking->status}});
  booking->status = "deleted";
  booking->expires_at = 0;
  changed("cancelled", *booking);
  return process(context, *booking);
}

}  // namespace kiosk::sandbox
